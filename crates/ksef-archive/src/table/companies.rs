use chrono::{DateTime, Utc};
use ksef_types::Nip;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::ArchiveError;
use crate::migrations::Migration;
use crate::value::{moment, text};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 1,
    sql: "CREATE TABLE companies (
        nip TEXT PRIMARY KEY CHECK (length(nip) = 10),
        name TEXT,
        added_at INTEGER NOT NULL,
        -- A company that was taken off the list keeps its row: its invoices point to it.
        removed_at INTEGER
    ) STRICT",
}];

/// A company on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyRow {
    /// Its NIP.
    pub nip: Nip,
    /// The name that a person gave it.
    pub name: Option<String>,
    /// When it was added.
    pub added_at: DateTime<Utc>,
}

/// Reading of `companies`.
pub struct Companies<'c>(pub(crate) &'c Connection);

impl Companies<'_> {
    /// Those on the list, by name (those without one last), then NIP.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn list(&self) -> Result<Vec<CompanyRow>, ArchiveError> {
        let mut rows: Vec<CompanyRow> = self
            .0
            .prepare_cached("SELECT nip, name, added_at FROM companies WHERE removed_at IS NULL")?
            .query_map([], read)?
            .collect::<Result<_, _>>()?;
        rows.sort_by_cached_key(|row| (row.name.is_none(), row.name.as_deref().map(crate::fold), row.nip));
        Ok(rows)
    }

    /// One on the list.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn get(&self, nip: Nip) -> Result<Option<CompanyRow>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT nip, name, added_at FROM companies WHERE nip = ?1 AND removed_at IS NULL",
            )?
            .query_row([nip.as_str()], read)
            .optional()?)
    }
}

fn read(row: &Row<'_>) -> Result<CompanyRow, rusqlite::Error> {
    Ok(CompanyRow { nip: text(row, "nip")?, name: row.get("name")?, added_at: moment(row, "added_at")? })
}

/// Writing of `companies`.
pub struct CompaniesMut<'c>(pub(crate) &'c Connection);

impl CompaniesMut<'_> {
    /// Puts a company on the list; one that was taken off comes back with its invoices.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn put(&self, nip: Nip, name: Option<&str>, now: DateTime<Utc>) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "INSERT INTO companies (nip, name, added_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (nip) DO UPDATE SET name = excluded.name, added_at = excluded.added_at, removed_at = NULL",
            )?
            .execute(params![nip.as_str(), name, now.timestamp_micros()])?;
        Ok(())
    }

    /// Puts many companies on the list at once; those that are on it stay as they are. Gives those that were not.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn put_missing(
        &self,
        companies: &[(Nip, Option<String>)],
        now: DateTime<Utc>,
    ) -> Result<Vec<Nip>, ArchiveError> {
        let mut statement = self.0.prepare_cached(
            "INSERT INTO companies (nip, name, added_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (nip) DO UPDATE SET name = coalesce(excluded.name, name), added_at = excluded.added_at,
             removed_at = NULL WHERE removed_at IS NOT NULL",
        )?;
        let mut added = Vec::new();
        for (nip, name) in companies {
            if statement.execute(params![nip.as_str(), name, now.timestamp_micros()])? == 1 {
                added.push(*nip);
            }
        }
        Ok(added)
    }

    /// Changes the name; `false` when the company is not on the list.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn rename(&self, nip: Nip, name: Option<&str>) -> Result<bool, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("UPDATE companies SET name = ?2 WHERE nip = ?1 AND removed_at IS NULL")?
            .execute(params![nip.as_str(), name])?
            == 1)
    }

    /// Takes a company off the list; `false` when it was not on it.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn remove(&self, nip: Nip, now: DateTime<Utc>) -> Result<bool, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("UPDATE companies SET removed_at = ?2 WHERE nip = ?1 AND removed_at IS NULL")?
            .execute(params![nip.as_str(), now.timestamp_micros()])?
            == 1)
    }
}
