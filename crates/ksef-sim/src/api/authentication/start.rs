use axum::http::StatusCode;
use chrono::{DateTime, Duration, Utc};
use ksef_crypto::OsRandomness;
use ksef_types::{CertificateSerial, ContextIdentifier, ContextKind, ReferenceNumber};
use serde_json::{Value, json};

use super::super::call::Call;
use super::super::refusal::{Refusal, exception, invalid};
use super::super::reply::{Reply, moment};
use super::super::{Answer, warning_header};
use crate::control::Ending;
use crate::judge::identity::Identity;
use crate::judge::refusal::{AuthenticationFailure, CertificateFault, TokenFault};
use crate::judge::token::{OpenedToken, TokenRefusal, open};
use crate::judge::xades::{
    AllowedIps, CertificateOwner, Policy, Refusal as XadesRefusal, SignedRequest, SubjectIdentifierType,
    verify,
};
use crate::limits::context_key;
use crate::model::{
    Authentication, AuthenticationPlan, Challenge, IpRange, Method, PeppolProvider, StoredStatus, Subject,
    SubjectKind, Token, TokenStatus,
};
use crate::process::{Work, failure_by_code, in_progress};
use crate::store::State;
use crate::world::World;
use crate::{Permission, Quirk, rights};

/// `POST /auth/challenge`
pub(in crate::api) fn challenge(world: &World, call: &Call) -> Answer {
    // Whole milliseconds are what counts; below them stand digits that rounding would carry over.
    let now = world.now();
    let issued = DateTime::from_timestamp_millis(now.timestamp_millis()).unwrap_or(now);
    let below = 500_000 + i64::from(u16::from_le_bytes(world.chance.bytes())) * 7;
    let challenge = world.chance.reference(world.today(), ['C', 'R']);
    let row = Challenge { challenge: challenge.clone(), issued, used: false };
    world.change(|state| state.challenges.put(challenge.as_str(), row))?;
    Ok(Reply::ok(json!({
        "challenge": challenge,
        "timestamp": moment(issued + Duration::nanoseconds(below)),
        "timestampMs": issued.timestamp_millis(),
        "clientIp": call.address.to_string(),
    })))
}

/// What an operation is started with, once who asks is known.
struct Start {
    challenge: String,
    context: ContextIdentifier,
    subject: Subject,
    method: Method,
    permissions: Vec<Permission>,
    allowed_ips: Vec<IpRange>,
    identity: Option<Identity>,
    certificate: Option<CertificateSerial>,
    /// What it will fail with, if anything.
    failure: Option<AuthenticationFailure>,
}

/// `POST /auth/ksef-token`
pub(in crate::api) fn by_token(world: &World, call: &Call) -> Answer {
    let context = context(call)?;
    let allowed_ips = allowed_ips(call.json.pointer("/authorizationPolicy/allowedIps"));
    let challenge = usable_challenge(world, call.text("/challenge"))?;
    let opened = {
        let keys = world.keys();
        open(&keys.ministry, call.text("/encryptedToken"), call.optional_text("/publicKeyId"), world.now())
    };
    let opened = match opened {
        Ok(opened) => Ok(opened),
        Err(TokenRefusal::Exception(exception)) => return Err(exception.into()),
        Err(TokenRefusal::Fault(fault)) => Err(fault),
    };
    let known = opened.and_then(|opened| known_token(world, &opened, &challenge, &context));
    let none = || world.chance.reference(world.today(), ['E', 'C']);
    let start = match known {
        Ok(Known { reference, author, permissions }) => Start {
            failure: permissions.is_empty().then_some(AuthenticationFailure::NoPermissions),
            challenge: challenge.challenge.to_string(),
            context,
            subject: author,
            method: Method::Token(reference),
            permissions,
            allowed_ips,
            identity: None,
            certificate: None,
        },
        // Nobody is known: the operation exists only to say why it failed.
        Err(fault) => Start {
            failure: Some(AuthenticationFailure::Token(fault)),
            challenge: challenge.challenge.to_string(),
            subject: Subject { kind: SubjectKind::Nip, value: context.value().to_owned() },
            context,
            method: Method::Token(none()),
            permissions: Vec::new(),
            allowed_ips,
            identity: None,
            certificate: None,
        },
    };
    begin(world, start)
}

struct Known {
    reference: ReferenceNumber,
    author: Subject,
    permissions: Vec<Permission>,
}

fn known_token(
    world: &World,
    opened: &OpenedToken,
    challenge: &Challenge,
    context: &ContextIdentifier,
) -> Result<Known, TokenFault> {
    // Exposed to be hashed and compared with what was handed out.
    let hash = hex::encode(openssl::sha::sha256(opened.token.secret().expose().as_bytes()));
    let reference = opened.token.reference_number().as_str();
    let row = world.look(|state| state.tokens.get(reference).cloned()).map_err(|_| TokenFault::Invalid)?;
    let row = row.filter(|row| row.hash == hash).ok_or(TokenFault::Invalid)?;
    opened.check_timestamp(challenge.issued.timestamp_millis())?;
    opened.check_context(context)?;
    match row.status {
        TokenStatus::Active => {
            let permissions =
                world.look(|state| token_permissions(state, &row)).map_err(|_| TokenFault::Invalid)?;
            Ok(Known { reference: row.reference, author: row.author, permissions })
        }
        TokenStatus::Revoked | TokenStatus::Revoking => Err(TokenFault::Revoked),
        TokenStatus::Pending | TokenStatus::Failed => Err(TokenFault::Inactive),
    }
}

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
        identity: identity(&request.certificate.der),
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
    let issued = Some(&request.certificate).filter(|certificate| certificate.issued_here);
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
    let named = identity(&request.certificate.der);
    named.is_some_and(|named| {
        named.common_name == *provider || named.organization_identifier.as_ref() == Some(provider)
    })
}

fn identity(certificate: &[u8]) -> Option<Identity> {
    let certificate = openssl::x509::X509::from_der(certificate).ok()?;
    Some(Identity::of(certificate.subject_name()))
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
    match (request.subject_type, request.certificate.owner) {
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
    match (request.certificate.issued_here, request.certificate.owner) {
        (true, _) => Method::Certificate { document_hash },
        (false, Some(CertificateOwner::Seal(_))) => Method::QualifiedSeal { document_hash },
        (false, _) => Method::QualifiedSignature { document_hash },
    }
}

/// A token made over the API never carries more than its author still may.
pub(super) fn token_permissions(state: &State, row: &Token) -> Vec<Permission> {
    if !row.bound {
        return row.permissions.clone();
    }
    let author = rights::effective(state, &row.author, &row.context);
    row.permissions.iter().copied().filter(|permission| author.contains(permission)).collect()
}

fn usable_challenge(world: &World, challenge: &str) -> Result<Challenge, Refusal> {
    let row = world.look(|state| state.challenges.get(challenge).cloned())?;
    row.filter(|row| row.usable(world.now())).ok_or_else(bad_challenge)
}

fn bad_challenge() -> Refusal {
    exception(21111, "Nieprawidłowe wyzwanie autoryzacyjne.", Vec::new())
}

/// Uses the challenge up and starts the operation.
fn begin(world: &World, start: Start) -> Answer {
    let now = world.now();
    let reference = world.chance.reference(world.today(), ['A', 'U']);
    let token = world.keys().jwt.issue_operation(&reference, now, &OsRandomness)?;
    // Who is known, but dead or blocked, learns that before having no permission.
    let known = matches!(start.failure, None | Some(AuthenticationFailure::NoPermissions));
    let failure = start.failure.map(|failure| StoredStatus::from(failure.status()));
    let (challenge, context) = (start.challenge, start.context.clone());
    let subject = start.subject.clone();
    let mut row = Authentication {
        reference: reference.clone(),
        context: start.context,
        subject: start.subject,
        method: start.method,
        permissions: start.permissions,
        allowed_ips: start.allowed_ips,
        started: now,
        plan: AuthenticationPlan::Succeed,
        status: in_progress(),
        redeemed: false,
        refresh_valid_until: None,
        last_refresh: None,
        access: Vec::new(),
        looks: 0,
        identity: start.identity,
        certificate: start.certificate,
    };
    let ordered = ending(world);
    let begun = world.change(|state| {
        let unused = state.challenges.change(&challenge).filter(|row| !row.used);
        unused.map(|row| row.used = true)?;
        let refused = refused(state, &subject, &context).filter(|_| known);
        let failure = ordered.or(refused).or(failure);
        if let Some(failure) = failure.clone() {
            row.plan = AuthenticationPlan::Fail(failure);
        }
        if let Method::Token(token) = &row.method
            && let Some(token) = state.tokens.change(token.as_str())
        {
            token.last_use = Some(now);
        }
        if let Some(serial) = &row.certificate
            && let Some(certificate) = state.certificates.change(serial.as_str())
        {
            certificate.last_use = Some(now);
        }
        if let (Method::PeppolSignature { .. }, ContextIdentifier::PeppolId(id)) = (&row.method, &row.context)
            && failure.is_none()
        {
            register(state, id, row.identity.as_ref(), now);
        }
        state.authentications.put(reference.as_str(), row);
        Some(())
    })?;
    begun.ok_or_else(bad_challenge)?;
    world.schedule().add(world, Work::Authentication(reference.clone()));
    Ok(Reply::json(
        StatusCode::ACCEPTED,
        json!({
            "referenceNumber": reference,
            // Exposed to be handed to the client that asked for it.
            "authenticationToken": { "token": token.token.expose(), "validUntil": moment(token.valid_until) },
        }),
    ))
}

/// A provider of Peppol services is registered by its first login.
fn register(state: &mut State, id: &str, identity: Option<&Identity>, now: DateTime<Utc>) {
    if state.peppol.get(id).is_none() {
        let name = identity.and_then(|identity| identity.organization.clone());
        let name = name.unwrap_or_else(|| format!("Dostawca usług Peppol {id}"));
        state.peppol.put(id, PeppolProvider { id: id.to_owned(), name, registered: now });
    }
}

/// 470 and 480.
fn refused(state: &State, subject: &Subject, context: &ContextIdentifier) -> Option<StoredStatus> {
    let deceased = state.people.rows().any(|person| person.deceased && person.id.subject() == *subject);
    let blocked = state.blocked.get(&context_key(context)).is_some_and(|row| row.blocked)
        || context.nip().and_then(|nip| state.companies.get(nip.as_str())).is_some_and(|row| row.blocked);
    let failure = if deceased {
        AuthenticationFailure::DeceasedPerson
    } else if blocked {
        AuthenticationFailure::Blocked
    } else {
        return None;
    };
    Some(failure.status().into())
}

/// The ending that the management ordered for the next authentication.
fn ending(world: &World) -> Option<StoredStatus> {
    let mut endings = world.endings();
    let place = endings.iter().position(|ending| matches!(ending, Ending::Authentication { .. }))?;
    let Ending::Authentication { code, details } = endings.remove(place) else { return None };
    let mut status = failure_by_code(code)?;
    if !details.is_empty() {
        status.details = details;
    }
    Some(status)
}

fn context(call: &Call) -> Result<ContextIdentifier, Refusal> {
    let kind = match call.text("/contextIdentifier/type") {
        "InternalId" => ContextKind::InternalId,
        "NipVatUe" => ContextKind::NipVatUe,
        "PeppolId" => ContextKind::PeppolId,
        _ => ContextKind::Nip,
    };
    ContextIdentifier::parse(kind, call.text("/contextIdentifier/value"))
        .map_err(|_| invalid(vec!["Pole 'contextIdentifier.value' ma nieprawidłową wartość.".to_owned()]))
}

/// `AllowedIps` of the request's body; its texts were judged by their patterns before.
fn allowed_ips(value: Option<&Value>) -> Vec<IpRange> {
    let texts = |field: &str| -> Vec<String> {
        let list = value.and_then(|value| value.get(field)).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let address = |text: &str| text.parse::<std::net::Ipv4Addr>().ok().map(u32::from);
    let single = texts("ip4Addresses")
        .into_iter()
        .filter_map(|text| address(&text).map(|number| IpRange { first: number, last: number }));
    let spans = texts("ip4Ranges").into_iter().filter_map(|text| {
        let (first, last) = text.split_once('-')?;
        Some(IpRange { first: address(first)?, last: address(last)? })
    });
    let masks = texts("ip4Masks").into_iter().filter_map(|text| {
        let (network, length) = text.split_once('/')?;
        Some(network_range(address(network)?, length.parse().ok()?))
    });
    single.chain(spans).chain(masks).collect()
}

fn ranges(allowed: &AllowedIps) -> Vec<IpRange> {
    let single = allowed.addresses.iter().map(|address| u32::from(*address));
    let single = single.map(|number| IpRange { first: number, last: number });
    let spans =
        allowed.ranges.iter().map(|(first, last)| IpRange { first: (*first).into(), last: (*last).into() });
    let masks = allowed.masks.iter().map(|(network, length)| network_range((*network).into(), *length));
    single.chain(spans).chain(masks).collect()
}

fn network_range(network: u32, length: u8) -> IpRange {
    let mask = u32::MAX.checked_shl(32 - u32::from(length.min(32))).unwrap_or(0);
    IpRange { first: network & mask, last: network | !mask }
}
