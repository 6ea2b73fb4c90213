use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Problem;

/// A page of collective identifiers.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CollectivePage {
    /// Newest first.
    pub rows: Vec<CollectiveRow>,
    /// Hand it back for the next page.
    pub next: Option<String>,
}

/// What a collective identifier would pay, before it is made.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CollectivePreview {
    /// One of each invoice, in the same order.
    pub invoices: Vec<CollectivePreviewRow>,
    /// What all of them come to, a sum for each currency.
    pub sums: Vec<CollectiveSum>,
    /// How many are paid whole without the program knowing the amount: the sums lack these.
    pub unknown: u32,
    /// What is wrong with all of them together.
    pub problem: Option<Problem>,
}

/// An invoice in it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CollectivePreviewRow {
    /// Its KSeF number, as given.
    pub ksef_number: String,
    /// The seller's number, where the invoice is in the archive.
    pub number: Option<String>,
    /// What is to be paid for it, likewise; decimal, negative on some corrections.
    pub gross: Option<String>,
    /// In which currency, likewise; three letters.
    pub currency: Option<String>,
    /// What is wrong with its number or its amount.
    pub problem: Option<Problem>,
}

/// A sum of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CollectiveSum {
    /// Decimal.
    pub amount: String,
    /// Three letters.
    pub currency: String,
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
    /// What is paid of it, a decimal number in any spelling; nothing means all.
    pub amount: Option<String>,
    /// Of the amount, three letters; nothing means PLN.
    pub currency: Option<String>,
    /// Free text.
    pub description: Option<String>,
    /// KSeF keeps the details from us.
    pub hidden: bool,
}
