//! The few calls of OpenSSL that several judges need.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use ksef_types::{Randomness, Sha256Hash};
use openssl::asn1::{Asn1Integer, Asn1Time};
use openssl::bn::BigNum;
use openssl::ec::{Asn1Flag, EcGroup, EcKey};
use openssl::error::ErrorStack;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;

/// OpenSSL could not make or write a key, a certificate or a signature: no memory, no entropy, or a damaged state file.
#[derive(Debug, thiserror::Error)]
#[error("the cryptographic library failed")]
pub struct CryptoFailed(#[from] ErrorStack);

/// The kinds of keys that KSeF issues certificates for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum KeyAlgorithm {
    /// The curve P-256, as the portal makes them.
    P256,
    /// RSA with 2048 bits.
    Rsa2048,
}

pub(super) fn new_key(algorithm: KeyAlgorithm) -> Result<PKey<Private>, ErrorStack> {
    match algorithm {
        KeyAlgorithm::P256 => {
            let mut group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1)?;
            group.set_asn1_flag(Asn1Flag::NAMED_CURVE);
            PKey::from_ec_key(EcKey::generate(&group)?)
        }
        KeyAlgorithm::Rsa2048 => PKey::from_rsa(Rsa::generate(2048)?),
    }
}

pub(super) fn sha256(bytes: &[u8]) -> Sha256Hash {
    Sha256Hash::new(openssl::sha::sha256(bytes))
}

pub(super) fn to_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Strict: padding, alphabet and unused bits are checked.
pub(super) fn from_base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// Base64 as XML writes it: white space anywhere is allowed (XML Schema `base64Binary`).
pub(super) fn from_xml_base64(text: &str) -> Option<Vec<u8>> {
    let compact: String =
        text.chars().filter(|character| !matches!(character, ' ' | '\t' | '\n' | '\r')).collect();
    from_base64(&compact)
}

pub(super) fn asn1_time(moment: DateTime<Utc>) -> Result<Asn1Time, ErrorStack> {
    Asn1Time::from_unix(moment.timestamp())
}

/// Eight bytes, 16 hex digits, never beginning with a zero digit pair or a set sign bit.
pub(super) fn new_serial(random: &dyn Randomness) -> Result<Asn1Integer, ErrorStack> {
    let mut bytes = [0_u8; 8];
    random.fill(&mut bytes);
    bytes[0] = (bytes[0] & 0x7f) | 0x01;
    BigNum::from_slice(&bytes)?.to_asn1_integer()
}
