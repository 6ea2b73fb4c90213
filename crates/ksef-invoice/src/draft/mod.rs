//! An invoice while a person writes it: the draft, what it comes to, and the FA(3) document that it becomes.
//!
//! - [`compose`] makes the document, or says field by field what is still wrong;
//! - [`check_draft`] does that and holds the document against the structure and the rules, for checks while typing;
//! - [`InvoiceDraft::blank`], [`InvoiceDraft::from_invoice`], [`correction_of`], [`final_of`] and [`next_advance_of`] begin
//!   drafts.

mod begin;
mod check;
mod compose;
mod fields;
mod form;
mod notes;
mod parse;

pub use begin::{InvoiceState, UnclearState, correction_of, final_of, next_advance_of, state_of};
pub use check::{DraftCheck, check_draft};
pub use compose::{Composition, IssueContext, Issuer, check_profile, compose};
pub use form::*;

/// A day as people type it: `2026-11-21`, `21.11.2026` and the like. `None` when it is none.
#[must_use]
pub fn typed_date(text: &str) -> Option<chrono::NaiveDate> {
    parse::date(text)
}

/// A decimal number as people type it: comma or point before the fraction, spaces, apostrophes, or the other of comma and
/// point between thousands. `None` when it is no number or has more than 28 digits.
#[must_use]
pub fn typed_number(text: &str) -> Option<rust_decimal::Decimal> {
    parse::number(text)
}
