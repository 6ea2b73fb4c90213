//! Requests for certificates (PKCS#10), judged as the contract describes them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ksef_types::Sha256Hash;
use openssl::error::ErrorStack;
use openssl::nid::Nid;
use openssl::pkey::{Id, PKey, Public};
use openssl::x509::X509Req;

use super::der::{OBJECT, SEQUENCE, element};
use super::identity::Identity;
use super::openssl_parts::sha256;
use super::refusal::Exception;

/// The one length of RSA keys. Source: description of `POST /certificates/enrollments`.
const RSA_BITS: u32 = 2048;

/// A request that may become a certificate.
#[derive(Debug)]
pub struct SigningRequest {
    /// The subject's name, DER.
    pub subject: Vec<u8>,
    /// SubjectPublicKeyInfo, DER.
    pub public_key: Vec<u8>,
    /// SHA-256 of the key, by which it is known again.
    pub key_hash: Sha256Hash,
}

impl SigningRequest {
    /// Reads the field `csr`: Base64 of DER.
    ///
    /// # Errors
    /// 25004 for what is no request or not signed with its own key, 25010 for a key of another kind or length, 25011
    /// for another algorithm, 25003 for a subject that is not exactly `identity`.
    pub fn read(text: &str, identity: &Identity) -> Result<Self, Exception> {
        let der = STANDARD.decode(text).map_err(|_| Exception::csr())?;
        let request = X509Req::from_der(&der).map_err(|_| Exception::csr())?;
        if request.to_der().ok().as_deref() != Some(der.as_slice()) {
            return Err(Exception::csr());
        }
        let key = request.public_key().map_err(|_| Exception::csr_key())?;
        if !allowed_key(&key) {
            return Err(Exception::csr_key());
        }
        if !algorithm_of(&der).ok_or_else(Exception::csr)? {
            return Err(Exception::csr_algorithm());
        }
        if !request.verify(&key).unwrap_or(false) {
            return Err(Exception::csr());
        }
        if !identity.is_said_by(request.subject_name()) {
            return Err(Exception::csr_subject());
        }
        Self::of(&request, &key).map_err(|_| Exception::csr())
    }

    fn of(request: &X509Req, key: &PKey<Public>) -> Result<Self, ErrorStack> {
        let public_key = key.public_key_to_der()?;
        Ok(Self { subject: request.subject_name().to_der()?, key_hash: sha256(&public_key), public_key })
    }
}

fn allowed_key(key: &PKey<Public>) -> bool {
    match key.id() {
        Id::RSA => key.bits() == RSA_BITS,
        Id::EC => {
            let curve = key.ec_key().ok().and_then(|key| key.group().curve_name());
            curve == Some(Nid::X9_62_PRIME256V1)
        }
        _ => false,
    }
}

/// sha1, 256, 384, 512 with RSA; the same with ECDSA.
const SIGNATURES: [&[u8]; 8] = [
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x05],
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b],
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0c],
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0d],
    &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x01],
    &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
    &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x03],
    &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x04],
];
const PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a];
/// SHA-1, 256, 384, 512 in the parameters of PSS.
const HASHES: [&[u8]; 4] = [
    &[0x2b, 0x0e, 0x03, 0x02, 0x1a],
    &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01],
    &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02],
    &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03],
];
const FIRST_PARAMETER: u8 = 0xa0;

/// Whether the request's signature has an allowed algorithm. OpenSSL's binding does not tell it for requests.
fn algorithm_of(request: &[u8]) -> Option<bool> {
    let (whole, _) = element(request, SEQUENCE)?;
    let (_, rest) = element(whole, SEQUENCE)?;
    let (algorithm, _) = element(rest, SEQUENCE)?;
    let (object, parameters) = element(algorithm, OBJECT)?;
    if object != PSS {
        return Some(SIGNATURES.contains(&object));
    }
    let (parameters, _) = element(parameters, SEQUENCE)?;
    // Without a first parameter the hash is SHA-1 (RFC 4055).
    let Some((hash, _)) = element(parameters, FIRST_PARAMETER) else { return Some(true) };
    let (hash, _) = element(hash, SEQUENCE)?;
    let (hash, _) = element(hash, OBJECT)?;
    Some(HASHES.contains(&hash))
}
