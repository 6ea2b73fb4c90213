//! One view of an invoice: what stands on it, in the order in which people read it. Screens show it, printing draws it.

mod annotations;
mod attachment;
mod compose;
mod document;
mod farmer;
mod lines;
mod part;
mod parties;
mod rates;
mod rows;

use serde::{Deserialize, Serialize};

use crate::fa3::{self, Faktura, ReadError};
use crate::summary::Form;

/// Why a document cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ViewProblem {
    /// Another document than FA(3), FA(2) or FA_RR(1).
    #[error("not an invoice of a form that can be shown: {0:?}")]
    OtherForm(Form),
    /// Not well-formed, or not what it says to be.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
}

/// The sheet of an invoice FA(3), FA(2) or FA_RR(1).
///
/// FA(3) must be such that [`fa3::read`] takes it. The older and the rarer form are shown as far as they are known, and
/// everything else that they say under its own name.
///
/// # Errors
/// When the bytes are another document or cannot be read.
pub fn view(bytes: &[u8]) -> Result<InvoiceSheet, ViewProblem> {
    match document::form_of(bytes)? {
        Form::Fa3 => Ok(view_of(&fa3::read(bytes)?)),
        Form::Fa2 => Ok(compose::invoice(document::tree_of(bytes)?, "FA(2)")),
        Form::FaRr => Ok(farmer::invoice(document::tree_of(bytes)?)),
        other => Err(ViewProblem::OtherForm(other)),
    }
}

/// The sheet of an invoice FA(3).
#[must_use]
pub fn view_of(faktura: &Faktura) -> InvoiceSheet {
    compose::invoice(fa3::tree::of(faktura), "FA(3)")
}

/// An invoice of any form that KSeF has, ready to be shown. Whatever the document says is somewhere in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct InvoiceSheet {
    /// `FA(3)`, `FA(2)`, `FA_RR(1)`.
    pub form: String,
    /// RodzajFaktury.
    pub kind: String,
    /// What it is called: "Faktura korygująca" …
    pub title: Bilingual,
    /// P_2; empty on a draft without a number.
    pub number: String,
    /// Date of issuing, place, date or period of the sale, references to corrected and to advance invoices, reason of a correction …
    pub facts: Vec<SheetRow>,
    /// Seller, buyer, third parties, authorised one.
    pub parties: Vec<SheetParty>,
    /// ISO 4217.
    pub currency: String,
    /// Lines; an order's lines and a correction's state before are tables of their own.
    pub tables: Vec<SheetLines>,
    /// Net and VAT by rate.
    pub rates: Vec<SheetRate>,
    /// P_15.
    pub gross: String,
    /// Payment: terms, form, accounts, what is paid and what is left.
    pub payment: Vec<SheetRow>,
    /// Adnotacje in words: "mechanizm podzielonej płatności" …
    pub annotations: Vec<Bilingual>,
    /// Everything else, in the order of the document, under the names of its parts.
    pub sections: Vec<SheetSection>,
    /// StopkaFaktury.
    pub notes: Vec<String>,
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Bilingual {
    /// Polish.
    pub pl: String,
    /// English.
    pub en: String,
}

/// How a value is written for people; that is the front's matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub enum ValueKind {
    /// As it is.
    #[default]
    Text,
    /// Decimal text in the currency of the sheet.
    Amount,
    /// Decimal text in PLN.
    AmountPln,
    /// Decimal text.
    Number,
    /// Percent, decimal text.
    Percent,
    /// ISO date.
    Date,
    /// RFC 3339 moment.
    Moment,
    /// A NIP.
    Nip,
    /// A bank account.
    Account,
    /// A KSeF number.
    KsefNumber,
}

/// A named value.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SheetRow {
    /// Its name.
    pub label: Bilingual,
    /// Its value as the document has it; values of closed lists in words.
    pub value: Bilingual,
    /// How to write it.
    pub kind: ValueKind,
    /// How deep it stands in its section, from 0.
    pub depth: u8,
}

/// A party.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SheetParty {
    /// "Sprzedawca", "Nabywca", "Faktor" …
    pub role: Bilingual,
    /// Name.
    pub name: String,
    /// NIP, VAT-UE number …
    pub identifiers: Vec<SheetRow>,
    /// Lines of the address, with the country where it is not Poland.
    pub address: Vec<String>,
    /// Correspondence, contacts, numbers.
    pub rows: Vec<SheetRow>,
}

/// A table of lines.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SheetLines {
    /// "Pozycje", "Pozycje przed korektą", "Zamówienie" …
    pub title: Bilingual,
    /// Rows.
    pub rows: Vec<SheetLine>,
}

/// A line; decimal texts, nothing where the document has nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SheetLine {
    /// NrWierszaFa.
    pub position: String,
    /// P_7.
    pub name: String,
    /// P_8B.
    pub quantity: Option<String>,
    /// P_8A.
    pub unit: Option<String>,
    /// P_9A.
    pub unit_price_net: Option<String>,
    /// P_9B.
    pub unit_price_gross: Option<String>,
    /// P_10.
    pub discount: Option<String>,
    /// P_12 as people write it: `23%`, `zw`, `np I` …
    pub rate: Option<String>,
    /// P_11.
    pub net: Option<String>,
    /// P_11Vat.
    pub vat: Option<String>,
    /// P_11A.
    pub gross: Option<String>,
    /// Everything else of the line.
    pub rows: Vec<SheetRow>,
}

/// What a rate comes to; decimal texts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SheetRate {
    /// As people write it.
    pub rate: Bilingual,
    /// P_13_…
    pub net: String,
    /// P_14_…; nothing where there is no VAT.
    pub vat: Option<String>,
    /// P_14_…W.
    pub vat_pln: Option<String>,
}

/// A part of the document under its name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SheetSection {
    /// Its name.
    pub title: Bilingual,
    /// What it says.
    pub rows: Vec<SheetRow>,
}
