//! Invoices of KSeF as documents: the structure of FA(3) and its validator, the ministry's technical checks,
//! a summary for people, UPO reading, and a sample invoice.
//!
//! Everything here works on bytes in memory: no files, no network, no clock. It must not know HTTP, storage
//! or cryptography.
//!
//! - [`check`] answers whether KSeF would take a document, with a place and a sentence for each finding.
//! - [`rules()`] are the checks beyond the schema, of an invoice that is still being written.
//! - [`validate_structure`] is the part of it that the schema decides: it agrees with the XSD.
//! - [`describe::describe`] tells a form what may stand in an element of FA(3), under which name.
//! - [`fa3`] is FA(3) as typed values: reading, writing, JSON.
//! - [`summary`] reads seller, buyer, number, date and amounts of FA(3), FA(2) and FA_RR.
//! - [`upo::read`] reads the official confirmation of receipt, UPO 4.3.
//! - [`sample::fa3`] writes a valid FA(3) invoice.

mod check;
pub mod describe;
pub mod draft;
pub mod fa3;
mod finding;
mod form;
mod looks;
mod messages;
mod names;
pub mod numbering;
mod rules;
pub mod sample;
mod structure;
mod summary;
pub mod totals;
pub mod upo;
pub mod view;
mod xml;

pub use check::{CheckOptions, Report, SizeLimits, check};
pub use finding::{Finding, FindingCode, Place, Severity};
pub use rules::{RuleOptions, rules};
pub use structure::validate_structure;
pub use summary::{Buyer, BuyerId, Form, InvoiceKind, NoSummary, Seller, Summary, summary};
