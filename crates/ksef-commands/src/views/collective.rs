use serde::{Deserialize, Serialize};
use specta::Type;

/// A page of collective identifiers.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CollectivePage {
    /// Newest first.
    pub rows: Vec<CollectiveRow>,
    /// Hand it back for the next page.
    pub next: Option<String>,
}

/// A collective identifier: one number for the transfer that pays many invoices.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CollectiveRow {
    /// The number that goes into the transfer's title.
    pub number: String,
    /// RFC 3339.
    pub created_at: Option<String>,
    /// How many invoices, where KSeF says so.
    pub invoices: Option<u32>,
}

/// What is asked for, or listed.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CollectiveFilter {
    /// ISO date.
    pub from: Option<String>,
    /// ISO date.
    pub to: Option<String>,
    /// Only those that hold this KSeF number.
    pub ksef_number: Option<String>,
    /// From the page before.
    pub next: Option<String>,
}

/// An invoice in a collective identifier.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CollectiveInvoice {
    /// Its KSeF number.
    pub ksef_number: String,
    /// What is paid of it, decimal; nothing means all.
    pub amount: Option<String>,
    /// Three letters.
    pub currency: Option<String>,
    /// Free text.
    pub description: Option<String>,
    /// KSeF keeps the details from us.
    pub hidden: bool,
}
