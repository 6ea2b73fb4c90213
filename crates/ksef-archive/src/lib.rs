//! The local SQLite archive: companies, outbox, invoices, UPO. A file for each table.
//!
//! Every row has its environment and company. Issued bytes are on disk, synchronised, before anything leaves, and never
//! change afterwards; steps are only ever added. Migrations go forward only.
//!
//! It must not hold a secret: no token, no key, no password, no login. It knows no HTTP and no keychain.

mod archive;
mod error;
mod fold;
mod lease;
mod migrations;
mod table;
mod value;

pub use archive::{Archive, Reading, Writing};
pub use error::ArchiveError;
pub use fold::fold;
pub use lease::Lease;
pub use table::companies::{Companies, CompaniesMut, CompanyRow};
pub use table::company_environment::{CompanyEnvironment, CompanyEnvironmentMut};
pub use table::credential_notes::{CredentialNote, CredentialNotes, CredentialNotesMut, NoteSlot};
pub use table::invoices::{InvoiceRole, InvoiceRow, Invoices, InvoicesMut, NewInvoice};
pub use table::lookups::{Lookups, LookupsMut, PayerAnswer, RateAnswer};
pub use table::outbox::{
    NewEntry, Outbox, OutboxCounts, OutboxMut, OutboxPage, OutboxQuery, OutboxRow, OutboxState, Standing,
};
pub use table::outbox_steps::{OutboxSteps, OutboxStepsMut, Step, StepRow};
pub use table::sessions::{NewSession, SessionRow, SessionState, Sessions, SessionsMut};
pub use table::upo::{NewUpo, UpoRow, Upos, UposMut};
pub use value::Stands;
