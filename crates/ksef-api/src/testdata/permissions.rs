//! Permissions, consent for attachments, blocked contexts.

use chrono::NaiveDate;
use ksef_types::{ContextIdentifier, Nip};
use serde::Serialize;

use super::TestData;
use crate::answer::Answer;
use crate::budget::RateGroup;
use crate::error::ApiError;
use crate::identifiers::PersonIdentifier;
use crate::operation::{Operation, Repeat};
use crate::permissions::Permission;
use crate::text::Description;

pub(crate) static GRANT: Operation =
    Operation::post("grant_test_permissions", "/testdata/permissions", RateGroup::Public, Repeat::Never);
pub(crate) static REVOKE: Operation = Operation::post(
    "revoke_test_permissions",
    "/testdata/permissions/revoke",
    RateGroup::Public,
    Repeat::Safe,
);
pub(crate) static ALLOW_ATTACHMENTS: Operation =
    Operation::post("allow_test_attachments", "/testdata/attachment", RateGroup::Public, Repeat::Safe);
pub(crate) static FORBID_ATTACHMENTS: Operation = Operation::post(
    "forbid_test_attachments",
    "/testdata/attachment/revoke",
    RateGroup::Public,
    Repeat::Safe,
);
pub(crate) static BLOCK: Operation =
    Operation::post("block_test_context", "/testdata/context/block", RateGroup::Other, Repeat::Safe);
pub(crate) static UNBLOCK: Operation =
    Operation::post("unblock_test_context", "/testdata/context/unblock", RateGroup::Other, Repeat::Safe);

/// One permission. Source: OpenAPI `TestDataPermission`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestDataPermission {
    /// What.
    #[serde(rename = "permissionType")]
    pub permission: Permission,
    /// Words.
    pub description: Description,
}

/// Permissions of somebody in a firm. Source: OpenAPI `TestDataPermissionsGrantRequest`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestDataGrant {
    /// In which firm.
    #[serde(rename = "contextIdentifier", serialize_with = "crate::identifiers::nip_with_type")]
    pub context: Nip,
    /// Who.
    #[serde(rename = "authorizedIdentifier")]
    pub authorized: PersonIdentifier,
    /// What.
    pub permissions: Vec<TestDataPermission>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Revoke<'a> {
    #[serde(rename = "contextIdentifier", serialize_with = "crate::identifiers::nip_with_type")]
    context: Nip,
    authorized_identifier: &'a PersonIdentifier,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Attachments {
    nip: Nip,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected_end_date: Option<NaiveDate>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Context<'a> {
    context_identifier: &'a ContextIdentifier,
}

impl TestData<'_> {
    /// `POST /testdata/permissions`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn grant(&self, grant: &TestDataGrant) -> Result<Answer<()>, ApiError> {
        self.0.request(&GRANT).json(grant).no_answer().await
    }

    /// `POST /testdata/permissions/revoke`: all that somebody has in a firm.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn revoke(&self, context: Nip, authorized: &PersonIdentifier) -> Result<Answer<()>, ApiError> {
        let body = Revoke { context, authorized_identifier: authorized };
        self.0.request(&REVOKE).json(&body).no_answer().await
    }

    /// `POST /testdata/attachment`: the firm consents to attachments.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn allow_attachments(&self, nip: Nip) -> Result<Answer<()>, ApiError> {
        self.0
            .request(&ALLOW_ATTACHMENTS)
            .json(&Attachments { nip, expected_end_date: None })
            .no_answer()
            .await
    }

    /// `POST /testdata/attachment/revoke`: the firm takes the consent back, at once or on a day.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn forbid_attachments(&self, nip: Nip, on: Option<NaiveDate>) -> Result<Answer<()>, ApiError> {
        self.0
            .request(&FORBID_ATTACHMENTS)
            .json(&Attachments { nip, expected_end_date: on })
            .no_answer()
            .await
    }

    /// `POST /testdata/context/block`: authenticating in that context is answered with 480.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn block(&self, context: &ContextIdentifier) -> Result<Answer<()>, ApiError> {
        self.0.request(&BLOCK).json(&Context { context_identifier: context }).no_answer().await
    }

    /// `POST /testdata/context/unblock`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn unblock(&self, context: &ContextIdentifier) -> Result<Answer<()>, ApiError> {
        self.0.request(&UNBLOCK).json(&Context { context_identifier: context }).no_answer().await
    }
}
