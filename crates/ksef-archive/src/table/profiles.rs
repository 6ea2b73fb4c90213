use chrono::{DateTime, Utc};
use ksef_types::Nip;
use rusqlite::{Connection, OptionalExtension, params};

use crate::ArchiveError;
use crate::migrations::Migration;

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 10,
    sql: "CREATE TABLE profiles (
        nip TEXT PRIMARY KEY REFERENCES companies (nip),
        profile TEXT NOT NULL,
        updated_at INTEGER NOT NULL
    ) STRICT",
}];

/// Reading of `profiles`: what invoices take from the company, as text of the engine (JSON).
pub struct Profiles<'c>(pub(crate) &'c Connection);

impl Profiles<'_> {
    /// What was kept last.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn get(&self, nip: Nip) -> Result<Option<String>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT profile FROM profiles WHERE nip = ?1")?
            .query_row([nip.as_str()], |row| row.get(0))
            .optional()?)
    }
}

/// Writing of `profiles`.
pub struct ProfilesMut<'c>(pub(crate) &'c Connection);

impl ProfilesMut<'_> {
    /// Keeps it.
    ///
    /// # Errors
    /// When the archive fails, or the company has no row.
    pub fn put(&self, nip: Nip, profile: &str, now: DateTime<Utc>) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "INSERT INTO profiles (nip, profile, updated_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (nip) DO UPDATE SET profile = excluded.profile, updated_at = excluded.updated_at",
            )?
            .execute(params![nip.as_str(), profile, now.timestamp_micros()])?;
        Ok(())
    }
}
