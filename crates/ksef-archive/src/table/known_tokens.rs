use chrono::{DateTime, Utc};
use ksef_types::{Environment, Nip, ReferenceNumber};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::ArchiveError;
use crate::migrations::Migration;
use crate::value::{moment, names, optional_micros, optional_moment, text};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 24,
    sql: "CREATE TABLE known_tokens (
        nip TEXT NOT NULL REFERENCES companies (nip),
        environment TEXT NOT NULL CHECK (environment IN ('production', 'demo', 'test', 'sandbox')),
        -- The public name of a token. The token itself is in the keychain, or nowhere.
        reference_number TEXT NOT NULL,
        description TEXT NOT NULL,
        permissions TEXT NOT NULL,
        author TEXT,
        state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'revoking', 'revoked', 'failed')),
        created_at INTEGER NOT NULL,
        last_used_at INTEGER,
        seen_at INTEGER NOT NULL,
        PRIMARY KEY (nip, environment, reference_number)
    ) STRICT, WITHOUT ROWID",
}];

/// What KSeF says of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenState {
    /// Made, and not usable yet.
    Pending,
    /// It works.
    Active,
    /// On the way to being revoked.
    Revoking,
    /// Revoked.
    Revoked,
    /// It never came to be usable.
    Failed,
}

names!(TokenState {
    Pending = "pending",
    Active = "active",
    Revoking = "revoking",
    Revoked = "revoked",
    Failed = "failed",
});

/// A token as KSeF's list showed it. Nothing of it is secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownToken {
    /// Its public name.
    pub reference_number: ReferenceNumber,
    /// What its maker wrote.
    pub description: String,
    /// What it allows, as KSeF spells it.
    pub permissions: Vec<String>,
    /// Who made it, as KSeF names them.
    pub author: Option<String>,
    /// What KSeF says of it.
    pub state: TokenState,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was used last.
    pub last_used_at: Option<DateTime<Utc>>,
    /// When the list was read.
    pub seen_at: DateTime<Utc>,
}

/// Between permissions in the column; KSeF's names have letters only.
const SEPARATOR: &str = " ";

/// Reading of `known_tokens`.
pub struct KnownTokens<'c>(pub(crate) &'c Connection);

impl KnownTokens<'_> {
    /// Those seen in this company and environment, the newest first.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn list(&self, nip: Nip, environment: Environment) -> Result<Vec<KnownToken>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT * FROM known_tokens WHERE nip = ?1 AND environment = ?2
                 ORDER BY created_at DESC, reference_number",
            )?
            .query_map(params![nip.as_str(), environment.as_str()], read)?
            .collect::<Result<_, _>>()?)
    }

    /// One of them.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn get(
        &self,
        nip: Nip,
        environment: Environment,
        reference_number: &ReferenceNumber,
    ) -> Result<Option<KnownToken>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT * FROM known_tokens WHERE nip = ?1 AND environment = ?2 AND reference_number = ?3",
            )?
            .query_row(params![nip.as_str(), environment.as_str(), reference_number.as_str()], read)
            .optional()?)
    }
}

fn read(row: &Row<'_>) -> Result<KnownToken, rusqlite::Error> {
    let permissions: String = row.get("permissions")?;
    Ok(KnownToken {
        reference_number: text(row, "reference_number")?,
        description: row.get("description")?,
        permissions: permissions.split_whitespace().map(str::to_owned).collect(),
        author: row.get("author")?,
        state: text(row, "state")?,
        created_at: moment(row, "created_at")?,
        last_used_at: optional_moment(row, "last_used_at")?,
        seen_at: moment(row, "seen_at")?,
    })
}

/// Writing of `known_tokens`.
pub struct KnownTokensMut<'c>(pub(crate) &'c Connection);

impl KnownTokensMut<'_> {
    /// Writes down what KSeF said of a token, over what it said before.
    ///
    /// # Errors
    /// When the archive fails, or the company has no row.
    pub fn seen(&self, nip: Nip, environment: Environment, token: &KnownToken) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "INSERT OR REPLACE INTO known_tokens (nip, environment, reference_number, description, permissions, author,
                 state, created_at, last_used_at, seen_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                nip.as_str(),
                environment.as_str(),
                token.reference_number.as_str(),
                token.description,
                token.permissions.join(SEPARATOR),
                token.author,
                token.state.as_str(),
                token.created_at.timestamp_micros(),
                optional_micros(token.last_used_at),
                token.seen_at.timestamp_micros(),
            ])?;
        Ok(())
    }

    /// Notes a new state; `false` when the token is not known.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn set_state(
        &self,
        nip: Nip,
        environment: Environment,
        reference_number: &ReferenceNumber,
        state: TokenState,
        seen_at: DateTime<Utc>,
    ) -> Result<bool, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "UPDATE known_tokens SET state = ?4, seen_at = ?5
                 WHERE nip = ?1 AND environment = ?2 AND reference_number = ?3",
            )?
            .execute(params![
                nip.as_str(),
                environment.as_str(),
                reference_number.as_str(),
                state.as_str(),
                seen_at.timestamp_micros()
            ])?
            == 1)
    }

    /// Forgets all of a company.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn remove_company(&self, nip: Nip) -> Result<(), ArchiveError> {
        self.0.prepare_cached("DELETE FROM known_tokens WHERE nip = ?1")?.execute([nip.as_str()])?;
        Ok(())
    }
}
