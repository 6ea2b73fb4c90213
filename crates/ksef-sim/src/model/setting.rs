use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use ksef_types::{ContextIdentifier, Nip};
use serde::{Deserialize, Serialize};

/// Consent to attachments.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct AttachmentConsent {
    pub(crate) nip: Nip,
    /// The day on which it ends; `None` while it has no end.
    pub(crate) until: Option<NaiveDate>,
}

/// A context in which nobody may authenticate (480).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct BlockedContext {
    pub(crate) context: ContextIdentifier,
    pub(crate) blocked: bool,
}

/// Limits of one kind of session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SessionLimits {
    /// Largest document in MB.
    #[serde(rename = "maxInvoiceSizeInMB")]
    pub(crate) document: u32,
    /// Largest document with attachments in MB.
    #[serde(rename = "maxInvoiceWithAttachmentSizeInMB")]
    pub(crate) with_attachments: u32,
    /// Most documents.
    #[serde(rename = "maxInvoices")]
    pub(crate) documents: u32,
}

impl SessionLimits {
    /// Source: the guide, "Limity", "Limity na kontekst".
    pub(crate) const DEFAULT: Self = Self { document: 1, with_attachments: 3, documents: 10_000 };

    /// Most documents, for counting.
    pub(crate) fn most(&self) -> usize {
        usize::try_from(self.documents).unwrap_or(usize::MAX)
    }
}

/// Limits of a context; `None` is the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct ContextLimits {
    /// Of interactive and of batch sessions.
    pub(crate) sessions: Option<(SessionLimits, SessionLimits)>,
    /// Most invoices of a collective identifier.
    pub(crate) collective: Option<u32>,
}

/// Limits of an owner of certificates; `None` is the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct SubjectLimits {
    pub(crate) applications: Option<u32>,
    pub(crate) certificates: Option<u32>,
}

/// Rate limits that the test environment set for a context.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum RateProfile {
    /// As this simulator was started.
    Default,
    /// As published for production.
    Production,
    /// By the contract's names of groups: in a second, a minute, an hour.
    Own(BTreeMap<String, (i64, i64, i64)>),
}

/// A provider of Peppol services.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PeppolProvider {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) registered: DateTime<Utc>,
}

impl AttachmentConsent {
    /// Whether attachments are taken at a moment.
    pub(crate) fn holds_at(&self, now: DateTime<Utc>) -> bool {
        self.until.is_none_or(|last| ksef_types::warsaw_date(now) < last)
    }

    /// The moment from which on they are not: the start of the day in Poland.
    pub(crate) fn ends(&self) -> Option<DateTime<Utc>> {
        let midnight = self.until?.and_hms_opt(0, 0, 0)?;
        Some(midnight.and_local_timezone(chrono_tz::Europe::Warsaw).earliest()?.with_timezone(&Utc))
    }
}
