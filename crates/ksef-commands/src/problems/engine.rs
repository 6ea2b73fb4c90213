use ksef_archive::ArchiveError;
use ksef_engine::{EngineError, KeychainProblem};

use crate::{NextStep, Problem};

/// What keeps an operation from being done at all.
pub(crate) fn engine(error: &EngineError) -> Problem {
    match error {
        EngineError::Archive(found) => archive(found),
        EngineError::Keychain(found) => keychain(*found),
        EngineError::UnknownCompany(nip) => {
            Problem::new("company.unknown", NextStep::Retry).with("nip", nip.as_str())
        }
        EngineError::CompanyExists(nip) => {
            Problem::new("company.exists", NextStep::OpenCompany).with("nip", nip.as_str())
        }
        EngineError::UnknownSale(_) => Problem::new("sending.unknownSale", NextStep::OpenSales),
        EngineError::AlreadyLeft(_) => Problem::new("sending.alreadyLeft", NextStep::OpenSales),
        EngineError::Stopped => Problem::new("program.stopped", NextStep::Retry),
    }
}

fn archive(error: &ArchiveError) -> Problem {
    let problem = match error {
        ArchiveError::Newer { found, .. } => {
            Problem::new("archive.newer", NextStep::ContactSupport).with("version", found.to_string())
        }
        ArchiveError::Damaged(_) | ArchiveError::Foreign => {
            Problem::new("archive.damaged", NextStep::ContactSupport).with("file", "archiwum.sqlite")
        }
        ArchiveError::Busy => Problem::new("archive.locked", NextStep::Retry),
        ArchiveError::DiskFull => Problem::new("archive.diskFull", NextStep::Retry),
        ArchiveError::NotWritable => Problem::new("archive.readOnly", NextStep::ContactSupport),
        _ => Problem::new("archive.failed", NextStep::Retry),
    };
    problem.technical(error.to_string())
}

/// Why the system's password store did not work.
pub(crate) fn keychain(found: KeychainProblem) -> Problem {
    match found {
        KeychainProblem::NoService => Problem::new("keychain.noService", NextStep::UnlockKeychain),
        KeychainProblem::Locked => Problem::new("keychain.locked", NextStep::UnlockKeychain),
        KeychainProblem::Denied => Problem::new("keychain.denied", NextStep::UnlockKeychain),
        KeychainProblem::TooLarge => Problem::new("keychain.tooLarge", NextStep::ChooseFile),
        KeychainProblem::Damaged => Problem::new("keychain.damaged", NextStep::LoadCertificate),
        KeychainProblem::Other => Problem::new("keychain.other", NextStep::UnlockKeychain),
    }
}
