//! What a status of KSeF, or an error, means for an entry. Pure.

use ksef_api::{ApiError, ErrorKind, InvoiceStatus, RetryKind};
use ksef_types::{KsefNumber, ReferenceNumber};

use crate::{ConnectionCause, SaleProblem};

/// KSeF's word about a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Still at work on it.
    UnderWay,
    /// It has its number.
    Accepted(KsefNumber),
    /// KSeF has a document with this seller, kind and number already.
    Duplicate { original: Option<KsefNumber>, session: Option<ReferenceNumber> },
    /// The document itself is refused.
    Refused(SaleProblem),
    /// Not the document's fault, and certainly not accepted: it may be sent again.
    Again(SaleProblem),
    /// Not the document's fault, and certainly not accepted: it may be sent again once a person has seen to it.
    NeedsPerson(SaleProblem),
}

/// Source: OpenAPI `SessionInvoiceStatusResponse.status`.
pub(super) fn of_status(found: &InvoiceStatus) -> Verdict {
    let status = &found.status;
    let refused = || SaleProblem::Refused {
        code: status.code,
        description: status.description.clone(),
        details: status.details.clone(),
    };
    match (status.code, &found.ksef_number) {
        (200, Some(number)) => Verdict::Accepted(number.clone()),
        // The number comes a moment later.
        (200, None) => Verdict::UnderWay,
        (code, _) if (100..200).contains(&code) => Verdict::UnderWay,
        (440, _) => {
            Verdict::Duplicate { original: status.original_ksef_number(), session: status.original_session() }
        }
        (405 | 435 | 500 | 550, _) => Verdict::Again(refused()),
        (410, _) => Verdict::NeedsPerson(refused()),
        _ => Verdict::Refused(refused()),
    }
}

/// What became of a document whose sending ended with an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sent {
    /// Nobody knows: KSeF must be asked.
    Unknown,
    /// KSeF certainly did not take it: the session takes no more; another one will.
    SessionOver,
    /// KSeF certainly did not take it, and will not take this request ever.
    Refused(SaleProblem),
    /// KSeF certainly did not take it; it is a matter of the connection.
    Stayed,
}

/// Source: OpenAPI, the table of the 400 answers of `/sessions/online/{referenceNumber}/invoices`.
pub(super) fn of_send_error(error: &ApiError) -> Sent {
    const SESSION_FULL: i32 = 21155;
    const SESSION_UNKNOWN: i32 = 21173;
    const SESSION_STATUS: i32 = 21180;
    match error.kind() {
        ErrorKind::Refused(details) if error.retry() == RetryKind::Permanent => match details.first() {
            Some(detail) if matches!(detail.code, SESSION_FULL | SESSION_UNKNOWN | SESSION_STATUS) => {
                Sent::SessionOver
            }
            Some(detail) => Sent::Refused(SaleProblem::RequestRefused {
                code: detail.code,
                description: detail.description.clone(),
                details: detail.details.clone(),
            }),
            None => Sent::Unknown,
        },
        ErrorKind::Unauthorized
        | ErrorKind::Forbidden { .. }
        | ErrorKind::Shielded { .. }
        | ErrorKind::NotSent
        | ErrorKind::NoCurrentKey(_) => Sent::Stayed,
        _ if matches!(error.retry(), RetryKind::Transient { .. }) => Sent::Stayed,
        // A redirect, an unknown status, an answer too large: whatever it was, it was not KSeF saying no.
        _ => Sent::Unknown,
    }
}

/// Whether time alone cannot help.
pub(super) fn needs_person(cause: &ConnectionCause) -> bool {
    use ConnectionCause as C;
    match cause {
        C::NoNetwork
        | C::Dns
        | C::Proxy
        | C::Tls
        | C::Timeout
        | C::KsefFault
        | C::BrokenOff
        | C::StillChecking
        | C::Shielded { .. }
        | C::RateLimited { .. }
        | C::Unavailable { .. }
        | C::NotKsef
        | C::Gone
        | C::KeyWithdrawn
        | C::Challenge
        | C::LoginEnded
        | C::NotRunning
        | C::Archive
        | C::Internal => false,
        C::NoCredential
        | C::SignAgain
        | C::TokensEnded { .. }
        | C::Credential(_)
        | C::Keychain(_)
        | C::NoPermissions
        | C::NoPermissionsForFingerprint(_)
        | C::Token(_)
        | C::Certificate(_)
        | C::OwnerDead
        | C::Blocked
        | C::CertificateNotAccepted
        | C::Signature(_)
        | C::Document(_)
        | C::Context
        | C::WrongEnvironment { .. }
        | C::ClockOff { .. }
        | C::Forbidden { .. }
        | C::Refused { .. } => true,
    }
}
