//! "Sprawdź": everything that can be wrong with a company's access to KSeF, in one list with ticks and crosses.
//!
//! One thing needs the other: without a network nothing can be said of a login, without a login nothing of permissions.
//! Whatever could not be looked at says so instead of guessing.

mod list;
mod local;
mod remote;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use ksef_archive::{ArchiveError, WantedRights as Wanted};
use ksef_types::{Environment, Nip};

use crate::engine::Scope;
use crate::{
    ConnectionCause, ConnectionFailure, ConnectionWarning, CredentialProblem, CredentialSlot, Engine,
    EngineError, KeychainProblem, TokenState,
};

/// What the person wants to do in this company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WantedRights {
    /// Issue invoices.
    pub issue: bool,
    /// Read invoices.
    pub read: bool,
    /// Issue offline.
    pub offline: bool,
}

/// The whole list.
#[derive(Debug, Clone)]
pub struct Examination {
    /// In the order in which one thing needs the other.
    pub items: Vec<Examined>,
    /// When.
    pub checked_at: DateTime<Utc>,
}

impl Examination {
    /// No cross.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.items.iter().all(|item| item.outcome != Outcome::Failed)
    }
}

/// One line of the list.
#[derive(Debug, Clone)]
pub struct Examined {
    /// What was looked at.
    pub check: Check,
    /// Of which credential, where it is about one.
    pub slot: Option<CredentialSlot>,
    /// How it came out.
    pub outcome: Outcome,
    /// Values for the line's own sentence (`date`, `days`, `seconds`, `serial`, `permissions` …).
    pub values: BTreeMap<&'static str, String>,
    /// What is wrong.
    pub finding: Option<Finding>,
}

/// How a line came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// A tick.
    Passed,
    /// It works, but look at it.
    Warning,
    /// A cross.
    Failed,
    /// Something before it failed, or it is not wanted.
    NotChecked,
}

/// What is looked at, in the order in which one thing needs the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Check {
    /// The system's password store can be used.
    Keychain,
    /// A way in is there: certificate with key, or token.
    Present,
    /// A key waits for its password.
    Password,
    /// Certificate and key are whole and belong together.
    Pair,
    /// The kind is the one of its place.
    Kind,
    /// Valid today, and for how long.
    Validity,
    /// KSeF can be reached: name, route, TLS, proxy.
    Network,
    /// The computer's clock agrees with KSeF's.
    Clock,
    /// What Latarnia announces.
    Availability,
    /// The credential belongs to this environment.
    Environment,
    /// Neither revoked nor blocked.
    Revocation,
    /// KSeF lets us in.
    Login,
    /// May issue invoices here.
    IssuePermission,
    /// May read invoices here.
    ReadPermission,
    /// Offline invoices can be signed.
    Offline,
    /// What the token may, and until when tokens work.
    Token,
    /// Limits of KSeF leave room.
    Limits,
    /// Warnings from KSeF.
    Warnings,
}

impl Check {
    /// All of them, in their order.
    pub const ALL: [Self; 18] = [
        Self::Keychain,
        Self::Present,
        Self::Password,
        Self::Pair,
        Self::Kind,
        Self::Validity,
        Self::Network,
        Self::Clock,
        Self::Availability,
        Self::Environment,
        Self::Revocation,
        Self::Login,
        Self::IssuePermission,
        Self::ReadPermission,
        Self::Offline,
        Self::Token,
        Self::Limits,
        Self::Warnings,
    ];
}

/// What is wrong, or worth a look.
#[derive(Debug, Clone)]
pub enum Finding {
    /// The system's password store.
    Keychain(KeychainProblem),
    /// A certificate or a key.
    Credential(CredentialProblem),
    /// The way to KSeF, or KSeF's answer to the login.
    Connection(ConnectionFailure),
    /// It works; this could be better.
    Warning(ConnectionWarning),
    /// A permission that the person wants is missing here.
    Missing(MissingRight),
    /// KSeF's list says that the certificate cannot be used (any more).
    CertificateState(ListedState),
    /// KSeF's record says that the token cannot be used.
    TokenState(TokenState),
    /// Nothing can be applied for any more.
    CertificatesUsedUp {
        /// Applications left.
        enrolments: i64,
        /// Certificates left.
        certificates: i64,
    },
    /// Latarnia announces something.
    Announced {
        /// `MAINTENANCE`, `FAILURE`, `TOTAL_FAILURE`.
        status: String,
        /// The ministry's words.
        messages: Vec<String>,
    },
}

/// A permission that is wanted and missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingRight {
    /// `InvoiceWrite`.
    Issue,
    /// `InvoiceRead`.
    Read,
}

/// How a certificate stands in KSeF's list, where it cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListedState {
    /// On its way to being revoked.
    Blocked,
    /// Revoked.
    Revoked,
    /// At its end.
    Expired,
}

impl Engine {
    /// Looks at everything; nothing is changed by it but the login, which is made anew.
    ///
    /// # Errors
    /// When the company is unknown, or the archive fails. What is wrong with the access stands in the list.
    pub async fn examine(
        &self,
        nip: Nip,
        environment: Environment,
        wanted: WantedRights,
    ) -> Result<Examination, EngineError> {
        let scope = Scope::new(nip, environment);
        self.remember_wanted(scope, wanted)?;
        let local = self.blocking(move |engine| engine.look_locally(scope)).await?;
        let mut list = local.list;
        list.append(self.look_remotely(scope, wanted, local.way_in).await);
        if wanted.offline {
            self.blocking(move |engine| engine.look_at_offline(scope)).await?.steps.iter().for_each(|step| {
                if let Some(problem) = &step.problem {
                    list.credential(Check::Offline, Some(CredentialSlot::Offline), problem.clone());
                }
            });
            if !list.has(Check::Offline) {
                list.passed(Check::Offline, Some(CredentialSlot::Offline));
            }
        }
        Ok(Examination { items: list.finished(), checked_at: self.now() })
    }

    /// What a person wanted to do in this company when it was examined last.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn wanted_rights(
        &self,
        nip: Nip,
        environment: Environment,
    ) -> Result<Option<WantedRights>, EngineError> {
        let found =
            self.archive().read::<_, ArchiveError>(|tables| tables.wanted_rights().get(nip, environment))?;
        Ok(found.map(|Wanted { issue, read, offline }| WantedRights { issue, read, offline }))
    }

    fn remember_wanted(&self, scope: Scope, wanted: WantedRights) -> Result<(), EngineError> {
        let WantedRights { issue, read, offline } = wanted;
        self.archive().write(|tables| {
            self.known_company(tables, scope.company)?;
            let rights = Wanted { issue, read, offline };
            Ok(tables.wanted_rights_mut().put(scope.company, scope.environment, rights)?)
        })
    }
}

/// Under which line of the list a failure to get in belongs.
fn belongs_to(cause: &ConnectionCause) -> Check {
    use crate::{CertificateRefusal, TokenRefusal};
    match cause {
        ConnectionCause::NotRunning
        | ConnectionCause::NoNetwork
        | ConnectionCause::Dns
        | ConnectionCause::Proxy
        | ConnectionCause::Tls
        | ConnectionCause::Timeout
        | ConnectionCause::Shielded { .. }
        | ConnectionCause::Unavailable { .. }
        | ConnectionCause::NotKsef => Check::Network,
        ConnectionCause::ClockOff { .. } | ConnectionCause::Token(TokenRefusal::Time) => Check::Clock,
        ConnectionCause::WrongEnvironment { .. }
        | ConnectionCause::CertificateNotAccepted
        | ConnectionCause::Certificate(
            CertificateRefusal::ChainUntrusted | CertificateRefusal::ChainUnverified,
        ) => Check::Environment,
        ConnectionCause::Token(TokenRefusal::Revoked | TokenRefusal::Inactive)
        | ConnectionCause::Certificate(CertificateRefusal::Revoked | CertificateRefusal::Suspended)
        | ConnectionCause::Blocked
        | ConnectionCause::OwnerDead => Check::Revocation,
        ConnectionCause::Certificate(CertificateRefusal::Expired) => Check::Validity,
        ConnectionCause::Keychain(_) => Check::Keychain,
        ConnectionCause::NoCredential | ConnectionCause::Credential(_) => Check::Present,
        ConnectionCause::RateLimited { .. } => Check::Limits,
        _ => Check::Login,
    }
}
