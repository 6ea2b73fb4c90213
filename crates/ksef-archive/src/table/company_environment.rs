use ksef_types::{Environment, Nip};
use rusqlite::{Connection, OptionalExtension, params};

use crate::ArchiveError;
use crate::migrations::Migration;
use crate::value::text;

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 2,
    sql: "CREATE TABLE company_environment (
        nip TEXT PRIMARY KEY REFERENCES companies (nip),
        environment TEXT NOT NULL CHECK (environment IN ('production', 'demo', 'test', 'sandbox'))
    ) STRICT",
}];

/// Reading of `company_environment`: the environment chosen last.
pub struct CompanyEnvironment<'c>(pub(crate) &'c Connection);

impl CompanyEnvironment<'_> {
    /// What was chosen last.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn get(&self, nip: Nip) -> Result<Option<Environment>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT environment FROM company_environment WHERE nip = ?1")?
            .query_row([nip.as_str()], |row| text(row, "environment"))
            .optional()?)
    }
}

/// Writing of `company_environment`.
pub struct CompanyEnvironmentMut<'c>(pub(crate) &'c Connection);

impl CompanyEnvironmentMut<'_> {
    /// Remembers a choice.
    ///
    /// # Errors
    /// When the archive fails, or the company has no row.
    pub fn choose(&self, nip: Nip, environment: Environment) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "INSERT INTO company_environment (nip, environment) VALUES (?1, ?2)
                 ON CONFLICT (nip) DO UPDATE SET environment = excluded.environment",
            )?
            .execute(params![nip.as_str(), environment.as_str()])?;
        Ok(())
    }
}
