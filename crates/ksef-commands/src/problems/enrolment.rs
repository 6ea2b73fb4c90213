use ksef_engine::{CertificateSlot, EnrolmentError, EnrolmentProblem, Unfit};
use ksef_types::{InvalidCertificateName, Nip};

use super::{cause, engine, failure, keychain, moment};
use crate::{NextStep, Problem};

/// Why nothing was asked for.
pub(crate) fn enrolment(error: &EnrolmentError, company: Nip) -> Problem {
    match error {
        EnrolmentError::Engine(found) => engine(found),
        EnrolmentError::Connection(found) => failure(found, company),
        EnrolmentError::Problem(found) => enrolment_problem(found, company),
        EnrolmentError::Name(found) => certificate_name(*found),
        EnrolmentError::NothingWanted => Problem::new("enrolment.nothingWanted", NextStep::CorrectField),
        EnrolmentError::UnderWay(_) => Problem::new("enrolment.underWay", NextStep::OpenCertificates),
        EnrolmentError::Unknown(_) => Problem::new("enrolment.unknown", NextStep::OpenCertificates),
        EnrolmentError::NothingToRenew(CertificateSlot::Authentication) => {
            Problem::new("enrolment.nothingToRenew", NextStep::SignAgain)
        }
        EnrolmentError::NothingToRenew(CertificateSlot::Offline) => {
            Problem::new("enrolment.nothingToRenew", NextStep::RequestCertificate)
        }
    }
}

/// What is wrong with a name for a certificate.
pub(crate) fn certificate_name(found: InvalidCertificateName) -> Problem {
    let problem = |code| Problem::new(code, NextStep::CorrectField);
    match found {
        InvalidCertificateName::TooShort(count) => {
            problem("certificate.nameShort").with("count", count.to_string())
        }
        InvalidCertificateName::TooLong(count) => {
            problem("certificate.nameLong").with("count", count.to_string())
        }
        InvalidCertificateName::Character(character) => {
            problem("certificate.nameCharacter").with("character", character.to_string())
        }
    }
}

/// Why a request for a certificate stands still, or ended: each with its own code.
pub(crate) fn enrolment_problem(found: &EnrolmentProblem, company: Nip) -> Problem {
    let again = |code| Problem::new(code, NextStep::RequestCertificate);
    match found {
        EnrolmentProblem::Connection(found) => cause(found, company),
        EnrolmentProblem::NotBySignature(code) => {
            Problem::new("enrolment.notBySignature", NextStep::SignAgain).technical(format!("KSeF {code}"))
        }
        EnrolmentProblem::OtherOwner => Problem::new("enrolment.otherOwner", NextStep::SignAgain),
        EnrolmentProblem::OtherData => again("enrolment.refused25003").technical("KSeF 25003"),
        EnrolmentProblem::BadRequest => again("enrolment.refused25004").technical("KSeF 25004"),
        EnrolmentProblem::RequestsUsedUp => {
            Problem::new("enrolment.refused25006", NextStep::OpenCertificates).technical("KSeF 25006")
        }
        EnrolmentProblem::CertificatesUsedUp => {
            Problem::new("enrolment.refused25007", NextStep::OpenCertificates).technical("KSeF 25007")
        }
        EnrolmentProblem::KeyKind => again("enrolment.refused25010").technical("KSeF 25010"),
        EnrolmentProblem::SignatureAlgorithm => again("enrolment.refused25011").technical("KSeF 25011"),
        EnrolmentProblem::Input(words) => again("enrolment.refused21405").with("description", words),
        EnrolmentProblem::KeyTaken => again("enrolment.keyTaken").technical("KSeF 400"),
        EnrolmentProblem::Rejected(words) => again("enrolment.rejected").with("description", words),
        EnrolmentProblem::KsefFault => again("enrolment.status500").technical("KSeF 500"),
        EnrolmentProblem::BrokenOff => again("enrolment.status550").technical("KSeF 550"),
        EnrolmentProblem::OtherStatus { code, description } => {
            again("enrolment.otherStatus").with("code", code.to_string()).with("description", description)
        }
        EnrolmentProblem::Unfit(found) => unfit(*found),
        EnrolmentProblem::NotYetGiven => Problem::new("enrolment.notYetGiven", NextStep::Wait),
        EnrolmentProblem::AnswerLost => Problem::new("enrolment.answerLost", NextStep::Wait),
        EnrolmentProblem::NeverCame => again("enrolment.neverCame"),
        EnrolmentProblem::Keychain(found) => keychain(*found),
        EnrolmentProblem::KeyGone => again("enrolment.keyGone"),
        EnrolmentProblem::NotProved(found) => {
            let why = cause(found, company);
            Problem::new("enrolment.notProved", NextStep::Retry).technical(why.code)
        }
        EnrolmentProblem::NotYetValid(from) => {
            Problem::new("enrolment.notYetValid", NextStep::Wait).with("from", moment(*from))
        }
        EnrolmentProblem::SignatureFails => Problem::new("enrolment.signatureFails", NextStep::Retry),
        EnrolmentProblem::Internal => Problem::new("program.internal", NextStep::ContactSupport),
    }
}

fn unfit(found: Unfit) -> Problem {
    let code = match found {
        Unfit::Key => "enrolment.unfitKey",
        Unfit::Subject => "enrolment.unfitSubject",
        Unfit::Kind => "enrolment.unfitKind",
        Unfit::Serial => "enrolment.unfitSerial",
        Unfit::Dates => "enrolment.unfitDates",
        Unfit::Unreadable => "enrolment.unfitUnreadable",
    };
    Problem::new(code, NextStep::ContactSupport)
}
