//! What the program does: companies, credentials, connecting to KSeF, sending, the outbox.
//!
//! The engine joins the client (`ksef-api`), the archive, the keychain and the cryptography. It knows no window and no
//! words for people: every outcome is a typed value which `ksef-commands` turns into sentences.
//!
//! It must not: keep a secret anywhere but in the keychain and, for a moment, in memory; persist a token of a
//! login; send anything whose bytes are not in the archive; know HTTP, SQL or the window.

mod access_sessions;
mod availability;
mod books;
mod collective;
mod companies;
mod connect;
mod contexts;
mod credentials;
mod discovery;
mod doctor;
mod engine;
mod enrolment;
mod error;
mod events;
mod files;
mod ids;
mod issuing;
mod journal;
mod json;
mod keeping;
mod keychain;
mod limits;
mod lookup;
mod parts;
mod permissions;
mod sending;
mod signing;
mod tokens;
mod tuning;

pub use access_sessions::{AccessSession, AccessSessionsPage};
pub use availability::Availability;
pub use books::{
    Book, BookCursor, BookError, BookImported, BookPage, BookSearch, Contractor, ContractorCard,
    ContractorId, Goods, GoodsCard, GoodsId, ImportedAs, InvalidCursor, SavedCard,
};
pub use collective::{
    ArchivedInvoice, Collective, CollectiveOutlook, CollectivePage, CollectivePayment, CollectiveProblem,
    CollectiveWanted, InvoiceOutlook, PaymentFault,
};
pub use companies::Company;
pub use connect::{
    CertificateRefusal, ConnectionCause, ConnectionFailure, ConnectionMethod, ConnectionReport,
    ConnectionWarning, SignedBy, TokenRefusal,
};
pub use contexts::ContextProblem;
pub use credentials::{
    CertificateFacts, CertificateOverview, CertificateSlot, CredentialField, CredentialProblem,
    CredentialSlot, CredentialsOverview, FieldProblem, KeyState, LoadTarget, OfflineCheck, OfflineCheckItem,
    OfflineCheckStep, OwnerKind, TokenOverview, TokenPasted, TokenProblem,
};
pub use discovery::{BulkAdd, BulkCompany, BulkRefusal, BulkStep, FoundCompany};
pub use doctor::{Check, Examination, Examined, Finding, ListedState, MissingRight, Outcome, WantedRights};
pub use engine::Engine;
pub use enrolment::{
    Enrolment, EnrolmentAlgorithm, EnrolmentError, EnrolmentId, EnrolmentOffer, EnrolmentProblem,
    EnrolmentStep, EnrolmentWish, LeftOver, Unfit,
};
pub use error::EngineError;
pub use events::EngineEvent;
pub use files::{FileProblem, LARGEST_FILE, PickedFile, read_at_most, read_picked};
pub use issuing::{
    AdvanceDifference, DraftId, DraftOpened, DraftOrigin, DraftReview, DraftSaved, DraftStart, DraftSummary,
    IssuingError, IssuingNote, Leaving, Recurring, RecurringEdit, RecurringId, Rhythm, RhythmUnit,
    RowProblem, SaleLinks, Series, SeriesEdit, SeriesId, SeriesReset, Template, TemplateId,
};
pub use journal::{Act, Deed, JournalEntry, JournalFilter, JournalPage};
pub use keeping::{
    CredentialRow, CredentialState, CredentialTable, ExportError, ExportForm, Exported, Reminder,
    RevocationPreview, RevocationReason, RevokeError, due,
};
pub use keychain::KeychainProblem;
pub use ksef_archive::{InvoiceLink, Relation};
pub use ksef_crypto::passwords::PasswordProblem;
pub use ksef_crypto::signed_request::SignedRequestProblem;
pub use ksef_crypto::xades::SubjectIdentifierType;
pub use ksef_crypto::{SubjectAttribute, SubjectData};
pub use limits::{CurrentLimit, CurrentLimits, PeppolPage, PeppolProvider, RequestLimit};
pub use lookup::{LookupFailure, Payer, PayerStatus, Rate};
pub use parts::{Addresses, Parts, PublishedAddresses};
pub use permissions::{
    CompanyRole, CompanyStanding, Grant, GrantedPermission, Party, PartyKind, PermissionList, PermissionPage,
    PermissionWork, RevocationKind, Subordinate, WorkRefusal, WorkState, grants,
};
pub use sending::{
    Document, Enqueued, NotSendable, Prepared, PreparedId, RunOutcome, Sale, SaleId, SaleInvoice,
    SaleProblem, SaleState, SalesCursor, SalesPage, SalesQuery, SalesTotals,
};
pub use signing::{RefusedFile, SignedFileProblem, SigningError, SigningFiles, SigningStatus, SigningStep};
pub use tokens::{NewToken, TokenMade, TokenRecord, TokenRefused, TokenState, TokensPage, TokensWanted};
pub use tuning::{Checkpoints, Tuning};
