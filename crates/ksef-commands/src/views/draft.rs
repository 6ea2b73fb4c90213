use ksef_invoice::draft::{DraftFinding, DraftKind, DraftTotals, InvoiceDraft};
use ksef_invoice::view::InvoiceSheet;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::views::Scope;

/// From what a new draft is begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "from", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum DraftStart {
    /// "Nowa faktura": empty, with what the company's data say.
    Blank {
        /// Its kind.
        kind: DraftKind,
    },
    /// "Kopiuj jako nową".
    CopyOf {
        /// Id of an issued invoice.
        sale: String,
    },
    /// "Skoryguj"; the invoice must have its KSeF number.
    CorrectionOf {
        /// Id of an issued invoice.
        sale: String,
    },
    /// "Wystaw rozliczającą" to one or more advance invoices of the same order.
    FinalOf {
        /// Ids of issued advance invoices.
        sales: Vec<String>,
    },
    /// "Następna zaliczka" to the same order.
    NextAdvanceOf {
        /// Id of an issued advance invoice.
        sale: String,
    },
    /// From a template.
    Template {
        /// Its id.
        template: String,
    },
}

/// A draft, open in the editor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DraftOpened {
    /// By which it is saved and issued.
    pub id: String,
    /// Of what was saved last; it grows with each saving.
    pub revision: u32,
    /// Whose and where.
    pub scope: Scope,
    /// As typed.
    pub draft: InvoiceDraft,
}

/// A draft that was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DraftSaved {
    /// The revision for the next saving.
    pub revision: u32,
    /// RFC 3339.
    pub saved_at: String,
}

/// A row of "Szkice".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DraftRow {
    /// By which it is opened.
    pub id: String,
    /// Kind.
    pub kind: DraftKind,
    /// Name of the buyer; may be empty.
    pub buyer_name: String,
    /// Name of the first line; may be empty.
    pub first_line: String,
    /// What it comes to, decimal text; nothing while it cannot be computed.
    pub gross: Option<String>,
    /// ISO 4217.
    pub currency: String,
    /// RFC 3339.
    pub updated_at: String,
    /// Name of the recurring invoice that made it.
    pub recurring: Option<String>,
}

/// What is to be said of a draft while it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DraftCheckView {
    /// What it comes to.
    pub totals: DraftTotals,
    /// What is wrong or worth a look.
    pub findings: Vec<DraftFinding>,
    /// No error among them.
    pub issuable: bool,
    /// The number that it would get now; it is taken only when the invoice is issued.
    pub number: String,
    /// How it looks.
    pub sheet: InvoiceSheet,
}

/// What happens after issuing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum AfterIssuing {
    /// "Wystaw i wyślij".
    Send,
    /// "Wystaw, wyślij później": it waits in the queue.
    Wait,
}

/// A row of "Szablony".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TemplateView {
    /// By which it is used.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Kind.
    pub kind: DraftKind,
    /// Name of the buyer; may be empty.
    pub buyer_name: String,
    /// RFC 3339.
    pub updated_at: String,
}

/// How often a recurring invoice comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Rhythm {
    /// Every so many, from 1.
    pub every: u32,
    /// Of what.
    pub unit: RhythmUnit,
}

/// Of what a rhythm is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RhythmUnit {
    /// Weeks.
    Week,
    /// Months, on the day of month of the first date; the last day where a month is shorter.
    Month,
    /// Months, on their last day.
    MonthEnd,
    /// Years.
    Year,
}

/// A row of "Faktury cykliczne".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecurringView {
    /// By which it is changed.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How often.
    pub rhythm: Rhythm,
    /// When the next draft is made, ISO date.
    pub next: String,
    /// Last day, ISO date; nothing for no end.
    pub until: Option<String>,
    /// It makes no drafts.
    pub paused: bool,
    /// Name of the buyer.
    pub buyer_name: String,
    /// What it comes to, decimal text.
    pub gross: Option<String>,
    /// ISO 4217.
    pub currency: String,
}

/// A recurring invoice to be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecurringEdit {
    /// Nothing for a new one.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// How often.
    pub rhythm: Rhythm,
    /// First or next date, ISO date.
    pub next: String,
    /// Last day, ISO date.
    pub until: Option<String>,
    /// It makes no drafts.
    pub paused: bool,
    /// The invoice; nothing leaves it as it is.
    pub draft: Option<InvoiceDraft>,
}

/// When the counter of a number series starts again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SeriesReset {
    /// Never.
    Never,
    /// With each year.
    Yearly,
    /// With each quarter.
    Quarterly,
    /// With each month.
    Monthly,
}

/// A number series of a company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeriesView {
    /// By which a draft names it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Such as `FV/{nr}/{mm}/{rrrr}`.
    pub pattern: String,
    /// When it starts again.
    pub reset: SeriesReset,
    /// The kinds that take their numbers here by themselves.
    pub kinds: Vec<DraftKind>,
    /// Counter of the next number now.
    pub next: u32,
    /// The next number now.
    pub preview: String,
    /// A number was taken: it cannot be removed.
    pub used: bool,
}

/// A number series to be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeriesEdit {
    /// Nothing for a new one.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Such as `FV/{nr}/{mm}/{rrrr}`.
    pub pattern: String,
    /// When it starts again.
    pub reset: SeriesReset,
    /// The kinds that take their numbers here by themselves.
    pub kinds: Vec<DraftKind>,
    /// Counter of the next number in this period, where it goes on from another program; nothing leaves it.
    pub next: Option<u32>,
}
