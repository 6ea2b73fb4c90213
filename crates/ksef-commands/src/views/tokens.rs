use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Problem;
use crate::views::OnceHandle;

/// Tokens of the company as KSeF lists them.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TokensPage {
    /// Newest first.
    pub rows: Vec<TokenRow>,
    /// Hand it back for the next page.
    pub next: Option<String>,
}

/// A token, without its text.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TokenRow {
    /// By which KSeF knows it.
    pub reference_number: String,
    /// What for, in the words of who made it.
    pub description: String,
    /// Who made it: NIP, PESEL (masked) or fingerprint.
    pub author: String,
    /// What it may, as the contract names it.
    pub permissions: Vec<String>,
    /// RFC 3339.
    pub created_at: String,
    /// RFC 3339.
    pub last_use: Option<String>,
    /// How it stands.
    pub state: TokenState,
    /// KSeF's words about a failure.
    pub details: Vec<String>,
    /// It is the one in this company's keychain entry.
    pub held: bool,
}

/// State of a token in KSeF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TokenState {
    /// Being made.
    Pending,
    /// It works.
    Active,
    /// Being revoked.
    Revoking,
    /// Revoked.
    Revoked,
    /// Could not be made.
    Failed,
    /// A state that this version does not know.
    Other,
}

/// Which tokens.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TokenFilter {
    /// Only these states; all where empty.
    pub states: Vec<TokenState>,
    /// Part of the description, at least three characters.
    pub description: Option<String>,
    /// From the page before.
    pub next: Option<String>,
}

/// "Utwórz token".
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewToken {
    /// 5 to 256 characters.
    pub description: String,
    /// As the contract names them.
    pub permissions: Vec<String>,
    /// Put it straight into the keychain of this company (its NIP), in the same environment.
    pub keep_for: Option<String>,
}

/// What making a token gave.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TokenMade {
    /// By which KSeF knows it.
    pub reference_number: String,
    /// To show or copy it, once.
    pub text: OnceHandle,
    /// The company in whose keychain entry it is.
    pub kept_for: Option<String>,
    /// How it stands now.
    pub state: TokenState,
    /// Why it is not in the keychain, although it should be. The token exists all the same: copy it.
    pub not_kept: Option<Problem>,
}
