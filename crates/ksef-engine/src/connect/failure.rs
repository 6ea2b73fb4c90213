use chrono::{DateTime, NaiveDate, Utc};
use ksef_types::{Environment, Fingerprint};
use serde::{Deserialize, Serialize};

use crate::{ConnectionMethod, CredentialProblem, KeychainProblem};

/// Why there is no connection.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{cause}")]
pub struct ConnectionFailure {
    /// The cause, for the sentence and the next step.
    pub cause: ConnectionCause,
    /// By what it was tried, where it came that far.
    pub method: Option<ConnectionMethod>,
    /// Codes and texts of KSeF or the system as they came, without secrets; one click further.
    pub technical: Option<String>,
    /// When this was seen.
    pub checked_at: DateTime<Utc>,
}

/// Every cause that has a sentence and a next step of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ConnectionCause {
    /// Neither certificate nor token.
    #[error("there is no certificate and no token")]
    NoCredential,
    /// The login by a signature made elsewhere is over, and there is neither certificate nor token.
    #[error("the login by signature is over")]
    SignAgain,
    /// 450 after the day on which tokens stopped working for everybody.
    #[error("tokens work no more since {on}")]
    TokensEnded {
        /// The last day on which they worked.
        on: NaiveDate,
    },
    /// The only credential cannot be used.
    #[error("the certificate cannot be used: {0}")]
    Credential(CredentialProblem),
    /// The keychain does not give the credential.
    #[error(transparent)]
    Keychain(KeychainProblem),
    /// The environment has no address now: the sandbox does not run.
    #[error("the sandbox does not run")]
    NotRunning,
    /// 415: no permissions in this company.
    #[error("no permissions in this company (415)")]
    NoPermissions,
    /// 415 after a login by the fingerprint of the signer's certificate: nobody gave permissions to that fingerprint.
    #[error("no permissions for the fingerprint {0} (415)")]
    NoPermissionsForFingerprint(Fingerprint),
    /// 425: a person ended this login in KSeF.
    #[error("the login was ended by a person (425)")]
    LoginEnded,
    /// 450: the token was refused.
    #[error("the token was refused (450): {0:?}")]
    Token(TokenRefusal),
    /// 460: the certificate was refused.
    #[error("the certificate was refused (460): {0:?}")]
    Certificate(CertificateRefusal),
    /// 470: the credential belongs to a person who died.
    #[error("the owner of the credential is dead (470)")]
    OwnerDead,
    /// 480: blocked, a security incident is suspected.
    #[error("blocked, suspected incident (480)")]
    Blocked,
    /// 500: KSeF does not know what happened.
    #[error("unknown fault of KSeF (500)")]
    KsefFault,
    /// 550: KSeF broke the work off.
    #[error("KSeF broke the work off (550)")]
    BrokenOff,
    /// The login is still being worked on (100): KSeF checks revocation; to be tried again later.
    #[error("KSeF is still checking (100)")]
    StillChecking,
    /// 21115: the certificate in the signature is not accepted.
    #[error("the certificate is not accepted (21115)")]
    CertificateNotAccepted,
    /// 9105, or another refusal of the signature itself (9101 to 9103, 21406); the code. Who made it is the failure's method.
    #[error("the signature is not accepted ({0})")]
    Signature(i32),
    /// 21001, 21217, 21401: the signed document cannot be read, is in another encoding, or breaks the schema; the code.
    #[error("the signed document is not accepted ({0})")]
    Document(i32),
    /// 21470: the ministry's key is unknown or withdrawn, even after it was fetched anew.
    #[error("the ministry's key changed (21470)")]
    KeyWithdrawn,
    /// 21111: the challenge was refused, even a second one.
    #[error("the challenge was refused (21111)")]
    Challenge,
    /// 21117: the identifier does not fit the kind of context.
    #[error("the company's identifier was refused (21117)")]
    Context,
    /// The credential is one of another environment, or very probably so.
    #[error("a credential of another environment")]
    WrongEnvironment {
        /// Where it was tried.
        tried: Environment,
        /// Where it belongs, if that can be told.
        belongs: Option<Environment>,
        /// KSeF's code behind it: 450, 460, 21115; nothing when it was seen before anything was sent.
        code: Option<i32>,
    },
    /// No network at all.
    #[error("no network")]
    NoNetwork,
    /// The name of KSeF's server cannot be found.
    #[error("the name of KSeF's server cannot be found")]
    Dns,
    /// The proxy refused or cannot be reached.
    #[error("the proxy stands in the way")]
    Proxy,
    /// No trusted connection: an inspecting firewall, an old certificate store.
    #[error("no trusted connection (TLS)")]
    Tls,
    /// Nothing came back in time.
    #[error("no answer in time")]
    Timeout,
    /// The computer's clock is off by more than a minute; positive when it is ahead, in seconds.
    #[error("the clock is off by {seconds} s")]
    ClockOff {
        /// Seconds by which this computer is ahead of KSeF.
        seconds: i64,
    },
    /// 403 by the shield in front of KSeF.
    #[error("the shield in front of KSeF blocked the request")]
    Shielded {
        /// The number to tell the ministry.
        incident: Option<String>,
        /// The address that KSeF saw.
        client_ip: Option<String>,
    },
    /// 403 for an operation that was asked for.
    #[error("not permitted: {reason}")]
    Forbidden {
        /// KSeF's reason, as it came.
        reason: String,
    },
    /// Too many requests.
    #[error("too many requests")]
    RateLimited {
        /// When it may be tried again.
        until: DateTime<Utc>,
    },
    /// 5xx: KSeF does not work now.
    #[error("KSeF does not work now ({status})")]
    Unavailable {
        /// The HTTP status.
        status: u16,
    },
    /// 410: what was asked for is no longer kept.
    #[error("no longer kept by KSeF (410)")]
    Gone,
    /// What answered is not KSeF: a web page, a wrong shape, a foreign redirect.
    #[error("what answered is not KSeF")]
    NotKsef,
    /// KSeF refused with a code that has no sentence of its own.
    #[error("refused by KSeF ({code}): {description}")]
    Refused {
        /// KSeF's code.
        code: i32,
        /// KSeF's words.
        description: String,
    },
    /// The local archive failed.
    #[error("the archive failed")]
    Archive,
    /// The signature could not be made, or something else inside the program failed.
    #[error("the program itself failed")]
    Internal,
}

impl ConnectionCause {
    /// A short name for the journal, without any value.
    pub(crate) fn name(&self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(name)) => name,
            Ok(serde_json::Value::Object(fields)) => fields.keys().next().cloned().unwrap_or_default(),
            _ => String::new(),
        }
    }
}

/// The causes of 450, as the contract lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenRefusal {
    /// "Nieprawidłowe wyzwanie autoryzacyjne".
    Challenge,
    /// "Nieprawidłowy token".
    Invalid,
    /// "Nieprawidłowy czas tokena".
    Time,
    /// "Token unieważniony".
    Revoked,
    /// "Token nieaktywny".
    Inactive,
    /// "Nieprawidłowe szyfrowanie tokena".
    Encryption,
    /// "Nieprawidłowe kodowanie tokena".
    Encoding,
    /// "Token nie może być użyty w kontekście …".
    Context,
    /// A cause that the contract does not list.
    Other,
}

/// The causes of 460, as the contract lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CertificateRefusal {
    /// "Nieważny certyfikat".
    Expired,
    /// "Błąd weryfikacji łańcucha certyfikatów".
    ChainUnverified,
    /// "Niezaufany łańcuch certyfikatów".
    ChainUntrusted,
    /// "Certyfikat odwołany".
    Revoked,
    /// "Certyfikat zawieszony".
    Suspended,
    /// "Niepoprawny certyfikat".
    Invalid,
    /// A cause that the contract does not list.
    Other,
}

/// A failure as a short word for the journal: KSeF's code, or the name of the cause. Never words of a person.
pub(crate) fn reason_of(failure: &ConnectionFailure) -> String {
    match &failure.cause {
        ConnectionCause::Refused { code, .. }
        | ConnectionCause::Signature(code)
        | ConnectionCause::Document(code) => code.to_string(),
        ConnectionCause::Forbidden { reason } => reason.clone(),
        other => {
            let named = format!("{other:?}");
            named.split([' ', '(', '{']).next().unwrap_or_default().to_owned()
        }
    }
}
