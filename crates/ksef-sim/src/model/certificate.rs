use chrono::{DateTime, Utc};
use ksef_types::{CertificateSerial, ReferenceNumber};
use serde::{Deserialize, Serialize};

use super::{StoredStatus, Subject};
use crate::judge::authority::CertificateKind;

/// State of a certificate, apart from its end. Source: OpenAPI `CertificateListItemStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum CertificateState {
    /// May be used.
    Active,
    /// Being revoked, or suspended.
    Blocked,
    /// Revoked for good.
    Revoked,
}

/// Why a certificate was revoked. Source: OpenAPI `CertificateRevocationReason`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum RevocationReason {
    Unspecified,
    Superseded,
    KeyCompromise,
}

/// A certificate that the simulator's authority issued.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Certificate {
    pub(crate) serial: CertificateSerial,
    pub(crate) name: String,
    pub(crate) kind: CertificateKind,
    pub(crate) owner: Subject,
    pub(crate) common_name: String,
    /// Base64.
    pub(crate) der: String,
    /// SHA-256 of SubjectPublicKeyInfo, hex.
    pub(crate) key_hash: String,
    pub(crate) requested: DateTime<Utc>,
    pub(crate) valid_from: DateTime<Utc>,
    /// The test environment may have moved it before the end that the certificate itself names.
    pub(crate) valid_to: DateTime<Utc>,
    pub(crate) state: CertificateState,
    /// The revocation that is in progress or done.
    pub(crate) revocation: Option<(ReferenceNumber, RevocationReason)>,
    pub(crate) last_use: Option<DateTime<Utc>>,
}

impl Certificate {
    /// `CertificateListItemStatus`; what is revoked stays that after its end.
    pub(crate) fn status(&self, now: DateTime<Utc>) -> &'static str {
        match self.state {
            CertificateState::Revoked => "Revoked",
            _ if now > self.valid_to => "Expired",
            CertificateState::Blocked => "Blocked",
            CertificateState::Active => "Active",
        }
    }

    /// Whether it counts for the limit of certificates.
    pub(crate) fn active(&self, now: DateTime<Utc>) -> bool {
        self.state == CertificateState::Active && now <= self.valid_to
    }
}

/// An application for a certificate.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Enrollment {
    pub(crate) reference: ReferenceNumber,
    pub(crate) owner: Subject,
    pub(crate) name: String,
    pub(crate) kind: CertificateKind,
    pub(crate) common_name: String,
    /// Subject and key of the request, DER in hex.
    pub(crate) subject: String,
    pub(crate) public_key: String,
    /// SHA-256 of SubjectPublicKeyInfo, hex.
    pub(crate) key_hash: String,
    pub(crate) requested: DateTime<Utc>,
    pub(crate) valid_from: Option<DateTime<Utc>>,
    pub(crate) status: StoredStatus,
    pub(crate) serial: Option<CertificateSerial>,
}

impl Enrollment {
    /// The status can be asked for so many days.
    pub(crate) const DAYS: i64 = 30;
}
