use chrono::NaiveDate;
use ksef_engine::{CredentialProblem, SignedFileProblem, SignedRequestProblem, SigningError};
use ksef_types::Nip;

use super::{UNKNOWN, credential, day, engine, failure, file};
use crate::{NextStep, Problem};

/// Why a login by a signature was not begun, or a step of it not done.
pub(crate) fn signing(error: &SigningError, company: Nip) -> Problem {
    match error {
        SigningError::Engine(found) => engine(found),
        SigningError::Connection(found) => failure(found, company),
        SigningError::File(found) => file(found, UNKNOWN),
        SigningError::NotWaiting => Problem::new("signing.notWaiting", NextStep::SignAgain),
        SigningError::Files(found) => files(found),
        SigningError::NoTrial(environment) => {
            Problem::new("signing.noTrial", NextStep::ChooseEnvironment).with("tried", environment.as_str())
        }
        SigningError::TrialByFingerprint => {
            Problem::new("signing.trialByFingerprint", NextStep::SignBySubject)
        }
    }
}

/// What is wrong with files to sign with. Most are no certificates of KSeF, and none is loaded to be kept.
fn files(found: &CredentialProblem) -> Problem {
    match found {
        CredentialProblem::PasswordMissing => {
            Problem::new("signing.passwordMissing", NextStep::EnterPassword)
        }
        CredentialProblem::WrongPassword => Problem::new("signing.wrongPassword", NextStep::EnterPassword),
        CredentialProblem::Missing => Problem::new("signing.certificateMissing", NextStep::ChooseFile),
        CredentialProblem::Expired(at) => {
            Problem::new("signing.certificateExpired", NextStep::ChooseFile).with("date", day(*at))
        }
        other => {
            let told = credential(other);
            let elsewhere = matches!(told.next, NextStep::LoadCertificate | NextStep::RequestCertificate);
            let next = if elsewhere { NextStep::ChooseFile } else { told.next };
            Problem { next, ..told }
        }
    }
}

/// Why a file is not the signed request. The waiting goes on, but for one that came too late.
pub(crate) fn signed_file(found: &SignedFileProblem, name: &str, today: NaiveDate) -> Problem {
    match found {
        SignedFileProblem::File(found) => file(found, name),
        SignedFileProblem::Request(found) => request(found, today).with("file", name),
    }
}

fn request(found: &SignedRequestProblem, today: NaiveDate) -> Problem {
    use SignedRequestProblem as Found;
    let other = |code| Problem::new(code, NextStep::ChooseFile);
    match found {
        Found::Empty => other("signing.empty"),
        Found::TooLarge { bytes } => other("signing.tooLarge").with("size", super::file::megabytes(*bytes)),
        Found::Pdf => other("signing.pdf"),
        Found::Container => other("signing.container"),
        Found::Pkcs7 => other("signing.pkcs7"),
        Found::Html => other("signing.webPage"),
        Found::Credential => other("signing.credential"),
        Found::NotXml => other("signing.notXml"),
        Found::BrokenXml => other("signing.brokenXml"),
        Found::Encoding => other("signing.encoding"),
        Found::Dtd => other("signing.dtd"),
        Found::OtherDocument { root } => other("signing.otherDocument").with("root", root),
        Found::NotSigned => other("signing.notSigned"),
        Found::SignedTwice { count } => other("signing.signedTwice").with("count", count.to_string()),
        Found::Detached => other("signing.detached"),
        Found::NotCovered => other("signing.notCovered"),
        Found::NotXades => other("signing.notXades"),
        Found::NoCertificate => other("signing.noCertificate"),
        Found::Unbound => other("signing.unbound"),
        Found::OtherCertificate => other("signing.otherCertificate"),
        Found::UnreadableCertificate => other("signing.unreadableCertificate"),
        Found::Weak { name } => other("signing.weak").with("name", *name),
        Found::UnknownAlgorithm { algorithm } => {
            other("signing.unknownAlgorithm").with("algorithm", algorithm)
        }
        Found::Changed => other("signing.changed"),
        Found::WrongValue => other("signing.wrongValue"),
        Found::OtherContext { found } => other("signing.otherCompany").with("found", found.value()),
        Found::OtherChallenge { made_on: Some(day), .. } if *day != today => {
            other("signing.olderDay").with("date", day.to_string())
        }
        Found::OtherChallenge { .. } => other("signing.otherRequest"),
        Found::OtherRequest => other("signing.changedRequest"),
        Found::Nameless { fingerprint } => Problem::new("signing.nameless", NextStep::SignByFingerprint)
            .with("fingerprint", fingerprint.to_string()),
        Found::NotItsOwnCertificate => Problem::new("signing.notItsOwnCertificate", NextStep::SignBySubject),
        Found::Expired { .. } => Problem::new("signing.expired", NextStep::SignAgain),
    }
}
