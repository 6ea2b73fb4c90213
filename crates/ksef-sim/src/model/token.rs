use chrono::{DateTime, Utc};
use ksef_types::{ContextIdentifier, ReferenceNumber};
use serde::{Deserialize, Serialize};

use super::Subject;
use crate::Permission;

/// Status of a token. Source: OpenAPI `AuthenticationTokenStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenStatus {
    /// Made, but not usable yet.
    Pending,
    /// Usable.
    Active,
    /// Being revoked; not usable any more.
    Revoking,
    /// Revoked.
    Revoked,
    /// Could not be activated.
    Failed,
}

/// A token; its text is not kept, only the hash.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Token {
    pub(crate) reference: ReferenceNumber,
    /// SHA-256 of the whole text, hex.
    pub(crate) hash: String,
    pub(crate) context: ContextIdentifier,
    pub(crate) author: Subject,
    pub(crate) description: String,
    pub(crate) permissions: Vec<Permission>,
    pub(crate) created: DateTime<Utc>,
    pub(crate) last_use: Option<DateTime<Utc>>,
    pub(crate) status: TokenStatus,
    /// Why it failed.
    #[serde(default)]
    pub(crate) status_details: Vec<String>,
    /// Made by its author over the API: it never carries more than the author may.
    #[serde(default)]
    pub(crate) bound: bool,
}
