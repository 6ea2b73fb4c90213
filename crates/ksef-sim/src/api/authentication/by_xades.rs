//! Logging in by a signed request.

use chrono::{DateTime, Utc};
use ksef_types::{CertificateSerial, ContextIdentifier};

use super::super::call::Call;
use super::super::{Answer, warning_header};
use super::addresses::ranges;
use super::begin::{Start, begin};
use super::challenge::usable_challenge;
use crate::judge::identity::Identity;
use crate::judge::refusal::{AuthenticationFailure, CertificateFault};
use crate::judge::xades::{
    CertificateOwner, Means, Policy, Refusal as XadesRefusal, SignedRequest, SubjectIdentifierType, verify,
};
use crate::model::{Method, Subject, SubjectKind};
use crate::store::State;
use crate::world::World;
use crate::{Permission, Quirk, rights};

/// `POST /auth/xades-signature`
pub(in crate::api) fn by_xades(world: &World, call: &Call) -> Answer {
    if world.has(Quirk::RsaPssRefused) && names_pss(&call.body) {
        return Err(crate::judge::refusal::Exception::signature().into());
    }
    let (request, fault) = match judged(world, call) {
        Ok(request) => (request, None),
        Err(XadesRefusal::Later { request, fault }) => {
            (*request, Some(AuthenticationFailure::Certificate(fault)))
        }
        Err(XadesRefusal::Exception(exception)) => return Err(exception.into()),
    };
    let challenge = usable_challenge(world, request.challenge.as_str())?;
    let warning = request.warning;
    let signer = world.look(|state| signer(state, &request, world.now()))?;
    let no_permissions = signer.permissions.is_empty().then_some(AuthenticationFailure::NoPermissions);
    let expired = signer.expired.then_some(AuthenticationFailure::Certificate(CertificateFault::NotValid));
    let start = Start {
        challenge: challenge.challenge.to_string(),
        context: request.context.clone(),
        method: method(&request, signer.peppol),
        allowed_ips: request.allowed_ips.as_ref().map(ranges).unwrap_or_default(),
        identity: Some(identity(&request)),
        certificate: signer.certificate,
        failure: fault.or(expired).or(no_permissions),
        subject: signer.subject,
        permissions: signer.permissions,
    };
    let mut reply = begin(world, start)?;
    reply.headers.extend(warning.and_then(warning_header));
    Ok(reply)
}

/// Who signed, and what that means in the context.
struct Signer {
    subject: Subject,
    permissions: Vec<Permission>,
    /// Which of the simulator's certificates it was.
    certificate: Option<CertificateSerial>,
    /// Its end was moved before now.
    expired: bool,
    /// The context's own provider of Peppol services.
    peppol: bool,
}

fn signer(state: &State, request: &SignedRequest, now: DateTime<Utc>) -> Signer {
    let issued = Some(&request.certificate).filter(|certificate| certificate.issued_here());
    let issued = issued.and_then(|certificate| state.certificates.get(certificate.serial.as_str()));
    // A KSeF certificate of somebody known by a fingerprint stands for that somebody.
    let owner = issued.map(|row| &row.owner).filter(|owner| owner.kind == SubjectKind::Fingerprint);
    let subject = owner.cloned().unwrap_or_else(|| subject(request));
    let peppol = names_provider(request);
    let permissions = if peppol {
        vec![Permission::PefInvoiceWrite]
    } else {
        rights::effective(state, &subject, &request.context)
    };
    Signer {
        subject,
        permissions,
        certificate: issued.map(|row| row.serial.clone()),
        expired: issued.is_some_and(|row| now > row.valid_to),
        peppol,
    }
}

/// A certificate with the provider's identifier in its common name or as the organisation's identifier.
fn names_provider(request: &SignedRequest) -> bool {
    let ContextIdentifier::PeppolId(provider) = &request.context else { return false };
    let named = identity(request);
    named.common_name == *provider || named.organization_identifier.as_ref() == Some(provider)
}

/// Whom the signature names, for a request for a certificate: the person of Profil Zaufany, not the seal of the ministry.
fn identity(request: &SignedRequest) -> Identity {
    match &request.means {
        Means::TrustedProfile(person) => Identity::of_profile(person),
        _ => request.certificate.identity.clone(),
    }
}

fn judged(world: &World, call: &Call) -> Result<SignedRequest, XadesRefusal> {
    let asked = call.headers.get("x-ksef-feature").and_then(|value| value.to_str().ok());
    let asked = asked.is_some_and(|features| features.contains("enforce-xades-compliance"));
    let revoked = world.look(|state| state.withdrawn.get("list").cloned()).ok().flatten().unwrap_or_default();
    let keys = world.keys();
    verify(
        &call.body,
        &Policy {
            now: world.now(),
            enforce_compliance: asked || !world.has(Quirk::SignatureWarning),
            allow_self_signed: world.self_signed,
            verify_chain: call.parameter("verifyCertificateChain") == "true",
            authority: &keys.authority,
            trust: &keys.trust,
            revoked: &revoked,
        },
    )
}

fn names_pss(body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(body);
    text.contains("rsa-MGF1")
}

fn subject(request: &SignedRequest) -> Subject {
    let fingerprint = || Subject {
        kind: SubjectKind::Fingerprint,
        value: hex::encode_upper(request.certificate.fingerprint.as_bytes()),
    };
    match (request.subject_type, request.signer()) {
        (SubjectIdentifierType::CertificateSubject, Some(CertificateOwner::Pesel(pesel))) => {
            Subject::pesel(&pesel)
        }
        (
            SubjectIdentifierType::CertificateSubject,
            Some(CertificateOwner::Nip(nip) | CertificateOwner::Seal(nip)),
        ) => Subject::nip(&nip),
        _ => fingerprint(),
    }
}

fn method(request: &SignedRequest, peppol: bool) -> Method {
    let document_hash = hex::encode(request.document_hash.as_bytes());
    if peppol {
        return Method::PeppolSignature { document_hash };
    }
    match request.means {
        Means::InternalCertificate => Method::Certificate { document_hash },
        Means::TrustedProfile(_) => Method::TrustedProfile { document_hash },
        Means::QualifiedSignature => Method::QualifiedSignature { document_hash },
        Means::QualifiedSeal => Method::QualifiedSeal { document_hash },
        Means::PersonalSignature => Method::PersonalSignature { document_hash },
    }
}
