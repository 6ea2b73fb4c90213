use chrono::{DateTime, Utc};
use ksef_types::Nip;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::ArchiveError;
use crate::migrations::Migration;
use crate::value::{moment, text};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 14,
    sql: "CREATE TABLE templates (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        nip TEXT NOT NULL REFERENCES companies (nip),
        name TEXT NOT NULL,
        draft TEXT NOT NULL,
        kind TEXT NOT NULL,
        buyer_name TEXT NOT NULL,
        updated_at INTEGER NOT NULL,
        UNIQUE (nip, name)
    ) STRICT",
}];

/// A template to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewTemplate<'a> {
    /// Whose.
    pub company: Nip,
    /// Its name.
    pub name: &'a str,
    /// The draft: text of the engine (JSON).
    pub draft: &'a str,
    /// RodzajFaktury.
    pub kind: &'a str,
    /// Name of the buyer; may be empty.
    pub buyer_name: &'a str,
    /// Now.
    pub updated_at: DateTime<Utc>,
}

/// A template without its draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateRow {
    /// Its row.
    pub id: i64,
    /// Whose.
    pub company: Nip,
    /// Its name.
    pub name: String,
    /// RodzajFaktury.
    pub kind: String,
    /// Name of the buyer; may be empty.
    pub buyer_name: String,
    /// When it was changed last.
    pub updated_at: DateTime<Utc>,
}

const SELECT: &str = "SELECT id, nip, name, kind, buyer_name, updated_at FROM templates";

/// Reading of `templates`.
pub struct Templates<'c>(pub(crate) &'c Connection);

impl Templates<'_> {
    /// One.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn get(&self, id: i64) -> Result<Option<TemplateRow>, ArchiveError> {
        Ok(self.0.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?.query_row([id], read).optional()?)
    }

    /// The one with that name.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn by_name(&self, nip: Nip, name: &str) -> Result<Option<TemplateRow>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(&format!("{SELECT} WHERE nip = ?1 AND name = ?2"))?
            .query_row(params![nip.as_str(), name], read)
            .optional()?)
    }

    /// The draft of one.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn text(&self, id: i64) -> Result<Option<String>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT draft FROM templates WHERE id = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?)
    }

    /// All of a company, by name.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn list(&self, nip: Nip) -> Result<Vec<TemplateRow>, ArchiveError> {
        let mut rows: Vec<TemplateRow> = self
            .0
            .prepare_cached(&format!("{SELECT} WHERE nip = ?1"))?
            .query_map([nip.as_str()], read)?
            .collect::<Result<_, _>>()?;
        rows.sort_by_cached_key(|row| (crate::fold(&row.name), row.id));
        Ok(rows)
    }
}

fn read(row: &Row<'_>) -> Result<TemplateRow, rusqlite::Error> {
    Ok(TemplateRow {
        id: row.get("id")?,
        company: text(row, "nip")?,
        name: row.get("name")?,
        kind: row.get("kind")?,
        buyer_name: row.get("buyer_name")?,
        updated_at: moment(row, "updated_at")?,
    })
}

/// Writing of `templates`.
pub struct TemplatesMut<'c>(pub(crate) &'c Connection);

impl TemplatesMut<'_> {
    /// Keeps a template; one with this name is replaced.
    ///
    /// # Errors
    /// When the archive fails, or the company has no row.
    pub fn put(&self, new: &NewTemplate<'_>) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "INSERT INTO templates (nip, name, draft, kind, buyer_name, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (nip, name) DO UPDATE SET draft = excluded.draft, kind = excluded.kind,
                 buyer_name = excluded.buyer_name, updated_at = excluded.updated_at",
            )?
            .execute(params![
                new.company.as_str(),
                new.name,
                new.draft,
                new.kind,
                new.buyer_name,
                new.updated_at.timestamp_micros(),
            ])?;
        Ok(())
    }

    /// Gives a template another name; `false` when there is none.
    ///
    /// # Errors
    /// [`ArchiveError::Rule`] when another one has the name, or when the archive fails.
    pub fn rename(&self, id: i64, name: &str, now: DateTime<Utc>) -> Result<bool, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("UPDATE templates SET name = ?2, updated_at = ?3 WHERE id = ?1")?
            .execute(params![id, name, now.timestamp_micros()])?
            == 1)
    }

    /// Throws a template away; `false` when there is none.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn remove(&self, id: i64) -> Result<bool, ArchiveError> {
        Ok(self.0.prepare_cached("DELETE FROM templates WHERE id = ?1")?.execute([id])? == 1)
    }
}
