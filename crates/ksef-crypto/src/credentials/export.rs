//! A credential as files for another program: a pair as the portal gives it, or one container.

use ksef_types::{Randomness, SecretBytes, SecretText};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkcs5::pbkdf2_hmac;
use openssl::pkcs12::Pkcs12;
use openssl::symm::{Cipher, encrypt};
use openssl::x509::X509;
use zeroize::Zeroizing;

use super::credential::Credential;
use super::der_writer::{integer, null, object_identifier, octets, sequence};
use crate::base64;
use crate::failure::CryptoFailure;

/// Rounds of key derivation. Source: OWASP Password Storage Cheat Sheet, PBKDF2-HMAC-SHA256.
const ITERATIONS: u32 = 600_000;
const SALT_BYTES: usize = 16;
const BLOCK_BYTES: usize = 16;
const KEY_BYTES: usize = 32;

/// Two files, as the portal gives them.
#[derive(Debug)]
pub struct ExportedPair {
    /// `.crt`: the certificate, PEM.
    pub certificate: Vec<u8>,
    /// `.key`: the key, PEM, `ENCRYPTED PRIVATE KEY`.
    pub key: SecretBytes,
}

impl Credential {
    /// The credential as two files: the certificate in PEM and the key in PKCS#8 (PBES2, AES-256-CBC, PBKDF2 with
    /// HMAC-SHA-256 and 600 000 rounds).
    ///
    /// The password is the caller's to judge: see [`passwords`](crate::passwords).
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn export_pair(
        &self,
        password: &SecretText,
        random: &dyn Randomness,
    ) -> Result<ExportedPair, CryptoFailure> {
        let (mut salt, mut vector) = ([0; SALT_BYTES], [0; BLOCK_BYTES]);
        random.fill(&mut salt);
        random.fill(&mut vector);
        let secret = derive(password, &salt)?;
        let plain = self.key().to_pkcs8_der()?;
        // Exposed to be encrypted.
        let encrypted = encrypt(Cipher::aes_256_cbc(), secret.as_slice(), Some(&vector), plain.expose())?;
        let der = sequence(&[scheme(&salt, &vector), octets(&encrypted)]);
        Ok(ExportedPair {
            certificate: pem("CERTIFICATE", self.certificate().der()).into_bytes(),
            key: SecretBytes::new(pem("ENCRYPTED PRIVATE KEY", &der).into_bytes()),
        })
    }

    /// The credential as one container (PKCS#12, AES-256-CBC, HMAC-SHA-256), with this name inside.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn export_container(&self, password: &SecretText, name: &str) -> Result<SecretBytes, CryptoFailure> {
        let certificate = X509::from_der(self.certificate().der())?;
        let key = self.key().as_openssl();
        // Exposed to encrypt; OpenSSL takes it as a C string, whose copy it frees without wiping.
        let container = Pkcs12::builder()
            .name(name)
            .pkey(key)
            .cert(&certificate)
            .key_algorithm(Nid::AES_256_CBC)
            .cert_algorithm(Nid::AES_256_CBC)
            .key_iter(ITERATIONS)
            .mac_iter(ITERATIONS)
            .mac_md(MessageDigest::sha256())
            .build2(password.expose())?;
        Ok(SecretBytes::new(container.to_der()?))
    }
}

fn derive(password: &SecretText, salt: &[u8]) -> Result<Zeroizing<[u8; KEY_BYTES]>, CryptoFailure> {
    let mut secret = Zeroizing::new([0; KEY_BYTES]);
    // Exposed to derive the key.
    let password = password.expose().as_bytes();
    let rounds = usize::try_from(ITERATIONS).unwrap_or(usize::MAX);
    pbkdf2_hmac(password, salt, rounds, MessageDigest::sha256(), secret.as_mut_slice())?;
    Ok(secret)
}

/// AlgorithmIdentifier of PBES2 (RFC 8018, appendix A).
fn scheme(salt: &[u8], vector: &[u8]) -> Vec<u8> {
    let digest = sequence(&[object_identifier("1.2.840.113549.2.9"), null()]);
    let derivation = sequence(&[octets(salt), integer(ITERATIONS), digest]);
    let derivation = sequence(&[object_identifier("1.2.840.113549.1.5.12"), derivation]);
    let cipher = sequence(&[object_identifier("2.16.840.1.101.3.4.1.42"), octets(vector)]);
    sequence(&[object_identifier("1.2.840.113549.1.5.13"), sequence(&[derivation, cipher])])
}

/// Lines of 64 characters (RFC 7468).
fn pem(label: &str, der: &[u8]) -> String {
    let digits = base64::encode(der);
    let mut text = format!("-----BEGIN {label}-----\n");
    for start in (0..digits.len()).step_by(64) {
        text.push_str(&digits[start..digits.len().min(start + 64)]);
        text.push('\n');
    }
    text.push_str(&format!("-----END {label}-----\n"));
    text
}
