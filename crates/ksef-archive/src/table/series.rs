use chrono::{DateTime, Utc};
use ksef_types::{Environment, Nip};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::ArchiveError;
use crate::migrations::Migration;
use crate::value::text;

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 16,
    sql: "CREATE TABLE series (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        nip TEXT NOT NULL REFERENCES companies (nip),
        environment TEXT NOT NULL CHECK (environment IN ('production', 'demo', 'test', 'sandbox')),
        name TEXT NOT NULL,
        pattern TEXT NOT NULL,
        reset TEXT NOT NULL,
        updated_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX series_of_company ON series (nip, environment);
    -- A kind of invoice takes its numbers by itself from one series.
    CREATE TABLE series_kinds (
        nip TEXT NOT NULL,
        environment TEXT NOT NULL,
        kind TEXT NOT NULL,
        series_id INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
        PRIMARY KEY (nip, environment, kind)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX series_kinds_of ON series_kinds (series_id)",
}];

/// A number series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesRow {
    /// Its row.
    pub id: i64,
    /// Whose.
    pub company: Nip,
    /// Where.
    pub environment: Environment,
    /// Its name.
    pub name: String,
    /// The pattern of its numbers.
    pub pattern: String,
    /// When its counter starts again: text of the engine.
    pub reset: String,
}

/// A number series to be kept.
#[derive(Debug, Clone, Copy)]
pub struct SeriesEntry<'a> {
    /// Its name.
    pub name: &'a str,
    /// The pattern of its numbers.
    pub pattern: &'a str,
    /// When its counter starts again: text of the engine.
    pub reset: &'a str,
    /// RodzajFaktury of those that take their numbers here.
    pub kinds: &'a [&'a str],
}

const SELECT: &str = "SELECT id, nip, environment, name, pattern, reset FROM series";

/// Reading of `series`.
pub struct NumberSeries<'c>(pub(crate) &'c Connection);

impl NumberSeries<'_> {
    /// One.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn get(&self, id: i64) -> Result<Option<SeriesRow>, ArchiveError> {
        Ok(self.0.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?.query_row([id], read).optional()?)
    }

    /// All, in the order in which they were made.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn list(&self, nip: Nip, environment: Environment) -> Result<Vec<SeriesRow>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(&format!("{SELECT} WHERE nip = ?1 AND environment = ?2 ORDER BY id"))?
            .query_map(params![nip.as_str(), environment.as_str()], read)?
            .collect::<Result<_, _>>()?)
    }

    /// The one from which a kind takes its numbers.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn of_kind(
        &self,
        nip: Nip,
        environment: Environment,
        kind: &str,
    ) -> Result<Option<SeriesRow>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(&format!(
                "{SELECT} WHERE id = (SELECT series_id FROM series_kinds WHERE nip = ?1 AND environment = ?2 AND kind = ?3)"
            ))?
            .query_row(params![nip.as_str(), environment.as_str(), kind], read)
            .optional()?)
    }

    /// The kinds that take their numbers there.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn kinds(&self, id: i64) -> Result<Vec<String>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT kind FROM series_kinds WHERE series_id = ?1 ORDER BY kind")?
            .query_map([id], |row| row.get(0))?
            .collect::<Result<_, _>>()?)
    }
}

fn read(row: &Row<'_>) -> Result<SeriesRow, rusqlite::Error> {
    Ok(SeriesRow {
        id: row.get("id")?,
        company: text(row, "nip")?,
        environment: text(row, "environment")?,
        name: row.get("name")?,
        pattern: row.get("pattern")?,
        reset: row.get("reset")?,
    })
}

/// Writing of `series`.
pub struct NumberSeriesMut<'c>(pub(crate) &'c Connection);

impl NumberSeriesMut<'_> {
    /// Adds a series; its kinds leave the series in which they were. Gives its row's id.
    ///
    /// # Errors
    /// When the archive fails, or the company has no row.
    pub fn insert(
        &self,
        nip: Nip,
        environment: Environment,
        entry: &SeriesEntry<'_>,
        now: DateTime<Utc>,
    ) -> Result<i64, ArchiveError> {
        self.0
            .prepare_cached(
                "INSERT INTO series (nip, environment, name, pattern, reset, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                nip.as_str(),
                environment.as_str(),
                entry.name,
                entry.pattern,
                entry.reset,
                now.timestamp_micros(),
            ])?;
        let id = self.0.last_insert_rowid();
        self.set_kinds(id, nip, environment, entry.kinds)?;
        Ok(id)
    }

    /// Changes a series; its kinds leave the series in which they were.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn update(
        &self,
        row: &SeriesRow,
        entry: &SeriesEntry<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "UPDATE series SET name = ?2, pattern = ?3, reset = ?4, updated_at = ?5 WHERE id = ?1",
            )?
            .execute(params![row.id, entry.name, entry.pattern, entry.reset, now.timestamp_micros()])?;
        self.set_kinds(row.id, row.company, row.environment, entry.kinds)
    }

    /// Throws a series away.
    ///
    /// # Errors
    /// [`ArchiveError::Rule`] when a number was taken from it, or when the archive fails.
    pub fn remove(&self, id: i64) -> Result<(), ArchiveError> {
        self.0.prepare_cached("DELETE FROM series WHERE id = ?1")?.execute([id])?;
        Ok(())
    }

    fn set_kinds(
        &self,
        id: i64,
        nip: Nip,
        environment: Environment,
        kinds: &[&str],
    ) -> Result<(), ArchiveError> {
        self.0.prepare_cached("DELETE FROM series_kinds WHERE series_id = ?1")?.execute([id])?;
        for kind in kinds {
            self.0
                .prepare_cached(
                    "INSERT INTO series_kinds (nip, environment, kind, series_id) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (nip, environment, kind) DO UPDATE SET series_id = excluded.series_id",
                )?
                .execute(params![nip.as_str(), environment.as_str(), kind, id])?;
        }
        Ok(())
    }
}
