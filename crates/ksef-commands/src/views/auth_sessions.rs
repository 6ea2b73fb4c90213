use serde::{Deserialize, Serialize};
use specta::Type;

/// Active sessions of authentication as KSeF lists them.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AuthSessionsPage {
    /// Newest first.
    pub rows: Vec<AuthSessionRow>,
    /// Hand it back for the next page.
    pub next: Option<String>,
}

/// One of them.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AuthSessionRow {
    /// By which KSeF knows it.
    pub reference_number: String,
    /// It is the one of this program, now.
    pub current: bool,
    /// How it was opened, as the contract names it (`Token`, `TrustedProfile` …).
    pub method: String,
    /// RFC 3339.
    pub started_at: String,
    /// KSeF's code (200 when it is in use).
    pub code: i32,
    /// KSeF's words.
    pub status: String,
    /// RFC 3339.
    pub last_refresh: Option<String>,
    /// RFC 3339.
    pub valid_until: Option<String>,
}
