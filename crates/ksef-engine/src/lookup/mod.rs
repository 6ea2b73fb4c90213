//! What public services know: VAT payers by NIP, and exchange rates.
//!
//! Every answer is kept in the archive: a NIP that was asked for a day is not asked again for that day, and a rate
//! never twice. Nothing here keeps an invoice from being written: without a network a person fills it in.

mod failure;
mod payer;
mod rate;
mod services;

pub use failure::LookupFailure;
pub use payer::{Payer, PayerStatus};
pub use rate::Rate;
pub(crate) use services::Services;
