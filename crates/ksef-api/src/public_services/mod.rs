//! Two public services that an invoice needs and that are not KSeF: the white list of VAT payers and the National
//! Bank's exchange rates. No key, no login; anybody may ask them, within limits.
//!
//! They share the care of the rest: bounded answers, no redirects, time-outs, unknown fields tolerated, wrong shapes
//! refused. What is asked names people (a NIP of a sole trader), so neither addresses nor answers are logged.

mod account;
mod daily_budget;
mod door;
mod error;
mod nbp;
mod payer;
mod white_list;

pub use account::{AccountNumber, InvalidAccountNumber};
pub use daily_budget::{DailyBudget, WhiteListMethod};
pub use door::PublicServiceConfig;
pub use error::PublicServiceError;
pub use nbp::{CurrencyCode, InvalidCurrencyCode, MeanRate, Nbp};
pub use payer::{Payer, VatStatus};
pub use white_list::{Confirmed, Entry, WhiteList};

/// The white list of VAT payers (wykaz podatników VAT), kept by the head of the tax administration. Source:
/// gov.pl/web/kas/api-wykazu-podatnikow-vat.
pub const WHITE_LIST_ADDRESS: &str = "https://wl-api.mf.gov.pl";

/// The National Bank of Poland's Web API. Source: api.nbp.pl.
pub const NBP_ADDRESS: &str = "https://api.nbp.pl";
