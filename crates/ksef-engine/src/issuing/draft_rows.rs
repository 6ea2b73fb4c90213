use chrono::{DateTime, NaiveDate, Utc};
use ksef_invoice::draft::{DraftKind, InvoiceDraft};
use ksef_types::{Environment, Nip};
use serde::{Deserialize, Serialize};

use super::{RecurringId, TemplateId};
use crate::SaleId;
use crate::ids::ids;

ids! {
    /// By which a draft is saved and issued.
    DraftId;
}

/// From what a new draft is begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftStart {
    /// Empty, with what the company's data say.
    Blank(DraftKind),
    /// A copy of an issued invoice: without number, dates and references.
    CopyOf(SaleId),
    /// A correction of an issued invoice; it may be issued once that one has its KSeF number.
    CorrectionOf(SaleId),
    /// The final invoice to one or more advance invoices of the same order.
    FinalOf(Vec<SaleId>),
    /// The next advance to the same order.
    NextAdvanceOf(SaleId),
    /// From a template.
    Template(TemplateId),
}

/// Where a draft came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum DraftOrigin {
    /// Written from nothing.
    Blank,
    /// A copy of an issued invoice.
    Copy {
        /// That one.
        sale: SaleId,
    },
    /// A correction.
    Correction {
        /// Of that one.
        sale: SaleId,
    },
    /// A final invoice.
    Final {
        /// To these advance invoices.
        sales: Vec<SaleId>,
    },
    /// A further advance.
    NextAdvance {
        /// After that one.
        sale: SaleId,
    },
    /// A template.
    Template {
        /// That one.
        template: TemplateId,
    },
    /// A recurring invoice.
    Recurring {
        /// That one.
        recurring: RecurringId,
        /// Its name then.
        name: String,
        /// The date for which the draft was made.
        due: NaiveDate,
    },
    /// A table of invoices.
    Import,
}

/// A draft, open in an editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftOpened {
    /// By which it is saved and issued.
    pub id: DraftId,
    /// Of what was saved last; it grows with each saving.
    pub revision: u32,
    /// Whose.
    pub company: Nip,
    /// Where.
    pub environment: Environment,
    /// As typed.
    pub draft: InvoiceDraft,
    /// Where it came from.
    pub origin: DraftOrigin,
    /// When it was saved last.
    pub updated_at: DateTime<Utc>,
}

/// A draft that was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraftSaved {
    /// For the next saving.
    pub revision: u32,
    /// When.
    pub saved_at: DateTime<Utc>,
}

/// A row of the list of drafts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftSummary {
    /// By which it is opened.
    pub id: DraftId,
    /// Its revision.
    pub revision: u32,
    /// Kind.
    pub kind: DraftKind,
    /// P_2 of the person's own; empty where the series gives it.
    pub number: String,
    /// Name of the buyer; may be empty.
    pub buyer_name: String,
    /// Name of the first line; may be empty.
    pub first_line: String,
    /// What it comes to, decimal text; nothing while it cannot be computed.
    pub gross: Option<String>,
    /// ISO 4217.
    pub currency: String,
    /// Where it came from.
    pub origin: DraftOrigin,
    /// When it was saved last.
    pub updated_at: DateTime<Utc>,
}
