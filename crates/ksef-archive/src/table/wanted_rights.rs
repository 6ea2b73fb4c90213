use ksef_types::{Environment, Nip};
use rusqlite::{Connection, OptionalExtension, params};

use crate::ArchiveError;
use crate::migrations::Migration;

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 26,
    sql: "CREATE TABLE wanted_rights (
        nip TEXT NOT NULL REFERENCES companies (nip),
        environment TEXT NOT NULL CHECK (environment IN ('production', 'demo', 'test', 'sandbox')),
        issue INTEGER NOT NULL CHECK (issue IN (0, 1)),
        read INTEGER NOT NULL CHECK (read IN (0, 1)),
        offline INTEGER NOT NULL CHECK (offline IN (0, 1)),
        PRIMARY KEY (nip, environment)
    ) STRICT, WITHOUT ROWID",
}];

/// What a person wants to do in a company; the doctor compares the owner's permissions with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WantedRights {
    /// To issue invoices.
    pub issue: bool,
    /// To read invoices.
    pub read: bool,
    /// To issue offline.
    pub offline: bool,
}

/// Reading of `wanted_rights`.
pub struct WantedRightsTable<'c>(pub(crate) &'c Connection);

impl WantedRightsTable<'_> {
    /// What was wanted last; `None` where nobody was asked.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn get(&self, nip: Nip, environment: Environment) -> Result<Option<WantedRights>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT issue, read, offline FROM wanted_rights WHERE nip = ?1 AND environment = ?2",
            )?
            .query_row(params![nip.as_str(), environment.as_str()], |row| {
                Ok(WantedRights {
                    issue: row.get("issue")?,
                    read: row.get("read")?,
                    offline: row.get("offline")?,
                })
            })
            .optional()?)
    }
}

/// Writing of `wanted_rights`.
pub struct WantedRightsMut<'c>(pub(crate) &'c Connection);

impl WantedRightsMut<'_> {
    /// Remembers what is wanted.
    ///
    /// # Errors
    /// When the archive fails, or the company has no row.
    pub fn put(&self, nip: Nip, environment: Environment, wanted: WantedRights) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "INSERT OR REPLACE INTO wanted_rights (nip, environment, issue, read, offline)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                nip.as_str(),
                environment.as_str(),
                wanted.issue,
                wanted.read,
                wanted.offline
            ])?;
        Ok(())
    }

    /// Forgets all of a company.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn remove_company(&self, nip: Nip) -> Result<(), ArchiveError> {
        self.0.prepare_cached("DELETE FROM wanted_rights WHERE nip = ?1")?.execute([nip.as_str()])?;
        Ok(())
    }
}
