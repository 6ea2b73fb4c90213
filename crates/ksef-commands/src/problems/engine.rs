use ksef_engine::{EngineError, KeychainProblem};

use crate::{NextStep, Problem};

/// What keeps an operation from being done at all.
pub(crate) fn engine(error: &EngineError) -> Problem {
    match error {
        EngineError::Archive(archive) => {
            Problem::new(archive_code(archive), NextStep::ContactSupport).technical(archive.to_string())
        }
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

fn archive_code(error: &ksef_archive::ArchiveError) -> &'static str {
    use ksef_archive::ArchiveError;
    match error {
        ArchiveError::Newer { .. } => "archive.newer",
        ArchiveError::Damaged { .. } => "archive.damaged",
        ArchiveError::Busy { .. } => "archive.locked",
        _ => "archive.failed",
    }
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
