use ksef_engine::{
    BulkRefusal, CollectiveProblem, ConnectionCause, ConnectionFailure, ContextProblem, Finding, ListedState,
    MissingRight, PaymentFault, TokenRefused, TokenState, WorkRefusal, grants::InvalidText,
};
use ksef_types::{InvalidContext, Nip};

use super::{UNKNOWN, credential, engine, failure, keychain, nip as bad_nip, warning};
use crate::{NextStep, Problem};

/// Why KSeF was not asked, or refused what was asked of it.
pub(crate) fn operation(found: &ConnectionFailure, company: Nip) -> Problem {
    let problem = match &found.cause {
        ConnectionCause::Refused { code: 26001, .. } => {
            Some(Problem::new("token.permissionNotHeld", NextStep::CorrectField))
        }
        ConnectionCause::Refused { code: 26002, .. } => {
            Some(Problem::new("token.contextHasNone", NextStep::CorrectField))
        }
        ConnectionCause::Refused { code: 21418, .. } => Some(Problem::new("ksef.listing", NextStep::Retry)),
        _ => None,
    };
    match (problem, &found.technical) {
        (Some(problem), Some(text)) => problem.technical(text),
        (Some(problem), None) => problem,
        (None, _) => failure(found, company),
    }
}

/// Why no token was made.
pub(crate) fn token_refused(found: &TokenRefused, company: Nip) -> Problem {
    match found {
        TokenRefused::Description(found) => text(found),
        TokenRefused::NoPermission => Problem::new("permission.noneChosen", NextStep::CorrectField),
        TokenRefused::UnknownPermission(name) => {
            Problem::new("permission.unknown", NextStep::CorrectField).with("permission", name)
        }
        TokenRefused::OtherCompany { made_in, wanted } => {
            Problem::new("token.keptElsewhere", NextStep::CorrectField)
                .with("nip", made_in.as_str())
                .with("company", wanted.as_str())
        }
        TokenRefused::Connection(found) => operation(found, company),
        TokenRefused::Engine(found) => engine(found),
    }
}

/// A text that KSeF would refuse for its length or its characters.
pub(crate) fn text(found: &InvalidText) -> Problem {
    let field = |code| Problem::new(code, NextStep::CorrectField);
    match found {
        InvalidText::TooShort { found: 0, .. } => field("permission.empty"),
        InvalidText::TooShort { min, found } => {
            field("permission.tooShort").with("min", min.to_string()).with("count", found.to_string())
        }
        InvalidText::TooLong { max, found } => {
            field("permission.tooLong").with("max", max.to_string()).with("count", found.to_string())
        }
        InvalidText::Character(character) => {
            field("permission.character").with("character", character.escape_default().to_string())
        }
    }
}

/// Why an operation on permissions came to nothing. Source: OpenAPI `PermissionsOperationStatusResponse`.
pub(crate) fn work(found: &WorkRefusal) -> Problem {
    let (code, next) = match found.code {
        400 => ("permission.operation400", NextStep::Retry),
        410 => ("permission.operation410", NextStep::CorrectField),
        420 => ("permission.operation420", NextStep::OpenPortal),
        430 => ("permission.operation430", NextStep::CorrectField),
        440 => ("permission.operation440", NextStep::CorrectField),
        450 => ("permission.operation450", NextStep::CorrectField),
        500 => ("permission.operation500", NextStep::Retry),
        550 => ("permission.operation550", NextStep::Retry),
        _ => ("permission.operationOther", NextStep::ContactSupport),
    };
    Problem::new(code, next)
        .with("code", found.code.to_string())
        .technical(format!("KSeF {} {}", found.code, found.description))
}

/// Why there is no collective identifier.
pub(crate) fn collective(found: &CollectiveProblem, company: Nip) -> Problem {
    let field = |code| Problem::new(code, NextStep::CorrectField);
    let named = |number: &str| if number.is_empty() { UNKNOWN.to_owned() } else { number.to_owned() };
    match found {
        CollectiveProblem::TooFew(count) => field("collective.tooFew").with("count", count.to_string()),
        CollectiveProblem::TooMany { found, limit } => {
            field("collective.tooMany").with("count", found.to_string()).with("limit", limit.to_string())
        }
        CollectiveProblem::Repeated(number) => field("collective.repeated").with("number", number.as_str()),
        CollectiveProblem::DifferentSellers { first, other } => {
            field("collective.differentSellers").with("nip", first.as_str()).with("company", other.as_str())
        }
        CollectiveProblem::Payment { number, fault } => payment(fault).with("number", number.as_str()),
        CollectiveProblem::Words(number) => field("collective.words").with("number", number.as_str()),
        CollectiveProblem::Number => field("collective.number"),
        CollectiveProblem::Period => field("collective.period"),
        CollectiveProblem::NotPossible(number) => {
            field("collective.notPossible").with("number", named(number))
        }
        CollectiveProblem::UsedUp(number) => field("collective.usedUp").with("number", named(number)),
        CollectiveProblem::Connection(failure) => collective_refused(failure, company),
        CollectiveProblem::Engine(found) => engine(found),
    }
}

fn payment(fault: &PaymentFault) -> Problem {
    let field = |code| Problem::new(code, NextStep::CorrectField);
    match fault {
        PaymentFault::NotPositive => field("collective.paymentNotPositive"),
        PaymentFault::Places => field("collective.paymentPlaces"),
        PaymentFault::TooLarge => field("collective.paymentTooLarge"),
        PaymentFault::Currency => field("collective.paymentCurrency"),
        PaymentFault::MoreThanInvoice { gross, currency } => field("collective.paymentTooMuch")
            .with("gross", format!("{gross:.2}").replace('.', ","))
            .with("currency", currency.as_str()),
    }
}

/// Source: API 2.8, codes 71004 and 71005, where the checks of this program were not enough.
fn collective_refused(found: &ConnectionFailure, company: Nip) -> Problem {
    let code = match &found.cause {
        ConnectionCause::Refused { code: 71004, .. } => "collective.otherSellers",
        ConnectionCause::Refused { code: 71005, .. } => "collective.repeatedOne",
        _ => return operation(found, company),
    };
    Problem::new(code, NextStep::CorrectField).technical(found.technical.clone().unwrap_or_default())
}

/// Why a context was not chosen.
pub(crate) fn context(found: &ContextProblem) -> Problem {
    let field = |code| Problem::new(code, NextStep::CorrectField);
    match found {
        ContextProblem::Invalid(InvalidContext::Nip(found)) => bad_nip(*found),
        ContextProblem::Invalid(InvalidContext::Shape(kind)) => {
            field("context.shape").with("kind", kind.to_string())
        }
        ContextProblem::CheckDigit => field("context.checkDigit"),
        ContextProblem::OtherCompany(nip) => field("context.otherCompany").with("nip", nip.as_str()),
        ContextProblem::Engine(found) => engine(found),
    }
}

/// Why one company of many was not added, or not let in.
pub(crate) fn bulk(found: &BulkRefusal, company: Nip) -> Problem {
    match found {
        BulkRefusal::Connection(found) => operation(found, company),
        BulkRefusal::OtherCertificate => {
            Problem::new("discovery.otherCertificate", NextStep::OpenCompany).with("nip", company.as_str())
        }
        BulkRefusal::Engine(found) => engine(found),
    }
}

/// What the doctor found.
pub(crate) fn finding(found: &Finding, company: Nip) -> Problem {
    let with = |code, next| Problem::new(code, next).with("nip", company.as_str());
    match found {
        Finding::Keychain(found) => keychain(*found),
        Finding::Credential(found) => credential(found),
        Finding::Connection(found) => operation(found, company),
        Finding::Warning(found) => warning(found),
        Finding::Missing(MissingRight::Issue) => with("doctor.mayNotIssue", NextStep::OpenPortal),
        Finding::Missing(MissingRight::Read) => with("doctor.mayNotRead", NextStep::OpenPortal),
        Finding::CertificateState(ListedState::Blocked) => {
            with("doctor.certificateBlocked", NextStep::RequestCertificate)
        }
        Finding::CertificateState(ListedState::Revoked) => {
            with("doctor.certificateRevoked", NextStep::RequestCertificate)
        }
        Finding::CertificateState(ListedState::Expired) => {
            with("doctor.certificateExpired", NextStep::RequestCertificate)
        }
        Finding::TokenState(TokenState::Pending) => with("doctor.tokenPending", NextStep::Wait),
        Finding::TokenState(TokenState::Failed) => with("doctor.tokenFailed", NextStep::PasteToken),
        Finding::TokenState(_) => with("doctor.tokenRevoked", NextStep::PasteToken),
        Finding::CertificatesUsedUp { enrolments, certificates } => {
            Problem::new("doctor.certificatesUsedUp", NextStep::OpenCertificates)
                .with("enrolments", enrolments.to_string())
                .with("certificates", certificates.to_string())
        }
        Finding::Announced { status, messages } => announced(status).technical(messages.join("\n")),
    }
}

/// By Latarnia's words; one that came since is shown as it is.
fn announced(status: &str) -> Problem {
    let code = match status {
        "MAINTENANCE" => "doctor.maintenance",
        "FAILURE" => "doctor.failure",
        "TOTAL_FAILURE" => "doctor.totalFailure",
        _ => "doctor.announced",
    };
    Problem::new(code, NextStep::Wait).with("status", status)
}
