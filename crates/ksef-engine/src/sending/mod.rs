//! Sending: the exact bytes into the outbox first, then session, document, status, close, UPO; each step a row.
//!
//! [`plan`] decides what to do next by looking at the rows, [`verdict`] what an answer means; both are pure. The
//! rest carries it out. Whatever happens between two steps, the rows say what may have left, and KSeF is asked
//! before anything is sent again.

mod ask;
mod deliver;
mod duplicate;
mod follow;
mod listing;
mod plan;
mod prepare;
mod queue;
mod record;
mod runner;
mod sale;
mod session;
mod upo;
mod verdict;

pub(crate) use listing::document_name;
pub(crate) use prepare::{FORM, PreparedFile, stands};
pub(crate) use record::{from_text as problem_from_text, to_text as problem_to_text};
pub(crate) use sale::sale_of;
pub use sale::{
    Document, Enqueued, NotSendable, Prepared, PreparedId, RunOutcome, Sale, SaleId, SaleInvoice,
    SaleProblem, SaleState, SalesCursor, SalesPage, SalesQuery, SalesTotals,
};
