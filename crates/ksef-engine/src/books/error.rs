use ksef_archive::ArchiveError;

use super::{ContractorId, GoodsId};
use crate::EngineError;

/// Why a book did not do what it was asked for; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// The archive failed, or the company is not in the program.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// No such contractor in the book; it may have been removed since.
    #[error("no contractor {0} in the book")]
    UnknownContractor(ContractorId),
    /// No such goods in the book; they may have been removed since.
    #[error("no goods {0} in the book")]
    UnknownGoods(GoodsId),
    /// A card without a name; with an import, the position of the row from 0.
    #[error("a card without a name (row {row:?})")]
    NoName {
        /// Position of the row from 0; nothing where there is one card only.
        row: Option<usize>,
    },
    /// Cards of two companies cannot become one.
    #[error("the cards belong to different companies")]
    OtherCompany,
}

impl From<ArchiveError> for BookError {
    fn from(error: ArchiveError) -> Self {
        Self::Engine(error.into())
    }
}
