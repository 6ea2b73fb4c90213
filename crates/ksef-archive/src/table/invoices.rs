use chrono::{DateTime, Utc};
use ksef_types::{Environment, KsefNumber, Nip, Sha256Hash};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::migrations::Migration;
use crate::value::{hash, moment, names, optional_micros, optional_moment, text};
use crate::{ArchiveError, Stands};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 7,
    sql: "CREATE TABLE invoices (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        nip TEXT NOT NULL REFERENCES companies (nip),
        environment TEXT NOT NULL CHECK (environment IN ('production', 'demo', 'test', 'sandbox')),
        ksef_number TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('seller', 'buyer', 'third', 'authorized')),
        document BLOB NOT NULL,
        sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
        number TEXT NOT NULL,
        issue_date TEXT NOT NULL,
        kind TEXT NOT NULL,
        seller_nip TEXT NOT NULL,
        seller_name TEXT NOT NULL,
        buyer_identifier TEXT,
        buyer_name TEXT,
        gross TEXT NOT NULL,
        currency TEXT NOT NULL,
        search TEXT NOT NULL,
        -- KSeF tells these in no certain order, and some of them late.
        invoicing_date INTEGER,
        acquisition_date INTEGER,
        permanent_storage_date INTEGER,
        stored_at INTEGER NOT NULL,
        outbox_id INTEGER UNIQUE REFERENCES outbox (id),
        UNIQUE (nip, environment, ksef_number)
    ) STRICT;
    CREATE TRIGGER invoices_stay
        BEFORE UPDATE OF nip, environment, ksef_number, document, sha256, outbox_id ON invoices
        BEGIN SELECT RAISE(ABORT, 'an archived invoice never changes'); END;
    CREATE TRIGGER invoices_remain BEFORE DELETE ON invoices
        BEGIN SELECT RAISE(ABORT, 'an archived invoice is never deleted'); END",
}];

/// What the company is on the invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvoiceRole {
    /// Podmiot1.
    Seller,
    /// Podmiot2.
    Buyer,
    /// Podmiot3.
    Third,
    /// Podmiot upoważniony.
    Authorized,
}

names!(InvoiceRole { Seller = "seller", Buyer = "buyer", Third = "third", Authorized = "authorized" });

/// An invoice with its number.
#[derive(Debug, Clone)]
pub struct NewInvoice<'a> {
    /// Whose archive.
    pub company: Nip,
    /// Where.
    pub environment: Environment,
    /// KSeF's number.
    pub ksef_number: &'a KsefNumber,
    /// What the company is on it.
    pub role: InvoiceRole,
    /// The exact bytes.
    pub document: &'a [u8],
    /// Their SHA-256.
    pub sha256: Sha256Hash,
    /// What stands on it.
    pub stands: &'a Stands,
    /// When KSeF took it.
    pub invoicing_date: Option<DateTime<Utc>>,
    /// When KSeF gave the number.
    pub acquisition_date: Option<DateTime<Utc>>,
    /// When KSeF stored it for good.
    pub permanent_storage_date: Option<DateTime<Utc>>,
    /// When it came into this archive.
    pub stored_at: DateTime<Utc>,
    /// The outbox entry that sent it.
    pub outbox_id: Option<i64>,
}

/// An archived invoice.
#[derive(Debug, Clone)]
pub struct InvoiceRow {
    /// Its row.
    pub id: i64,
    /// KSeF's number.
    pub ksef_number: KsefNumber,
    /// What the company is on it.
    pub role: InvoiceRole,
    /// SHA-256 of its bytes.
    pub sha256: Sha256Hash,
    /// What stands on it.
    pub stands: Stands,
    /// When KSeF gave the number.
    pub acquisition_date: Option<DateTime<Utc>>,
    /// When KSeF stored it for good.
    pub permanent_storage_date: Option<DateTime<Utc>>,
    /// When it came into this archive.
    pub stored_at: DateTime<Utc>,
    /// The outbox entry that sent it.
    pub outbox_id: Option<i64>,
}

/// Reading of `invoices`.
pub struct Invoices<'c>(pub(crate) &'c Connection);

impl Invoices<'_> {
    /// The invoice with that number.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn by_number(
        &self,
        nip: Nip,
        environment: Environment,
        number: &KsefNumber,
    ) -> Result<Option<InvoiceRow>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT * FROM invoices WHERE nip = ?1 AND environment = ?2 AND ksef_number = ?3",
            )?
            .query_row(params![nip.as_str(), environment.as_str(), number.as_str()], read)
            .optional()?)
    }

    /// The invoice that an outbox entry became.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn of_outbox(&self, outbox_id: i64) -> Result<Option<InvoiceRow>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT * FROM invoices WHERE outbox_id = ?1")?
            .query_row([outbox_id], read)
            .optional()?)
    }

    /// The exact bytes of an invoice.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn document(&self, id: i64) -> Result<Option<Vec<u8>>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT document FROM invoices WHERE id = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?)
    }
}

fn read(row: &Row<'_>) -> Result<InvoiceRow, rusqlite::Error> {
    Ok(InvoiceRow {
        id: row.get("id")?,
        ksef_number: text(row, "ksef_number")?,
        role: text(row, "role")?,
        sha256: hash(row, "sha256")?,
        stands: Stands::read(row)?,
        acquisition_date: optional_moment(row, "acquisition_date")?,
        permanent_storage_date: optional_moment(row, "permanent_storage_date")?,
        stored_at: moment(row, "stored_at")?,
        outbox_id: row.get("outbox_id")?,
    })
}

/// Writing of `invoices`.
pub struct InvoicesMut<'c>(pub(crate) &'c Connection);

impl InvoicesMut<'_> {
    /// Archives an invoice; gives its row's id.
    ///
    /// # Errors
    /// When the archive fails, or one with this number is there already.
    pub fn insert(&self, invoice: &NewInvoice<'_>) -> Result<i64, ArchiveError> {
        let stands = invoice.stands;
        let sql = format!(
            "INSERT INTO invoices (nip, environment, ksef_number, role, document, sha256, {}, search, invoicing_date,
             acquisition_date, permanent_storage_date, stored_at, outbox_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)",
            Stands::COLUMNS
        );
        self.0.prepare_cached(&sql)?.execute(params![
            invoice.company.as_str(),
            invoice.environment.as_str(),
            invoice.ksef_number.as_str(),
            invoice.role.as_str(),
            invoice.document,
            invoice.sha256.as_bytes(),
            stands.number,
            stands.issue_date.to_string(),
            stands.kind,
            stands.seller_nip,
            stands.seller_name,
            stands.buyer_identifier,
            stands.buyer_name,
            stands.gross,
            stands.currency,
            stands.searchable(),
            optional_micros(invoice.invoicing_date),
            optional_micros(invoice.acquisition_date),
            optional_micros(invoice.permanent_storage_date),
            invoice.stored_at.timestamp_micros(),
            invoice.outbox_id,
        ])?;
        Ok(self.0.last_insert_rowid())
    }

    /// Adds the day of permanent storage once KSeF tells it.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn stored_permanently(&self, id: i64, date: DateTime<Utc>) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached("UPDATE invoices SET permanent_storage_date = ?2 WHERE id = ?1")?
            .execute(params![id, date.timestamp_micros()])?;
        Ok(())
    }
}
