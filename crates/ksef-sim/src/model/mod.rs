//! What the simulator knows: rows of its tables, written to the journal as they stand.

mod authentication;
mod batch;
mod certificate;
mod collective;
mod export;
mod invoice;
mod people;
mod permission;
mod session;
mod setting;
mod token;

pub(crate) use authentication::{
    Authentication, AuthenticationPlan, Challenge, IpRange, Method, Subject, SubjectKind,
};
pub(crate) use batch::{Batch, BatchPart, Compression};
pub(crate) use certificate::{Certificate, CertificateState, Enrollment, RevocationReason};
pub(crate) use collective::{CollectedInvoice, CollectiveIdentifier};
pub(crate) use export::{DateType, Export, ExportPart, Package};
pub(crate) use invoice::{AuthorisedSubject, Facts, Invoice, StoredStatus, ThirdSubject};
pub use people::{Company, Person, PersonId};
pub(crate) use permission::{
    Authorization, AuthorizationScope, EntityRole, Grant, GrantKind, PermissionOperation, PermissionPlan,
    Role, SubjectDetails, Target,
};
pub(crate) use session::{FormCode, Session, UpoPage};
pub(crate) use setting::{
    AttachmentConsent, BlockedContext, ContextLimits, PeppolProvider, RateProfile, SessionLimits,
    SubjectLimits,
};
pub(crate) use token::Token;
pub use token::TokenStatus;
