use chrono::{DateTime, Utc};
use ksef_types::{Environment, Nip, ReferenceNumber};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::ArchiveError;
use crate::migrations::Migration;
use crate::value::{moment, names, optional_moment, text};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 4,
    sql: "CREATE TABLE sessions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        nip TEXT NOT NULL REFERENCES companies (nip),
        environment TEXT NOT NULL CHECK (environment IN ('production', 'demo', 'test', 'sandbox')),
        reference_number TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'closing', 'closed', 'broken')),
        opened_at INTEGER NOT NULL,
        valid_until INTEGER NOT NULL,
        settled_at INTEGER,
        close_attempts INTEGER NOT NULL DEFAULT 0,
        next_attempt_at INTEGER,
        UNIQUE (environment, reference_number)
    ) STRICT;
    CREATE INDEX sessions_unsettled ON sessions (nip, environment) WHERE state IN ('open', 'closing')",
}];

/// How far a session is, as far as this computer knows. Its key is not here: it lives in memory only, so that a session
/// outlives its process for asking and closing, never for sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionState {
    /// KSeF opened it.
    Open,
    /// Its closing was asked for; whether KSeF did it is not known yet.
    Closing,
    /// KSeF closed it.
    Closed,
    /// KSeF cancelled or refused it.
    Broken,
}

names!(SessionState { Open = "open", Closing = "closing", Closed = "closed", Broken = "broken" });

/// A session that KSeF opened.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Whose.
    pub company: Nip,
    /// Where.
    pub environment: Environment,
    /// KSeF's number.
    pub reference_number: ReferenceNumber,
    /// When the answer came.
    pub opened_at: DateTime<Utc>,
    /// When KSeF closes it by itself.
    pub valid_until: DateTime<Utc>,
}

/// A session.
#[derive(Debug, Clone)]
pub struct SessionRow {
    /// Its row.
    pub id: i64,
    /// KSeF's number.
    pub reference_number: ReferenceNumber,
    /// How far it is.
    pub state: SessionState,
    /// When KSeF closes it by itself.
    pub valid_until: DateTime<Utc>,
    /// How often closing was tried.
    pub close_attempts: u32,
    /// When closing is tried again.
    pub next_attempt_at: Option<DateTime<Utc>>,
}

/// Reading of `sessions`.
pub struct Sessions<'c>(pub(crate) &'c Connection);

impl Sessions<'_> {
    /// One session.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn get(&self, id: i64) -> Result<Option<SessionRow>, ArchiveError> {
        Ok(self.0.prepare_cached("SELECT * FROM sessions WHERE id = ?1")?.query_row([id], read).optional()?)
    }

    /// Those that are open or whose closing is not confirmed.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn unsettled(&self, nip: Nip, environment: Environment) -> Result<Vec<SessionRow>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT * FROM sessions WHERE nip = ?1 AND environment = ?2 AND state IN ('open', 'closing') ORDER BY id",
            )?
            .query_map(params![nip.as_str(), environment.as_str()], read)?
            .collect::<Result<_, _>>()?)
    }
}

fn read(row: &Row<'_>) -> Result<SessionRow, rusqlite::Error> {
    Ok(SessionRow {
        id: row.get("id")?,
        reference_number: text(row, "reference_number")?,
        state: text(row, "state")?,
        valid_until: moment(row, "valid_until")?,
        close_attempts: row.get("close_attempts")?,
        next_attempt_at: optional_moment(row, "next_attempt_at")?,
    })
}

/// Writing of `sessions`.
pub struct SessionsMut<'c>(pub(crate) &'c Connection);

impl SessionsMut<'_> {
    /// Writes down a session that KSeF opened; gives its row's id.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn insert(&self, session: &NewSession) -> Result<i64, ArchiveError> {
        self.0
            .prepare_cached(
                "INSERT INTO sessions (nip, environment, reference_number, state, opened_at, valid_until)
                 VALUES (?1, ?2, ?3, 'open', ?4, ?5)",
            )?
            .execute(params![
                session.company.as_str(),
                session.environment.as_str(),
                session.reference_number.as_str(),
                session.opened_at.timestamp_micros(),
                session.valid_until.timestamp_micros(),
            ])?;
        Ok(self.0.last_insert_rowid())
    }

    /// Closing is asked for now, and, should no answer come, again at `next_attempt_at`.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn closing(&self, id: i64, next_attempt_at: DateTime<Utc>) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "UPDATE sessions SET state = 'closing', close_attempts = close_attempts + 1, next_attempt_at = ?2
                 WHERE id = ?1",
            )?
            .execute(params![id, next_attempt_at.timestamp_micros()])?;
        Ok(())
    }

    /// KSeF says that it is closed, or that it broke.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn settle(&self, id: i64, state: SessionState, now: DateTime<Utc>) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "UPDATE sessions SET state = ?2, settled_at = ?3, next_attempt_at = NULL WHERE id = ?1",
            )?
            .execute(params![id, state.as_str(), now.timestamp_micros()])?;
        Ok(())
    }
}
