use chrono::{DateTime, Utc};
use ksef_types::{Environment, Nip};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::ArchiveError;
use crate::migrations::Migration;
use crate::value::{moment, text};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 13,
    // AUTOINCREMENT: the id of a draft that was issued is never given to another one.
    sql: "CREATE TABLE drafts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        nip TEXT NOT NULL REFERENCES companies (nip),
        environment TEXT NOT NULL CHECK (environment IN ('production', 'demo', 'test', 'sandbox')),
        revision INTEGER NOT NULL DEFAULT 1,
        draft TEXT NOT NULL,
        origin TEXT NOT NULL,
        kind TEXT NOT NULL,
        number TEXT NOT NULL,
        buyer_name TEXT NOT NULL,
        first_line TEXT NOT NULL,
        gross TEXT,
        currency TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX drafts_of_company ON drafts (nip, environment, updated_at)",
}];

/// What a draft shows in lists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DraftFacts {
    /// RodzajFaktury.
    pub kind: String,
    /// P_2 of the person's own; may be empty.
    pub number: String,
    /// Name of the buyer; may be empty.
    pub buyer_name: String,
    /// Name of the first line; may be empty.
    pub first_line: String,
    /// Decimal text; nothing while it cannot be computed.
    pub gross: Option<String>,
    /// ISO 4217.
    pub currency: String,
}

impl DraftFacts {
    pub(crate) fn read(row: &Row<'_>) -> Result<Self, rusqlite::Error> {
        Ok(Self {
            kind: row.get("kind")?,
            number: row.get("number")?,
            buyer_name: row.get("buyer_name")?,
            first_line: row.get("first_line")?,
            gross: row.get("gross")?,
            currency: row.get("currency")?,
        })
    }
}

/// A new draft.
#[derive(Debug, Clone, Copy)]
pub struct NewDraft<'a> {
    /// Whose.
    pub company: Nip,
    /// Where.
    pub environment: Environment,
    /// The draft: text of the engine (JSON).
    pub draft: &'a str,
    /// Where it came from: text of the engine (JSON).
    pub origin: &'a str,
    /// What it shows in lists.
    pub facts: &'a DraftFacts,
    /// Now.
    pub created_at: DateTime<Utc>,
}

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// Its row.
    pub id: i64,
    /// Whose.
    pub company: Nip,
    /// Where.
    pub environment: Environment,
    /// Grows with each saving.
    pub revision: u32,
    /// Where it came from: text of the engine (JSON).
    pub origin: String,
    /// What it shows in lists.
    pub facts: DraftFacts,
    /// When it was saved last.
    pub updated_at: DateTime<Utc>,
}

const SELECT: &str =
    "SELECT id, nip, environment, revision, origin, kind, number, buyer_name, first_line, gross,
    currency, updated_at FROM drafts";

/// Reading of `drafts`.
pub struct Drafts<'c>(pub(crate) &'c Connection);

impl Drafts<'_> {
    /// One.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn get(&self, id: i64) -> Result<Option<DraftRow>, ArchiveError> {
        Ok(self.0.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?.query_row([id], read).optional()?)
    }

    /// The text of one.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn text(&self, id: i64) -> Result<Option<String>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT draft FROM drafts WHERE id = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?)
    }

    /// All, the one saved last first.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn list(&self, nip: Nip, environment: Environment) -> Result<Vec<DraftRow>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(&format!(
                "{SELECT} WHERE nip = ?1 AND environment = ?2 ORDER BY updated_at DESC, id DESC"
            ))?
            .query_map(params![nip.as_str(), environment.as_str()], read)?
            .collect::<Result<_, _>>()?)
    }
}

fn read(row: &Row<'_>) -> Result<DraftRow, rusqlite::Error> {
    Ok(DraftRow {
        id: row.get("id")?,
        company: text(row, "nip")?,
        environment: text(row, "environment")?,
        revision: row.get("revision")?,
        origin: row.get("origin")?,
        facts: DraftFacts::read(row)?,
        updated_at: moment(row, "updated_at")?,
    })
}

/// Writing of `drafts`.
pub struct DraftsMut<'c>(pub(crate) &'c Connection);

impl DraftsMut<'_> {
    /// Adds a draft, at revision 1; gives its row's id.
    ///
    /// # Errors
    /// When the archive fails, or the company has no row.
    pub fn insert(&self, new: &NewDraft<'_>) -> Result<i64, ArchiveError> {
        let facts = new.facts;
        self.0
            .prepare_cached(
                "INSERT INTO drafts (nip, environment, draft, origin, kind, number, buyer_name, first_line, gross,
                 currency, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11)",
            )?
            .execute(params![
                new.company.as_str(),
                new.environment.as_str(),
                new.draft,
                new.origin,
                facts.kind,
                facts.number,
                facts.buyer_name,
                facts.first_line,
                facts.gross,
                facts.currency,
                new.created_at.timestamp_micros(),
            ])?;
        Ok(self.0.last_insert_rowid())
    }

    /// Saves a draft over that revision; `false`, and nothing changed, when it is at another one or gone.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn save(
        &self,
        id: i64,
        revision: u32,
        draft: &str,
        facts: &DraftFacts,
        now: DateTime<Utc>,
    ) -> Result<bool, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "UPDATE drafts SET revision = revision + 1, draft = ?3, kind = ?4, number = ?5, buyer_name = ?6,
                 first_line = ?7, gross = ?8, currency = ?9, updated_at = ?10 WHERE id = ?1 AND revision = ?2",
            )?
            .execute(params![
                id,
                revision,
                draft,
                facts.kind,
                facts.number,
                facts.buyer_name,
                facts.first_line,
                facts.gross,
                facts.currency,
                now.timestamp_micros(),
            ])?
            == 1)
    }

    /// Throws a draft away; `false` when it is gone.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn remove(&self, id: i64) -> Result<bool, ArchiveError> {
        Ok(self.0.prepare_cached("DELETE FROM drafts WHERE id = ?1")?.execute([id])? == 1)
    }
}
