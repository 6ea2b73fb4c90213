//! From errors of the client and refusals of KSeF to causes that have a next step.

use chrono::{DateTime, TimeDelta, Utc};
use ksef_api::{ApiError, ErrorKind, StatusInfo, TlsProblem};
use ksef_archive::ArchiveError;
use ksef_types::{Environment, TOKENS_LAST_DAY, tokens_end};

use super::login::{LoginFacts, LoginFailure};
use crate::engine::Scope;
use crate::{CertificateRefusal, ConnectionCause, ConnectionMethod, Engine, TokenRefusal};

/// From here on a computer's clock is wrong enough to be the cause: signatures and tokens carry times.
pub(crate) const CLOCK_TOLERANCE: TimeDelta = TimeDelta::minutes(1);

/// The cause that an error of the client stands for.
pub(crate) fn cause_of(error: &ApiError, now: DateTime<Utc>) -> ConnectionCause {
    match error.kind() {
        ErrorKind::NoNetwork | ErrorKind::ConnectionRefused | ErrorKind::ConnectionLost => {
            ConnectionCause::NoNetwork
        }
        ErrorKind::Dns => ConnectionCause::Dns,
        ErrorKind::Tls(_) => ConnectionCause::Tls,
        ErrorKind::Proxy(_) => ConnectionCause::Proxy,
        ErrorKind::Timeout(_) => ConnectionCause::Timeout,
        ErrorKind::Unauthorized => ConnectionCause::LoginEnded,
        ErrorKind::Forbidden { reason, .. } => ConnectionCause::Forbidden { reason: reason.to_string() },
        ErrorKind::Shielded { incident, client_ip } => {
            ConnectionCause::Shielded { incident: incident.clone(), client_ip: client_ip.clone() }
        }
        ErrorKind::RateLimited { retry_after } => {
            let pause = retry_after.and_then(|pause| TimeDelta::from_std(pause).ok());
            ConnectionCause::RateLimited { until: now + pause.unwrap_or(TimeDelta::minutes(1)) }
        }
        ErrorKind::Refused(details) => refused(details.first()),
        ErrorKind::Server { status, .. } => ConnectionCause::Unavailable { status: *status },
        ErrorKind::Gone => ConnectionCause::Gone,
        ErrorKind::NotSent => ConnectionCause::Internal,
        _ => ConnectionCause::NotKsef,
    }
}

/// Source: OpenAPI, the tables of the 400 answers of `/auth/*`.
fn refused(detail: Option<&ksef_api::ExceptionDetail>) -> ConnectionCause {
    let Some(detail) = detail else { return ConnectionCause::NotKsef };
    match detail.code {
        9101..=9103 | 9105 | 21406 => ConnectionCause::Signature(detail.code),
        21001 | 21217 | 21401 => ConnectionCause::Document(detail.code),
        21111 => ConnectionCause::Challenge,
        21115 => ConnectionCause::CertificateNotAccepted,
        21117 => ConnectionCause::Context,
        21301 | 21304 => ConnectionCause::LoginEnded,
        21308 => ConnectionCause::OwnerDead,
        21470 => ConnectionCause::KeyWithdrawn,
        code => ConnectionCause::Refused { code, description: words(detail) },
    }
}

/// The description alone often says no more than "wrong input"; what was wrong stands in the details.
fn words(detail: &ksef_api::ExceptionDetail) -> String {
    let parts = [&detail.description].into_iter().chain(&detail.details);
    parts.map(|part| part.trim()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Source: OpenAPI `AuthenticationOperationStatusResponse.status`.
pub(crate) fn cause_of_status(status: &StatusInfo) -> ConnectionCause {
    let details = status.details.join(" ");
    match status.code {
        415 => ConnectionCause::NoPermissions,
        425 => ConnectionCause::LoginEnded,
        450 => ConnectionCause::Token(token_refusal(&details)),
        460 => ConnectionCause::Certificate(certificate_refusal(&details)),
        470 => ConnectionCause::OwnerDead,
        480 => ConnectionCause::Blocked,
        500 => ConnectionCause::KsefFault,
        550 => ConnectionCause::BrokenOff,
        code => ConnectionCause::Refused { code, description: status.description.clone() },
    }
}

fn token_refusal(details: &str) -> TokenRefusal {
    let says = |words: &str| details.contains(words);
    if says("wyzwanie") {
        TokenRefusal::Challenge
    } else if says("czas tokena") {
        TokenRefusal::Time
    } else if says("Token unieważniony") {
        TokenRefusal::Revoked
    } else if says("Token nieaktywny") {
        TokenRefusal::Inactive
    } else if says("szyfrowanie") {
        TokenRefusal::Encryption
    } else if says("kodowanie") {
        TokenRefusal::Encoding
    } else if says("kontekście") {
        TokenRefusal::Context
    } else if says("Nieprawidłowy token") {
        TokenRefusal::Invalid
    } else {
        TokenRefusal::Other
    }
}

fn certificate_refusal(details: &str) -> CertificateRefusal {
    let says = |words: &str| details.contains(words);
    if says("Nieważny certyfikat") {
        CertificateRefusal::Expired
    } else if says("Błąd weryfikacji łańcucha") {
        CertificateRefusal::ChainUnverified
    } else if says("Niezaufany łańcuch") {
        CertificateRefusal::ChainUntrusted
    } else if says("odwołany") {
        CertificateRefusal::Revoked
    } else if says("zawieszony") {
        CertificateRefusal::Suspended
    } else if says("Niepoprawny certyfikat") {
        CertificateRefusal::Invalid
    } else {
        CertificateRefusal::Other
    }
}

/// What KSeF's codes alone do not say: a wrong clock, a credential of another environment.
pub(crate) struct Circumstances<'a> {
    pub(crate) scope: Scope,
    pub(crate) facts: &'a LoginFacts,
    /// KSeF's clock minus this computer's.
    pub(crate) skew: Option<TimeDelta>,
    /// Environments for which the same token or certificate is kept.
    pub(crate) kept_for: &'a [Environment],
    pub(crate) now: DateTime<Utc>,
}

/// The cause of a failed login.
pub(crate) fn cause_of_login(failure: &LoginFailure, circumstances: &Circumstances<'_>) -> ConnectionCause {
    let (cause, code) = match failure {
        LoginFailure::Local(cause) => return cause.clone(),
        LoginFailure::Api(error) => {
            let invalid_in_time = matches!(error.kind(), ErrorKind::Tls(TlsProblem::Expired));
            if invalid_in_time && let Some(off) = clock_off(circumstances.skew) {
                return off;
            }
            (cause_of(error, circumstances.now), error.refusals().first().map(|detail| detail.code))
        }
        LoginFailure::Refused(status) => (cause_of_status(status), Some(status.code)),
    };
    if let (ConnectionCause::NoPermissions, Some(known_by)) = (&cause, circumstances.facts.known_by) {
        return ConnectionCause::NoPermissionsForFingerprint(known_by);
    }
    if !concerns_the_credential(&cause) {
        return cause;
    }
    if let Some(ended) = tokens_ended(circumstances).filter(|_| matches!(cause, ConnectionCause::Token(_))) {
        return ended;
    }
    let by_this_clock = depends_on_time(&cause) && !bears_ksefs_time(circumstances.facts);
    if let Some(off) = clock_off(circumstances.skew).filter(|_| by_this_clock) {
        return off;
    }
    match elsewhere(circumstances) {
        Some(belongs) if may_be_foreign(&cause) => {
            let tried = circumstances.scope.environment;
            ConnectionCause::WrongEnvironment { tried, belongs: Some(belongs), code }
        }
        _ => cause,
    }
}

fn concerns_the_credential(cause: &ConnectionCause) -> bool {
    matches!(
        cause,
        ConnectionCause::Token(_)
            | ConnectionCause::Certificate(_)
            | ConnectionCause::CertificateNotAccepted
            | ConnectionCause::Signature(_)
            | ConnectionCause::Challenge
    )
}

fn depends_on_time(cause: &ConnectionCause) -> bool {
    !matches!(
        cause,
        ConnectionCause::Token(TokenRefusal::Revoked | TokenRefusal::Inactive | TokenRefusal::Context)
            | ConnectionCause::Certificate(CertificateRefusal::Revoked | CertificateRefusal::Suspended)
    )
}

/// What the program signs for one login bears KSeF's time, however wrong this computer's is.
fn bears_ksefs_time(facts: &LoginFacts) -> bool {
    matches!(facts.method, Some(ConnectionMethod::Signature(by)) if by.is_ours())
}

fn may_be_foreign(cause: &ConnectionCause) -> bool {
    matches!(
        cause,
        ConnectionCause::Token(TokenRefusal::Invalid | TokenRefusal::Other)
            | ConnectionCause::CertificateNotAccepted
            | ConnectionCause::Certificate(
                CertificateRefusal::ChainUntrusted
                    | CertificateRefusal::ChainUnverified
                    | CertificateRefusal::Invalid
                    | CertificateRefusal::Other
            )
    )
}

/// After the day on which tokens stopped working, that is the reason whatever KSeF says of this one.
fn tokens_ended(circumstances: &Circumstances<'_>) -> Option<ConnectionCause> {
    let ksef_now = circumstances.now + circumstances.skew.unwrap_or_default();
    (ksef_now >= tokens_end()).then_some(ConnectionCause::TokensEnded { on: TOKENS_LAST_DAY })
}

fn clock_off(skew: Option<TimeDelta>) -> Option<ConnectionCause> {
    let skew = skew.filter(|skew| skew.abs() > CLOCK_TOLERANCE)?;
    Some(ConnectionCause::ClockOff { seconds: -skew.num_seconds() })
}

/// Where the credential belongs, by what is known on this computer.
fn elsewhere(circumstances: &Circumstances<'_>) -> Option<Environment> {
    let tried = circumstances.scope.environment;
    let self_signed = circumstances.facts.self_signed;
    // Whoever made it for themselves is named there, which says nothing about an environment.
    let by_issuer =
        circumstances.facts.issuer.as_deref().filter(|_| !self_signed).and_then(environment_of_issuer);
    // Self-made certificates are taken by the test environment only.
    let by_itself = (self_signed && tried.is_final()).then_some(Environment::Test);
    circumstances.kept_for.first().copied().or(by_issuer).or(by_itself).filter(|belongs| *belongs != tried)
}

/// The issuers of the other environments carry the environment in their names.
fn environment_of_issuer(issuer: &str) -> Option<Environment> {
    let issuer = issuer.to_uppercase();
    let says = |word: &str| issuer.contains(word);
    if says("SYMULATOR") {
        Some(Environment::Sandbox)
    } else if says("DEMO") || says("PRZEDPROD") {
        Some(Environment::Demo)
    } else if says("TEST") {
        Some(Environment::Test)
    } else {
        None
    }
}

impl Engine {
    /// For which other environments the same credential is kept on this computer.
    pub(crate) fn kept_for(&self, scope: Scope, facts: &LoginFacts) -> Vec<Environment> {
        let Some(identifier) = &facts.identifier else { return Vec::new() };
        let found = self.archive().read::<_, ArchiveError>(|tables| {
            tables.credential_notes().elsewhere(identifier, scope.environment)
        });
        // A diagnosis is worth less than the failure that it explains.
        found.unwrap_or_else(|error| {
            tracing::warn!(%error, "the notes on credentials could not be read");
            Vec::new()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SignedBy;

    fn status(code: i32, details: &str) -> StatusInfo {
        StatusInfo { code, description: "opis".to_owned(), details: vec![details.to_owned()] }
    }

    fn diagnose(status: StatusInfo, skew: Option<TimeDelta>, kept_for: &[Environment]) -> ConnectionCause {
        let scope = Scope::new("5265877635".parse().unwrap(), Environment::Production);
        let facts = LoginFacts::default();
        let now = DateTime::UNIX_EPOCH;
        let circumstances = Circumstances { scope, facts: &facts, skew, kept_for, now };
        cause_of_login(&LoginFailure::Refused(status), &circumstances)
    }

    /// The texts of the contract (OpenAPI `AuthenticationOperationStatusResponse`).
    #[test]
    fn each_cause_of_450_and_460_is_told_apart() {
        let token = |details: &str| diagnose(status(450, details), None, &[]);
        for (details, refusal) in [
            ("Nieprawidłowe wyzwanie autoryzacyjne", TokenRefusal::Challenge),
            ("Nieprawidłowy token", TokenRefusal::Invalid),
            ("Nieprawidłowy czas tokena", TokenRefusal::Time),
            ("Token unieważniony", TokenRefusal::Revoked),
            ("Token nieaktywny", TokenRefusal::Inactive),
            ("Nieprawidłowe szyfrowanie tokena", TokenRefusal::Encryption),
            ("Nieprawidłowe kodowanie tokena", TokenRefusal::Encoding),
            ("Token nie może być użyty w kontekście Nip: 5265877635", TokenRefusal::Context),
            ("coś nowego", TokenRefusal::Other),
        ] {
            assert_eq!(token(details), ConnectionCause::Token(refusal), "{details}");
        }
        for (details, refusal) in [
            ("Nieważny certyfikat", CertificateRefusal::Expired),
            ("Błąd weryfikacji łańcucha certyfikatów", CertificateRefusal::ChainUnverified),
            ("Niezaufany łańcuch certyfikatów", CertificateRefusal::ChainUntrusted),
            ("Certyfikat odwołany", CertificateRefusal::Revoked),
            ("Certyfikat zawieszony", CertificateRefusal::Suspended),
            ("Niepoprawny certyfikat", CertificateRefusal::Invalid),
            ("coś nowego", CertificateRefusal::Other),
        ] {
            assert_eq!(
                diagnose(status(460, details), None, &[]),
                ConnectionCause::Certificate(refusal),
                "{details}"
            );
        }
    }

    #[test]
    fn a_wrong_clock_is_the_cause_before_anything_else() {
        let cause = diagnose(status(450, "Nieprawidłowy czas tokena"), Some(TimeDelta::seconds(-90)), &[]);
        assert_eq!(cause, ConnectionCause::ClockOff { seconds: 90 });
        let cause = diagnose(status(450, "Token unieważniony"), Some(TimeDelta::seconds(-90)), &[]);
        assert_eq!(cause, ConnectionCause::Token(TokenRefusal::Revoked));
        let cause = diagnose(status(450, "Nieprawidłowy czas tokena"), Some(TimeDelta::seconds(59)), &[]);
        assert_eq!(cause, ConnectionCause::Token(TokenRefusal::Time));
    }

    #[test]
    fn what_the_program_signed_by_ksefs_clock_is_not_laid_to_this_computers() {
        let scope = Scope::new("5265877635".parse().unwrap(), Environment::Production);
        let refused = LoginFailure::Refused(status(460, "Nieważny certyfikat"));
        let cause = |method| {
            let facts = LoginFacts { method, ..LoginFacts::default() };
            let (skew, now) = (Some(TimeDelta::hours(-3)), DateTime::UNIX_EPOCH);
            let circumstances = Circumstances { scope, facts: &facts, skew, kept_for: &[], now };
            cause_of_login(&refused, &circumstances)
        };
        let expired = ConnectionCause::Certificate(CertificateRefusal::Expired);
        for by in [SignedBy::Files, SignedBy::Trial] {
            assert_eq!(cause(Some(ConnectionMethod::Signature(by))), expired, "{by:?}");
        }
        let elsewhere = Some(ConnectionMethod::Signature(SignedBy::Elsewhere));
        for method in [elsewhere, Some(ConnectionMethod::Certificate)] {
            assert_eq!(cause(method), ConnectionCause::ClockOff { seconds: 10_800 }, "{method:?}");
        }
    }

    #[test]
    fn a_name_that_one_gave_oneself_says_nothing_about_an_environment() {
        let scope = Scope::new("5265877635".parse().unwrap(), Environment::Sandbox);
        let cause = |self_signed| {
            let issuer = Some("CN=Podpis próbny 5265877635,O=Laboratorium TEST sp. z o.o.".to_owned());
            let facts = LoginFacts { issuer, self_signed, ..LoginFacts::default() };
            let now = DateTime::UNIX_EPOCH;
            let circumstances = Circumstances { scope, facts: &facts, skew: None, kept_for: &[], now };
            let refused = LoginFailure::Refused(status(460, "Niezaufany łańcuch certyfikatów"));
            cause_of_login(&refused, &circumstances)
        };
        assert_eq!(cause(true), ConnectionCause::Certificate(CertificateRefusal::ChainUntrusted));
        assert!(matches!(
            cause(false),
            ConnectionCause::WrongEnvironment { belongs: Some(Environment::Test), .. }
        ));
    }

    #[test]
    fn after_their_last_day_tokens_are_not_wrong_but_over() {
        let scope = Scope::new("5265877635".parse().unwrap(), Environment::Production);
        let facts = LoginFacts::default();
        let cause = |now, skew| {
            let circumstances = Circumstances { scope, facts: &facts, skew, kept_for: &[], now };
            cause_of_login(&LoginFailure::Refused(status(450, "Nieprawidłowy token")), &circumstances)
        };
        let over = ConnectionCause::TokensEnded { on: TOKENS_LAST_DAY };
        assert_eq!(cause(tokens_end(), None), over);
        let before = tokens_end() - TimeDelta::seconds(1);
        assert_eq!(cause(before, None), ConnectionCause::Token(TokenRefusal::Invalid));
        // By KSeF's clock: this computer's may be months behind or ahead.
        assert_eq!(cause(before - TimeDelta::days(60), Some(TimeDelta::days(61))), over);
        let ahead = cause(tokens_end() + TimeDelta::days(60), Some(TimeDelta::days(-61)));
        assert!(matches!(ahead, ConnectionCause::ClockOff { .. }), "{ahead}");
    }

    #[test]
    fn a_credential_kept_for_another_environment_is_recognised() {
        let cause = diagnose(status(450, "Nieprawidłowy token"), None, &[Environment::Demo]);
        assert_eq!(
            cause,
            ConnectionCause::WrongEnvironment {
                tried: Environment::Production,
                belongs: Some(Environment::Demo),
                code: Some(450)
            }
        );
        let cause = diagnose(status(450, "Token nieaktywny"), None, &[Environment::Demo]);
        assert_eq!(cause, ConnectionCause::Token(TokenRefusal::Inactive));
    }

    #[test]
    fn issuers_name_their_environment() {
        assert_eq!(environment_of_issuer("CN=TEST CCK KSeF,C=PL"), Some(Environment::Test));
        assert_eq!(environment_of_issuer("CN=CCK KSeF,C=PL"), None);
        let simulator = "CN=Centrum certyfikacji symulatora KSeF";
        assert_eq!(environment_of_issuer(simulator), Some(Environment::Sandbox));
    }
}
