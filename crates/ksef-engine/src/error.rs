use ksef_archive::ArchiveError;
use ksef_types::Nip;

use crate::{KeychainProblem, SaleId};

/// What keeps an operation of the engine from being done at all.
///
/// Refusals by KSeF and problems of files are not here: they are outcomes with types of their own.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The local archive failed.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The keychain failed.
    #[error(transparent)]
    Keychain(#[from] KeychainProblem),
    /// The company is not in the program.
    #[error("company {0} is not in the program")]
    UnknownCompany(Nip),
    /// The company is in the program already.
    #[error("company {0} is in the program already")]
    CompanyExists(Nip),
    /// No such invoice in the archive.
    #[error("no invoice {0} in the archive")]
    UnknownSale(SaleId),
    /// The invoice has left the computer, or is about to: it can no longer be taken back.
    #[error("invoice {0} can no longer be taken back")]
    AlreadyLeft(SaleId),
    /// A piece of work was stopped from outside (the program is ending).
    #[error("the work was stopped")]
    Stopped,
}
