//! The two books, `contractors` and `goods`: the same columns, read and written in the same way.

use chrono::{DateTime, Utc};
use ksef_types::Nip;
use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, named_params, params};

use crate::ArchiveError;
use crate::fold::anywhere;
use crate::value::{moment, optional_moment, text};

/// A card to be kept.
#[derive(Debug, Clone, Copy)]
pub struct BookEntry<'a> {
    /// The card: text of the engine (JSON).
    pub card: &'a str,
    /// The folded name; the order of the list.
    pub name: &'a str,
    /// The number by which it is recognised (identifier, index), in one spelling.
    pub number_key: Option<&'a str>,
    /// The name by which it is recognised, in one spelling.
    pub name_key: &'a str,
    /// The folded text in which searching looks.
    pub search: &'a str,
}

/// A card that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookRow {
    /// Its row.
    pub id: i64,
    /// Whose.
    pub company: Nip,
    /// The card: text of the engine (JSON).
    pub card: String,
    /// The folded name.
    pub name: String,
    /// The number by which it is recognised.
    pub number_key: Option<String>,
    /// The name by which it is recognised.
    pub name_key: String,
    /// On how many issued invoices it stands.
    pub used: u32,
    /// When it was put on one last.
    pub last_used_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    pub updated_at: DateTime<Utc>,
}

/// Which cards to list.
#[derive(Debug, Clone, Default)]
pub struct BookQuery {
    /// Part of what searching looks in; empty for all.
    pub text: String,
    /// Only those behind this folded name and row.
    pub after: Option<(String, i64)>,
    /// Rows at most.
    pub limit: u32,
}

/// A page of cards, by name.
#[derive(Debug, Clone)]
pub struct BookRows {
    /// The rows.
    pub rows: Vec<BookRow>,
    /// There are more behind the last one.
    pub more: bool,
    /// How many there are in all with this text.
    pub total: u32,
}

const COLUMNS: &str = "id, nip, card, name, number_key, name_key, used, last_used_at, updated_at";
const FILTER: &str =
    "nip = :nip AND merged_into IS NULL AND (:pattern = '%%' OR search LIKE :pattern ESCAPE '\\')";

/// Reading of a book.
pub struct Book<'c> {
    connection: &'c Connection,
    table: &'static str,
}

impl<'c> Book<'c> {
    pub(crate) const fn new(connection: &'c Connection, table: &'static str) -> Self {
        Self { connection, table }
    }

    /// A card; one that was merged gives that into which it was merged.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn get(&self, id: i64) -> Result<Option<BookRow>, ArchiveError> {
        let table = self.table;
        Ok(self
            .prepare(&format!(
                "SELECT {COLUMNS} FROM {table} WHERE id = (SELECT coalesce(merged_into, id) FROM {table} WHERE id = ?1)"
            ))?
            .query_row([id], read)
            .optional()?)
    }

    /// A page, by folded name.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn page(&self, nip: Nip, query: &BookQuery) -> Result<BookRows, ArchiveError> {
        let (table, pattern) = (self.table, anywhere(&query.text));
        let total = self
            .prepare(&format!("SELECT count(*) FROM {table} WHERE {FILTER}"))?
            .query_row(named_params! { ":nip": nip.as_str(), ":pattern": pattern }, |row| row.get(0))?;
        let (name, id) = query.after.as_ref().map_or(("", i64::MIN), |(name, id)| (name.as_str(), *id));
        let mut rows: Vec<BookRow> = self
            .prepare(&format!(
                "SELECT {COLUMNS} FROM {table} WHERE {FILTER} AND (name, id) > (:name, :id) ORDER BY name, id LIMIT :limit"
            ))?
            .query_map(
                named_params! {
                    ":nip": nip.as_str(), ":pattern": pattern, ":name": name, ":id": id,
                    // One row more than asked for tells whether there is a next page.
                    ":limit": i64::from(query.limit) + 1,
                },
                read,
            )?
            .collect::<Result<_, _>>()?;
        let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        Ok(BookRows { rows, more, total })
    }

    /// The whole book, by folded name.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn all(&self, nip: Nip) -> Result<Vec<BookRow>, ArchiveError> {
        let table = self.table;
        Ok(self
            .prepare(&format!(
                "SELECT {COLUMNS} FROM {table} WHERE nip = ?1 AND merged_into IS NULL ORDER BY name, id"
            ))?
            .query_map([nip.as_str()], read)?
            .collect::<Result<_, _>>()?)
    }

    /// Others with the same number or the same name.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn like(&self, row: &BookRow) -> Result<Vec<BookRow>, ArchiveError> {
        let table = self.table;
        Ok(self
            .prepare(&format!(
                "SELECT {COLUMNS} FROM {table} WHERE nip = ?1 AND merged_into IS NULL AND id <> ?2
                 AND (number_key = ?3 OR name_key = ?4) ORDER BY name, id"
            ))?
            .query_map(params![row.company.as_str(), row.id, row.number_key, row.name_key], read)?
            .collect::<Result<_, _>>()?)
    }

    /// All that share number or name with another one, by name.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn doubles(&self, nip: Nip) -> Result<Vec<BookRow>, ArchiveError> {
        let table = self.table;
        let shared = |key: &str| {
            format!(
                "{key} IN (SELECT {key} FROM {table} WHERE nip = ?1 AND merged_into IS NULL AND {key} IS NOT NULL
                 GROUP BY {key} HAVING count(*) > 1)"
            )
        };
        Ok(self
            .prepare(&format!(
                "SELECT {COLUMNS} FROM {table} WHERE nip = ?1 AND merged_into IS NULL AND ({} OR {}) ORDER BY name, id",
                shared("number_key"),
                shared("name_key")
            ))?
            .query_map([nip.as_str()], read)?
            .collect::<Result<_, _>>()?)
    }

    /// The card that a row of an import means: that with its number; without a number, that with its name and no number.
    /// Of doubles the oldest.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn by_key(
        &self,
        nip: Nip,
        number_key: Option<&str>,
        name_key: &str,
    ) -> Result<Option<BookRow>, ArchiveError> {
        let table = self.table;
        Ok(self
            .prepare(&format!(
                "SELECT {COLUMNS} FROM {table} WHERE nip = ?1 AND merged_into IS NULL
                 AND CASE WHEN ?2 IS NULL THEN number_key IS NULL AND name_key = ?3 ELSE number_key = ?2 END
                 ORDER BY id LIMIT 1"
            ))?
            .query_row(params![nip.as_str(), number_key, name_key], read)
            .optional()?)
    }

    fn prepare(&self, sql: &str) -> Result<CachedStatement<'c>, ArchiveError> {
        Ok(self.connection.prepare_cached(sql)?)
    }
}

fn read(row: &Row<'_>) -> Result<BookRow, rusqlite::Error> {
    Ok(BookRow {
        id: row.get("id")?,
        company: text(row, "nip")?,
        card: row.get("card")?,
        name: row.get("name")?,
        number_key: row.get("number_key")?,
        name_key: row.get("name_key")?,
        used: row.get("used")?,
        last_used_at: optional_moment(row, "last_used_at")?,
        updated_at: moment(row, "updated_at")?,
    })
}

/// Writing of a book.
pub struct BookMut<'c>(Book<'c>);

impl<'c> BookMut<'c> {
    pub(crate) const fn new(connection: &'c Connection, table: &'static str) -> Self {
        Self(Book::new(connection, table))
    }

    /// Adds a card; gives its row's id.
    ///
    /// # Errors
    /// When the archive fails, or the company has no row.
    pub fn insert(&self, nip: Nip, entry: &BookEntry<'_>, now: DateTime<Utc>) -> Result<i64, ArchiveError> {
        let table = self.0.table;
        self.0
            .prepare(&format!(
                "INSERT INTO {table} (nip, card, name, number_key, name_key, search, updated_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
            ))?
            .execute(params![
                nip.as_str(),
                entry.card,
                entry.name,
                entry.number_key,
                entry.name_key,
                entry.search,
                now.timestamp_micros(),
            ])?;
        Ok(self.0.connection.last_insert_rowid())
    }

    /// Changes a card; `false` when it is not in the book.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn update(&self, id: i64, entry: &BookEntry<'_>, now: DateTime<Utc>) -> Result<bool, ArchiveError> {
        let table = self.0.table;
        Ok(self
            .0
            .prepare(&format!(
                "UPDATE {table} SET card = ?2, name = ?3, number_key = ?4, name_key = ?5, search = ?6, updated_at = ?7
                 WHERE id = ?1 AND merged_into IS NULL"
            ))?
            .execute(params![
                id,
                entry.card,
                entry.name,
                entry.number_key,
                entry.name_key,
                entry.search,
                now.timestamp_micros(),
            ])?
            == 1)
    }

    /// Takes a card out, with those that were merged into it; `false` when it is not in the book.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn remove(&self, id: i64) -> Result<bool, ArchiveError> {
        let table = self.0.table;
        Ok(self
            .0
            .prepare(&format!("DELETE FROM {table} WHERE id = ?1 AND merged_into IS NULL"))?
            .execute([id])?
            == 1)
    }

    /// Makes one of two: `from` leaves the list and what it was used for counts for `into`.
    ///
    /// # Errors
    /// [`ArchiveError::Rule`] when they are the same, or when the archive fails.
    pub fn merge(&self, into: i64, from: i64) -> Result<(), ArchiveError> {
        let table = self.0.table;
        self.0
            .prepare(&format!(
                "UPDATE {table} SET used = used + other.of_used,
                 last_used_at = max(coalesce(last_used_at, of_last), coalesce(of_last, last_used_at))
                 FROM (SELECT used AS of_used, last_used_at AS of_last FROM {table} WHERE id = ?2) AS other
                 WHERE {table}.id = ?1"
            ))?
            .execute([into, from])?;
        self.0
            .prepare(&format!("UPDATE {table} SET merged_into = ?1 WHERE id = ?2 OR merged_into = ?2"))?
            .execute([into, from])?;
        Ok(())
    }

    /// Counts that a card was put on an issued invoice; one that is gone is not counted.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn used(&self, id: i64, now: DateTime<Utc>) -> Result<(), ArchiveError> {
        let table = self.0.table;
        self.0
            .prepare(&format!(
                "UPDATE {table} SET used = used + 1, last_used_at = ?2
                 WHERE id = (SELECT coalesce(merged_into, id) FROM {table} WHERE id = ?1)"
            ))?
            .execute(params![id, now.timestamp_micros()])?;
        Ok(())
    }
}
