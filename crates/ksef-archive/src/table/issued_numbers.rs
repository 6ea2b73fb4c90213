use ksef_types::{Environment, Nip};
use rusqlite::{Connection, OptionalExtension, params};

use crate::migrations::Migration;
use crate::value::text;
use crate::{ArchiveError, OutboxState};

pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 18,
        sql: "CREATE TABLE issued_numbers (
        outbox_id INTEGER PRIMARY KEY REFERENCES outbox (id),
        series_id INTEGER REFERENCES series (id),
        period TEXT,
        counter INTEGER,
        draft_id INTEGER UNIQUE,
        origin TEXT NOT NULL,
        CHECK ((series_id IS NULL) = (period IS NULL) AND (series_id IS NULL) = (counter IS NULL))
    ) STRICT;
    CREATE INDEX issued_numbers_of_series ON issued_numbers (series_id, period, counter)
        WHERE series_id IS NOT NULL;
    CREATE TRIGGER issued_numbers_stay BEFORE UPDATE ON issued_numbers
        BEGIN SELECT RAISE(ABORT, 'an issued number never changes'); END;
    CREATE TRIGGER issued_numbers_remain BEFORE DELETE ON issued_numbers
        BEGIN SELECT RAISE(ABORT, 'an issued number is never taken back'); END;
    CREATE INDEX outbox_by_number ON outbox (nip, environment, number);
    CREATE INDEX invoices_by_number ON invoices (nip, environment, number)",
    },
    Migration {
        version: 20,
        // Few of many: the next number of a series looks at them while a person types.
        sql: "CREATE INDEX outbox_ended ON outbox (nip, environment, id) WHERE state IN ('refused', 'withdrawn')",
    },
];

/// The number of an invoice that was issued from a draft.
#[derive(Debug, Clone, Copy)]
pub struct NewIssued<'a> {
    /// Row of the outbox.
    pub outbox_id: i64,
    /// From which series; nothing for a number of the person's own.
    pub taken: Option<Taken<'a>>,
    /// The draft that it was.
    pub draft_id: Option<i64>,
    /// Where the draft came from: text of the engine (JSON).
    pub origin: &'a str,
}

/// A number of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken<'a> {
    /// The series.
    pub series_id: i64,
    /// The period of its counter.
    pub period: &'a str,
    /// The counter.
    pub counter: u32,
}

/// A number of a series whose invoice never came to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreedNumber {
    /// The counter.
    pub counter: u32,
    /// How its invoice ended: refused or withdrawn.
    pub state: OutboxState,
    /// Why: text of the engine (JSON).
    pub problem: Option<String>,
}

/// Reading of `issued_numbers`.
pub struct IssuedNumbers<'c>(pub(crate) &'c Connection);

impl IssuedNumbers<'_> {
    /// What a draft became.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn of_draft(&self, draft_id: i64) -> Result<Option<i64>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT outbox_id FROM issued_numbers WHERE draft_id = ?1")?
            .query_row([draft_id], |row| row.get(0))
            .optional()?)
    }

    /// Where the draft of an invoice came from.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn origin(&self, outbox_id: i64) -> Result<Option<String>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT origin FROM issued_numbers WHERE outbox_id = ?1")?
            .query_row([outbox_id], |row| row.get(0))
            .optional()?)
    }

    /// Whether a number was ever taken from a series.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn is_used(&self, series_id: i64) -> Result<bool, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM issued_numbers WHERE series_id = ?1)")?
            .query_row([series_id], |row| row.get(0))?)
    }

    /// The greatest counter of a period that stands on an invoice that was neither refused nor taken back; 0 for none.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn greatest(&self, series_id: i64, period: &str) -> Result<u32, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT coalesce(max(counter), 0) FROM issued_numbers JOIN outbox ON outbox.id = outbox_id
                 WHERE series_id = ?1 AND period = ?2 AND state NOT IN ('refused', 'withdrawn')",
            )?
            .query_row(params![series_id, period], |row| row.get(0))?)
    }

    /// Counters of a period, up to that one, whose invoices were all refused or taken back, lowest first; of several the last
    /// one's end.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn freed(&self, series_id: i64, period: &str, last: u32) -> Result<Vec<FreedNumber>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT counter, state, problem, max(ended.id) FROM series
                 CROSS JOIN outbox AS ended ON ended.nip = series.nip AND ended.environment = series.environment
                 CROSS JOIN issued_numbers AS issued ON issued.outbox_id = ended.id AND issued.series_id = series.id
                 WHERE series.id = ?1 AND ended.state IN ('refused', 'withdrawn') AND period = ?2 AND counter <= ?3
                 AND NOT EXISTS (SELECT 1 FROM issued_numbers AS again JOIN outbox ON outbox.id = again.outbox_id
                     WHERE again.series_id = ?1 AND again.period = ?2 AND again.counter = issued.counter
                     AND outbox.state NOT IN ('refused', 'withdrawn'))
                 GROUP BY counter ORDER BY counter",
            )?
            .query_map(params![series_id, period, last], |row| {
                Ok(FreedNumber {
                    counter: row.get("counter")?,
                    state: text(row, "state")?,
                    problem: row.get("problem")?,
                })
            })?
            .collect::<Result<_, _>>()?)
    }

    /// The kinds of a company's own invoices that have a number, refused ones and those taken back apart, with their rows
    /// in the outbox where they have one.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn with_number(
        &self,
        nip: Nip,
        environment: Environment,
        number: &str,
    ) -> Result<Vec<(String, Option<i64>)>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT kind, id FROM outbox WHERE nip = ?1 AND environment = ?2 AND number = ?3
                 AND seller_nip = ?1 AND state NOT IN ('refused', 'withdrawn')
                 UNION ALL SELECT kind, NULL FROM invoices WHERE nip = ?1 AND environment = ?2 AND number = ?3
                 AND role = 'seller' AND outbox_id IS NULL",
            )?
            .query_map(params![nip.as_str(), environment.as_str(), number], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?
            .collect::<Result<_, _>>()?)
    }
}

/// Writing of `issued_numbers`: adding, nothing else.
pub struct IssuedNumbersMut<'c>(pub(crate) &'c Connection);

impl IssuedNumbersMut<'_> {
    /// Notes the number of an issued invoice.
    ///
    /// # Errors
    /// [`ArchiveError::Rule`] when the draft was issued already, or when the archive fails.
    pub fn insert(&self, new: &NewIssued<'_>) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "INSERT INTO issued_numbers (outbox_id, series_id, period, counter, draft_id, origin)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                new.outbox_id,
                new.taken.map(|taken| taken.series_id),
                new.taken.map(|taken| taken.period),
                new.taken.map(|taken| taken.counter),
                new.draft_id,
                new.origin,
            ])?;
        Ok(())
    }
}
