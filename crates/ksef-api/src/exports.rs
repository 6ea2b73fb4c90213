//! Exports: invoices by query in an encrypted package, fetched in parts.

use chrono::{DateTime, NaiveDate, Utc};
use ksef_types::{ReferenceNumber, Sha256Hash};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use crate::addresses::DownloadUrl;
use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::{ApiError, code};
use crate::invoices::InvoiceQuery;
use crate::open_enum::open_enum;
use crate::operation::{Operation, Repeat};
use crate::sessions_batch::Compression;
use crate::sessions_online::EncryptionInfo;
use crate::status::StatusInfo;
use crate::wait::{Settles, WaitError, WaitPolicy, until_settled};

pub(crate) static START: Operation =
    Operation::post("start_export", "/invoices/exports", RateGroup::InvoiceExport, Repeat::Never);
pub(crate) static STATUS: Operation =
    Operation::get("export_status", "/invoices/exports/{referenceNumber}", RateGroup::InvoiceExportStatus);

/// Starts an export. Source: OpenAPI `InvoiceExportRequest`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StartExport {
    /// The key with which KSeF encrypts the package.
    pub encryption: EncryptionInfo,
    /// Without the invoices: `_metadata.json` alone.
    pub only_metadata: bool,
    /// Which invoices.
    pub filters: InvoiceQuery,
    /// How the package is compressed.
    #[serde(rename = "compressionType")]
    pub compression: Compression,
}

/// An export has begun. Source: OpenAPI `ExportInvoicesResponse`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Export {
    /// Under which number it is asked for, for 7 days.
    pub reference_number: ReferenceNumber,
}

open_enum! {
    /// How a package is compressed, as an answer names it (since 2.9).
    PackageCompression {
        /// ZIP.
        Zip = "Zip",
        /// A tar archive, gzipped.
        TarGz = "TarGz",
    }
}

/// Where an export stands. Source: OpenAPI `InvoiceExportStatusResponse`.
///
/// Codes: 100 under way, 200 done, 210 no longer kept, 415 the key could not be decrypted, 420 the period begins after
/// the high water mark, 500 unknown, 550 cancelled by KSeF (to be tried again).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExportStatus {
    /// The code and KSeF's words.
    pub status: StatusInfo,
    /// When it was done.
    #[serde(default)]
    pub completed_date: Option<DateTime<Utc>>,
    /// Until when the package is kept.
    #[serde(default)]
    pub package_expiration_date: Option<DateTime<Utc>>,
    /// The package, once there is one.
    #[serde(default)]
    pub package: Option<InvoicePackage>,
}

impl Settles for ExportStatus {
    const NOT_YET: &'static [i32] = &[code::NO_EXPORT];

    fn is_under_way(&self) -> bool {
        self.status.is_under_way()
    }
}

/// A package of invoices. Source: OpenAPI `InvoicePackage` and 2.9.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InvoicePackage {
    /// Invoices in it, at most 10 000.
    pub invoice_count: u64,
    /// Bytes of the whole.
    pub size: u64,
    /// Its parts; none where there is no invoice.
    #[serde(default, deserialize_with = "crate::wire::null_as_default")]
    pub parts: Vec<PackagePart>,
    /// Whether there was more than fits: the next export begins at the last date.
    pub is_truncated: bool,
    /// The day of issue of the last one, where that was the filter and the package was cut.
    #[serde(default)]
    pub last_issue_date: Option<NaiveDate>,
    /// When KSeF took in the last one, where that was the filter and the package was cut.
    #[serde(default)]
    pub last_invoicing_date: Option<DateTime<Utc>>,
    /// When the last one was stored for good, where that was the filter and the package was cut.
    #[serde(default)]
    pub last_permanent_storage_date: Option<DateTime<Utc>>,
    /// The mark below which the set is complete and never changes.
    #[serde(default)]
    pub permanent_storage_hwm_date: Option<DateTime<Utc>>,
    /// How it is compressed (since 2.9).
    #[serde(default, rename = "compressionType")]
    pub compression: Option<PackageCompression>,
}

impl InvoicePackage {
    /// Where the next export of the same filter by permanent storage begins: at the last invoice of a package that was
    /// cut, else at the high water mark.
    #[must_use]
    pub fn next_from(&self) -> Option<DateTime<Utc>> {
        if self.is_truncated { self.last_permanent_storage_date } else { self.permanent_storage_hwm_date }
    }
}

/// A part of a package. Source: OpenAPI `InvoicePackagePart`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PackagePart {
    /// From 1.
    pub ordinal_number: u32,
    /// Its name. It comes from outside: never to be used as a path.
    pub part_name: String,
    /// The method of HTTP that KSeF asks for.
    pub method: String,
    /// Where it is fetched without a token.
    pub url: DownloadUrl,
    /// Bytes after decryption.
    pub part_size: u64,
    /// SHA-256 after decryption.
    #[serde(deserialize_with = "crate::wire::hash::deserialize")]
    pub part_hash: Sha256Hash,
    /// Bytes as they are fetched.
    pub encrypted_part_size: u64,
    /// SHA-256 as it is fetched.
    #[serde(deserialize_with = "crate::wire::hash::deserialize")]
    pub encrypted_part_hash: Sha256Hash,
    /// Until when the address works; a new look at the status gives new addresses.
    pub expiration_date: DateTime<Utc>,
}

impl Client {
    /// `POST /invoices/exports`. Never repeated: after a lost answer ([`crate::RetryKind::Unknown`]) another may be
    /// started; the lost one ends by itself.
    ///
    /// # Errors
    /// See [`ApiError`]; 21181 for one who may not export as this subject, 21182 when too many are running, 21470 when
    /// the ministry's key has changed ([`crate::KeyRing`] deals with it).
    pub async fn start_export(
        &self,
        token: &AccessToken,
        request: &StartExport,
    ) -> Result<Answer<Export>, ApiError> {
        self.request(&START).bearer(token.secret()).json(request).json_answer().await
    }

    /// `GET /invoices/exports/{referenceNumber}`, once. Each answer carries new addresses.
    ///
    /// # Errors
    /// See [`ApiError`]; 21175 for an export that KSeF does not know (yet).
    pub async fn export_status(
        &self,
        token: &AccessToken,
        reference: &ReferenceNumber,
    ) -> Result<Answer<ExportStatus>, ApiError> {
        self.request(&STATUS).reference(reference.as_str()).bearer(token.secret()).json_answer().await
    }

    /// Asks for an export until it is decided. The answer may be a refusal: see its code.
    ///
    /// # Errors
    /// When asking fails for good, at the deadline, and when cancelled.
    pub async fn await_export(
        &self,
        token: &AccessToken,
        reference: &ReferenceNumber,
        policy: &WaitPolicy,
        cancel: &CancellationToken,
    ) -> Result<Answer<ExportStatus>, WaitError<ExportStatus>> {
        until_settled(policy, cancel, || self.export_status(token, reference)).await
    }
}
