use ksef_types::{Environment, KsefNumber, Nip};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::ArchiveError;
use crate::migrations::Migration;
use crate::value::{names, optional_text, shown, text};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 19,
    sql: "CREATE TABLE invoice_links (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        outbox_id INTEGER NOT NULL REFERENCES outbox (id),
        relation TEXT NOT NULL CHECK (relation IN ('corrects', 'settles', 'continues', 'copies')),
        -- Nothing where the other one is not in this archive.
        target_id INTEGER REFERENCES outbox (id),
        number TEXT NOT NULL,
        ksef_number TEXT
    ) STRICT;
    CREATE INDEX invoice_links_of ON invoice_links (outbox_id);
    CREATE INDEX invoice_links_to ON invoice_links (target_id, relation) WHERE target_id IS NOT NULL;
    CREATE TRIGGER invoice_links_stay BEFORE UPDATE ON invoice_links
        BEGIN SELECT RAISE(ABORT, 'links between issued invoices never change'); END;
    CREATE TRIGGER invoice_links_remain BEFORE DELETE ON invoice_links
        BEGIN SELECT RAISE(ABORT, 'links between issued invoices never change'); END",
}];

/// What one invoice has to do with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// It corrects it.
    Corrects,
    /// It is the final invoice that settles it, an advance.
    Settles,
    /// Both are advances to the same order: it was begun from it, or names it as an earlier one (art. 106f ust. 4). The other
    /// one stays open for the final invoice.
    Continues,
    /// It was begun as a copy of it.
    Copies,
}

names!(Relation {
    Corrects = "corrects",
    Settles = "settles",
    Continues = "continues",
    Copies = "copies",
});

/// A link to another invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceLink {
    /// What it has to do with it.
    pub relation: Relation,
    /// Row of the other one in the outbox, where it is there.
    pub target: Option<i64>,
    /// P_2 of the other one.
    pub number: String,
    /// KSeF's number of the other one.
    pub ksef_number: Option<KsefNumber>,
}

/// Reading of `invoice_links`.
pub struct InvoiceLinks<'c>(pub(crate) &'c Connection);

impl InvoiceLinks<'_> {
    /// The links of an invoice, in the order of its references.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn of(&self, outbox_id: i64) -> Result<Vec<InvoiceLink>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT relation, target_id, number, ksef_number FROM invoice_links WHERE outbox_id = ?1 ORDER BY id",
            )?
            .query_map([outbox_id], read)?
            .collect::<Result<_, _>>()?)
    }

    /// Those that point to an invoice by that relation and were neither refused nor taken back, oldest first.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn to(&self, target: i64, relation: Relation) -> Result<Vec<i64>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT DISTINCT outbox.id FROM invoice_links JOIN outbox ON outbox.id = outbox_id
                 WHERE target_id = ?1 AND relation = ?2 AND state NOT IN ('refused', 'withdrawn') ORDER BY outbox.id",
            )?
            .query_map(params![target, relation.as_str()], |row| row.get(0))?
            .collect::<Result<_, _>>()?)
    }

    /// The company's own invoice with a number, neither refused nor taken back, among those kinds; of several the last one.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn target(
        &self,
        nip: Nip,
        environment: Environment,
        number: &str,
        corrections: bool,
    ) -> Result<Option<i64>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT id FROM outbox WHERE nip = ?1 AND environment = ?2 AND number = ?3 AND seller_nip = ?1
                 AND state NOT IN ('refused', 'withdrawn') AND (?4 OR kind NOT LIKE 'KOR%') ORDER BY id DESC LIMIT 1",
            )?
            .query_row(params![nip.as_str(), environment.as_str(), number, corrections], |row| row.get(0))
            .optional()?)
    }

    /// Advance invoices that were neither refused nor taken back and that no such final invoice settles, newest first.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn open_advances(&self, nip: Nip, environment: Environment) -> Result<Vec<i64>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT id FROM outbox AS advance WHERE nip = ?1 AND environment = ?2 AND kind = 'ZAL'
                 AND seller_nip = ?1 AND state NOT IN ('refused', 'withdrawn')
                 AND NOT EXISTS (SELECT 1 FROM invoice_links JOIN outbox AS final ON final.id = outbox_id
                     WHERE target_id = advance.id AND relation = 'settles'
                     AND final.state NOT IN ('refused', 'withdrawn'))
                 ORDER BY id DESC",
            )?
            .query_map(params![nip.as_str(), environment.as_str()], |row| row.get(0))?
            .collect::<Result<_, _>>()?)
    }
}

fn read(row: &Row<'_>) -> Result<InvoiceLink, rusqlite::Error> {
    Ok(InvoiceLink {
        relation: text(row, "relation")?,
        target: row.get("target_id")?,
        number: row.get("number")?,
        ksef_number: optional_text(row, "ksef_number")?,
    })
}

/// Writing of `invoice_links`: adding, nothing else.
pub struct InvoiceLinksMut<'c>(pub(crate) &'c Connection);

impl InvoiceLinksMut<'_> {
    /// Adds a link.
    ///
    /// # Errors
    /// When the archive fails, or the invoice has no row.
    pub fn insert(&self, outbox_id: i64, link: &InvoiceLink) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "INSERT INTO invoice_links (outbox_id, relation, target_id, number, ksef_number)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                outbox_id,
                link.relation.as_str(),
                link.target,
                link.number,
                shown(link.ksef_number.as_ref()),
            ])?;
        Ok(())
    }
}
