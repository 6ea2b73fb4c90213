use ksef_invoice::draft::DraftKind;
use ksef_types::{Environment, Nip};

use super::IssuingError;
use crate::ids::ids;
use crate::{Engine, EngineError};

ids! {
    /// By which a draft names its number series.
    SeriesId;
}

/// When the counter of a number series starts again.
pub use ksef_invoice::numbering::Reset as SeriesReset;

/// A number series of a company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// By which a draft names it.
    pub id: SeriesId,
    /// Its name.
    pub name: String,
    /// Such as `FV/{nr}/{mm}/{rrrr}`.
    pub pattern: String,
    /// When it starts again.
    pub reset: SeriesReset,
    /// The kinds that take their numbers here by themselves.
    pub kinds: Vec<DraftKind>,
    /// Counter of the next number now.
    pub next: u32,
    /// The next number now.
    pub preview: String,
    /// A number was taken: it cannot be removed.
    pub used: bool,
}

/// A number series to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesEdit {
    /// Nothing for a new one.
    pub id: Option<SeriesId>,
    /// Its name.
    pub name: String,
    /// Such as `FV/{nr}/{mm}/{rrrr}`.
    pub pattern: String,
    /// When it starts again.
    pub reset: SeriesReset,
    /// The kinds that take their numbers here by themselves; other series lose them.
    pub kinds: Vec<DraftKind>,
    /// Counter of the next number in this period, where it goes on from another program; nothing leaves it.
    pub next: Option<u32>,
}

impl Engine {
    /// The number series of a company there. At the first look the usual ones are made.
    ///
    /// # Errors
    /// [`EngineError::UnknownCompany`], or when the archive fails.
    pub fn series(&self, nip: Nip, environment: Environment) -> Result<Vec<Series>, EngineError> {
        let _ = (nip, environment);
        todo!()
    }

    /// Keeps a number series.
    ///
    /// # Errors
    /// [`IssuingError::NoName`], [`IssuingError::CounterTaken`], [`IssuingError::UnknownSeries`], [`IssuingError::Pattern`], an unknown company, or when the archive fails.
    pub fn save_series(
        &self,
        nip: Nip,
        environment: Environment,
        edit: &SeriesEdit,
    ) -> Result<Series, IssuingError> {
        let _ = (nip, environment, edit);
        todo!()
    }

    /// The next number of a series as it is written; nothing is kept.
    ///
    /// # Errors
    /// As [`Self::save_series`].
    pub fn preview_series(
        &self,
        nip: Nip,
        environment: Environment,
        edit: &SeriesEdit,
    ) -> Result<String, IssuingError> {
        let _ = (nip, environment, edit);
        todo!()
    }

    /// Throws away a series of which no number was taken.
    ///
    /// # Errors
    /// [`IssuingError::SeriesUsed`], [`IssuingError::UnknownSeries`], or when the archive fails.
    pub fn remove_series(
        &self,
        nip: Nip,
        environment: Environment,
        id: SeriesId,
    ) -> Result<(), IssuingError> {
        let _ = (nip, environment, id);
        todo!()
    }
}
