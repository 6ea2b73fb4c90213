use std::fmt;

use ksef_types::{KsefToken, SecretBytes};
use openssl::error::ErrorStack;
use openssl::md::Md;
use openssl::pkey::{PKey, Public};
use openssl::pkey_ctx::PkeyCtx;
use openssl::rsa::Padding;

use crate::credentials::{Certificate, KeyKind};
use crate::failure::CryptoFailure;

/// A public key of the ministry, for which tokens and session keys are encrypted.
#[derive(Clone)]
pub struct MinistryKey(PKey<Public>);

/// Why bytes are no key of the ministry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MinistryKeyProblem {
    /// Neither a certificate nor a public key in DER.
    #[error("neither a certificate nor a public key")]
    Unreadable,
    /// Not RSA with at least 2048 bits. The ministry knows an elliptic variant and has published no such key.
    #[error("encryption needs RSA with 2048 bits or more, found {0:?}")]
    KeyKind(KeyKind),
}

impl MinistryKey {
    /// From a certificate in DER, as `GET /security/public-key-certificates` gives it (there in Base64).
    ///
    /// # Errors
    /// When it is no certificate, or its key is not RSA.
    pub fn from_certificate_der(der: &[u8]) -> Result<Self, MinistryKeyProblem> {
        let certificate = Certificate::from_der(der).map_err(|_| MinistryKeyProblem::Unreadable)?;
        Self::from_public_key(certificate.public_key().to_owned())
    }

    /// From a public key in DER (SubjectPublicKeyInfo).
    ///
    /// # Errors
    /// When it is no public key, or not RSA.
    pub fn from_public_key_der(der: &[u8]) -> Result<Self, MinistryKeyProblem> {
        let key = PKey::public_key_from_der(der).map_err(|_| MinistryKeyProblem::Unreadable)?;
        Self::from_public_key(key)
    }

    fn from_public_key(key: PKey<Public>) -> Result<Self, MinistryKeyProblem> {
        match KeyKind::of(&key) {
            KeyKind::Rsa(bits) if bits >= 2048 => Ok(Self(key)),
            other => Err(MinistryKeyProblem::KeyKind(other)),
        }
    }

    /// RSA-OAEP of `token|timestamp` for `POST /auth/ksef-token`; the timestamp is the challenge's `timestampMs`.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn encrypt_token(&self, token: &KsefToken, timestamp_ms: i64) -> Result<Vec<u8>, CryptoFailure> {
        // Exposed to be encrypted; the copy is wiped. With room for all of it, so that no piece stays behind.
        let token = token.secret().expose();
        let mut text = Vec::with_capacity(token.len() + 24);
        text.extend_from_slice(token.as_bytes());
        text.extend_from_slice(format!("|{timestamp_ms}").as_bytes());
        let text = SecretBytes::new(text);
        Ok(self.encrypt_oaep(text.expose())?)
    }

    pub(super) fn encrypt_oaep(&self, plain: &[u8]) -> Result<Vec<u8>, ErrorStack> {
        let mut context = PkeyCtx::new(&self.0)?;
        context.encrypt_init()?;
        context.set_rsa_padding(Padding::PKCS1_OAEP)?;
        context.set_rsa_oaep_md(Md::sha256())?;
        context.set_rsa_mgf1_md(Md::sha256())?;
        let mut ciphertext = Vec::new();
        context.encrypt_to_vec(plain, &mut ciphertext)?;
        Ok(ciphertext)
    }
}

impl fmt::Debug for MinistryKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "MinistryKey({:?})", KeyKind::of(&self.0))
    }
}
