use ksef_types::{CertificateSerial, ContextIdentifier, ContextKind, Nip, Sha256Hash};
use openssl::bn::BigNum;
use openssl::ecdsa::EcdsaSig;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::rsa::Padding;
use openssl::sign::{RsaPssSaltlen, Signer, Verifier};

use super::{LinkProblem, with_scheme, without_scheme};
use crate::base64;
use crate::credentials::{Certificate, Credential, KeyKind, PrivateKey, Purpose};
use crate::failure::SigningFailed;

/// Bytes of salt in RSASSA-PSS. Source: the guide, "Kody QR", KOD II.
const SALT_BYTES: i32 = 32;
/// Bytes of `R||S` on P-256.
const P256_SIGNATURE_BYTES: usize = 64;

/// KOD II: `https://HOST/certificate/{context type}/{context value}/{seller}/{serial}/{SHA-256}/{signature}`.
///
/// Signed is everything before the last slash, without `https://`: by RSASSA-PSS (SHA-256, salt of 32 bytes) or
/// by ECDSA with SHA-256 as `R||S`. The serial number is the certificate's own.
///
/// # Errors
/// [`SigningFailed::NotOffline`] for a certificate of another kind, [`SigningFailed::KeyKind`] for a key that KSeF
/// does not take, or OpenSSL.
pub fn certificate_link(
    host: &str,
    context: &ContextIdentifier,
    seller: Nip,
    hash: &Sha256Hash,
    credential: &Credential,
) -> Result<String, SigningFailed> {
    let certificate = credential.certificate();
    if certificate.purpose() != Some(Purpose::Offline) {
        return Err(SigningFailed::NotOffline);
    }
    let link = format!(
        "{host}/certificate/{kind}/{value}/{seller}/{serial}/{hash}",
        host = with_scheme(host),
        kind = context.kind(),
        value = context.value(),
        serial = certificate.serial(),
        hash = base64::url::encode(hash.as_bytes()),
    );
    let signature = sign(credential.key(), without_scheme(&link).as_bytes())?;
    Ok(format!("{link}/{}", base64::url::encode(&signature)))
}

/// Checks a KOD II against a certificate: kind, serial number, key, signature.
///
/// It shows that the owner of the certificate signed this hash; not that a paper in hand is that invoice, and not
/// that the certificate is still valid.
///
/// # Errors
/// [`LinkProblem`].
pub fn verify_certificate_link(
    link: &str,
    certificate: &Certificate,
) -> Result<CertificateLink, LinkProblem> {
    let link = CertificateLink::parse(link)?;
    link.verify(certificate)?;
    Ok(link)
}

/// What a KOD II says; nothing is proved before [`CertificateLink::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateLink {
    /// The host, with its port if it has one.
    pub host: String,
    /// In whose name the invoice was issued.
    pub context: ContextIdentifier,
    /// NIP of the seller.
    pub seller: Nip,
    /// The serial number of the certificate.
    pub serial: CertificateSerial,
    /// SHA-256 of the invoice's file.
    pub hash: Sha256Hash,
    signed_text: String,
    signature: Vec<u8>,
}

impl CertificateLink {
    /// Reads a link.
    ///
    /// # Errors
    /// [`LinkProblem::Shape`].
    pub fn parse(link: &str) -> Result<Self, LinkProblem> {
        let text = without_scheme(link);
        let parts: Vec<&str> = text.split('/').collect();
        let [host, "certificate", kind, value, seller, serial, hash, signature] = parts.as_slice() else {
            return Err(LinkProblem::Shape);
        };
        let (signed_text, _) = text.rsplit_once('/').ok_or(LinkProblem::Shape)?;
        let read = || {
            let hash = base64::url::decode(hash).ok()?;
            Some(Self {
                host: (!host.is_empty()).then(|| (*host).to_owned())?,
                context: context(kind, value)?,
                seller: seller.parse().ok().filter(|nip: &Nip| nip.as_str() == *seller)?,
                serial: serial.parse().ok().filter(|read: &CertificateSerial| read.as_str() == *serial)?,
                hash: Sha256Hash::try_from(hash.as_slice()).ok()?,
                signed_text: signed_text.to_owned(),
                signature: base64::url::decode(signature).ok()?,
            })
        };
        read().ok_or(LinkProblem::Shape)
    }

    /// Checks the link against a certificate.
    ///
    /// # Errors
    /// [`LinkProblem`].
    pub fn verify(&self, certificate: &Certificate) -> Result<(), LinkProblem> {
        if certificate.purpose() != Some(Purpose::Offline) {
            return Err(LinkProblem::NotOffline);
        }
        if certificate.serial() != self.serial {
            return Err(LinkProblem::Serial);
        }
        let matches = match certificate.key_kind() {
            KeyKind::Rsa(bits) if bits >= 2048 => self.verify_rsa(certificate),
            KeyKind::P256 => self.verify_ecdsa(certificate),
            _ => return Err(LinkProblem::KeyKind),
        };
        // An error of OpenSSL's here is a signature that is none.
        if matches.unwrap_or(false) { Ok(()) } else { Err(LinkProblem::Signature) }
    }

    fn verify_rsa(&self, certificate: &Certificate) -> Result<bool, ErrorStack> {
        let mut verifier = Verifier::new(MessageDigest::sha256(), certificate.public_key())?;
        verifier.set_rsa_padding(Padding::PKCS1_PSS)?;
        verifier.set_rsa_mgf1_md(MessageDigest::sha256())?;
        verifier.set_rsa_pss_saltlen(RsaPssSaltlen::custom(SALT_BYTES))?;
        verifier.verify_oneshot(&self.signature, self.signed_text.as_bytes())
    }

    fn verify_ecdsa(&self, certificate: &Certificate) -> Result<bool, ErrorStack> {
        let mut verifier = Verifier::new(MessageDigest::sha256(), certificate.public_key())?;
        let der = match self.signature.split_at_checked(P256_SIGNATURE_BYTES / 2) {
            Some((r, s)) if self.signature.len() == P256_SIGNATURE_BYTES => {
                EcdsaSig::from_private_components(BigNum::from_slice(r)?, BigNum::from_slice(s)?)?.to_der()?
            }
            _ => self.signature.clone(),
        };
        verifier.verify_oneshot(&der, self.signed_text.as_bytes())
    }
}

fn sign(key: &PrivateKey, text: &[u8]) -> Result<Vec<u8>, SigningFailed> {
    match key.key_kind() {
        KeyKind::Rsa(bits) if bits >= 2048 => {
            let mut signer = Signer::new(MessageDigest::sha256(), key.raw())?;
            signer.set_rsa_padding(Padding::PKCS1_PSS)?;
            signer.set_rsa_mgf1_md(MessageDigest::sha256())?;
            signer.set_rsa_pss_saltlen(RsaPssSaltlen::custom(SALT_BYTES))?;
            Ok(signer.sign_oneshot_to_vec(text)?)
        }
        KeyKind::P256 => Ok(key.sign_ecdsa(text)?),
        other => Err(SigningFailed::KeyKind(other)),
    }
}

fn context(kind: &str, value: &str) -> Option<ContextIdentifier> {
    let kinds = [ContextKind::Nip, ContextKind::InternalId, ContextKind::NipVatUe, ContextKind::PeppolId];
    let kind = kinds.into_iter().find(|known| known.to_string() == kind)?;
    ContextIdentifier::parse(kind, value).ok().filter(|context| context.value() == value)
}
