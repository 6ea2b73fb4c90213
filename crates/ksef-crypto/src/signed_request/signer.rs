use ksef_types::Pesel;
use openssl::hash::hash;

use super::algorithms::DigestAlgorithm;
use super::layout::Parts;
use super::problem::SignedRequestProblem as Problem;
use super::tree::{DSIG, Node, XADES};
use crate::credentials::{Certificate, Owner};

/// More than any chain has.
const MOST_CERTIFICATES: usize = 16;

/// By what kind of certificate a request was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignerKind {
    /// Profil Zaufany: the certificate is the ministry's seal, the person stands in the signature.
    TrustedProfile,
    /// A certificate that names a person by PESEL or NIP: qualified, or KSeF's own.
    Person,
    /// A seal that names a firm.
    Seal,
    /// A certificate that names neither; KSeF knows it by its fingerprint.
    Unknown,
}

/// Who signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// By what kind of certificate.
    pub kind: SignerKind,
    /// The name of the person or firm, as a person reads it.
    pub name: String,
    /// The person's PESEL in a signature by Profil Zaufany; of the others see the certificate's owner.
    pub pesel: Option<Pesel>,
    /// The certificate; that of the ministry for Profil Zaufany.
    pub certificate: Certificate,
}

impl Signer {
    /// Whom the certificate names.
    #[must_use]
    pub fn owner(&self) -> Owner {
        match self.pesel {
            Some(pesel) => Owner::PersonByPesel(pesel),
            None => self.certificate.owner(),
        }
    }
}

/// The certificates in the signature; the signer's is among them.
pub(super) fn certificates(parts: &Parts<'_, '_>) -> Result<Vec<Certificate>, Problem> {
    if parts.certificates.is_empty() {
        return Err(Problem::NoCertificate);
    }
    let read = |node: &Node<'_, '_>| Certificate::from_der(&node.base64()?).ok();
    let certificates: Vec<_> = parts.certificates.iter().take(MOST_CERTIFICATES).filter_map(read).collect();
    if certificates.is_empty() { Err(Problem::UnreadableCertificate) } else { Ok(certificates) }
}

/// Those of the certificates that the signed properties name as the signer's; all of them where the certificates
/// themselves are signed.
pub(super) fn named(
    certificates: Vec<Certificate>,
    parts: &Parts<'_, '_>,
) -> Result<Vec<Certificate>, Problem> {
    let signing = ["SigningCertificate", "SigningCertificateV2"];
    let Some(named) = signing.into_iter().find_map(|name| parts.properties.inside(XADES, name)) else {
        return if parts.certificates_signed { Ok(certificates) } else { Err(Problem::Unbound) };
    };
    // The first is the signer's; those of the chain may follow.
    let digest = named
        .child(XADES, "Cert")
        .and_then(|first| first.child(XADES, "CertDigest"))
        .ok_or(Problem::Unbound)?;
    let method = digest.child(DSIG, "DigestMethod").and_then(|method| method.attribute("Algorithm"));
    let method = DigestAlgorithm::read(method.ok_or(Problem::Unbound)?)?;
    let value = digest.child(DSIG, "DigestValue").and_then(Node::base64).ok_or(Problem::Unbound)?;
    let fits =
        |certificate: &Certificate| hash(method.0, certificate.der()).is_ok_and(|digest| *digest == *value);
    let fitting: Vec<_> = certificates.into_iter().filter(fits).collect();
    if fitting.is_empty() { Err(Problem::OtherCertificate) } else { Ok(fitting) }
}

/// Who signed, by the certificate and by what the signed properties say.
pub(super) fn describe(certificate: Certificate, parts: &Parts<'_, '_>) -> Signer {
    if let Some((name, pesel)) = trusted_profile(parts.properties) {
        return Signer { kind: SignerKind::TrustedProfile, name, pesel, certificate };
    }
    let kind = match certificate.owner() {
        Owner::PersonByPesel(_) | Owner::PersonByNip(_) => SignerKind::Person,
        Owner::Seal(_) => SignerKind::Seal,
        Owner::Unknown { .. } => SignerKind::Unknown,
    };
    Signer { kind, name: certificate.subject_name(), pesel: None, certificate }
}

/// The person of a signature by Profil Zaufany: `ClaimedRole/PodpisZP/DaneZP/DaneZPOsobyFizycznej`, with `Imie`, `Nazwisko`
/// and `PESEL`. Source: schema `http://crd.gov.pl/xml/schematy/ppzp/`; its elements are known by their local names.
fn trusted_profile(properties: Node<'_, '_>) -> Option<(String, Option<Pesel>)> {
    let role = properties.inside(XADES, "ClaimedRole")?;
    let signature = role.subtree().find(|node| node.local_name() == "PodpisZP")?;
    let texts = |name: &'static str| {
        signature
            .subtree()
            .filter(move |node| node.local_name() == name)
            .filter_map(Node::text)
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
    };
    let words: Vec<String> = texts("Imie").chain(texts("Nazwisko")).collect();
    let name: String =
        words.join(" ").chars().filter(|character| !character.is_control()).take(200).collect();
    let pesel = texts("PESEL").find_map(|text| text.parse().ok());
    (!name.is_empty()).then_some((name, pesel))
}
