use ksef_types::{Environment, Nip};
use rusqlite::{Connection, Row, params};

use crate::ArchiveError;
use crate::migrations::Migration;
use crate::table::enrolments::EnrolmentRow;
use crate::table::known_certificates::CertificateKind;
use crate::value::text;

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 27,
    sql: "CREATE TABLE left_keys (
        nip TEXT NOT NULL REFERENCES companies (nip),
        environment TEXT NOT NULL CHECK (environment IN ('production', 'demo', 'test', 'sandbox')),
        kind TEXT NOT NULL CHECK (kind IN ('authentication', 'offline')),
        PRIMARY KEY (nip, environment, kind)
    ) STRICT, WITHOUT ROWID",
}];

/// A waiting place of the keychain in which the key of a request that has ended may have been left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftKey {
    /// Of which company.
    pub company: Nip,
    /// Where.
    pub environment: Environment,
    /// For a certificate of which kind.
    pub kind: CertificateKind,
}

impl LeftKey {
    /// The waiting place of a request.
    #[must_use]
    pub const fn of(row: &EnrolmentRow) -> Self {
        Self { company: row.company, environment: row.environment, kind: row.kind }
    }
}

/// Reading of `left_keys`.
pub struct LeftKeys<'c>(pub(crate) &'c Connection);

impl LeftKeys<'_> {
    /// All of them.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn all(&self) -> Result<Vec<LeftKey>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT * FROM left_keys ORDER BY nip, environment, kind")?
            .query_map([], read)?
            .collect::<Result<_, _>>()?)
    }

    /// Those of a company in an environment.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn of(&self, nip: Nip, environment: Environment) -> Result<Vec<LeftKey>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT * FROM left_keys WHERE nip = ?1 AND environment = ?2 ORDER BY kind")?
            .query_map(params![nip.as_str(), environment.as_str()], read)?
            .collect::<Result<_, _>>()?)
    }
}

fn read(row: &Row<'_>) -> Result<LeftKey, rusqlite::Error> {
    Ok(LeftKey {
        company: text(row, "nip")?,
        environment: text(row, "environment")?,
        kind: text(row, "kind")?,
    })
}

/// Writing of `left_keys`.
pub struct LeftKeysMut<'c>(pub(crate) &'c Connection);

impl LeftKeysMut<'_> {
    /// A key may be left there from now on.
    ///
    /// # Errors
    /// When the archive fails, or the company has no row.
    pub fn add(&self, left: LeftKey) -> Result<(), ArchiveError> {
        let LeftKey { company, environment, kind } = left;
        self.0
            .prepare_cached("INSERT OR IGNORE INTO left_keys (nip, environment, kind) VALUES (?1, ?2, ?3)")?
            .execute(params![company.as_str(), environment.as_str(), kind.as_str()])?;
        Ok(())
    }

    /// It was removed, or is another request's by now.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn remove(&self, left: LeftKey) -> Result<(), ArchiveError> {
        let LeftKey { company, environment, kind } = left;
        self.0
            .prepare_cached("DELETE FROM left_keys WHERE nip = ?1 AND environment = ?2 AND kind = ?3")?
            .execute(params![company.as_str(), environment.as_str(), kind.as_str()])?;
        Ok(())
    }

    /// The secrets of a company are gone, these among them.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn remove_company(&self, nip: Nip) -> Result<(), ArchiveError> {
        self.0.prepare_cached("DELETE FROM left_keys WHERE nip = ?1")?.execute([nip.as_str()])?;
        Ok(())
    }
}
