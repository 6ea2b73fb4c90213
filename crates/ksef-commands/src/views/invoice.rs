use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Problem;

/// What stands on an invoice, for lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct InvoiceView {
    /// P_2.
    pub number: String,
    /// P_1, ISO date.
    pub issue_date: String,
    /// RodzajFaktury: VAT, KOR, ZAL …
    pub kind: String,
    /// NIP of the seller.
    pub seller_nip: String,
    /// Name of the seller.
    pub seller_name: String,
    /// NIP or another identifier of the buyer, where there is one.
    pub buyer_identifier: Option<String>,
    /// Name of the buyer, where there is one.
    pub buyer_name: Option<String>,
    /// P_15, decimal text.
    pub gross: String,
    /// ISO 4217.
    pub currency: String,
}

/// A file that was dropped in, checked, not yet sent.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PreparedView {
    /// By which it is sent; lives until the program ends.
    pub id: String,
    /// Name of the file.
    pub file_name: String,
    /// What stands on it, as far as it could be read.
    pub invoice: Option<InvoiceView>,
    /// What is wrong; an error keeps it from being sent.
    pub findings: Vec<FindingView>,
    /// No error among the findings, and not on its way already.
    pub sendable: bool,
    /// The same document is in the list Sprzedaż already, under this id.
    pub already: Option<String>,
    /// The file itself could not be read, or it has an attachment, which KSeF takes in batches only.
    pub problem: Option<Problem>,
}

/// Something found in a document.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FindingView {
    /// Stable code, such as `structure.enumeration`.
    pub code: String,
    /// An error keeps the document from being sent, a warning does not.
    pub error: bool,
    /// The sentence in Polish.
    pub pl: String,
    /// The sentence in English.
    pub en: String,
    /// Line, from 1.
    pub line: Option<u32>,
    /// Column, from 1.
    pub column: Option<u32>,
    /// Path of elements, such as `Faktura/Fa/P_15`.
    pub path: Option<String>,
}

/// An issued invoice and how far it is.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SaleView {
    /// By which it is asked for.
    pub id: String,
    /// Whose and where.
    pub scope: crate::views::Scope,
    /// Name of the file it came from.
    pub file_name: String,
    /// What stands on it.
    pub invoice: InvoiceView,
    /// How far it is.
    pub state: SaleState,
    /// Once KSeF gave one.
    pub ksef_number: Option<String>,
    /// The UPO is in the archive.
    pub has_upo: bool,
    /// When it was put into the outbox, RFC 3339.
    pub queued_at: String,
    /// When KSeF accepted it, RFC 3339.
    pub accepted_at: Option<String>,
    /// Why it is refused, held or waits.
    pub problem: Option<Problem>,
    /// When the program looks at it again by itself, RFC 3339.
    pub next_attempt_at: Option<String>,
}

/// The states of an invoice on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SaleState {
    /// W kolejce: its bytes are safe, nothing has left.
    Queued,
    /// Wysyłanie: a session is being opened or the document is leaving.
    Sending,
    /// KSeF sprawdza dokument.
    Processing,
    /// Przyjęta: it has its KSeF number.
    Accepted,
    /// Odrzucona by KSeF; it must be corrected and sent as another document.
    Refused,
    /// Something stands in the way that needs a person.
    Held,
    /// Wycofana before anything had left.
    Withdrawn,
}

/// A page of the list.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SalesPage {
    /// Newest first.
    pub rows: Vec<SaleView>,
    /// Hand it back to get the next page; nothing at the end.
    pub next: Option<String>,
    /// How many there are in all with this filter.
    pub total: u32,
}

/// Which of them to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SalesFilter {
    /// Part of number, buyer or KSeF number; empty for all.
    pub text: String,
    /// Only in this state.
    pub state: Option<SaleState>,
    /// `next` of the page before.
    pub after: Option<String>,
}
