use ksef_engine::{CertificateRefusal, ConnectionCause, ConnectionFailure, ConnectionMethod, TokenRefusal};

use ksef_types::{Environment, Nip};

use super::{UNKNOWN, credential, keychain, moment, signature};
use crate::{NextStep, Problem};

/// Why there is no connection, with what KSeF or the system said one click further.
pub(crate) fn failure(found: &ConnectionFailure, company: Nip) -> Problem {
    let problem = match found.method {
        Some(ConnectionMethod::Signature(by)) => signature::refused(&found.cause, by, company),
        _ => cause(&found.cause, company),
    };
    match &found.technical {
        Some(text) => problem.technical(text),
        None => problem,
    }
}

/// Every cause has its own code. `company` is the one for which it was tried.
pub(crate) fn cause(found: &ConnectionCause, company: Nip) -> Problem {
    let wait = |code| Problem::new(code, NextStep::Wait);
    let again = |code| Problem::new(code, NextStep::Retry);
    let network = |code| Problem::new(code, NextStep::CheckNetwork);
    match found {
        ConnectionCause::NoCredential => Problem::new("credential.none", NextStep::LoadCertificate),
        ConnectionCause::SignAgain => Problem::new("ksef.signAgain", NextStep::SignAgain),
        ConnectionCause::TokensEnded { on } => {
            Problem::new("token.ended", NextStep::RequestCertificate).with("date", on.to_string())
        }
        ConnectionCause::Credential(problem) => credential(problem),
        ConnectionCause::Keychain(problem) => keychain(*problem),
        ConnectionCause::NotRunning => again("sandbox.notRunning"),
        ConnectionCause::NoPermissions => Problem::new("ksef.auth415", NextStep::OpenPortal),
        ConnectionCause::NoPermissionsForFingerprint(fingerprint) => {
            Problem::new("ksef.auth415.fingerprint", NextStep::CopyFingerprint)
                .with("fingerprint", fingerprint.to_string())
        }
        ConnectionCause::LoginEnded => again("ksef.auth425"),
        ConnectionCause::Token(refusal) => token_refusal(*refusal, company),
        ConnectionCause::Certificate(refusal) => certificate_refusal(*refusal),
        ConnectionCause::OwnerDead => Problem::new("ksef.auth470", NextStep::LoadCertificate),
        ConnectionCause::Blocked => Problem::new("ksef.auth480", NextStep::OpenPortal),
        ConnectionCause::KsefFault => again("ksef.auth500"),
        ConnectionCause::BrokenOff => again("ksef.auth550"),
        ConnectionCause::StillChecking => wait("ksef.stillChecking"),
        ConnectionCause::CertificateNotAccepted => {
            Problem::new("ksef.certificateNotAccepted", NextStep::LoadCertificate)
        }
        ConnectionCause::Signature(code) => {
            Problem::new("ksef.signature", NextStep::LoadCertificate).with("code", code.to_string())
        }
        ConnectionCause::Document(code) => again("ksef.document").with("code", code.to_string()),
        ConnectionCause::KeyWithdrawn => again("ksef.keyWithdrawn"),
        ConnectionCause::Challenge => again("ksef.challenge"),
        ConnectionCause::Context => {
            Problem::new("ksef.context", NextStep::OpenCompany).with("nip", company.as_str())
        }
        ConnectionCause::WrongEnvironment { tried, belongs, code } => {
            wrong_environment(*tried, *belongs, *code)
        }
        ConnectionCause::NoNetwork => network("network.none"),
        ConnectionCause::Dns => network("network.dns"),
        ConnectionCause::Proxy => network("network.proxy"),
        ConnectionCause::Tls => network("network.tls"),
        ConnectionCause::Timeout => again("network.timeout"),
        ConnectionCause::ClockOff { seconds } => clock_off(*seconds),
        ConnectionCause::Shielded { incident, client_ip } => {
            Problem::new("ksef.shielded", NextStep::CheckNetwork)
                .with("incident", incident.as_deref().unwrap_or(UNKNOWN))
                .with("address", client_ip.as_deref().unwrap_or(UNKNOWN))
        }
        ConnectionCause::Forbidden { reason } => forbidden(reason),
        ConnectionCause::RateLimited { until } => wait("ksef.rateLimited").with("until", moment(*until)),
        ConnectionCause::Unavailable { status } => {
            wait("ksef.unavailable").with("status", status.to_string())
        }
        ConnectionCause::Gone => again("ksef.gone"),
        ConnectionCause::NotKsef => network("network.notKsef"),
        ConnectionCause::Refused { code, description } => {
            Problem::new("ksef.refused", NextStep::ContactSupport)
                .with("code", code.to_string())
                .with("description", description)
        }
        ConnectionCause::Archive => Problem::new("archive.failed", NextStep::ContactSupport),
        ConnectionCause::Internal => Problem::new("program.internal", NextStep::ContactSupport),
    }
}

/// Source: OpenAPI `ForbiddenProblemDetails.reasonCode`.
fn forbidden(reason: &str) -> Problem {
    match reason {
        "missing-permissions" => Problem::new("permission.missing", NextStep::OpenPortal),
        "auth-method-not-allowed" => Problem::new("permission.needsSignature", NextStep::LoadCertificate),
        "context-type-not-allowed" => Problem::new("permission.contextType", NextStep::OpenCompany),
        "ip-not-allowed" => Problem::new("permission.otherAddress", NextStep::CheckNetwork),
        "insufficient-resource-access" => Problem::new("permission.notYours", NextStep::Retry),
        _ => Problem::new("ksef.forbidden", NextStep::OpenPortal).with("reason", reason),
    }
}

fn token_refusal(refusal: TokenRefusal, company: Nip) -> Problem {
    let (code, next) = match refusal {
        TokenRefusal::Challenge => ("ksef.auth450.challenge", NextStep::Retry),
        TokenRefusal::Invalid => ("ksef.auth450.invalid", NextStep::PasteToken),
        TokenRefusal::Time => ("ksef.auth450.time", NextStep::SetClock),
        TokenRefusal::Revoked => ("ksef.auth450.revoked", NextStep::PasteToken),
        TokenRefusal::Inactive => ("ksef.auth450.inactive", NextStep::OpenPortal),
        TokenRefusal::Encryption => ("ksef.auth450.encryption", NextStep::Retry),
        TokenRefusal::Encoding => ("ksef.auth450.encoding", NextStep::PasteToken),
        TokenRefusal::Context => {
            return Problem::new("ksef.auth450.context", NextStep::OpenCompany).with("nip", company.as_str());
        }
        TokenRefusal::Other => ("ksef.auth450.other", NextStep::PasteToken),
    };
    Problem::new(code, next)
}

fn certificate_refusal(refusal: CertificateRefusal) -> Problem {
    let (code, next) = match refusal {
        CertificateRefusal::Expired => ("ksef.auth460.expired", NextStep::RequestCertificate),
        CertificateRefusal::ChainUnverified => ("ksef.auth460.chainUnverified", NextStep::Retry),
        CertificateRefusal::ChainUntrusted => ("ksef.auth460.chainUntrusted", NextStep::ChooseEnvironment),
        CertificateRefusal::Revoked => ("ksef.auth460.revoked", NextStep::RequestCertificate),
        CertificateRefusal::Suspended => ("ksef.auth460.suspended", NextStep::RequestCertificate),
        CertificateRefusal::Invalid => ("ksef.auth460.invalid", NextStep::LoadCertificate),
        CertificateRefusal::Other => ("ksef.auth460.other", NextStep::LoadCertificate),
    };
    Problem::new(code, next)
}

fn wrong_environment(tried: Environment, belongs: Option<Environment>, code: Option<i32>) -> Problem {
    let problem = match belongs {
        Some(belongs) => Problem::new("ksef.wrongEnvironment", NextStep::ChooseEnvironment)
            .with("belongs", belongs.as_str()),
        None => Problem::new("ksef.wrongEnvironmentLikely", NextStep::ChooseEnvironment),
    };
    let problem = problem.with("tried", tried.as_str());
    match code {
        Some(code) => problem.technical(format!("KSeF {code}")),
        None => problem,
    }
}

/// This computer's clock against KSeF's.
pub(super) fn clock_off(seconds: i64) -> Problem {
    Problem::new("ksef.clockOff", NextStep::SetClock).with("difference", difference(seconds))
}

/// `2 min`, `3 h 5 min`; the sign does not matter to a person who sets a clock.
fn difference(seconds: i64) -> String {
    let minutes = seconds.unsigned_abs().div_ceil(60);
    if minutes < 60 { format!("{minutes} min") } else { format!("{} h {} min", minutes / 60, minutes % 60) }
}
