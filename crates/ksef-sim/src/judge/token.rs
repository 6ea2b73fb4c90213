//! What arrives at `/auth/ksef-token`, opened and read.

use base64::Engine as _;
use chrono::{DateTime, Utc};
use ksef_types::{ContextIdentifier, KsefToken};

use super::keys::{DecryptionRefusal, KeyPurpose, MinistryKeys};
use super::refusal::{Exception, TokenFault};

/// What a client encrypted for `/auth/ksef-token`: a token, and the time of the challenge.
#[derive(Debug)]
pub struct OpenedToken {
    /// The token; whether it exists, is active and not revoked is for the server to know.
    pub token: KsefToken,
    /// Milliseconds since 1970, as the client sent them.
    pub timestamp_ms: i64,
}

/// Why an encrypted token is refused: at once, or when the operation is processed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenRefusal {
    /// Answers the request with 400.
    Exception(Exception),
    /// The request is accepted; the operation ends with 450.
    Fault(TokenFault),
}

/// Opens `encryptedToken`: Base64 of RSA-OAEP SHA-256 over `token|timestampMs`.
///
/// # Errors
/// 21405 for something that is no Base64, 21470 for an unknown or withdrawn key; 450 for what does not decrypt, is
/// no such text, or holds no token.
pub fn open(
    keys: &MinistryKeys,
    encrypted_token: &str,
    public_key_id: Option<&str>,
    now: DateTime<Utc>,
) -> Result<OpenedToken, TokenRefusal> {
    let ciphertext = base64::engine::general_purpose::STANDARD.decode(encrypted_token).map_err(|_| {
        TokenRefusal::Exception(Exception::validation(
            "Pole 'encryptedToken' nie jest poprawnym ciągiem Base64.",
        ))
    })?;
    let plain = keys.decrypt(KeyPurpose::KsefTokenEncryption, public_key_id, &ciphertext, now).map_err(
        |refusal| match refusal {
            DecryptionRefusal::Key(exception) => TokenRefusal::Exception(exception),
            DecryptionRefusal::Undecryptable => TokenRefusal::Fault(TokenFault::Encryption),
        },
    )?;
    // Exposed to be read as text, here and nowhere else.
    read(plain.expose()).map_err(TokenRefusal::Fault)
}

impl OpenedToken {
    /// The time must be the challenge's own `timestampMs`, to the millisecond.
    ///
    /// # Errors
    /// [`TokenFault::Timestamp`] for any other.
    pub fn check_timestamp(&self, challenge_timestamp_ms: i64) -> Result<(), TokenFault> {
        if self.timestamp_ms == challenge_timestamp_ms { Ok(()) } else { Err(TokenFault::Timestamp) }
    }

    /// A token works in its own context only.
    ///
    /// # Errors
    /// [`TokenFault::Context`] for any other.
    pub fn check_context(&self, context: &ContextIdentifier) -> Result<(), TokenFault> {
        if self.token.context() == context { Ok(()) } else { Err(TokenFault::Context(context.clone())) }
    }
}

/// A token has two bars of its own; the last bar parts it from the time.
fn read(plain: &[u8]) -> Result<OpenedToken, TokenFault> {
    let text = std::str::from_utf8(plain).map_err(|_| TokenFault::Encoding)?;
    let (token, timestamp) = text.rsplit_once('|').ok_or(TokenFault::Encoding)?;
    let timestamp_ms = read_timestamp(timestamp)?;
    // Parsing forgives white space that people paste; the service gets the exact text.
    if token.chars().any(|character| character.is_whitespace() || character.is_control()) {
        return Err(TokenFault::Invalid);
    }
    let token = KsefToken::parse(token).map_err(|_| TokenFault::Invalid)?;
    Ok(OpenedToken { token, timestamp_ms })
}

fn read_timestamp(text: &str) -> Result<i64, TokenFault> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits {
        return Err(TokenFault::Timestamp);
    }
    text.parse().map_err(|_| TokenFault::Timestamp)
}
