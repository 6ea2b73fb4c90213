//! Keys encrypted the old way: PKCS#1 or SEC1 with `Proc-Type: 4,ENCRYPTED` and `DEK-Info` above the Base64.

use ksef_types::{SecretBytes, SecretText};
use openssl::pkey::PKey;

use super::file_problem::{FileProblem, KeyProblem};
use super::pem::Block;
use super::private_key::PrivateKey;
use super::protection::legacy_ciphers;
use crate::base64;

/// A key in the old protection, put down again in the one layout that OpenSSL reads.
#[derive(Debug, Clone)]
pub(super) struct LegacyKey {
    cipher: String,
    pem: SecretText,
}

/// Ciphers that OpenSSL reads in this place, with the length of their initialisation vector and block in bytes, and
/// whether they stand in the legacy provider.
const CIPHERS: [(&str, usize, bool); 6] = [
    ("AES-128-CBC", 16, false),
    ("AES-192-CBC", 16, false),
    ("AES-256-CBC", 16, false),
    ("DES-EDE3-CBC", 8, false),
    ("DES-CBC", 8, true),
    ("RC2-CBC", 8, true),
];

/// Whether a block is protected so.
pub(super) fn is_protected(block: &Block<'_>) -> bool {
    block.headers.iter().any(|(name, value)| *name == "Proc-Type" && value.ends_with("ENCRYPTED"))
}

impl LegacyKey {
    pub(super) fn read(block: &Block<'_>) -> Result<Self, FileProblem> {
        if !block.ended {
            return Err(FileProblem::CutOff);
        }
        let info = block.headers.iter().find(|(name, _)| *name == "DEK-Info").map(|(_, value)| *value);
        let (cipher, vector) = info.and_then(|info| info.split_once(',')).ok_or(FileProblem::Damaged)?;
        let (cipher, vector) = (cipher.trim().to_ascii_uppercase(), vector.trim());
        let hex = vector.bytes().all(|byte| byte.is_ascii_hexdigit());
        // Exposed for its length and to be written down again; it is still encrypted.
        let body = block.body.expose();
        if let Some((_, bytes, _)) = CIPHERS.iter().find(|(name, ..)| *name == cipher) {
            if !hex || vector.len() != bytes * 2 {
                return Err(FileProblem::Damaged);
            }
            if body.is_empty() || !body.len().is_multiple_of(*bytes) {
                return Err(FileProblem::CutOff);
            }
        } else if !hex || cipher.len() > 32 || !cipher.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(FileProblem::Damaged);
        }
        Ok(Self { pem: write(block.label, &cipher, vector, &block.body), cipher })
    }

    /// With a password that is not empty.
    pub(super) fn open(&self, password: &SecretText) -> Result<PrivateKey, KeyProblem> {
        let unsupported = || KeyProblem::UnsupportedEncryption { scheme: self.cipher.clone() };
        let (.., legacy) = CIPHERS.iter().find(|(name, ..)| *name == self.cipher).ok_or_else(unsupported)?;
        let _old_ciphers = legacy_ciphers(*legacy).map_err(|_| unsupported())?;
        // Exposed to be decrypted and to decrypt.
        let pem = self.pem.expose().as_bytes();
        PKey::private_key_from_pem_callback(pem, |buffer| Ok(hand_over(password, buffer)))
            .map(PrivateKey::from_openssl)
            .map_err(|_| KeyProblem::WrongPassword)
    }
}

/// Copies a password into OpenSSL's own buffer, which it wipes. A password that does not fit is no password of
/// any key, and none is handed over.
pub(super) fn hand_over(password: &SecretText, buffer: &mut [u8]) -> usize {
    let bytes = password.expose().as_bytes();
    match buffer.get_mut(..bytes.len()) {
        Some(place) => {
            place.copy_from_slice(bytes);
            bytes.len()
        }
        None => 0,
    }
}

fn write(label: &str, cipher: &str, vector: &str, body: &SecretBytes) -> SecretText {
    let digits = base64::encode(body.expose());
    let mut pem = format!("-----BEGIN {label}-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: {cipher},{vector}\n\n");
    // Only ASCII, so that every place is a border between characters.
    for start in (0..digits.len()).step_by(64) {
        pem.push_str(&digits[start..digits.len().min(start + 64)]);
        pem.push('\n');
    }
    pem.push_str(&format!("-----END {label}-----\n"));
    SecretText::from(pem)
}
