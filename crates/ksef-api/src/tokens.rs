//! The tokens of a company: make, list, find, revoke.

use chrono::{DateTime, Utc};
use ksef_types::{ContextIdentifier, ReferenceNumber, SecretText};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::ApiError;
use crate::identifiers::{Identified, IdentifierKind};
use crate::open_enum::open_enum;
use crate::operation::{Operation, Repeat};
use crate::permissions::{Permission, PermissionKind};
use crate::status::ContinuationToken;
use crate::text::Description;
use crate::wait::{Settles, WaitError, WaitPolicy, until_settled};

pub(crate) static LIST: Operation = Operation::get("tokens", "/tokens", RateGroup::Other);
pub(crate) static ONE: Operation = Operation::get("token", "/tokens/{referenceNumber}", RateGroup::Other);
pub(crate) static MAKE: Operation = Operation::post("make_token", "/tokens", RateGroup::Other, Repeat::Never);
pub(crate) static REVOKE: Operation =
    Operation::delete("revoke_token", "/tokens/{referenceNumber}", RateGroup::Other);

open_enum! {
    /// Where a token stands.
    KsefTokenState {
        /// Being made.
        Pending = "Pending",
        /// Usable.
        Active = "Active",
        /// Being revoked.
        Revoking = "Revoking",
        /// Revoked.
        Revoked = "Revoked",
        /// Could not be made.
        Failed = "Failed",
    }
}

/// What KSeF knows of a token. Source: OpenAPI `TokenStatusResponse`, `QueryTokensResponseItem`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KsefTokenInfo {
    /// The number at its beginning.
    pub reference_number: ReferenceNumber,
    /// Who made it.
    pub author_identifier: Identified,
    /// For whom.
    pub context_identifier: ContextIdentifier,
    /// The words given to it.
    #[serde(default)]
    pub description: String,
    /// What it allows.
    #[serde(default, deserialize_with = "crate::wire::null_as_default")]
    pub requested_permissions: Vec<PermissionKind>,
    /// When it was made.
    pub date_created: DateTime<Utc>,
    /// When it was last used.
    #[serde(default)]
    pub last_use_date: Option<DateTime<Utc>>,
    /// Where it stands.
    pub status: KsefTokenState,
    /// More about that, in KSeF's words.
    #[serde(default, deserialize_with = "crate::wire::null_as_default")]
    pub status_details: Vec<String>,
}

/// A page of tokens, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KsefTokenPage {
    /// At most as many as were asked for.
    pub tokens: Vec<KsefTokenInfo>,
    /// Where the next page begins; `None`: this is the last.
    #[serde(default)]
    pub continuation_token: Option<ContinuationToken>,
}

/// Which tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KsefTokensQuery {
    /// In these states; empty: in any.
    pub states: Vec<KsefTokenState>,
    /// With this in their description, 3 characters or more.
    pub description: Option<String>,
    /// Made by one whose identifier has this in it, 3 characters or more.
    pub author_identifier: Option<String>,
    /// Made by one identified so.
    pub author_kind: Option<IdentifierKind>,
    /// 10 to 100.
    pub page_size: u32,
}

impl KsefTokensQuery {
    /// All of them, in pages as large as they may be.
    #[must_use]
    pub const fn all() -> Self {
        Self {
            states: Vec::new(),
            description: None,
            author_identifier: None,
            author_kind: None,
            page_size: 100,
        }
    }
}

/// Makes a token. Source: OpenAPI `GenerateTokenRequest`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MakeKsefToken {
    /// What it allows; only what the maker may do.
    pub permissions: Vec<Permission>,
    /// Words to find it by, 5 to 256 characters.
    pub description: Description,
}

/// A new token. Its text is answered this once. Source: OpenAPI `GenerateTokenResponse`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KsefTokenMade {
    /// The number under which it is asked for and revoked.
    pub reference_number: ReferenceNumber,
    /// The token; usable once it is [`KsefTokenState::Active`].
    #[serde(deserialize_with = "crate::wire::secret_text::deserialize")]
    pub token: SecretText,
}

impl Settles for KsefTokenInfo {
    const NOT_YET: &'static [i32] = &[];

    fn is_under_way(&self) -> bool {
        matches!(self.status, KsefTokenState::Pending | KsefTokenState::Revoking)
    }
}

impl Client {
    /// `GET /tokens`.
    ///
    /// # Errors
    /// See [`ApiError`]; 21418 for a continuation token that is no longer good.
    pub async fn tokens(
        &self,
        token: &AccessToken,
        query: &KsefTokensQuery,
        continuation: Option<&ContinuationToken>,
    ) -> Result<Answer<KsefTokenPage>, ApiError> {
        let mut request = self
            .request(&LIST)
            .bearer(token.secret())
            .query("pageSize", query.page_size)
            .optional_query("description", query.description.as_ref())
            .optional_query("authorIdentifier", query.author_identifier.as_ref())
            .optional_query("authorIdentifierType", query.author_kind.as_ref())
            .continuation(continuation);
        for state in &query.states {
            request = request.query("status", state);
        }
        request.json_answer().await
    }

    /// `GET /tokens/{referenceNumber}`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn token(
        &self,
        token: &AccessToken,
        reference: &ReferenceNumber,
    ) -> Result<Answer<KsefTokenInfo>, ApiError> {
        self.request(&ONE).reference(reference.as_str()).bearer(token.secret()).json_answer().await
    }

    /// `POST /tokens`. Never repeated: a token whose text was lost with its answer is found in the list and revoked.
    ///
    /// # Errors
    /// See [`ApiError`]; 26001 for a permission that the maker does not have, 26002 for a context that has no tokens.
    pub async fn make_token(
        &self,
        token: &AccessToken,
        request: &MakeKsefToken,
    ) -> Result<Answer<KsefTokenMade>, ApiError> {
        self.request(&MAKE).bearer(token.secret()).json(request).json_answer().await
    }

    /// `DELETE /tokens/{referenceNumber}`: revokes a token.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn revoke_token(
        &self,
        token: &AccessToken,
        reference: &ReferenceNumber,
    ) -> Result<Answer<()>, ApiError> {
        self.request(&REVOKE).reference(reference.as_str()).bearer(token.secret()).no_answer().await
    }

    /// Asks for a token until it is neither being made nor being revoked.
    ///
    /// # Errors
    /// When asking fails for good, at the deadline, and when cancelled.
    pub async fn await_token(
        &self,
        token: &AccessToken,
        reference: &ReferenceNumber,
        policy: &WaitPolicy,
        cancel: &CancellationToken,
    ) -> Result<Answer<KsefTokenInfo>, WaitError<KsefTokenInfo>> {
        until_settled(policy, cancel, || self.token(token, reference)).await
    }
}
