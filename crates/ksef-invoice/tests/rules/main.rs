//! The rules beyond the schema: each with invoices that keep it and invoices that break it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests stop where they cannot go on")]

mod advances;
mod annotations;
mod base;
mod computed;
mod corrections;
mod currency;
mod lines;
mod parties;
mod payment;
mod places;
mod samples;
mod totals;
