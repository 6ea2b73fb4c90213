//! What the test environment lets one arrange for oneself: firms, persons, permissions, limits, blocks.
//!
//! Reached by [`Client::test_data`], which the environments that count do not have.

mod certificates;
mod limits;
mod permissions;
mod subjects;

pub use limits::{
    CertificateLimitOverride, RateLimitsOverride, SessionLimitsOverride, SubjectLimitsOverride,
};
pub use permissions::{TestDataGrant, TestDataPermission};
pub use subjects::{TestPerson, TestSubject, TestSubjectKind, TestSubunit};

pub(crate) use certificates::SET_END as SET_CERTIFICATE_END;
pub(crate) use limits::{
    PRODUCTION_RATE as PRODUCTION_RATE_LIMITS, RESET_RATE as RESET_RATE_LIMITS,
    RESET_SESSION as RESET_SESSION_LIMITS, RESET_SUBJECT as RESET_SUBJECT_LIMITS,
    SET_RATE as SET_RATE_LIMITS, SET_SESSION as SET_SESSION_LIMITS, SET_SUBJECT as SET_SUBJECT_LIMITS,
};
pub(crate) use permissions::{ALLOW_ATTACHMENTS, BLOCK, FORBID_ATTACHMENTS, GRANT, REVOKE, UNBLOCK};
pub(crate) use subjects::{MAKE_PERSON, MAKE_SUBJECT, REMOVE_PERSON, REMOVE_SUBJECT};

use ksef_types::Environment;

use crate::client::Client;

/// The operations below `/testdata`.
#[derive(Debug, Clone, Copy)]
pub struct TestData<'a>(&'a Client);

impl Client {
    /// The operations below `/testdata`; `None` at the addresses of the production and the demonstration environment.
    #[must_use]
    pub fn test_data(&self) -> Option<TestData<'_>> {
        let counts = [Environment::Production, Environment::Demo]
            .into_iter()
            .filter_map(Environment::api_address)
            .any(|address| address.host() == self.address().host());
        if counts { None } else { Some(TestData(self)) }
    }
}
