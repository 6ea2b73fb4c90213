//! The limits that KSeF applies to this company.

use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::ApiError;
use crate::operation::Operation;

pub(crate) static RATE: Operation = Operation::get("rate_limits", "/rate-limits", RateGroup::Other);
pub(crate) static CONTEXT: Operation = Operation::get("context_limits", "/limits/context", RateGroup::Other);
pub(crate) static SUBJECT: Operation = Operation::get("subject_limits", "/limits/subject", RateGroup::Other);

/// Requests in sliding windows; -1 means no limit. Source: OpenAPI `EffectiveApiRateLimitValues`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EffectiveRateLimit {
    /// In any second.
    pub per_second: i32,
    /// In any minute.
    pub per_minute: i32,
    /// In any hour.
    pub per_hour: i32,
}

/// The limits of all groups of operations. Source: OpenAPI `EffectiveApiRateLimits` with the additions of 2.8;
/// a group that is missing keeps its published limits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EffectiveRateLimits {
    /// Opening interactive sessions (before 2.8 closing, too).
    pub online_session: Option<EffectiveRateLimit>,
    /// Closing interactive sessions (since 2.8).
    pub online_session_close: Option<EffectiveRateLimit>,
    /// Opening batch sessions (before 2.8 closing, too).
    pub batch_session: Option<EffectiveRateLimit>,
    /// Closing batch sessions (since 2.8).
    pub batch_session_close: Option<EffectiveRateLimit>,
    /// Sending an invoice.
    pub invoice_send: Option<EffectiveRateLimit>,
    /// The status of an invoice.
    pub invoice_status: Option<EffectiveRateLimit>,
    /// The list of sessions.
    pub session_list: Option<EffectiveRateLimit>,
    /// The invoices of a session, and the failed ones.
    pub session_invoice_list: Option<EffectiveRateLimit>,
    /// Everything else about sessions.
    pub session_misc: Option<EffectiveRateLimit>,
    /// Metadata of invoices.
    pub invoice_metadata: Option<EffectiveRateLimit>,
    /// Starting an export.
    pub invoice_export: Option<EffectiveRateLimit>,
    /// The status of an export.
    pub invoice_export_status: Option<EffectiveRateLimit>,
    /// An invoice by its number.
    pub invoice_download: Option<EffectiveRateLimit>,
    /// Collective identifiers.
    pub collective_identifier: Option<EffectiveRateLimit>,
    /// Everything else.
    pub other: Option<EffectiveRateLimit>,
    /// Public operations, for an address (since 2.8).
    pub anonymous: Option<EffectiveRateLimit>,
    /// Everything together, for an address (since 2.8).
    pub global: Option<EffectiveRateLimit>,
}

/// What a session takes. Sizes in megabytes (1 000 000 bytes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLimits {
    /// A document without attachments, in megabytes.
    #[serde(rename = "maxInvoiceSizeInMB")]
    pub max_invoice_megabytes: u32,
    /// A document with attachments, in megabytes.
    #[serde(rename = "maxInvoiceWithAttachmentSizeInMB")]
    pub max_invoice_with_attachment_megabytes: u32,
    /// Documents.
    #[serde(rename = "maxInvoices")]
    pub max_invoices: u32,
}

/// The limits of the company. Source: OpenAPI `EffectiveContextLimits`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContextLimits {
    /// Interactive sessions.
    pub online_session: SessionLimits,
    /// Batch sessions.
    pub batch_session: SessionLimits,
    /// Collective identifiers (since 2.8); `None`: not said, so [`CollectiveIdentifierLimits::PUBLISHED`].
    #[serde(default)]
    pub collective_identifier: Option<CollectiveIdentifierLimits>,
}

/// What a collective identifier takes (since 2.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CollectiveIdentifierLimits {
    /// Invoices in one; at least 2.
    pub max_invoices: u32,
}

impl CollectiveIdentifierLimits {
    /// What holds unless KSeF says otherwise.
    pub const PUBLISHED: Self = Self { max_invoices: 500 };
}

/// How many applications for certificates.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubjectEnrollmentLimit {
    /// At most.
    #[serde(default)]
    pub max_enrollments: Option<u32>,
}

/// How many certificates.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubjectCertificateLimit {
    /// At most.
    #[serde(default)]
    pub max_certificates: Option<u32>,
}

/// The limits of the person or firm that authenticated. Source: OpenAPI `EffectiveSubjectLimits`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubjectLimits {
    /// Applications for certificates.
    #[serde(default)]
    pub enrollment: Option<SubjectEnrollmentLimit>,
    /// Certificates.
    #[serde(default)]
    pub certificate: Option<SubjectCertificateLimit>,
}

impl Client {
    /// `GET /rate-limits`. The client's own budget follows what it answers.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn rate_limits(&self, token: &AccessToken) -> Result<Answer<EffectiveRateLimits>, ApiError> {
        let answer: Answer<EffectiveRateLimits> =
            self.request(&RATE).bearer(token.secret()).json_answer().await?;
        self.budget().adjust(&answer);
        Ok(answer)
    }

    /// `GET /limits/context`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn context_limits(&self, token: &AccessToken) -> Result<Answer<ContextLimits>, ApiError> {
        self.request(&CONTEXT).bearer(token.secret()).json_answer().await
    }

    /// `GET /limits/subject`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn subject_limits(&self, token: &AccessToken) -> Result<Answer<SubjectLimits>, ApiError> {
        self.request(&SUBJECT).bearer(token.secret()).json_answer().await
    }
}
