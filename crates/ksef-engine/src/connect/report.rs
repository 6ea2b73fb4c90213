use chrono::{DateTime, NaiveDate, Utc};
use ksef_types::Nip;
use serde::{Deserialize, Serialize};

use crate::CertificateSlot;

/// Who one is in KSeF.
#[derive(Debug, Clone)]
pub struct ConnectionReport {
    /// The owner of the certificate, or the author of the token as KSeF names him (`Nip 5265877635`).
    pub owner: String,
    /// In whose name.
    pub company: Nip,
    /// By what.
    pub method: ConnectionMethod,
    /// What one may do, as the contract names it (`InvoiceWrite` …), sorted.
    pub permissions: Vec<String>,
    /// Until when the access token works; it is renewed by itself.
    pub access_valid_until: DateTime<Utc>,
    /// Until when the login can be renewed without signing again.
    pub valid_until: DateTime<Utc>,
    /// When this was seen.
    pub checked_at: DateTime<Utc>,
    /// What could be better.
    pub warnings: Vec<ConnectionWarning>,
}

/// How one authenticates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConnectionMethod {
    /// A signature by the authentication certificate.
    Certificate,
    /// The token.
    Token,
}

/// It works; this could be better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConnectionWarning {
    /// Without an offline certificate nothing can be issued while KSeF or the network is away.
    NoOfflineCertificate,
    /// A certificate ends soon, or has ended (`days` negative).
    CertificateEnds {
        /// Which.
        slot: CertificateSlot,
        /// When.
        on: DateTime<Utc>,
        /// Whole days until then.
        days: i64,
    },
    /// Tokens stop working for everybody on that day.
    TokensEnd {
        /// The last day.
        on: NaiveDate,
    },
    /// The login works, but invoices may not be sent (no `InvoiceWrite`).
    MayNotSend,
    /// The permissions could not be read; the login itself works.
    PermissionsUnknown,
    /// The authentication certificate could not be used, the token was used instead.
    CertificateUnusable(crate::CredentialProblem),
    /// What KSeF wrote into `X-System-Warning`.
    System(String),
}
