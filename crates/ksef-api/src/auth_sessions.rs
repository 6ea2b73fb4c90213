//! The accesses of a company that are in use: list, end one, end this one.

use ksef_types::ReferenceNumber;
use serde::Deserialize;

use crate::answer::Answer;
use crate::auth::{AccessToken, AuthenticationStatus};
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::ApiError;
use crate::operation::Operation;
use crate::status::ContinuationToken;

pub(crate) static SESSIONS: Operation = Operation::get("active_sessions", "/auth/sessions", RateGroup::Other);
pub(crate) static END_SESSION: Operation =
    Operation::delete("end_session", "/auth/sessions/{referenceNumber}", RateGroup::Other);
pub(crate) static END_CURRENT_SESSION: Operation =
    Operation::delete("end_current_session", "/auth/sessions/current", RateGroup::Other);

/// An access that is in use. Source: OpenAPI `AuthenticationListItem`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthenticationSession {
    /// Its number.
    pub reference_number: ReferenceNumber,
    /// Whether the request was made with it.
    #[serde(default)]
    pub is_current: bool,
    /// Where it stands.
    #[serde(flatten)]
    pub operation: AuthenticationStatus,
}

/// A page of the accesses in use, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthenticationSessions {
    /// At most as many as were asked for.
    pub items: Vec<AuthenticationSession>,
    /// Where the next page begins; `None`: this is the last.
    #[serde(default)]
    pub continuation_token: Option<ContinuationToken>,
}

impl Client {
    /// `GET /auth/sessions`: the accesses of this company that are in use; `page_size` 10 to 100.
    ///
    /// # Errors
    /// See [`ApiError`]; 21418 for a continuation token that is no longer good.
    pub async fn active_sessions(
        &self,
        token: &AccessToken,
        page_size: u32,
        continuation: Option<&ContinuationToken>,
    ) -> Result<Answer<AuthenticationSessions>, ApiError> {
        self.request(&SESSIONS)
            .bearer(token.secret())
            .query("pageSize", page_size)
            .continuation(continuation)
            .json_answer()
            .await
    }

    /// `DELETE /auth/sessions/{referenceNumber}`: ends an access; its refresh token is refused from then on.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn end_session(
        &self,
        token: &AccessToken,
        reference: &ReferenceNumber,
    ) -> Result<Answer<()>, ApiError> {
        self.request(&END_SESSION).reference(reference.as_str()).bearer(token.secret()).no_answer().await
    }

    /// `DELETE /auth/sessions/current`: ends the access with which it is asked.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn end_current_session(&self, token: &AccessToken) -> Result<Answer<()>, ApiError> {
        self.request(&END_CURRENT_SESSION).bearer(token.secret()).no_answer().await
    }
}
