//! What became of sessions and their documents.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use ksef_types::{KsefNumber, ReferenceNumber, Sha256Hash};
use serde::Deserialize;
use tokio_util::sync::CancellationToken;

use crate::addresses::DownloadUrl;
use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::ApiError;
use crate::open_enum::open_enum;
use crate::operation::Operation;
use crate::status::{ContinuationToken, StatusInfo, in_progress};
use crate::upo::UpoPages;
use crate::wait::{Settles, WaitError, WaitPolicy, until_settled};

pub(crate) static LIST: Operation = Operation::get("sessions", "/sessions", RateGroup::SessionList);
pub(crate) static STATUS: Operation =
    Operation::get("session_status", "/sessions/{referenceNumber}", RateGroup::SessionMisc);
pub(crate) static INVOICES: Operation =
    Operation::get("session_invoices", "/sessions/{referenceNumber}/invoices", RateGroup::SessionInvoiceList);
pub(crate) static FAILED: Operation = Operation::get(
    "session_failed_invoices",
    "/sessions/{referenceNumber}/invoices/failed",
    RateGroup::SessionInvoiceList,
);
pub(crate) static INVOICE: Operation = Operation::get(
    "invoice_status",
    "/sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}",
    RateGroup::InvoiceStatus,
);
open_enum! {
    /// The two kinds of sessions.
    SessionKind {
        /// Interactive.
        Online = "Online",
        /// Batch.
        Batch = "Batch",
    }
}

open_enum! {
    /// Whole states of sessions, for filtering.
    SessionState {
        /// Under way.
        InProgress = "InProgress",
        /// Ended well.
        Succeeded = "Succeeded",
        /// Ended with an error.
        Failed = "Failed",
        /// Not closed in time.
        Cancelled = "Cancelled",
    }
}

open_enum! {
    /// How an invoice was issued, as KSeF sees it.
    InvoicingMode {
        /// Sent on the day of issue.
        Online = "Online",
        /// Declared offline, or sent later than issued.
        Offline = "Offline",
    }
}

/// Which sessions; the period is at most three months. Source: OpenAPI `GET /sessions`.
#[derive(Debug, Clone)]
pub struct SessionsQuery {
    /// Interactive or batch.
    pub kind: SessionKind,
    /// Only this one.
    pub reference_number: Option<ReferenceNumber>,
    /// Opened at or after.
    pub created_from: Option<DateTime<Utc>>,
    /// Opened at or before.
    pub created_to: Option<DateTime<Utc>>,
    /// Closed at or after.
    pub closed_from: Option<DateTime<Utc>>,
    /// Closed at or before.
    pub closed_to: Option<DateTime<Utc>>,
    /// Last changed at or after.
    pub modified_from: Option<DateTime<Utc>>,
    /// Last changed at or before.
    pub modified_to: Option<DateTime<Utc>>,
    /// In these states; empty: in any.
    pub states: Vec<SessionState>,
    /// 10 to 1000.
    pub page_size: u32,
}

impl SessionsQuery {
    /// All of a kind, in pages as large as they may be.
    #[must_use]
    pub const fn all(kind: SessionKind) -> Self {
        Self {
            kind,
            reference_number: None,
            created_from: None,
            created_to: None,
            closed_from: None,
            closed_to: None,
            modified_from: None,
            modified_to: None,
            states: Vec::new(),
            page_size: 1000,
        }
    }
}

/// A session in a list. Source: OpenAPI `SessionsQueryResponseItem`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionListItem {
    /// Its number.
    pub reference_number: ReferenceNumber,
    /// Where it stands.
    pub status: StatusInfo,
    /// When it was opened.
    pub date_created: DateTime<Utc>,
    /// When anything last changed.
    pub date_updated: DateTime<Utc>,
    /// Until when it takes documents.
    #[serde(default)]
    pub valid_until: Option<DateTime<Utc>>,
    /// All documents.
    #[serde(default)]
    pub total_invoice_count: u64,
    /// Accepted ones.
    #[serde(default)]
    pub successful_invoice_count: u64,
    /// Refused ones.
    #[serde(default)]
    pub failed_invoice_count: u64,
}

/// A page of sessions, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionsPage {
    /// At most as many as were asked for.
    pub sessions: Vec<SessionListItem>,
    /// Where the next page begins; `None`: this is the last.
    #[serde(default)]
    pub continuation_token: Option<ContinuationToken>,
}

/// Where a session stands. Source: OpenAPI `SessionStatusResponse`.
///
/// Codes: 100 open, 170 closed and being processed, 200 done, 415 the key could not be decrypted, 440 cancelled
/// (not closed in time, or empty), 445 nothing valid in it, 500 and others: see the contract.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionStatus {
    /// The code and KSeF's words.
    pub status: StatusInfo,
    /// When it was opened.
    pub date_created: DateTime<Utc>,
    /// When anything last changed.
    pub date_updated: DateTime<Utc>,
    /// Until when it takes documents.
    #[serde(default)]
    pub valid_until: Option<DateTime<Utc>>,
    /// The UPO of the whole session, once there is one.
    #[serde(default)]
    pub upo: Option<UpoPages>,
    /// All documents.
    #[serde(default)]
    pub invoice_count: Option<u64>,
    /// Accepted ones.
    #[serde(default)]
    pub successful_invoice_count: Option<u64>,
    /// Refused ones.
    #[serde(default)]
    pub failed_invoice_count: Option<u64>,
}

impl Settles for SessionStatus {
    const NOT_YET: &'static [i32] = &[];

    fn is_under_way(&self) -> bool {
        self.status.is_under_way()
    }
}

/// Where a document stands: 100, 150 under way, 200 accepted, others refused. Source: OpenAPI `InvoiceStatusInfo`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InvoiceStatusInfo {
    /// The code of the contract; 440 is a duplicate.
    pub code: i32,
    /// KSeF's own words, in Polish.
    pub description: String,
    /// More of KSeF's own words.
    #[serde(default, deserialize_with = "crate::wire::null_as_default")]
    pub details: Vec<String>,
    /// For 440: `originalSessionReferenceNumber` and `originalKsefNumber`.
    #[serde(default, deserialize_with = "crate::wire::null_as_default")]
    pub extensions: BTreeMap<String, Option<String>>,
}

impl InvoiceStatusInfo {
    /// Whether KSeF is still at work on it, which may take hours.
    #[must_use]
    pub const fn is_under_way(&self) -> bool {
        in_progress(self.code)
    }

    /// Whether it was accepted (code 200).
    #[must_use]
    pub const fn is_accepted(&self) -> bool {
        self.code == 200
    }

    /// Whether KSeF holds it for a duplicate (code 440).
    #[must_use]
    pub const fn is_duplicate(&self) -> bool {
        self.code == 440
    }

    /// For a duplicate: the number of the invoice that KSeF already has.
    #[must_use]
    pub fn original_ksef_number(&self) -> Option<KsefNumber> {
        self.extension("originalKsefNumber")?.parse().ok()
    }

    /// For a duplicate: the session in which KSeF got it. In a batch this has named the duplicate's own session.
    #[must_use]
    pub fn original_session(&self) -> Option<ReferenceNumber> {
        self.extension("originalSessionReferenceNumber")?.parse().ok()
    }

    fn extension(&self, name: &str) -> Option<&str> {
        self.extensions.get(name)?.as_deref()
    }
}

/// A document in a session. Source: OpenAPI `SessionInvoiceStatusResponse`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InvoiceStatus {
    /// Its place in the session, from 1.
    pub ordinal_number: u64,
    /// Its number within KSeF until it has a KSeF number.
    pub reference_number: ReferenceNumber,
    /// SHA-256 of the document as issued.
    #[serde(deserialize_with = "crate::wire::hash::deserialize")]
    pub invoice_hash: Sha256Hash,
    /// The code and KSeF's words.
    pub status: InvoiceStatusInfo,
    /// The seller's number (P_2).
    #[serde(default)]
    pub invoice_number: Option<String>,
    /// Once accepted. Null for a duplicate.
    #[serde(default)]
    pub ksef_number: Option<KsefNumber>,
    /// The name of the file in a batch.
    #[serde(default)]
    pub invoice_file_name: Option<String>,
    /// When the KSeF number was given. No order with the other moments may be assumed.
    #[serde(default)]
    pub acquisition_date: Option<DateTime<Utc>>,
    /// When KSeF took it in.
    #[serde(default)]
    pub invoicing_date: Option<DateTime<Utc>>,
    /// When it was stored for good; can be missing for a while.
    #[serde(default)]
    pub permanent_storage_date: Option<DateTime<Utc>>,
    /// Where its UPO can be fetched without a token.
    #[serde(default)]
    pub upo_download_url: Option<DownloadUrl>,
    /// Until when.
    #[serde(default)]
    pub upo_download_url_expiration_date: Option<DateTime<Utc>>,
    /// How it was issued, as KSeF sees it.
    #[serde(default)]
    pub invoicing_mode: Option<InvoicingMode>,
}

/// A page of the documents of a session.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionInvoices {
    /// At most as many as were asked for.
    pub invoices: Vec<InvoiceStatus>,
    /// Where the next page begins; `None`: this is the last.
    #[serde(default)]
    pub continuation_token: Option<ContinuationToken>,
}

impl Client {
    /// `GET /sessions`: the sessions of this company.
    ///
    /// # Errors
    /// See [`ApiError`]; 21418 for a continuation token that is no longer good.
    pub async fn sessions(
        &self,
        token: &AccessToken,
        query: &SessionsQuery,
        continuation: Option<&ContinuationToken>,
    ) -> Result<Answer<SessionsPage>, ApiError> {
        let mut request = self
            .request(&LIST)
            .bearer(token.secret())
            .query("sessionType", &query.kind)
            .query("pageSize", query.page_size)
            .optional_query("referenceNumber", query.reference_number.as_ref())
            .optional_query("dateCreatedFrom", query.created_from.map(moment))
            .optional_query("dateCreatedTo", query.created_to.map(moment))
            .optional_query("dateClosedFrom", query.closed_from.map(moment))
            .optional_query("dateClosedTo", query.closed_to.map(moment))
            .optional_query("dateModifiedFrom", query.modified_from.map(moment))
            .optional_query("dateModifiedTo", query.modified_to.map(moment))
            .continuation(continuation);
        for state in &query.states {
            request = request.query("statuses", state);
        }
        request.json_answer().await
    }

    /// `GET /sessions/{referenceNumber}`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn session_status(
        &self,
        token: &AccessToken,
        session: &ReferenceNumber,
    ) -> Result<Answer<SessionStatus>, ApiError> {
        self.request(&STATUS).reference(session.as_str()).bearer(token.secret()).json_answer().await
    }

    /// Asks for a session that was closed until KSeF has processed it, which may take hours. The answer may be a
    /// refusal: see its code.
    ///
    /// # Errors
    /// When asking fails for good, at the deadline, and when cancelled.
    pub async fn await_session(
        &self,
        token: &AccessToken,
        session: &ReferenceNumber,
        policy: &WaitPolicy,
        cancel: &CancellationToken,
    ) -> Result<Answer<SessionStatus>, WaitError<SessionStatus>> {
        until_settled(policy, cancel, || self.session_status(token, session)).await
    }

    /// `GET /sessions/{referenceNumber}/invoices`: every document of a session; `page_size` 10 to 1000.
    ///
    /// # Errors
    /// See [`ApiError`]; 21418 for a continuation token that is no longer good.
    pub async fn session_invoices(
        &self,
        token: &AccessToken,
        session: &ReferenceNumber,
        page_size: u32,
        continuation: Option<&ContinuationToken>,
    ) -> Result<Answer<SessionInvoices>, ApiError> {
        self.request(&INVOICES)
            .reference(session.as_str())
            .bearer(token.secret())
            .query("pageSize", page_size)
            .continuation(continuation)
            .json_answer()
            .await
    }

    /// `GET /sessions/{referenceNumber}/invoices/failed`: the refused ones; `page_size` 10 to 1000.
    ///
    /// # Errors
    /// See [`ApiError`]; 21418 for a continuation token that is no longer good.
    pub async fn session_failed_invoices(
        &self,
        token: &AccessToken,
        session: &ReferenceNumber,
        page_size: u32,
        continuation: Option<&ContinuationToken>,
    ) -> Result<Answer<SessionInvoices>, ApiError> {
        self.request(&FAILED)
            .reference(session.as_str())
            .bearer(token.secret())
            .query("pageSize", page_size)
            .continuation(continuation)
            .json_answer()
            .await
    }

    /// `GET /sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn invoice_status(
        &self,
        token: &AccessToken,
        session: &ReferenceNumber,
        invoice: &ReferenceNumber,
    ) -> Result<Answer<InvoiceStatus>, ApiError> {
        self.request(&INVOICE)
            .reference(session.as_str())
            .reference(invoice.as_str())
            .bearer(token.secret())
            .json_answer()
            .await
    }
}

/// A moment in a query, as the contract's `date-time`.
fn moment(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}
