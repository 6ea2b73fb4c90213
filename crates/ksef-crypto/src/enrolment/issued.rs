use chrono::{DateTime, Utc};
use ksef_types::CertificateSerial;

use super::subject::{SubjectAttribute, SubjectData};
use crate::credentials::{Certificate, PrivateKey, Purpose};

/// What is wrong with a certificate that KSeF handed out for our request. It is not stored then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IssuedProblem {
    /// Made for another key than ours.
    #[error("the certificate was made for another key")]
    OtherKey,
    /// Its subject says something else than the request.
    #[error("the certificate names somebody else: {attributes:?}")]
    OtherSubject {
        /// Where it differs.
        attributes: Vec<SubjectAttribute>,
    },
    /// Of another kind than the one asked for.
    #[error("the certificate is of another kind")]
    OtherPurpose {
        /// The kind that it is; `None` for neither.
        found: Option<Purpose>,
    },
    /// Another number than the one that KSeF named.
    #[error("the certificate has the number {found}")]
    OtherSerial {
        /// Its number.
        found: CertificateSerial,
    },
    /// Its time is over already; or this computer's clock runs ahead.
    #[error("the certificate expired on {since}")]
    Expired {
        /// The last second in which it was valid.
        since: DateTime<Utc>,
    },
    /// It ends before it begins.
    #[error("the certificate is never valid")]
    NeverValid,
}

impl Certificate {
    /// Everything that is wrong with this certificate as the answer to our request; empty when nothing is.
    ///
    /// A certificate whose time has not come is no fault: a later beginning may have been asked for, and this computer's
    /// clock may run behind. [`Certificate::problems`] tells it where the certificate is to be used.
    #[must_use]
    pub fn issued_problems(
        &self,
        key: &PrivateKey,
        subject: &SubjectData,
        purpose: Purpose,
        serial: &CertificateSerial,
        now: DateTime<Utc>,
    ) -> Vec<IssuedProblem> {
        let attributes = subject.differences(self);
        let checks = [
            (!key.belongs_to(self)).then_some(IssuedProblem::OtherKey),
            (!attributes.is_empty()).then_some(IssuedProblem::OtherSubject { attributes }),
            (self.purpose() != Some(purpose)).then(|| IssuedProblem::OtherPurpose { found: self.purpose() }),
            (self.serial() != *serial).then(|| IssuedProblem::OtherSerial { found: self.serial() }),
            (now > self.not_after()).then(|| IssuedProblem::Expired { since: self.not_after() }),
            (self.not_after() <= self.not_before()).then_some(IssuedProblem::NeverValid),
        ];
        checks.into_iter().flatten().collect()
    }
}
