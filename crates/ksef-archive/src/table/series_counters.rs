use rusqlite::{Connection, OptionalExtension, params};

use crate::ArchiveError;
use crate::migrations::Migration;

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 17,
    sql: "CREATE TABLE series_counters (
        series_id INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
        period TEXT NOT NULL,
        last INTEGER NOT NULL CHECK (last >= 0),
        PRIMARY KEY (series_id, period)
    ) STRICT, WITHOUT ROWID",
}];

/// Reading of `series_counters`: the last number of each period.
pub struct SeriesCounters<'c>(pub(crate) &'c Connection);

impl SeriesCounters<'_> {
    /// The last number; 0 where none was taken.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn last(&self, series_id: i64, period: &str) -> Result<u32, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT last FROM series_counters WHERE series_id = ?1 AND period = ?2")?
            .query_row(params![series_id, period], |row| row.get(0))
            .optional()?
            .unwrap_or(0))
    }
}

/// Writing of `series_counters`.
pub struct SeriesCountersMut<'c>(pub(crate) &'c Connection);

impl SeriesCountersMut<'_> {
    /// Sets the last number of a period.
    ///
    /// # Errors
    /// When the archive fails, or there is no such series.
    pub fn set(&self, series_id: i64, period: &str, last: u32) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "INSERT INTO series_counters (series_id, period, last) VALUES (?1, ?2, ?3)
                 ON CONFLICT (series_id, period) DO UPDATE SET last = excluded.last",
            )?
            .execute(params![series_id, period, last])?;
        Ok(())
    }
}
