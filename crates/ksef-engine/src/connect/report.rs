use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use ksef_api::{ApiError, KsefTokenInfo, PermissionKind, RateGroup};
use ksef_crypto::{Certificate, Owner};
use ksef_types::{ContextIdentifier, Environment, Nip, Pesel};
use serde::{Deserialize, Serialize};

use super::diagnosis::{CLOCK_TOLERANCE, Circumstances, cause_of, cause_of_login};
use super::login::{Login, LoginFacts, NoAccess};
use crate::credentials::{TOKENS_END, days_left};
use crate::engine::{Scope, locked};
use crate::{CertificateSlot, ConnectionCause, ConnectionFailure, Engine};

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
    /// A signature that is not kept; who made it.
    Signature(SignedBy),
}

impl ConnectionMethod {
    /// A signature that cannot be made again from here.
    #[must_use]
    pub const fn is_signature(self) -> bool {
        matches!(self, Self::Signature(_))
    }
}

/// Who made the signature of a login: what a refusal of it means, and what to do, depends on that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignedBy {
    /// Another program: Profil Zaufany, or one for qualified signatures and seals.
    Elsewhere,
    /// This program, with files that a person chose.
    Files,
    /// This program, with a seal for trial.
    Trial,
}

impl SignedBy {
    /// Whether this program made it, so that its form and its time are ours.
    pub(crate) const fn is_ours(self) -> bool {
        matches!(self, Self::Files | Self::Trial)
    }
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
    /// This computer's clock is off by more than a minute; positive when it is ahead, in seconds.
    ClockOff {
        /// Seconds by which this computer is ahead of KSeF.
        seconds: i64,
    },
    /// What KSeF wrote into `X-System-Warning`.
    System(String),
}

/// How long "Sprawdź połączenie" waits for KSeF's limits before it says so instead.
const PATIENCE: TimeDelta = TimeDelta::seconds(5);

/// A certificate or the tokens' end is worth a warning from here on.
const ENDS_SOON_DAYS: i64 = 30;

/// What the owner of a company may do without a grant. Source: API 2.9, `ownerPermissions`.
const OWNER_PERMISSIONS: [PermissionKind; 8] = [
    PermissionKind::CredentialsManage,
    PermissionKind::CredentialsRead,
    PermissionKind::InvoiceWrite,
    PermissionKind::InvoiceRead,
    PermissionKind::Introspection,
    PermissionKind::SubunitManage,
    PermissionKind::EnforcementOperations,
    PermissionKind::CollectiveIdentifierManage,
];

impl Engine {
    /// "Sprawdź połączenie": logs in anew (certificate first, then token) and says who one is in KSeF.
    ///
    /// # Errors
    /// Why not, each cause by itself so that a next step can be shown.
    pub async fn check_connection(
        &self,
        nip: Nip,
        environment: Environment,
    ) -> Result<ConnectionReport, ConnectionFailure> {
        let scope = Scope::new(nip, environment);
        let login = self.login(scope).map_err(|cause| self.failure(cause, None, None))?;
        tokio::select! {
            report = self.report(scope, &login) => report,
            until = self.long_wait(&login) => {
                Err(self.failure(ConnectionCause::RateLimited { until }, None, None))
            }
        }
    }

    /// Ends when a request of the login must wait for KSeF's limits longer than a person looks at a button.
    pub(crate) async fn long_wait(&self, login: &Login) -> DateTime<Utc> {
        let mut watch = login.client.budget().waiting();
        let mut waiting = watch.now();
        loop {
            let latest = self.now() + PATIENCE;
            let long = waiting
                .iter()
                .filter(|one| matches!(one.group, RateGroup::Public | RateGroup::Other | RateGroup::Global))
                .find(|one| one.until > latest);
            if let Some(one) = long {
                return one.until;
            }
            match watch.changed().await {
                Some(changed) => waiting = changed,
                // Without a budget nothing waits.
                None => std::future::pending().await,
            }
        }
    }

    pub(super) async fn report(
        &self,
        scope: Scope,
        login: &Login,
    ) -> Result<ConnectionReport, ConnectionFailure> {
        let nip = scope.company;
        // A signature made elsewhere cannot be made again from here.
        if !locked(&login.facts).method.is_some_and(ConnectionMethod::is_signature) {
            login.access.forget().await;
        }
        let token = login.access.token().await.map_err(|error| self.explain(scope, login, &error.into()))?;
        let facts = locked(&login.facts).clone();
        let asked = self.ask_permissions(login, &facts).await;
        let (owner, permissions, readable) = match asked {
            Ok((owner, permissions)) => (owner, permissions, true),
            // The login stands; that something about it cannot be read is a warning.
            Err(error @ NoAccess::Api(_)) => {
                tracing::info!(error = %technical(&error), "permissions could not be read");
                (None, BTreeSet::new(), false)
            }
            // The access that was at hand is taken no more, and there is no other.
            Err(ended) => return Err(self.explain(scope, login, &ended)),
        };
        let permissions = with_owners_rights(permissions, &facts, &login.context);
        let mut warnings = self.warnings(scope, login, &facts);
        if !readable {
            warnings.push(ConnectionWarning::PermissionsUnknown);
        } else if !permissions.contains(PermissionKind::InvoiceWrite.as_str()) {
            warnings.push(ConnectionWarning::MayNotSend);
        }
        Ok(ConnectionReport {
            owner: facts.subject.clone().or(owner).unwrap_or_else(|| format!("Nip {nip}")),
            company: nip,
            method: facts.method.unwrap_or(ConnectionMethod::Token),
            permissions: permissions.into_iter().collect(),
            access_valid_until: token.valid_until(),
            valid_until: facts.valid_until.unwrap_or_else(|| token.valid_until()),
            checked_at: self.now(),
            warnings,
        })
    }

    /// Ends the login of a company in an environment, in KSeF and in memory. Without a connection it ends in memory only.
    pub async fn disconnect(&self, nip: Nip, environment: Environment) {
        let scope = Scope::new(nip, environment);
        let login = locked(&self.shared.logins).remove(&scope);
        let Some(login) = login else { return };
        let ended = login.with(|client, token| async move { client.end_current_session(&token).await }).await;
        if let Err(error) = ended {
            tracing::info!(error = %technical(&error), "the login was forgotten, but not ended in KSeF");
        }
    }

    /// Who made the token or has the certificate, and what may be done with it.
    pub(super) async fn ask_permissions(
        &self,
        login: &Login,
        facts: &LoginFacts,
    ) -> Result<(Option<String>, BTreeSet<String>), NoAccess> {
        if let Some(reference) = &facts.token {
            let asked = login.with(|client, token| {
                let reference = reference.clone();
                async move { client.token(&token, &reference).await }
            });
            match asked.await {
                Ok(info) => return Ok(of_token(&info)),
                Err(error) => {
                    tracing::debug!(error = %technical(&error), "the token's record could not be read")
                }
            }
        }
        Ok((None, login.rights_here().await?))
    }

    fn warnings(&self, scope: Scope, login: &Login, facts: &LoginFacts) -> Vec<ConnectionWarning> {
        let mut warnings = Vec::new();
        warnings.extend(facts.unusable.clone().map(ConnectionWarning::CertificateUnusable));
        if let Some(skew) = login.client.clock_skew().filter(|skew| skew.abs() > CLOCK_TOLERANCE) {
            warnings.push(ConnectionWarning::ClockOff { seconds: -skew.num_seconds() });
        }
        for slot in [CertificateSlot::Authentication, CertificateSlot::Offline] {
            match self.noted_certificate(scope, slot) {
                Some(certificate) => {
                    let days = days_left(&certificate, self.now());
                    if days <= ENDS_SOON_DAYS {
                        let on = certificate.not_after();
                        warnings.push(ConnectionWarning::CertificateEnds { slot, on, days });
                    }
                }
                None if slot == CertificateSlot::Offline => {
                    warnings.push(ConnectionWarning::NoOfflineCertificate)
                }
                None => {}
            }
        }
        if facts.method == Some(ConnectionMethod::Token) {
            warnings.extend(TOKENS_END.map(|on| ConnectionWarning::TokensEnd { on }));
        }
        warnings
            .extend(facts.warnings.iter().map(|warning| ConnectionWarning::System(warning.message.clone())));
        warnings
    }

    fn noted_certificate(&self, scope: Scope, slot: CertificateSlot) -> Option<Certificate> {
        let note = self.note(scope, slot.note()).ok()??;
        Certificate::from_der(&note.certificate?).ok()
    }

    /// The whole diagnosis of a failed connection.
    pub(crate) fn explain(&self, scope: Scope, login: &Login, error: &NoAccess) -> ConnectionFailure {
        let facts = locked(&login.facts).clone();
        let cause = match error {
            NoAccess::Local(cause) => cause.clone(),
            NoAccess::Api(error) => cause_of(error, self.now()),
            NoAccess::Login(failure) => {
                let kept_for = self.kept_for(scope, &facts);
                let skew = login.client.clock_skew();
                let circumstances =
                    Circumstances { scope, facts: &facts, skew, kept_for: &kept_for, now: self.now() };
                cause_of_login(failure, &circumstances)
            }
        };
        self.failure(cause, facts.method, Some(technical(error)))
    }

    pub(crate) fn failure(
        &self,
        cause: ConnectionCause,
        method: Option<ConnectionMethod>,
        technical: Option<String>,
    ) -> ConnectionFailure {
        ConnectionFailure { cause, method, technical, checked_at: self.now() }
    }
}

/// Codes and words of KSeF or the system; the client's errors hold no piece of a request.
pub(crate) fn technical(error: &NoAccess) -> String {
    let of_api = |error: &ApiError| {
        let refusals: Vec<String> = error
            .refusals()
            .iter()
            .map(|detail| format!("{} {} {}", detail.code, detail.description, detail.details.join(" ")))
            .collect();
        format!("{error} {}", refusals.join("; ")).trim_end().to_owned()
    };
    match error {
        NoAccess::Api(error) => of_api(error),
        NoAccess::Local(cause) => cause.to_string(),
        NoAccess::Login(failure) => match &**failure {
            super::login::LoginFailure::Api(error) => of_api(error),
            super::login::LoginFailure::Refused(status) => {
                format!("{} {} {}", status.code, status.description, status.details.join(" "))
            }
            super::login::LoginFailure::Local(cause) => cause.to_string(),
        },
    }
}

fn of_token(info: &KsefTokenInfo) -> (Option<String>, BTreeSet<String>) {
    let author = &info.author_identifier;
    // A PESEL is shown masked everywhere.
    let value = Pesel::mask(author.value());
    let permissions = info.requested_permissions.iter().map(|permission| permission.as_str().to_owned());
    (Some(format!("{} {value}", author.kind)), permissions.collect())
}

/// What the owner of a company may do there, as the contract names it.
pub(crate) fn owner_permissions() -> impl Iterator<Item = String> {
    OWNER_PERMISSIONS.iter().map(|permission| permission.as_str().to_owned())
}

/// Before 2.9 KSeF lists grants only, and an owner needs none.
pub(super) fn with_owners_rights(
    permissions: BTreeSet<String>,
    facts: &LoginFacts,
    context: &ContextIdentifier,
) -> BTreeSet<String> {
    let owns = match &facts.owner {
        Some(Owner::Seal(nip) | Owner::PersonByNip(nip)) => *context == ContextIdentifier::Nip(*nip),
        _ => false,
    };
    if owns && permissions.is_empty() {
        return owner_permissions().collect();
    }
    permissions
}
