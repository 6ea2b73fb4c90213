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

pub use begin::{correction_of, final_of, next_advance_of};
pub use check::{DraftCheck, check_draft};
pub use compose::{Composition, IssueContext, Issuer, check_profile, compose};
pub use form::*;
