//! Logging in, and telling why it does not work.

mod ask;
mod diagnosis;
mod enter;
mod failure;
mod login;
mod report;
mod rights_here;

pub(crate) use diagnosis::{CLOCK_TOLERANCE, cause_of};
pub(crate) use failure::reason_of;
pub use failure::{CertificateRefusal, ConnectionCause, ConnectionFailure, TokenRefusal};
pub(crate) use login::{Login, LoginFacts, LoginFailure, NoAccess, known_as};
pub(crate) use report::owner_permissions;
pub use report::{ConnectionMethod, ConnectionReport, ConnectionWarning, SignedBy};
