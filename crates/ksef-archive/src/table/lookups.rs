use chrono::{DateTime, NaiveDate, Utc};
use ksef_types::{Environment, Nip};
use rusqlite::{Connection, OptionalExtension, params};

use crate::ArchiveError;
use crate::migrations::Migration;
use crate::value::{moment, text};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 9,
    sql: "CREATE TABLE payer_answers (
        environment TEXT NOT NULL CHECK (environment IN ('production', 'demo', 'test', 'sandbox')),
        payer TEXT NOT NULL CHECK (length(payer) = 10),
        day TEXT NOT NULL,
        -- NULL: the white list did not know that NIP.
        subject TEXT,
        request_id TEXT NOT NULL,
        asked_at INTEGER NOT NULL,
        PRIMARY KEY (environment, payer, day)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE rate_answers (
        environment TEXT NOT NULL CHECK (environment IN ('production', 'demo', 'test', 'sandbox')),
        currency TEXT NOT NULL CHECK (length(currency) = 3),
        day TEXT NOT NULL,
        rate TEXT NOT NULL,
        table_number TEXT NOT NULL,
        table_day TEXT NOT NULL CHECK (table_day < day),
        asked_at INTEGER NOT NULL,
        PRIMARY KEY (environment, currency, day)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE service_requests (
        environment TEXT NOT NULL CHECK (environment IN ('production', 'demo', 'test', 'sandbox')),
        service TEXT NOT NULL,
        day TEXT NOT NULL,
        used INTEGER NOT NULL CHECK (used >= 0),
        PRIMARY KEY (environment, service, day)
    ) STRICT, WITHOUT ROWID",
}];

/// What the white list of VAT payers said of a NIP on a day.
#[derive(Clone, PartialEq, Eq)]
pub struct PayerAnswer {
    /// Where the list is the real one, or the sandbox's.
    pub environment: Environment,
    /// Who was asked for.
    pub payer: Nip,
    /// For which day.
    pub day: NaiveDate,
    /// The subject as JSON; `None`: the list did not know that NIP.
    pub subject: Option<String>,
    /// The key of the inquiry.
    pub request_id: String,
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
}

/// Without the subject, who is a person, often.
impl std::fmt::Debug for PayerAnswer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let known = self.subject.is_some();
        formatter
            .debug_struct("PayerAnswer")
            .field("day", &self.day)
            .field("known", &known)
            .finish_non_exhaustive()
    }
}

/// The exchange rate that holds for a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateAnswer {
    /// Where the tables are the real ones, or the sandbox's.
    pub environment: Environment,
    /// ISO 4217.
    pub currency: String,
    /// The day for which it holds: of the tax point, or of the issue.
    pub day: NaiveDate,
    /// PLN for one unit, decimal text.
    pub rate: String,
    /// Number of the table.
    pub table: String,
    /// Day of the table, before `day`.
    pub table_day: NaiveDate,
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
}

/// Reading of `payer_answers`, `rate_answers` and `service_requests`.
pub struct Lookups<'c>(pub(crate) &'c Connection);

impl Lookups<'_> {
    /// What was answered for a NIP on a day.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn payer(
        &self,
        environment: Environment,
        payer: Nip,
        day: NaiveDate,
    ) -> Result<Option<PayerAnswer>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT subject, request_id, asked_at FROM payer_answers WHERE environment = ?1 AND payer = ?2 AND day = ?3",
            )?
            .query_row(params![environment.as_str(), payer.as_str(), day.to_string()], |row| {
                Ok(PayerAnswer {
                    environment,
                    payer,
                    day,
                    subject: row.get("subject")?,
                    request_id: row.get("request_id")?,
                    asked_at: moment(row, "asked_at")?,
                })
            })
            .optional()?)
    }

    /// The rate that holds for a day.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn rate(
        &self,
        environment: Environment,
        currency: &str,
        day: NaiveDate,
    ) -> Result<Option<RateAnswer>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT rate, table_number, table_day, asked_at FROM rate_answers
                 WHERE environment = ?1 AND currency = ?2 AND day = ?3",
            )?
            .query_row(params![environment.as_str(), currency, day.to_string()], |row| {
                Ok(RateAnswer {
                    environment,
                    currency: currency.to_owned(),
                    day,
                    rate: row.get("rate")?,
                    table: row.get("table_number")?,
                    table_day: text(row, "table_day")?,
                    asked_at: moment(row, "asked_at")?,
                })
            })
            .optional()?)
    }

    /// How many requests a service got on a day from this computer's user.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn requests(
        &self,
        environment: Environment,
        service: &str,
        day: NaiveDate,
    ) -> Result<u32, ArchiveError> {
        let used = self
            .0
            .prepare_cached(
                "SELECT used FROM service_requests WHERE environment = ?1 AND service = ?2 AND day = ?3",
            )?
            .query_row(params![environment.as_str(), service, day.to_string()], |row| row.get("used"))
            .optional()?;
        Ok(used.unwrap_or_default())
    }
}

/// Writing of `payer_answers`, `rate_answers` and `service_requests`.
pub struct LookupsMut<'c>(pub(crate) &'c Connection);

impl LookupsMut<'_> {
    /// Keeps an answer; a later one for the same NIP and day takes its place.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn put_payer(&self, answer: &PayerAnswer) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "INSERT OR REPLACE INTO payer_answers (environment, payer, day, subject, request_id, asked_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                answer.environment.as_str(),
                answer.payer.as_str(),
                answer.day.to_string(),
                answer.subject,
                answer.request_id,
                answer.asked_at.timestamp_micros(),
            ])?;
        Ok(())
    }

    /// Keeps a rate; a later one for the same currency and day takes its place.
    ///
    /// # Errors
    /// When the archive fails, or the table is not of an earlier day.
    pub fn put_rate(&self, answer: &RateAnswer) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "INSERT OR REPLACE INTO rate_answers (environment, currency, day, rate, table_number, table_day, asked_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                answer.environment.as_str(),
                answer.currency,
                answer.day.to_string(),
                answer.rate,
                answer.table,
                answer.table_day.to_string(),
                answer.asked_at.timestamp_micros(),
            ])?;
        Ok(())
    }

    /// A service has got at least so many requests on a day. The count never goes down.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn raise_requests(
        &self,
        environment: Environment,
        service: &str,
        day: NaiveDate,
        used: u32,
    ) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "INSERT INTO service_requests (environment, service, day, used) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET used = max(used, excluded.used)",
            )?
            .execute(params![environment.as_str(), service, day.to_string(), used])?;
        Ok(())
    }
}
