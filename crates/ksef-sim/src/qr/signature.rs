//! The signature of KOD II: RSASSA-PSS, or ECDSA on P-256 as `R||S` or DER; SHA-256 throughout.

use openssl::bn::BigNum;
use openssl::ecdsa::EcdsaSig;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{Id, PKey, Public};
use openssl::rsa::Padding;
use openssl::sign::{RsaPssSaltlen, Verifier};

const SALT_BYTES: i32 = 32;
const LEAST_RSA_BITS: u32 = 2048;
const COORDINATE_BYTES: usize = 32;

/// Whether a key signed a text.
pub(super) fn is_good(key: &PKey<Public>, text: &[u8], signature: &[u8]) -> bool {
    let good = match key.id() {
        Id::RSA if key.bits() >= LEAST_RSA_BITS => pss(key, text, signature),
        Id::EC => ecdsa(key, text, signature),
        _ => Ok(false),
    };
    good.unwrap_or_default()
}

fn pss(key: &PKey<Public>, text: &[u8], signature: &[u8]) -> Result<bool, ErrorStack> {
    let mut verifier = Verifier::new(MessageDigest::sha256(), key)?;
    verifier.set_rsa_padding(Padding::PKCS1_PSS)?;
    verifier.set_rsa_pss_saltlen(RsaPssSaltlen::custom(SALT_BYTES))?;
    verifier.set_rsa_mgf1_md(MessageDigest::sha256())?;
    verifier.verify_oneshot(signature, text)
}

fn ecdsa(key: &PKey<Public>, text: &[u8], signature: &[u8]) -> Result<bool, ErrorStack> {
    let key = key.ec_key()?;
    if key.group().curve_name() != Some(Nid::X9_62_PRIME256V1) {
        return Ok(false);
    }
    let parsed = match signature.split_at_checked(COORDINATE_BYTES) {
        Some((r, s)) if s.len() == COORDINATE_BYTES => {
            EcdsaSig::from_private_components(BigNum::from_slice(r)?, BigNum::from_slice(s)?)?
        }
        _ => {
            let parsed = EcdsaSig::from_der(signature)?;
            // One signature has one spelling.
            if parsed.to_der()? != signature {
                return Ok(false);
            }
            parsed
        }
    };
    parsed.verify(&openssl::sha::sha256(text), &key)
}
