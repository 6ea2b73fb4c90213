//! Passing on to one's own people what a client allowed.

use serde::Serialize;

use super::details::PersonSubject;
use super::kinds::EntityPermission;
use super::operations::PermissionOperation;
use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::ApiError;
use crate::identifiers::GrantTarget;
use crate::operation::{Operation, Repeat};
use crate::text::Description;

pub(crate) static GRANT: Operation =
    Operation::post("grant_indirectly", "/permissions/indirect/grants", RateGroup::Other, Repeat::Never);

/// Lets a person use what clients allowed this firm with the right to pass on.
/// Source: OpenAPI `IndirectPermissionsGrantRequest`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GrantIndirectly {
    /// Who.
    #[serde(flatten)]
    pub subject: PersonSubject,
    /// For which client; `None`: for all partners.
    #[serde(rename = "targetIdentifier", skip_serializing_if = "Option::is_none")]
    pub target: Option<GrantTarget>,
    /// What.
    pub permissions: Vec<EntityPermission>,
    /// Words to find it by.
    pub description: Description,
}

impl Client {
    /// `POST /permissions/indirect/grants`: begins granting. Never repeated.
    ///
    /// # Errors
    /// See [`ApiError`]. [`Client::await_permission_operation`] tells what came of it.
    pub async fn grant_indirectly(
        &self,
        token: &AccessToken,
        grant: &GrantIndirectly,
    ) -> Result<Answer<PermissionOperation>, ApiError> {
        self.request(&GRANT).bearer(token.secret()).json(grant).json_answer().await
    }
}
