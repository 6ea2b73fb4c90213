//! The local SQLite archive: companies, outbox, invoices, UPO; books, drafts, number series; what is known of
//! certificates and tokens, requests for certificates, the journal. A file for each table.
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
pub use table::book::{Book, BookEntry, BookMut, BookQuery, BookRow, BookRows};
pub use table::companies::{Companies, CompaniesMut, CompanyRow};
pub use table::company_environment::{CompanyEnvironment, CompanyEnvironmentMut};
pub use table::contexts::{Contexts, ContextsMut};
pub use table::credential_notes::{CredentialNote, CredentialNotes, CredentialNotesMut, NoteSlot};
pub use table::drafts::{DraftFacts, DraftRow, Drafts, DraftsMut, NewDraft};
pub use table::enrolments::{
    EnrolmentAlgorithm, EnrolmentProblem, EnrolmentRow, EnrolmentStep, Enrolments, EnrolmentsMut,
    NewEnrolment,
};
pub use table::invoice_links::{InvoiceLink, InvoiceLinks, InvoiceLinksMut, Relation};
pub use table::invoices::{InvoiceRole, InvoiceRow, Invoices, InvoicesMut, NewInvoice};
pub use table::issued_numbers::{FreedNumber, IssuedNumbers, IssuedNumbersMut, NewIssued, Taken};
pub use table::journal::{
    Journal, JournalCheck, JournalMut, JournalOutcome, JournalQuery, JournalRow, NewJournalEntry,
};
pub use table::known_certificates::{
    CertificateKind, CertificateState, KnownCertificate, KnownCertificates, KnownCertificatesMut,
    ListedCertificate, RevocationReason,
};
pub use table::known_tokens::{KnownToken, KnownTokens, KnownTokensMut, TokenState};
pub use table::left_keys::{LeftKey, LeftKeys, LeftKeysMut};
pub use table::lookups::{Lookups, LookupsMut, PayerAnswer, RateAnswer};
pub use table::outbox::{
    NewEntry, Outbox, OutboxCounts, OutboxMut, OutboxPage, OutboxQuery, OutboxRow, OutboxState, Standing,
};
pub use table::outbox_steps::{OutboxSteps, OutboxStepsMut, Step, StepRow};
pub use table::profiles::{Profiles, ProfilesMut};
pub use table::recurring::{
    RecurringEntry, RecurringInvoices, RecurringInvoicesMut, RecurringRow, RecurringUnit,
};
pub use table::series::{NumberSeries, NumberSeriesMut, SeriesEntry, SeriesRow};
pub use table::series_counters::{SeriesCounters, SeriesCountersMut};
pub use table::sessions::{NewSession, SessionRow, SessionState, Sessions, SessionsMut};
pub use table::templates::{NewTemplate, TemplateRow, Templates, TemplatesMut};
pub use table::upo::{NewUpo, UpoRow, Upos, UposMut};
pub use table::wanted_rights::{WantedRights, WantedRightsMut, WantedRightsTable};
pub use value::Stands;
