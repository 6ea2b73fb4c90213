//! The tokens of a company: what KSeF knows of them.

use chrono::{DateTime, Utc};
use ksef_types::{ContextIdentifier, ReferenceNumber};
use serde::Deserialize;

use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::ApiError;
use crate::open_enum::open_enum;
use crate::operation::Operation;
use crate::status::ContinuationToken;

pub(crate) static LIST: Operation = Operation::get("tokens", "/tokens", RateGroup::Other);
pub(crate) static ONE: Operation = Operation::get("token", "/tokens/{referenceNumber}", RateGroup::Other);

open_enum! {
    /// What a token allows.
    KsefTokenPermission {
        /// Reading invoices.
        InvoiceRead = "InvoiceRead",
        /// Issuing invoices.
        InvoiceWrite = "InvoiceWrite",
        /// Seeing permissions.
        CredentialsRead = "CredentialsRead",
        /// Granting permissions.
        CredentialsManage = "CredentialsManage",
        /// Managing units.
        SubunitManage = "SubunitManage",
        /// Enforcement.
        EnforcementOperations = "EnforcementOperations",
        /// Seeing the history of sessions.
        Introspection = "Introspection",
        /// Collective identifiers.
        CollectiveIdentifierManage = "CollectiveIdentifierManage",
    }
}

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

open_enum! {
    /// How the one who made a token is identified.
    KsefTokenAuthorKind {
        /// By NIP.
        Nip = "Nip",
        /// By PESEL.
        Pesel = "Pesel",
        /// By the fingerprint of a certificate.
        Fingerprint = "Fingerprint",
    }
}

/// Who made a token.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct KsefTokenAuthor {
    /// How identified.
    #[serde(rename = "type")]
    pub kind: KsefTokenAuthorKind,
    /// The identifier.
    pub value: String,
}

/// What KSeF knows of a token. Source: OpenAPI `TokenStatusResponse`, `QueryTokensResponseItem`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KsefTokenInfo {
    /// The number at its beginning.
    pub reference_number: ReferenceNumber,
    /// Who made it.
    pub author_identifier: KsefTokenAuthor,
    /// For whom.
    pub context_identifier: ContextIdentifier,
    /// The words given to it.
    #[serde(default)]
    pub description: String,
    /// What it allows.
    #[serde(default, deserialize_with = "crate::wire::null_as_default")]
    pub requested_permissions: Vec<KsefTokenPermission>,
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
    /// 10 to 100.
    pub page_size: u32,
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
}
