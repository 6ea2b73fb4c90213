use chrono::{DateTime, Utc};
use ksef_api::StatusInfo;
use ksef_crypto::IssuedProblem;
use serde::{Deserialize, Serialize};

use crate::{ConnectionCause, KeychainProblem};

/// Why a request for a certificate stands still, or ended. No variant carries a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum EnrolmentProblem {
    /// There is no connection.
    #[error(transparent)]
    Connection(ConnectionCause),
    /// 25001, 25002, or 403 for the way of logging in: one is logged in by a token, or otherwise than by a signature.
    #[error("a login by signature is needed ({0})")]
    NotBySignature(i32),
    /// The one who is logged in is not the owner of the certificate that is renewed, or of the request that has left.
    #[error("somebody else is logged in than the owner of the certificate")]
    OtherOwner,
    /// 25003: the data in the request are not those of the login.
    #[error("the data do not agree with the login (25003)")]
    OtherData,
    /// 25004: the request cannot be read, or its signature is wrong.
    #[error("the request is malformed (25004)")]
    BadRequest,
    /// 25006: as many requests as KSeF takes were made.
    #[error("no more requests are taken (25006)")]
    RequestsUsedUp,
    /// 25007, or a status 400 that says so: as many certificates as KSeF gives are active.
    #[error("no more certificates are given (25007)")]
    CertificatesUsedUp,
    /// 25010: kind or length of the key.
    #[error("the key's kind or length is refused (25010)")]
    KeyKind,
    /// 25011: the algorithm of the request's signature.
    #[error("the request's algorithm is refused (25011)")]
    SignatureAlgorithm,
    /// 21405: the validator's words.
    #[error("refused by validation (21405): {0}")]
    Input(String),
    /// Status 400: the key was certified for another owner.
    #[error("the key was certified for somebody else (400)")]
    KeyTaken,
    /// Status 400 for another reason, in KSeF's words.
    #[error("refused (400): {0}")]
    Rejected(String),
    /// Status 500.
    #[error("unknown fault of KSeF (500)")]
    KsefFault,
    /// Status 550: KSeF broke the work off and asks to try again.
    #[error("KSeF broke the work off (550)")]
    BrokenOff,
    /// A status that the contract does not list.
    #[error("status {code}: {description}")]
    OtherStatus {
        /// KSeF's code.
        code: i32,
        /// KSeF's words.
        description: String,
    },
    /// What came is not what was asked for.
    #[error("the certificate does not fit: {0:?}")]
    Unfit(Unfit),
    /// KSeF made the certificate but does not give it out yet.
    #[error("the certificate cannot be fetched yet")]
    NotYetGiven,
    /// The answer to the request was lost; KSeF is being asked whether it has it.
    #[error("the answer was lost")]
    AnswerLost,
    /// KSeF counted the request, but no certificate came of it for long.
    #[error("no certificate came of the request")]
    NeverCame,
    /// The keychain failed.
    #[error(transparent)]
    Keychain(KeychainProblem),
    /// The key that waited in the keychain is gone.
    #[error("the key is gone from the keychain")]
    KeyGone,
    /// KSeF did not let the new certificate in; the old one stays.
    #[error("the new certificate was not let in: {0}")]
    NotProved(ConnectionCause),
    /// It cannot be tried before that moment; the old one stays.
    #[error("it is valid from {0}")]
    NotYetValid(DateTime<Utc>),
    /// A link signed with it does not verify.
    #[error("a link signed with it does not verify")]
    SignatureFails,
    /// The program itself failed.
    #[error("the program itself failed")]
    Internal,
}

/// In what a certificate differs from what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unfit {
    /// Made for another key.
    Key,
    /// Names somebody else.
    Subject,
    /// Of another kind.
    Kind,
    /// Has another serial number.
    Serial,
    /// Has expired, or is never valid.
    Dates,
    /// Cannot be read.
    Unreadable,
}

impl From<&IssuedProblem> for Unfit {
    fn from(problem: &IssuedProblem) -> Self {
        match problem {
            IssuedProblem::OtherKey => Self::Key,
            IssuedProblem::OtherSubject { .. } => Self::Subject,
            IssuedProblem::OtherPurpose { .. } => Self::Kind,
            IssuedProblem::OtherSerial { .. } => Self::Serial,
            IssuedProblem::Expired { .. } | IssuedProblem::NeverValid => Self::Dates,
        }
    }
}

impl EnrolmentProblem {
    /// Why the request itself was not taken. Source: OpenAPI, the table of the 400 answers of `POST /certificates/enrollments`.
    pub(super) fn of_sending(cause: ConnectionCause) -> Self {
        match cause {
            ConnectionCause::Refused { code, description } => match code {
                25003 => Self::OtherData,
                25004 => Self::BadRequest,
                25006 => Self::RequestsUsedUp,
                25007 => Self::CertificatesUsedUp,
                25010 => Self::KeyKind,
                25011 => Self::SignatureAlgorithm,
                21405 => Self::Input(description),
                code => Self::of_asking(ConnectionCause::Refused { code, description }),
            },
            cause => Self::of_asking(cause),
        }
    }

    /// Why a question about limits, data, requests or certificates was not answered. It says nothing against the request, which
    /// therefore never ends by it: the certificate may be there already, and without its key it would be lost.
    pub(super) fn of_asking(cause: ConnectionCause) -> Self {
        match cause {
            ConnectionCause::Refused { code: code @ (25001 | 25002), .. } => Self::NotBySignature(code),
            ConnectionCause::Forbidden { ref reason } if reason == "auth-method-not-allowed" => {
                Self::NotBySignature(403)
            }
            cause => Self::Connection(cause),
        }
    }

    /// Source: OpenAPI `CertificateEnrollmentStatusResponse.status`.
    pub(super) fn of_status(status: &StatusInfo) -> Self {
        let details = status.details.join(" ");
        match status.code {
            400 if details.contains("Klucz publiczny") => Self::KeyTaken,
            400 if details.contains("limit") => Self::CertificatesUsedUp,
            400 => Self::Rejected(details),
            500 => Self::KsefFault,
            550 => Self::BrokenOff,
            code => Self::OtherStatus { code, description: status.description.clone() },
        }
    }

    /// KSeF will not take this very request, whatever happens: it ends.
    pub(super) const fn ends_the_request(&self) -> bool {
        matches!(
            self,
            Self::OtherData
                | Self::BadRequest
                | Self::RequestsUsedUp
                | Self::CertificatesUsedUp
                | Self::KeyKind
                | Self::SignatureAlgorithm
                | Self::Input(_)
                | Self::KeyTaken
                | Self::Rejected(_)
                | Self::KsefFault
                | Self::BrokenOff
                | Self::OtherStatus { .. }
                | Self::Unfit(_)
                | Self::KeyGone
        )
    }

    /// It may be over by itself soon: the work goes on without a click.
    pub(super) const fn passes(&self) -> bool {
        match self {
            Self::NotYetGiven | Self::AnswerLost => true,
            Self::Connection(cause) | Self::NotProved(cause) => matches!(
                cause,
                ConnectionCause::NoNetwork
                    | ConnectionCause::Dns
                    | ConnectionCause::Timeout
                    | ConnectionCause::Unavailable { .. }
                    | ConnectionCause::RateLimited { .. }
                    | ConnectionCause::StillChecking
                    | ConnectionCause::KsefFault
                    | ConnectionCause::BrokenOff
                    | ConnectionCause::NotKsef
                    | ConnectionCause::Shielded { .. }
            ),
            _ => false,
        }
    }

    /// Its time comes by itself.
    pub(super) const fn waits_for_a_moment(&self) -> bool {
        matches!(self, Self::NotYetValid(_))
    }

    /// Another way in may help.
    pub(super) const fn waits_for_a_login(&self) -> bool {
        matches!(self, Self::NotBySignature(_) | Self::OtherOwner | Self::Connection(_) | Self::NotProved(_))
    }

    /// A short name for the journal and the archive's column.
    pub(super) fn name(&self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(name)) => name,
            Ok(serde_json::Value::Object(fields)) => fields.keys().next().cloned().unwrap_or_default(),
            _ => String::new(),
        }
    }

    pub(super) fn row(&self, at: DateTime<Utc>) -> ksef_archive::EnrolmentProblem {
        ksef_archive::EnrolmentProblem { code: self.name(), detail: serde_json::to_string(self).ok(), at }
    }

    /// What another version of the program wrote, and this one does not know, is its own fault.
    pub(super) fn read(row: &ksef_archive::EnrolmentProblem) -> Self {
        row.detail.as_deref().and_then(|detail| serde_json::from_str(detail).ok()).unwrap_or(Self::Internal)
    }
}

impl From<KeychainProblem> for EnrolmentProblem {
    fn from(problem: KeychainProblem) -> Self {
        Self::Keychain(problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(code: i32, details: &str) -> EnrolmentProblem {
        EnrolmentProblem::of_status(&StatusInfo {
            code,
            description: "opis".to_owned(),
            details: vec![details.to_owned()],
        })
    }

    /// The certificate may have been made already: its key must stay.
    #[test]
    fn no_refusal_of_a_question_ends_a_request() {
        for code in [21001, 21405, 21418, 25001, 25002, 25003, 25004, 25005, 25006, 25007, 25010, 25011] {
            let refused = ConnectionCause::Refused { code, description: "opis".to_owned() };
            assert!(!EnrolmentProblem::of_asking(refused).ends_the_request(), "{code}");
        }
        let forbidden = ConnectionCause::Forbidden { reason: "auth-method-not-allowed".to_owned() };
        assert_eq!(EnrolmentProblem::of_asking(forbidden), EnrolmentProblem::NotBySignature(403));
    }

    /// The texts of the contract.
    #[test]
    fn every_status_of_the_contract_is_told_apart() {
        let taken = "Klucz publiczny został już certyfikowany przez inny podmiot.";
        assert_eq!(status(400, taken), EnrolmentProblem::KeyTaken);
        let full = "Osiągnięto dopuszczalny limit posiadanych certyfikatów.";
        assert_eq!(status(400, full), EnrolmentProblem::CertificatesUsedUp);
        assert_eq!(status(400, "coś"), EnrolmentProblem::Rejected("coś".to_owned()));
        assert_eq!(status(500, ""), EnrolmentProblem::KsefFault);
        assert_eq!(status(550, ""), EnrolmentProblem::BrokenOff);
    }

    #[test]
    fn what_is_written_reads_back() {
        let problem = EnrolmentProblem::NotProved(ConnectionCause::ClockOff { seconds: 90 });
        let row = problem.row(DateTime::UNIX_EPOCH);
        assert_eq!(row.code, "NotProved");
        assert_eq!(EnrolmentProblem::read(&row), problem);
    }
}
