use chrono::{DateTime, NaiveDate, Utc};
use ksef_types::{Environment, Nip};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::migrations::Migration;
use crate::value::{names, optional_text, shown, text};
use crate::{ArchiveError, DraftFacts};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 15,
    sql: "CREATE TABLE recurring (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        nip TEXT NOT NULL REFERENCES companies (nip),
        environment TEXT NOT NULL CHECK (environment IN ('production', 'demo', 'test', 'sandbox')),
        name TEXT NOT NULL,
        draft TEXT NOT NULL,
        kind TEXT NOT NULL,
        number TEXT NOT NULL,
        buyer_name TEXT NOT NULL,
        first_line TEXT NOT NULL,
        gross TEXT,
        currency TEXT NOT NULL,
        every INTEGER NOT NULL CHECK (every > 0),
        unit TEXT NOT NULL CHECK (unit IN ('week', 'month', 'month-end', 'year')),
        -- The date for which the draft was written: from it the dates inside are moved, and the day of month is taken.
        anchor TEXT NOT NULL,
        next TEXT NOT NULL,
        until TEXT,
        paused INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX recurring_of_company ON recurring (nip, environment);
    CREATE INDEX recurring_due ON recurring (next) WHERE paused = 0;
    -- For each date a draft is made once, whatever becomes of the draft.
    CREATE TABLE recurring_made (
        recurring_id INTEGER NOT NULL REFERENCES recurring (id) ON DELETE CASCADE,
        due TEXT NOT NULL,
        draft_id INTEGER NOT NULL,
        made_at INTEGER NOT NULL,
        PRIMARY KEY (recurring_id, due)
    ) STRICT, WITHOUT ROWID",
}];

/// Of what a rhythm is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecurringUnit {
    /// Weeks.
    Week,
    /// Months, on the anchor's day of month.
    Month,
    /// Months, on their last day.
    MonthEnd,
    /// Years.
    Year,
}

names!(RecurringUnit { Week = "week", Month = "month", MonthEnd = "month-end", Year = "year" });

/// A recurring invoice to be kept.
#[derive(Debug, Clone)]
pub struct RecurringEntry<'a> {
    /// Its name.
    pub name: &'a str,
    /// The draft: text of the engine (JSON).
    pub draft: &'a str,
    /// What the draft shows in lists.
    pub facts: &'a DraftFacts,
    /// Every so many units, from 1.
    pub every: u32,
    /// Of what.
    pub unit: RecurringUnit,
    /// The date for which the draft was written.
    pub anchor: NaiveDate,
    /// When the next draft is made.
    pub next: NaiveDate,
    /// Last day.
    pub until: Option<NaiveDate>,
    /// It makes no drafts.
    pub paused: bool,
}

/// A recurring invoice without its draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecurringRow {
    /// Its row.
    pub id: i64,
    /// Whose.
    pub company: Nip,
    /// Where.
    pub environment: Environment,
    /// Its name.
    pub name: String,
    /// What its draft shows in lists.
    pub facts: DraftFacts,
    /// Every so many units.
    pub every: u32,
    /// Of what.
    pub unit: RecurringUnit,
    /// The date for which the draft was written.
    pub anchor: NaiveDate,
    /// When the next draft is made.
    pub next: NaiveDate,
    /// Last day.
    pub until: Option<NaiveDate>,
    /// It makes no drafts.
    pub paused: bool,
}

const SELECT: &str =
    "SELECT id, nip, environment, name, kind, number, buyer_name, first_line, gross, currency, every,
    unit, anchor, next, until, paused FROM recurring";

/// Reading of `recurring`.
pub struct RecurringInvoices<'c>(pub(crate) &'c Connection);

impl RecurringInvoices<'_> {
    /// One.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn get(&self, id: i64) -> Result<Option<RecurringRow>, ArchiveError> {
        Ok(self.0.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?.query_row([id], read).optional()?)
    }

    /// The draft of one.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn text(&self, id: i64) -> Result<Option<String>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT draft FROM recurring WHERE id = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?)
    }

    /// All, by name.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn list(&self, nip: Nip, environment: Environment) -> Result<Vec<RecurringRow>, ArchiveError> {
        let mut rows: Vec<RecurringRow> = self
            .0
            .prepare_cached(&format!("{SELECT} WHERE nip = ?1 AND environment = ?2"))?
            .query_map(params![nip.as_str(), environment.as_str()], read)?
            .collect::<Result<_, _>>()?;
        rows.sort_by_cached_key(|row| (crate::fold(&row.name), row.id));
        Ok(rows)
    }

    /// Those of companies on the list that are due on that day, and not over.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn due(&self, today: NaiveDate) -> Result<Vec<RecurringRow>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(&format!(
                "{SELECT} WHERE paused = 0 AND next <= ?1 AND (until IS NULL OR next <= until)
                 AND nip IN (SELECT nip FROM companies WHERE removed_at IS NULL) ORDER BY id"
            ))?
            .query_map([today.to_string()], read)?
            .collect::<Result<_, _>>()?)
    }

    /// Whether a draft was made for that date.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn was_made(&self, id: i64, due: NaiveDate) -> Result<bool, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM recurring_made WHERE recurring_id = ?1 AND due = ?2)",
            )?
            .query_row(params![id, due.to_string()], |row| row.get(0))?)
    }
}

fn read(row: &Row<'_>) -> Result<RecurringRow, rusqlite::Error> {
    Ok(RecurringRow {
        id: row.get("id")?,
        company: text(row, "nip")?,
        environment: text(row, "environment")?,
        name: row.get("name")?,
        facts: DraftFacts::read(row)?,
        every: row.get("every")?,
        unit: text(row, "unit")?,
        anchor: text(row, "anchor")?,
        next: text(row, "next")?,
        until: optional_text(row, "until")?,
        paused: row.get("paused")?,
    })
}

/// Writing of `recurring`.
pub struct RecurringInvoicesMut<'c>(pub(crate) &'c Connection);

impl RecurringInvoicesMut<'_> {
    /// Adds one; gives its row's id.
    ///
    /// # Errors
    /// When the archive fails, or the company has no row.
    pub fn insert(
        &self,
        nip: Nip,
        environment: Environment,
        entry: &RecurringEntry<'_>,
        now: DateTime<Utc>,
    ) -> Result<i64, ArchiveError> {
        self.0
            .prepare_cached(
                "INSERT INTO recurring (nip, environment, name, draft, kind, number, buyer_name, first_line, gross,
                 currency, every, unit, anchor, next, until, paused, updated_at)
                 VALUES (?1, ?2, '', '', '', '', '', '', NULL, '', 1, 'week', '', '', NULL, 1, 0)",
            )?
            .execute(params![nip.as_str(), environment.as_str()])?;
        let id = self.0.last_insert_rowid();
        self.update(id, entry, now)?;
        Ok(id)
    }

    /// Changes one; `false` when there is none.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn update(
        &self,
        id: i64,
        entry: &RecurringEntry<'_>,
        now: DateTime<Utc>,
    ) -> Result<bool, ArchiveError> {
        let facts = entry.facts;
        Ok(self
            .0
            .prepare_cached(
                "UPDATE recurring SET name = ?2, draft = ?3, kind = ?4, number = ?5, buyer_name = ?6, first_line = ?7,
                 gross = ?8, currency = ?9, every = ?10, unit = ?11, anchor = ?12, next = ?13, until = ?14, paused = ?15,
                 updated_at = ?16 WHERE id = ?1",
            )?
            .execute(params![
                id,
                entry.name,
                entry.draft,
                facts.kind,
                facts.number,
                facts.buyer_name,
                facts.first_line,
                facts.gross,
                facts.currency,
                entry.every,
                entry.unit.as_str(),
                entry.anchor.to_string(),
                entry.next.to_string(),
                shown(entry.until.as_ref()),
                entry.paused,
                now.timestamp_micros(),
            ])?
            == 1)
    }

    /// Notes that a draft was made for a date.
    ///
    /// # Errors
    /// [`ArchiveError::Rule`] when one was made already, or when the archive fails.
    pub fn made(
        &self,
        id: i64,
        due: NaiveDate,
        draft_id: i64,
        now: DateTime<Utc>,
    ) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "INSERT INTO recurring_made (recurring_id, due, draft_id, made_at) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![id, due.to_string(), draft_id, now.timestamp_micros()])?;
        Ok(())
    }

    /// Moves the next date on.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn set_next(&self, id: i64, next: NaiveDate) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached("UPDATE recurring SET next = ?2 WHERE id = ?1")?
            .execute(params![id, next.to_string()])?;
        Ok(())
    }

    /// Throws one away; `false` when there is none.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn remove(&self, id: i64) -> Result<bool, ArchiveError> {
        Ok(self.0.prepare_cached("DELETE FROM recurring WHERE id = ?1")?.execute([id])? == 1)
    }
}
