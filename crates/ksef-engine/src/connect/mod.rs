//! Logging in, and telling why it does not work.

mod diagnosis;
mod failure;
mod login;
mod report;

pub(crate) use diagnosis::cause_of;
pub use failure::{CertificateRefusal, ConnectionCause, ConnectionFailure, TokenRefusal};
pub(crate) use login::{Login, NoAccess};
pub use report::{ConnectionMethod, ConnectionReport, ConnectionWarning};
