//! What the simulator knows: rows of its tables, written to the journal as they stand.

mod authentication;
mod invoice;
mod people;
mod session;
mod token;

pub(crate) use authentication::{
    Authentication, AuthenticationPlan, Challenge, IpRange, Method, Subject, SubjectKind,
};
pub(crate) use invoice::{Facts, Invoice, StoredStatus};
pub(crate) use people::Grant;
pub use people::{Company, Person, PersonId};
pub(crate) use session::{FormCode, Session, UpoPage};
pub(crate) use token::Token;
pub use token::TokenStatus;
