use ksef_invoice::draft::{ContractorCard, GoodsCard};
use serde::{Deserialize, Serialize};
use specta::Type;

/// What a book is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BookQuery {
    /// Part of a name, number, index; empty for all.
    pub text: String,
    /// `next` of the page before.
    pub after: Option<String>,
}

/// A contractor of the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ContractorView {
    /// By which it is changed.
    pub id: String,
    /// What is kept.
    pub card: ContractorCard,
    /// On how many invoices it stands.
    pub used: u32,
}

/// A page of contractors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ContractorsPage {
    /// By name.
    pub rows: Vec<ContractorView>,
    /// Hand it back to get the next page; nothing at the end.
    pub next: Option<String>,
    /// How many there are in all with this text.
    pub total: u32,
}

/// Goods or a service of the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct GoodsView {
    /// By which it is changed.
    pub id: String,
    /// What is kept.
    pub card: GoodsCard,
    /// On how many invoices it stands.
    pub used: u32,
}

/// A page of goods and services.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct GoodsPage {
    /// By name.
    pub rows: Vec<GoodsView>,
    /// Hand it back to get the next page; nothing at the end.
    pub next: Option<String>,
    /// How many there are in all with this text.
    pub total: u32,
}

/// How a file came into a book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BookImport {
    /// Name of the file.
    pub file_name: String,
    /// It is in the book; with an error among the findings nothing is.
    pub applied: bool,
    /// New ones.
    pub added: u32,
    /// Changed ones.
    pub updated: u32,
    /// Those that were there already.
    pub unchanged: u32,
    /// What is wrong with rows.
    pub findings: Vec<RowFindingView>,
}

/// Something to know about a row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RowFindingView {
    /// Row of the file, from 1; nothing for the file as a whole.
    pub row: Option<u32>,
    /// Header of the column.
    pub column: Option<String>,
    /// Stable code.
    pub code: String,
    /// An error keeps the file from being taken in.
    pub error: bool,
    /// The sentence in Polish.
    pub pl: String,
    /// The sentence in English.
    pub en: String,
}

/// What the white list of VAT payers says of a NIP.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PayerView {
    /// Ten digits.
    pub nip: String,
    /// Name.
    pub name: String,
    /// Where it works or is registered, in the two lines of an invoice.
    pub address: [String; 2],
    /// What it is.
    pub status: PayerStatus,
    /// REGON.
    pub regon: Option<String>,
    /// KRS.
    pub krs: Option<String>,
    /// Its accounts, 26 digits.
    pub accounts: Vec<String>,
    /// Key of the inquiry: the proof that it was made.
    pub request_id: String,
    /// When it was asked, RFC 3339.
    pub asked_at: String,
}

/// `statusVat` of the white list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PayerStatus {
    /// Czynny.
    Active,
    /// Zwolniony.
    Exempt,
    /// Niezarejestrowany, removed or refused.
    Unregistered,
    /// Not said.
    Unknown,
}

/// A rate of NBP's table A.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RateView {
    /// ISO 4217.
    pub currency: String,
    /// PLN for one, decimal text.
    pub rate: String,
    /// Day of the table, ISO date.
    pub day: String,
    /// Number of the table.
    pub table: String,
}
