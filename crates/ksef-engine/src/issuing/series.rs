use ksef_archive::{ArchiveError, Reading, SeriesEntry, SeriesRow, Writing};
use ksef_invoice::draft::DraftKind;
use ksef_invoice::numbering::{self, Pattern};
use ksef_types::{Environment, Nip};

use super::IssuingError;
use super::numbers::{self, RESET, USUAL, reset_of, series_row};
use super::templates::given;
use crate::engine::Scope;
use crate::ids::ids;
use crate::{Engine, EngineError, json};

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
        let scope = Scope::new(nip, environment);
        let series = self.archive().write(|tables| {
            self.known_company(tables, nip)?;
            self.make_usual_series(tables, scope)?;
            let rows = tables.series().list(nip, environment)?;
            rows.iter().map(|row| self.shown(tables, scope, row)).collect::<Result<_, _>>()
        });
        // Only patterns that give numbers are ever kept.
        series.map_err(|error| match error {
            IssuingError::Engine(error) => error,
            _ => ArchiveError::Damaged("a number series").into(),
        })
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
        let scope = Scope::new(nip, environment);
        let name = given(&edit.name)?;
        suitable(edit)?;
        self.archive().write(|tables| {
            self.known_company(tables, nip)?;
            // The usual ones first: they must not come back over what a person changed.
            self.make_usual_series(tables, scope)?;
            let id = self.put_series(tables, scope, name, edit)?;
            let row = series_row(tables, scope, id)?;
            if let Some(next) = edit.next {
                self.set_next(tables, &row, next)?;
            }
            self.shown(tables, scope, &row)
        })
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
        let scope = Scope::new(nip, environment);
        suitable(edit)?;
        let today = self.today();
        self.archive().read(|tables| {
            let reset = json::write(&edit.reset, RESET)?;
            let pattern = edit.pattern.trim();
            let row = match edit.id {
                Some(id) => series_row(tables, scope, id)?,
                None => unsaved(scope),
            };
            let row = SeriesRow { pattern: pattern.to_owned(), reset, ..row };
            match edit.next {
                Some(next) => Ok::<_, IssuingError>(Pattern::parse(pattern)?.format(next, today)),
                None => Ok(numbers::next(tables, scope, &row, today)?.1),
            }
        })
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
        let scope = Scope::new(nip, environment);
        self.archive().write(|tables| {
            series_row(tables, scope, id)?;
            if tables.issued_numbers().is_used(id.0)? {
                return Err(IssuingError::SeriesUsed(id));
            }
            tables.series_mut().remove(id.0)?;
            Ok(())
        })
    }

    /// Makes the usual series of a company that has none.
    pub(super) fn make_usual_series(&self, tables: &Writing<'_>, scope: Scope) -> Result<(), ArchiveError> {
        let Scope { company, environment } = scope;
        if !tables.series().list(company, environment)?.is_empty() {
            return Ok(());
        }
        for usual in USUAL {
            let kinds: Vec<&str> = usual.kinds.iter().map(|of| of.code()).collect();
            let entry = SeriesEntry {
                name: usual.name,
                pattern: usual.pattern,
                reset: &json::write(&SeriesReset::Monthly, RESET)?,
                kinds: &kinds,
            };
            tables.series_mut().insert(company, environment, &entry, self.now())?;
        }
        Ok(())
    }

    fn put_series(
        &self,
        tables: &Writing<'_>,
        scope: Scope,
        name: &str,
        edit: &SeriesEdit,
    ) -> Result<SeriesId, IssuingError> {
        let kinds: Vec<&str> = edit.kinds.iter().map(|of| of.code()).collect();
        let reset = json::write(&edit.reset, RESET)?;
        let entry = SeriesEntry { name, pattern: edit.pattern.trim(), reset: &reset, kinds: &kinds };
        let Some(id) = edit.id else {
            let id = tables.series_mut().insert(scope.company, scope.environment, &entry, self.now())?;
            return Ok(SeriesId(id));
        };
        let row = series_row(tables, scope, id)?;
        tables.series_mut().update(&row, &entry, self.now())?;
        Ok(id)
    }

    /// Never below a number that stands on an invoice of this period.
    fn set_next(&self, tables: &Writing<'_>, row: &SeriesRow, next: u32) -> Result<(), IssuingError> {
        let period = numbering::period(self.today(), reset_of(row)?);
        let least = tables.issued_numbers().greatest(row.id, &period)?.saturating_add(1);
        if next < least {
            return Err(IssuingError::CounterTaken { least });
        }
        Ok(tables.series_counters_mut().set(row.id, &period, next - 1)?)
    }

    fn shown(&self, tables: &Reading<'_>, scope: Scope, row: &SeriesRow) -> Result<Series, IssuingError> {
        let (counted, preview) = numbers::next(tables, scope, row, self.today())?;
        let kinds = tables.series().kinds(row.id)?;
        Ok(Series {
            id: SeriesId(row.id),
            name: row.name.clone(),
            pattern: row.pattern.clone(),
            reset: reset_of(row)?,
            kinds: DraftKind::ALL
                .into_iter()
                .filter(|of| kinds.iter().any(|name| name == of.code()))
                .collect(),
            next: counted.taken().counter,
            preview,
            used: tables.issued_numbers().is_used(row.id)?,
        })
    }
}

/// A row that is not there: no number was taken of it.
fn unsaved(scope: Scope) -> SeriesRow {
    let Scope { company, environment } = scope;
    SeriesRow {
        id: 0,
        company,
        environment,
        name: String::new(),
        pattern: String::new(),
        reset: String::new(),
    }
}

fn suitable(edit: &SeriesEdit) -> Result<(), IssuingError> {
    Ok(Pattern::parse(edit.pattern.trim())?.suits(edit.reset)?)
}
