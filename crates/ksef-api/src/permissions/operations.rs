//! What came of granting and revoking; taking a permission back; the consent for attachments.

use chrono::{DateTime, Utc};
use ksef_types::ReferenceNumber;
use serde::Deserialize;
use tokio_util::sync::CancellationToken;

use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::ApiError;
use crate::identifiers::PermissionId;
use crate::operation::Operation;
use crate::status::StatusInfo;
use crate::wait::{Settles, WaitError, WaitPolicy, until_settled};

pub(crate) static REVOKE: Operation =
    Operation::delete_once("revoke_grant", "/permissions/common/grants/{permissionId}", RateGroup::Other);
pub(crate) static OPERATION: Operation =
    Operation::get("permission_operation", "/permissions/operations/{referenceNumber}", RateGroup::Other);
pub(crate) static ATTACHMENTS: Operation =
    Operation::get("attachment_consent", "/permissions/attachments/status", RateGroup::Other);

/// Granting or revoking has begun. Source: OpenAPI `PermissionsOperationResponse`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PermissionOperation {
    /// Under which number it is asked for, for 30 days.
    pub reference_number: ReferenceNumber,
}

/// What came of it. Source: OpenAPI `PermissionsOperationStatusResponse`.
///
/// Codes: 100 under way, 200 done, 400 failed, 410 identifiers that do not fit together, 420 no permission for it,
/// 430 the context lacks the role, 440 not allowed between these identifiers, 450 not allowed for the identifier or
/// its kind, 500 unknown, 550 cancelled by KSeF (to be tried again).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PermissionOperationStatus {
    /// The code and KSeF's words.
    pub status: StatusInfo,
}

impl Settles for PermissionOperationStatus {
    const NOT_YET: &'static [i32] = &[];

    fn is_under_way(&self) -> bool {
        self.status.is_under_way()
    }
}

/// Whether this company may send invoices with attachments (given in e-Urząd Skarbowy).
/// Source: OpenAPI `CheckAttachmentPermissionStatusResponse`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentConsent {
    /// Whether it may now.
    #[serde(default)]
    pub is_attachment_allowed: bool,
    /// Until when; `None`: without an end.
    #[serde(default)]
    pub revoked_date: Option<DateTime<Utc>>,
}

impl Client {
    /// `DELETE /permissions/common/grants/{permissionId}`: begins taking a permission back. Never repeated.
    ///
    /// # Errors
    /// See [`ApiError`]. [`Client::await_permission_operation`] tells what came of it.
    pub async fn revoke_grant(
        &self,
        token: &AccessToken,
        grant: &PermissionId,
    ) -> Result<Answer<PermissionOperation>, ApiError> {
        self.request(&REVOKE).reference(grant.as_str()).bearer(token.secret()).json_answer().await
    }

    /// `GET /permissions/operations/{referenceNumber}`, once.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn permission_operation(
        &self,
        token: &AccessToken,
        reference: &ReferenceNumber,
    ) -> Result<Answer<PermissionOperationStatus>, ApiError> {
        self.request(&OPERATION).reference(reference.as_str()).bearer(token.secret()).json_answer().await
    }

    /// Asks until granting or revoking is decided. The answer may be a refusal: see its code.
    ///
    /// # Errors
    /// When asking fails for good, at the deadline, and when cancelled.
    pub async fn await_permission_operation(
        &self,
        token: &AccessToken,
        reference: &ReferenceNumber,
        policy: &WaitPolicy,
        cancel: &CancellationToken,
    ) -> Result<Answer<PermissionOperationStatus>, WaitError<PermissionOperationStatus>> {
        until_settled(policy, cancel, || self.permission_operation(token, reference)).await
    }

    /// `GET /permissions/attachments/status`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn attachment_consent(
        &self,
        token: &AccessToken,
    ) -> Result<Answer<AttachmentConsent>, ApiError> {
        self.request(&ATTACHMENTS).bearer(token.secret()).json_answer().await
    }
}
