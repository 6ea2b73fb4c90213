//! Limits of sessions, of certificates and of requests.

use serde::Serialize;

use super::TestData;
use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::budget::RateGroup;
use crate::error::ApiError;
use crate::limits::{CollectiveIdentifierLimits, EffectiveRateLimit, SessionLimits};
use crate::open_enum::sent_enum;
use crate::operation::{Operation, Repeat};

pub(crate) static SET_SESSION: Operation =
    Operation::post("set_session_limits", "/testdata/limits/context/session", RateGroup::Other, Repeat::Safe);
pub(crate) static RESET_SESSION: Operation =
    Operation::delete("reset_session_limits", "/testdata/limits/context/session", RateGroup::Other);
pub(crate) static SET_SUBJECT: Operation = Operation::post(
    "set_subject_limits",
    "/testdata/limits/subject/certificate",
    RateGroup::Other,
    Repeat::Safe,
);
pub(crate) static RESET_SUBJECT: Operation =
    Operation::delete("reset_subject_limits", "/testdata/limits/subject/certificate", RateGroup::Other);
pub(crate) static SET_RATE: Operation =
    Operation::post("set_rate_limits", "/testdata/rate-limits", RateGroup::Other, Repeat::Safe);
pub(crate) static RESET_RATE: Operation =
    Operation::delete("reset_rate_limits", "/testdata/rate-limits", RateGroup::Other);
pub(crate) static PRODUCTION_RATE: Operation = Operation::post(
    "production_rate_limits",
    "/testdata/rate-limits/production",
    RateGroup::Other,
    Repeat::Safe,
);

/// What sessions take. Source: OpenAPI `SetSessionLimitsRequest` and 2.8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionLimitsOverride {
    /// Interactive sessions; at most 5 and 10 MB, 100 000 documents.
    pub online_session: SessionLimits,
    /// Batch sessions; the same bounds.
    pub batch_session: SessionLimits,
    /// Collective identifiers, 2 to 5000 invoices (since 2.8).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collective_identifier: Option<CollectiveIdentifierLimits>,
}

sent_enum! {
    /// Whose limits for certificates.
    CertificateLimitOverride {
        /// Of one who authenticated by NIP.
        Nip = "Nip",
        /// By PESEL.
        Pesel = "Pesel",
        /// By the fingerprint of a certificate.
        Fingerprint = "Fingerprint",
    }
}

/// How many applications and certificates. Source: OpenAPI `SetSubjectLimitsRequest`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SubjectLimitsOverride {
    /// Whose.
    pub subject: CertificateLimitOverride,
    /// Applications; `None`: as they are.
    pub max_enrollments: Option<u32>,
    /// Certificates; `None`: as they are.
    pub max_certificates: Option<u32>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SetSubjectLimits {
    subject_identifier_type: CertificateLimitOverride,
    #[serde(skip_serializing_if = "Option::is_none")]
    enrollment: Option<MaxEnrollments>,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<MaxCertificates>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MaxEnrollments {
    max_enrollments: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MaxCertificates {
    max_certificates: u32,
}

/// Requests in sliding windows, for each group. Source: OpenAPI `ApiRateLimitsOverride` and 2.8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RateLimitsOverride {
    /// Opening interactive sessions.
    pub online_session: EffectiveRateLimit,
    /// Closing interactive sessions (since 2.8).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub online_session_close: Option<EffectiveRateLimit>,
    /// Opening batch sessions.
    pub batch_session: EffectiveRateLimit,
    /// Closing batch sessions (since 2.8).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_session_close: Option<EffectiveRateLimit>,
    /// Sending an invoice.
    pub invoice_send: EffectiveRateLimit,
    /// The status of an invoice.
    pub invoice_status: EffectiveRateLimit,
    /// The list of sessions.
    pub session_list: EffectiveRateLimit,
    /// The invoices of a session, and the failed ones.
    pub session_invoice_list: EffectiveRateLimit,
    /// Everything else about sessions.
    pub session_misc: EffectiveRateLimit,
    /// Metadata of invoices.
    pub invoice_metadata: EffectiveRateLimit,
    /// Starting an export.
    pub invoice_export: EffectiveRateLimit,
    /// The status of an export.
    pub invoice_export_status: EffectiveRateLimit,
    /// An invoice by its number.
    pub invoice_download: EffectiveRateLimit,
    /// Collective identifiers.
    pub collective_identifier: EffectiveRateLimit,
    /// Everything else.
    pub other: EffectiveRateLimit,
}

impl RateLimitsOverride {
    /// The same for every group of the contract 2.7.
    #[must_use]
    pub const fn all(limit: EffectiveRateLimit) -> Self {
        Self {
            online_session: limit,
            online_session_close: None,
            batch_session: limit,
            batch_session_close: None,
            invoice_send: limit,
            invoice_status: limit,
            session_list: limit,
            session_invoice_list: limit,
            session_misc: limit,
            invoice_metadata: limit,
            invoice_export: limit,
            invoice_export_status: limit,
            invoice_download: limit,
            collective_identifier: limit,
            other: limit,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SetRateLimits<'a> {
    rate_limits: &'a RateLimitsOverride,
}

impl TestData<'_> {
    /// `POST /testdata/limits/context/session`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn set_session_limits(
        &self,
        token: &AccessToken,
        limits: &SessionLimitsOverride,
    ) -> Result<Answer<()>, ApiError> {
        self.0.request(&SET_SESSION).bearer(token.secret()).json(limits).no_answer().await
    }

    /// `DELETE /testdata/limits/context/session`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn reset_session_limits(&self, token: &AccessToken) -> Result<Answer<()>, ApiError> {
        self.0.request(&RESET_SESSION).bearer(token.secret()).no_answer().await
    }

    /// `POST /testdata/limits/subject/certificate`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn set_subject_limits(
        &self,
        token: &AccessToken,
        limits: &SubjectLimitsOverride,
    ) -> Result<Answer<()>, ApiError> {
        let body = SetSubjectLimits {
            subject_identifier_type: limits.subject,
            enrollment: limits.max_enrollments.map(|max_enrollments| MaxEnrollments { max_enrollments }),
            certificate: limits.max_certificates.map(|max_certificates| MaxCertificates { max_certificates }),
        };
        self.0.request(&SET_SUBJECT).bearer(token.secret()).json(&body).no_answer().await
    }

    /// `DELETE /testdata/limits/subject/certificate`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn reset_subject_limits(&self, token: &AccessToken) -> Result<Answer<()>, ApiError> {
        self.0.request(&RESET_SUBJECT).bearer(token.secret()).no_answer().await
    }

    /// `POST /testdata/rate-limits`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn set_rate_limits(
        &self,
        token: &AccessToken,
        limits: &RateLimitsOverride,
    ) -> Result<Answer<()>, ApiError> {
        let body = SetRateLimits { rate_limits: limits };
        self.0.request(&SET_RATE).bearer(token.secret()).json(&body).no_answer().await
    }

    /// `DELETE /testdata/rate-limits`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn reset_rate_limits(&self, token: &AccessToken) -> Result<Answer<()>, ApiError> {
        self.0.request(&RESET_RATE).bearer(token.secret()).no_answer().await
    }

    /// `POST /testdata/rate-limits/production`: those of the production environment.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn production_rate_limits(&self, token: &AccessToken) -> Result<Answer<()>, ApiError> {
        self.0.request(&PRODUCTION_RATE).bearer(token.secret()).no_answer().await
    }
}
