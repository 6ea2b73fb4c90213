use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use ksef_archive::{ArchiveError, OutboxRow, OutboxState, Stands};
use ksef_types::{Environment, KsefNumber, Nip, ReferenceNumber};
use serde::{Deserialize, Serialize};

use super::record::from_text;
use crate::ConnectionCause;

/// By which an issued invoice is asked for; stays for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SaleId(pub i64);

impl fmt::Display for SaleId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// By which a checked file is sent; lives until the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PreparedId(pub u64);

impl fmt::Display for PreparedId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A file that was dropped in, checked, not yet sent.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// By which it is sent.
    pub id: PreparedId,
    /// Name of the file.
    pub file_name: String,
    /// What stands on it, as far as it could be read.
    pub invoice: Option<SaleInvoice>,
    /// What is wrong with it.
    pub findings: Vec<ksef_invoice::Finding>,
    /// No error among the findings, not on its way already, and nothing that only a batch may bring.
    pub sendable: bool,
    /// It has an attachment, which KSeF takes in batch sessions only: it does not leave one by one.
    pub needs_batch: bool,
    /// The same bytes are in the outbox or were accepted already.
    pub already: Option<SaleId>,
}

/// What stands on an invoice, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleInvoice {
    /// P_2.
    pub number: String,
    /// P_1.
    pub issue_date: NaiveDate,
    /// RodzajFaktury: VAT, KOR, ZAL …
    pub kind: String,
    /// NIP of the seller.
    pub seller_nip: String,
    /// Name of the seller.
    pub seller_name: String,
    /// NIP or another identifier of the buyer.
    pub buyer_identifier: Option<String>,
    /// Name of the buyer.
    pub buyer_name: Option<String>,
    /// P_15, decimal text.
    pub gross: String,
    /// ISO 4217.
    pub currency: String,
}

/// What [`crate::Engine::enqueue`] did with one of the files.
#[derive(Debug, Clone)]
pub struct Enqueued {
    /// Which file.
    pub prepared: PreparedId,
    /// Its row, or why there is none.
    pub sale: Result<Sale, NotSendable>,
}

/// Why a prepared file did not go into the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotSendable {
    /// It has errors.
    #[error("the document has errors")]
    HasErrors,
    /// It was not prepared, or for another company or environment, or it is in the outbox since.
    #[error("the file is not prepared any more")]
    NotPrepared,
    /// It has an attachment, which KSeF takes in batch sessions only.
    #[error("the document has an attachment, which only a batch may bring")]
    NeedsBatch,
    /// The same bytes are on their way or accepted.
    #[error("the same document is in the archive as {0}")]
    Already(SaleId),
}

/// An issued invoice and how far it is.
#[derive(Debug, Clone)]
pub struct Sale {
    /// By which it is asked for.
    pub id: SaleId,
    /// Whose.
    pub company: Nip,
    /// Where.
    pub environment: Environment,
    /// Name of the file it came from.
    pub file_name: String,
    /// What stands on it.
    pub invoice: SaleInvoice,
    /// How far it is.
    pub state: SaleState,
    /// Once KSeF gave one.
    pub ksef_number: Option<KsefNumber>,
    /// The UPO is in the archive.
    pub has_upo: bool,
    /// When it was put into the outbox.
    pub queued_at: DateTime<Utc>,
    /// When KSeF gave the number.
    pub accepted_at: Option<DateTime<Utc>>,
    /// Why it is refused, held or waits.
    pub problem: Option<SaleProblem>,
    /// When the program looks at it again by itself.
    pub next_attempt_at: Option<DateTime<Utc>>,
}

/// The states of an invoice on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SaleState {
    /// Its bytes are safe, nothing has left.
    Queued,
    /// The document is leaving, or may have left: KSeF is asked before it is sent again.
    Sending,
    /// KSeF has it and is checking.
    Processing,
    /// It has its KSeF number.
    Accepted,
    /// KSeF refused it; it must be corrected and sent as another document.
    Refused,
    /// Something stands in the way that needs a person.
    Held,
    /// Taken back before it left.
    Withdrawn,
}

/// Why an invoice is refused, held or waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SaleProblem {
    /// KSeF refused the document; code of the contract (410, 415, 430, 435, 450 …), with its words.
    Refused {
        /// Status of the invoice.
        code: i32,
        /// KSeF's words.
        description: String,
        /// KSeF's details.
        details: Vec<String>,
    },
    /// KSeF refused the request that carried it (such as 21402, 21405).
    RequestRefused {
        /// KSeF's code.
        code: i32,
        /// KSeF's words.
        description: String,
        /// KSeF's details.
        details: Vec<String>,
    },
    /// 440, and the invoice that KSeF names has other bytes: another document with this number, kind and seller is in KSeF.
    DuplicateOfAnother {
        /// The other one's number.
        original: KsefNumber,
    },
    /// 440, and it could not be proved whether the named invoice is this one.
    DuplicateUnproved {
        /// The number that KSeF named, if it named one.
        original: Option<KsefNumber>,
        /// The session that KSeF named, if it named one.
        session: Option<ReferenceNumber>,
        /// Why it could not be proved, where a connection stood in the way.
        cause: Option<ConnectionCause>,
    },
    /// A person issued it and wants to send it later.
    KeptBack,
    /// There is no connection.
    Connection(ConnectionCause),
    /// KSeF has it and has been checking for long; asked again ever more slowly. Sending again would make duplicates.
    WaitsForKsef {
        /// Since when KSeF has it.
        since: DateTime<Utc>,
    },
    /// It has its number; the UPO could not be fetched yet.
    UpoPending(ConnectionCause),
    /// It has its number, but the fetched UPO is not one of this invoice.
    UpoWrong,
}

/// Which invoices to list.
#[derive(Debug, Clone, Default)]
pub struct SalesQuery {
    /// Part of number, buyer, seller or KSeF number, without regard to case and Polish letters; empty for all.
    pub text: String,
    /// Only in this state.
    pub state: Option<SaleState>,
    /// `next` of the page before.
    pub after: Option<SalesCursor>,
    /// Rows per page, 1 to 500; 0 for the usual 50.
    pub limit: u32,
}

/// The place where a page ended; its text form goes to fronts and back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SalesCursor(pub(crate) i64);

impl fmt::Display for SalesCursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl std::str::FromStr for SalesCursor {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// A page of the list.
#[derive(Debug, Clone)]
pub struct SalesPage {
    /// Newest first.
    pub rows: Vec<Sale>,
    /// Nothing at the end.
    pub next: Option<SalesCursor>,
    /// How many there are in all with this filter.
    pub total: u32,
}

/// Counts for the screen Start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SalesTotals {
    /// Queued or under way.
    pub waiting: u32,
    /// Need a person.
    pub held: u32,
    /// Accepted since the first of this month (Warsaw).
    pub accepted_this_month: u32,
}

/// A file for saving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// A name for it that is safe on every system.
    pub file_name: String,
    /// The exact bytes.
    pub bytes: Vec<u8>,
}

/// How a run of the outbox ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunOutcome {
    /// Invoices that got their number in this run.
    pub accepted: u32,
    /// Invoices that were refused in this run.
    pub refused: u32,
    /// Invoices that need a person now.
    pub held: u32,
    /// Invoices that are not settled: the program goes on with them at `next_attempt_at`.
    pub waiting: u32,
    /// When the next look is due; nothing when everything is settled or held.
    pub next_attempt_at: Option<DateTime<Utc>>,
}

pub(crate) fn sale_of(row: OutboxRow) -> Result<Sale, ArchiveError> {
    let standing = row.standing;
    Ok(Sale {
        id: SaleId(row.id),
        company: row.company,
        environment: row.environment,
        file_name: row.file_name,
        invoice: invoice_of(row.stands),
        state: state_of(standing.state),
        ksef_number: standing.ksef_number,
        has_upo: row.has_upo,
        queued_at: row.queued_at,
        accepted_at: standing.accepted_at,
        problem: standing.problem.as_deref().map(from_text).transpose()?,
        next_attempt_at: standing.next_attempt_at,
    })
}

pub(super) fn invoice_of(stands: Stands) -> SaleInvoice {
    SaleInvoice {
        number: stands.number,
        issue_date: stands.issue_date,
        kind: stands.kind,
        seller_nip: stands.seller_nip,
        seller_name: stands.seller_name,
        buyer_identifier: stands.buyer_identifier,
        buyer_name: stands.buyer_name,
        gross: stands.gross,
        currency: stands.currency,
    }
}

const fn state_of(state: OutboxState) -> SaleState {
    match state {
        OutboxState::Queued => SaleState::Queued,
        OutboxState::Sending => SaleState::Sending,
        OutboxState::Sent => SaleState::Processing,
        OutboxState::Accepted => SaleState::Accepted,
        OutboxState::Refused => SaleState::Refused,
        OutboxState::Held => SaleState::Held,
        OutboxState::Withdrawn => SaleState::Withdrawn,
    }
}

pub(super) const fn state_in_archive(state: SaleState) -> OutboxState {
    match state {
        SaleState::Queued => OutboxState::Queued,
        SaleState::Sending => OutboxState::Sending,
        SaleState::Processing => OutboxState::Sent,
        SaleState::Accepted => OutboxState::Accepted,
        SaleState::Refused => OutboxState::Refused,
        SaleState::Held => OutboxState::Held,
        SaleState::Withdrawn => OutboxState::Withdrawn,
    }
}
