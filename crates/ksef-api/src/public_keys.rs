//! The ministry's public keys.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::ApiError;
use crate::open_enum::open_enum;
use crate::operation::Operation;

pub(crate) static PUBLIC_KEYS: Operation =
    Operation::get("public_keys", "/security/public-key-certificates", RateGroup::Public);

/// Names a public key of the ministry: Base64 of a SHA-256 digest, 44 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PublicKeyId(pub String);

open_enum! {
    /// What a public key of the ministry is for.
    KeyUsage {
        /// Encrypting a token of KSeF.
        KsefTokenEncryption = "KsefTokenEncryption",
        /// Wrapping the key of a session.
        SymmetricKeyEncryption = "SymmetricKeyEncryption",
    }
}

/// A public key of the ministry in its certificate. Source: OpenAPI `PublicKeyCertificate`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PublicKey {
    /// The certificate in DER.
    #[serde(deserialize_with = "crate::wire::bytes::deserialize")]
    pub certificate: Vec<u8>,
    /// Names the certificate.
    #[serde(default)]
    pub certificate_id: Option<String>,
    /// Names the key; sent along with whatever was encrypted with it.
    #[serde(default)]
    pub public_key_id: Option<PublicKeyId>,
    /// Not before.
    pub valid_from: DateTime<Utc>,
    /// Not after.
    pub valid_to: DateTime<Utc>,
    /// What for.
    pub usage: Vec<KeyUsage>,
}

impl PublicKey {
    /// Whether it is for that use and valid at that moment.
    #[must_use]
    pub fn serves(&self, usage: &KeyUsage, now: DateTime<Utc>) -> bool {
        self.usage.contains(usage) && self.valid_from <= now && now < self.valid_to
    }
}

impl Client {
    /// `GET /security/public-key-certificates`: all of them. [`crate::KeyRing`] chooses and remembers.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn public_keys(&self) -> Result<Answer<Vec<PublicKey>>, ApiError> {
        self.request(&PUBLIC_KEYS).json_answer().await
    }
}
