//! Verifying signed `AuthTokenRequest` documents.

use std::net::Ipv4Addr;

use bergshamra::xml::uppsala;
use chrono::{DateTime, Duration, Utc};
use ksef_types::{CertificateSerial, ContextIdentifier, Nip, Pesel, ReferenceNumber, Sha256Hash};

use super::authority::Authority;
use super::identity::Identity;
use super::openssl_parts::sha256;
use super::providers::TrustServices;
use super::refusal::{CertificateFault, Exception};
use super::revocation::RevocationList;

mod algorithms;
mod binding;
mod certificate;
mod layout;
mod means;
pub(in crate::judge) mod names;
mod profile;
mod request;
mod source;
mod tree;
mod value;
mod vat_ue;

use binding::{Binding, Fit, Signed, certificates};
use certificate::{IssuedBy, Signer};
use layout::{Layout, Parts};
pub use means::Means;
pub use profile::TrustedPerson;
use tree::Node;
use value::Hashed;

/// `X-System-Warning` for signatures that the strict checks refuse (field notes, 18).
const WARNING: &str =
    "[sig-001]: Podpis nie spelnia wymagan profilu XAdES i zostanie w przyszlosci odrzucony";
/// Clocks that run ahead of the service's by more than this are told so.
const CLOCK_TOLERANCE_MINUTES: i64 = 5;

/// By what rules a signature is judged.
#[derive(Debug, Clone, Copy)]
pub struct Policy<'a> {
    /// Now, by the simulator's clock.
    pub now: DateTime<Utc>,
    /// Header `X-KSeF-Feature: enforce-xades-compliance`: what is otherwise a warning is refused.
    pub enforce_compliance: bool,
    /// Whether self-signed certificates are accepted, as on the test environment.
    pub allow_self_signed: bool,
    /// `verifyCertificateChain=true`: trust and revocation are looked into even where self-signed ones are accepted.
    pub verify_chain: bool,
    /// Whose certificates are trusted.
    pub authority: &'a Authority,
    /// And whose besides.
    pub trust: &'a TrustServices,
    /// Which of them were withdrawn.
    pub revoked: &'a RevocationList,
}

/// A request whose signature is good, and everything the server needs to know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedRequest {
    /// The challenge that it answers. Whether it was given out, not used yet and not too old is for the server.
    pub challenge: ReferenceNumber,
    /// In whose name.
    pub context: ContextIdentifier,
    /// How the signer is to be identified.
    pub subject_type: SubjectIdentifierType,
    /// The policy of addresses, where there is one.
    pub allowed_ips: Option<AllowedIps>,
    /// The signer's certificate.
    pub certificate: SignerCertificate,
    /// By what it was signed.
    pub means: Means,
    /// When the signer says it was signed; `None` where it says nothing usable (a warning).
    pub signing_time: Option<DateTime<Utc>>,
    /// The algorithm's URI. RSA-PSS was refused in practice though it is listed (field notes, 17); here it verifies.
    pub signature_algorithm: &'static str,
    /// How the signature sits.
    pub form: SignatureForm,
    /// SHA-256 of the bytes as received; the UPO names it.
    pub document_hash: Sha256Hash,
    /// For the header `X-System-Warning`, in its format; `None` when there is nothing to warn of.
    pub warning: Option<&'static str>,
}

/// `SubjectIdentifierType`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubjectIdentifierType {
    /// By PESEL or NIP in the certificate's subject.
    CertificateSubject,
    /// By the certificate's fingerprint.
    CertificateFingerprint,
}

/// Where the signature stands in relation to what it signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureForm {
    /// Inside the `AuthTokenRequest`.
    Enveloped,
    /// Around it, in a `ds:Object`.
    Enveloping,
}

/// Whom the certificate's subject names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateOwner {
    /// `serialNumber` with `PNOPL` or `PESEL`
    Pesel(Pesel),
    /// `serialNumber` with `TINPL` or `NIP`
    Nip(Nip),
    /// `organizationIdentifier` with `VATPL`
    Seal(Nip),
}

/// The signer's certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignerCertificate {
    /// As it stood in the document.
    pub der: Vec<u8>,
    /// SHA-256 of it; the person's identifier where the subject names nobody.
    pub fingerprint: Sha256Hash,
    /// Serial number.
    pub serial: CertificateSerial,
    /// Whom it names, if anybody.
    pub owner: Option<CertificateOwner>,
    /// What its subject says.
    pub identity: Identity,
    /// Start of validity.
    pub not_before: DateTime<Utc>,
    /// End of validity.
    pub not_after: DateTime<Utc>,
    issued_by: IssuedBy,
}

impl SignerCertificate {
    /// Whether it names the simulator's own authority as its issuer.
    #[must_use]
    pub fn issued_here(&self) -> bool {
        self.issued_by == IssuedBy::Ksef
    }
}

/// `AuthorizationPolicy/AllowedIps`: where the access tokens may be used from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllowedIps {
    /// `Ip4Address`
    pub addresses: Vec<Ipv4Addr>,
    /// `Ip4Range`, both ends included.
    pub ranges: Vec<(Ipv4Addr, Ipv4Addr)>,
    /// `Ip4Mask`: address and length of the prefix.
    pub masks: Vec<(Ipv4Addr, u8)>,
}

/// Why a signed request does not lead to an authentication.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Answers the request with 400.
    #[error(transparent)]
    Exception(#[from] Exception),
    /// The signature is good and the request is accepted; the operation then ends with 460.
    #[error("the certificate is refused later: {fault:?}")]
    Later {
        /// What was signed.
        request: Box<SignedRequest>,
        /// The cause.
        fault: CertificateFault,
    },
}

/// Reads and verifies a signed `AuthTokenRequest`.
///
/// # Errors
/// Anything that is not exactly one good signature over exactly this request. See [`Refusal`].
pub fn verify(bytes: &[u8], policy: &Policy<'_>) -> Result<SignedRequest, Refusal> {
    let text = source::prepare(bytes)?;
    let document = uppsala::parse(&text).map_err(|_| Exception::unreadable())?;
    let root = Node::root(&document).ok_or_else(Exception::unreadable)?;
    let layout = Layout::locate(root)?;
    let enveloped = (layout.form == SignatureForm::Enveloped).then(|| layout.signature.id());
    let request = request::read(layout.request, enveloped)?;

    let parts = layout.parts()?;
    let signed = Signed::read(parts.signed_properties)?;
    let mut compliance = Compliance { enforce: policy.enforce_compliance, breached: false };
    let signer = identify(&parts, &signed, policy, &mut compliance)?;
    signer.check_usable()?;
    if value::check(&document, &text, &layout, &parts, &signer)? == Hashed::InAnUnnamedForm {
        compliance.breach()?;
    }
    let signing_time = check_time(&parts, &signed, policy, &mut compliance)?;

    let fault = signer.judge(policy)?;
    let means = Means::of(&signer, signed.profile, policy)?;
    judge_subject(request.subject_type, &means, &signer)?;
    let request = SignedRequest {
        challenge: request.challenge,
        context: request.context,
        subject_type: request.subject_type,
        allowed_ips: request.allowed_ips,
        certificate: signer.facts,
        means,
        signing_time,
        signature_algorithm: parts.algorithm,
        form: layout.form,
        document_hash: sha256(bytes),
        warning: compliance.breached.then_some(WARNING),
    };
    match fault {
        None => Ok(request),
        Some(fault) => Err(Refusal::Later { request: Box::new(request), fault }),
    }
}

/// The subject names somebody by PESEL or NIP; and the fingerprint of the ministry's seal is nobody's own.
fn judge_subject(wanted: SubjectIdentifierType, means: &Means, signer: &Signer) -> Result<(), Exception> {
    let by_profile = matches!(means, Means::TrustedProfile(_));
    match wanted {
        SubjectIdentifierType::CertificateFingerprint if by_profile => Err(Exception::signature_conflict()),
        SubjectIdentifierType::CertificateSubject if !by_profile && signer.facts.owner.is_none() => {
            Err(Exception::certificate())
        }
        _ => Ok(()),
    }
}

impl SignedRequest {
    /// Whom the signature names: the person of Profil Zaufany, otherwise the certificate's owner.
    #[must_use]
    pub const fn signer(&self) -> Option<CertificateOwner> {
        match &self.means {
            Means::TrustedProfile(person) => Some(CertificateOwner::Pesel(person.pesel)),
            _ => self.certificate.owner,
        }
    }
}

/// What the strict checks refuse and the lenient ones warn of.
struct Compliance {
    enforce: bool,
    breached: bool,
}

impl Compliance {
    fn breach(&mut self) -> Result<(), Exception> {
        self.breached = true;
        if self.enforce { Err(Exception::signature()) } else { Ok(()) }
    }
}

/// Finds the signer's certificate among those in KeyInfo: the one that the signature itself names.
fn identify(
    parts: &Parts<'_, '_>,
    signed: &Signed,
    policy: &Policy<'_>,
    compliance: &mut Compliance,
) -> Result<Signer, Exception> {
    let mut certificates = certificates(parts)?;
    let Binding::Named(named) = &signed.certificates else {
        // Nothing signed says whose signature it is, unless KeyInfo itself is signed (field notes, 18).
        if !parts.key_info_signed {
            compliance.breach()?;
        }
        return Signer::read(certificates.swap_remove(0), policy);
    };
    let place = certificates.iter().position(|der| named.fits(der)).ok_or_else(Exception::signature)?;
    let signer = Signer::read(certificates.swap_remove(place), policy)?;
    match named.fit(&signer.x509, &signer.facts.der) {
        Fit::Whole => {}
        Fit::NameDiffers => compliance.breach()?,
        Fit::No => return Err(Exception::signature()),
    }
    Ok(signer)
}

/// The time has a zone and does not lie ahead; the properties name the signature they belong to.
fn check_time(
    parts: &Parts<'_, '_>,
    signed: &Signed,
    policy: &Policy<'_>,
    compliance: &mut Compliance,
) -> Result<Option<DateTime<Utc>>, Exception> {
    let in_time =
        signed.time.is_some_and(|time| time <= policy.now + Duration::minutes(CLOCK_TOLERANCE_MINUTES));
    if !in_time || !parts.target_fits {
        compliance.breach()?;
    }
    Ok(signed.time)
}
