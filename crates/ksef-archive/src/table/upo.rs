use chrono::{DateTime, Utc};
use ksef_types::{Environment, Nip, Sha256Hash};
use rusqlite::{Connection, OptionalExtension, params};

use crate::ArchiveError;
use crate::migrations::Migration;
use crate::value::{hash, moment};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 8,
    sql: "CREATE TABLE upo (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        nip TEXT NOT NULL REFERENCES companies (nip),
        environment TEXT NOT NULL CHECK (environment IN ('production', 'demo', 'test', 'sandbox')),
        invoice_id INTEGER NOT NULL UNIQUE REFERENCES invoices (id),
        document BLOB NOT NULL,
        sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
        fetched_at INTEGER NOT NULL
    ) STRICT;
    CREATE TRIGGER upo_stays BEFORE UPDATE ON upo
        BEGIN SELECT RAISE(ABORT, 'a UPO never changes'); END;
    CREATE TRIGGER upo_remains BEFORE DELETE ON upo
        BEGIN SELECT RAISE(ABORT, 'a UPO is never deleted'); END",
}];

/// The UPO of an invoice, as KSeF signed it.
#[derive(Debug, Clone)]
pub struct NewUpo<'a> {
    /// Whose.
    pub company: Nip,
    /// Where.
    pub environment: Environment,
    /// Row of the invoice.
    pub invoice_id: i64,
    /// The exact bytes.
    pub document: &'a [u8],
    /// Their SHA-256.
    pub sha256: Sha256Hash,
    /// When it was fetched.
    pub fetched_at: DateTime<Utc>,
}

/// A stored UPO.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpoRow {
    /// The exact bytes.
    pub document: Vec<u8>,
    /// Their SHA-256.
    pub sha256: Sha256Hash,
    /// When it was fetched.
    pub fetched_at: DateTime<Utc>,
}

/// Reading of `upo`.
pub struct Upos<'c>(pub(crate) &'c Connection);

impl Upos<'_> {
    /// The UPO of an invoice.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn of_invoice(&self, invoice_id: i64) -> Result<Option<UpoRow>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT document, sha256, fetched_at FROM upo WHERE invoice_id = ?1")?
            .query_row([invoice_id], |row| {
                Ok(UpoRow {
                    document: row.get("document")?,
                    sha256: hash(row, "sha256")?,
                    fetched_at: moment(row, "fetched_at")?,
                })
            })
            .optional()?)
    }
}

/// Writing of `upo`.
pub struct UposMut<'c>(pub(crate) &'c Connection);

impl UposMut<'_> {
    /// Stores a UPO.
    ///
    /// # Errors
    /// When the archive fails, or the invoice has one already.
    pub fn insert(&self, upo: &NewUpo<'_>) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "INSERT INTO upo (nip, environment, invoice_id, document, sha256, fetched_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                upo.company.as_str(),
                upo.environment.as_str(),
                upo.invoice_id,
                upo.document,
                upo.sha256.as_bytes(),
                upo.fetched_at.timestamp_micros(),
            ])?;
        Ok(())
    }
}
