use chrono::{DateTime, Utc};
use ksef_types::{ContextIdentifier, ReferenceNumber};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Compression, StoredStatus};

/// By which date a range is meant. Source: OpenAPI `InvoiceQueryDateType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum DateType {
    Issue,
    Invoicing,
    PermanentStorage,
}

/// A package of invoices that is being made, or was.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Export {
    pub(crate) reference: ReferenceNumber,
    pub(crate) context: ContextIdentifier,
    /// AES key and initialisation vector in hex; `None` where the wrapped key could not be opened.
    pub(crate) key: Option<(String, String)>,
    /// `InvoiceQueryFilters` as they came.
    pub(crate) filters: Value,
    pub(crate) only_metadata: bool,
    pub(crate) compression: Compression,
    pub(crate) started: DateTime<Utc>,
    pub(crate) completed: Option<DateTime<Utc>>,
    pub(crate) status: StoredStatus,
    pub(crate) package: Option<Package>,
}

impl Export {
    /// The status of an export is kept so long (guide, change log of 2.4.0).
    pub(crate) const KEPT_DAYS: i64 = 7;
    /// A package can be downloaded so long; the contract leaves it open.
    pub(crate) const PACKAGE_HOURS: i64 = 72;
    /// A link lives so long; each look at the status gives a new one.
    pub(crate) const LINK_MINUTES: i64 = 60;

    pub(crate) fn expires(&self) -> Option<DateTime<Utc>> {
        Some(self.completed? + chrono::Duration::hours(Self::PACKAGE_HOURS))
    }
}

/// What is ready to be downloaded.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Package {
    pub(crate) invoices: u64,
    /// Bytes of the package before it was split and encrypted.
    pub(crate) size: u64,
    pub(crate) parts: Vec<ExportPart>,
    pub(crate) truncated: bool,
    /// The date of the last invoice in it, by the range's kind.
    pub(crate) last: Option<DateTime<Utc>>,
    pub(crate) kind: DateType,
    /// `permanentStorageHwmDate`
    pub(crate) mark: Option<DateTime<Utc>>,
}

/// A part, encrypted by itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ExportPart {
    pub(crate) ordinal: u32,
    pub(crate) name: String,
    pub(crate) size: u64,
    /// SHA-256, Base64.
    pub(crate) hash: String,
    pub(crate) encrypted_size: u64,
    /// SHA-256, Base64.
    pub(crate) encrypted_hash: String,
}
