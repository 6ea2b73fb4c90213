use chrono::{DateTime, Utc};
use ksef_types::{Environment, KsefNumber, Nip, ReferenceNumber, Sha256Hash};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use crate::fold::anywhere;
use crate::migrations::Migration;
use crate::value::{hash, moment, names, optional_micros, optional_moment, optional_text, shown, text};
use crate::{ArchiveError, Stands};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 5,
    sql: "CREATE TABLE outbox (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        nip TEXT NOT NULL REFERENCES companies (nip),
        environment TEXT NOT NULL CHECK (environment IN ('production', 'demo', 'test', 'sandbox')),
        file_name TEXT NOT NULL,
        document BLOB NOT NULL,
        sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
        form TEXT NOT NULL,
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
        queued_at INTEGER NOT NULL,
        state TEXT NOT NULL
            CHECK (state IN ('queued', 'sending', 'sent', 'accepted', 'refused', 'held', 'withdrawn')),
        session_id INTEGER REFERENCES sessions (id),
        invoice_reference TEXT,
        ksef_number TEXT,
        upo_session TEXT,
        sent_at INTEGER,
        accepted_at INTEGER,
        problem TEXT,
        attempts INTEGER NOT NULL DEFAULT 0,
        next_attempt_at INTEGER,
        CHECK (state <> 'accepted' OR (ksef_number IS NOT NULL AND accepted_at IS NOT NULL)),
        CHECK (state <> 'sending' OR session_id IS NOT NULL),
        CHECK (state <> 'sent' OR (session_id IS NOT NULL AND invoice_reference IS NOT NULL))
    ) STRICT;
    -- The same bytes are on their way, or accepted, once.
    CREATE UNIQUE INDEX outbox_once ON outbox (nip, environment, sha256)
        WHERE state NOT IN ('refused', 'withdrawn');
    CREATE INDEX outbox_unsettled ON outbox (nip, environment, id)
        WHERE state IN ('queued', 'sending', 'sent') OR next_attempt_at IS NOT NULL;
    CREATE INDEX outbox_of_company ON outbox (nip, environment, id);
    CREATE INDEX outbox_of_session ON outbox (session_id) WHERE session_id IS NOT NULL;
    CREATE TRIGGER outbox_stays
        BEFORE UPDATE OF id, nip, environment, document, sha256, file_name, queued_at ON outbox
        BEGIN SELECT RAISE(ABORT, 'an issued document never changes'); END;
    CREATE TRIGGER outbox_remains BEFORE DELETE ON outbox
        BEGIN SELECT RAISE(ABORT, 'an issued document is never deleted'); END;
    CREATE TRIGGER outbox_accepted_for_good BEFORE UPDATE ON outbox
        WHEN OLD.state = 'accepted' AND (NEW.state <> 'accepted' OR NEW.ksef_number IS NOT OLD.ksef_number)
        BEGIN SELECT RAISE(ABORT, 'an accepted invoice keeps its number'); END",
}];

/// How far an issued invoice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutboxState {
    /// Its bytes are here; it certainly has not left.
    Queued,
    /// It is leaving, or has left and no answer came: KSeF must be asked before it is sent again.
    Sending,
    /// KSeF has it.
    Sent,
    /// It has its number.
    Accepted,
    /// KSeF refused it.
    Refused,
    /// A person is needed.
    Held,
    /// Taken back before it left.
    Withdrawn,
}

names!(OutboxState {
    Queued = "queued",
    Sending = "sending",
    Sent = "sent",
    Accepted = "accepted",
    Refused = "refused",
    Held = "held",
    Withdrawn = "withdrawn",
});

/// A document to be sent.
#[derive(Debug, Clone)]
pub struct NewEntry<'a> {
    /// Whose.
    pub company: Nip,
    /// Where to.
    pub environment: Environment,
    /// Name of the file it came from.
    pub file_name: &'a str,
    /// The exact bytes.
    pub document: &'a [u8],
    /// Their SHA-256.
    pub sha256: Sha256Hash,
    /// KSeF's name of its form, such as `FA (3)`.
    pub form: &'a str,
    /// What stands on it.
    pub stands: &'a Stands,
    /// Now.
    pub queued_at: DateTime<Utc>,
}

/// The part of an entry that changes while it is on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// How far it is.
    pub state: OutboxState,
    /// Row of the session in which it was sent last.
    pub session_id: Option<i64>,
    /// KSeF's number of the document in the session.
    pub invoice_reference: Option<ReferenceNumber>,
    /// The number of the invoice.
    pub ksef_number: Option<KsefNumber>,
    /// The session under which KSeF keeps its UPO, where that is not the one in which it was sent last.
    pub upo_session: Option<ReferenceNumber>,
    /// When it left.
    pub sent_at: Option<DateTime<Utc>>,
    /// When KSeF gave the number.
    pub accepted_at: Option<DateTime<Utc>>,
    /// Why it is refused, held or waits: text of the engine (JSON).
    pub problem: Option<String>,
    /// How often in a row it was tried or asked for without getting on.
    pub attempts: u32,
    /// When the program looks at it again.
    pub next_attempt_at: Option<DateTime<Utc>>,
}

/// An entry without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// Its row.
    pub id: i64,
    /// Whose.
    pub company: Nip,
    /// Where to.
    pub environment: Environment,
    /// Name of the file it came from.
    pub file_name: String,
    /// SHA-256 of its bytes.
    pub sha256: Sha256Hash,
    /// KSeF's name of its form.
    pub form: String,
    /// What stands on it.
    pub stands: Stands,
    /// When it was queued.
    pub queued_at: DateTime<Utc>,
    /// How far it is.
    pub standing: Standing,
    /// Its UPO is in the archive.
    pub has_upo: bool,
}

/// Which entries to list.
#[derive(Debug, Clone, Default)]
pub struct OutboxQuery {
    /// Part of number, seller, buyer or KSeF number; empty for all.
    pub text: String,
    /// Only in this state.
    pub state: Option<OutboxState>,
    /// Only older than this row.
    pub before: Option<i64>,
    /// Rows at most.
    pub limit: u32,
}

/// A page of entries, newest first.
#[derive(Debug, Clone)]
pub struct OutboxPage {
    /// The rows.
    pub rows: Vec<OutboxRow>,
    /// Hand it back as `before` to get the next page; nothing at the end.
    pub next: Option<i64>,
    /// How many there are in all with this filter.
    pub total: u32,
}

/// How many entries of a company there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// Queued or under way.
    pub waiting: u32,
    /// Need a person.
    pub held: u32,
    /// Accepted since the moment that was asked for.
    pub accepted: u32,
}

const SELECT: &str = "SELECT id, nip, environment, file_name, sha256, form, number, issue_date, kind, seller_nip,
    seller_name, buyer_identifier, buyer_name, gross, currency, queued_at, state, session_id, invoice_reference,
    ksef_number, upo_session, sent_at, accepted_at, problem, attempts, next_attempt_at,
    EXISTS (SELECT 1 FROM invoices JOIN upo ON upo.invoice_id = invoices.id WHERE invoices.outbox_id = outbox.id)
        AS has_upo
    FROM outbox";

const FILTER: &str = "nip = :nip AND environment = :environment
    AND (:state IS NULL OR state = :state)
    AND (:pattern = '%%' OR search LIKE :pattern ESCAPE '\\' OR ksef_number LIKE :pattern ESCAPE '\\')";

/// Reading of `outbox`.
pub struct Outbox<'c>(pub(crate) &'c Connection);

impl Outbox<'_> {
    /// One entry.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn get(&self, id: i64) -> Result<Option<OutboxRow>, ArchiveError> {
        Ok(self.0.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?.query_row([id], read).optional()?)
    }

    /// The exact bytes of an entry.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn document(&self, id: i64) -> Result<Option<Vec<u8>>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT document FROM outbox WHERE id = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?)
    }

    /// The entry with the same bytes that is on its way or accepted.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn same_document(
        &self,
        nip: Nip,
        environment: Environment,
        sha256: Sha256Hash,
    ) -> Result<Option<i64>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT id FROM outbox WHERE nip = ?1 AND environment = ?2 AND sha256 = ?3
                 AND state NOT IN ('refused', 'withdrawn')",
            )?
            .query_row(params![nip.as_str(), environment.as_str(), sha256.as_bytes()], |row| row.get(0))
            .optional()?)
    }

    /// Those with which something is still to be done, oldest first: queued, leaving, sent, accepted without a UPO.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn unsettled(&self, nip: Nip, environment: Environment) -> Result<Vec<OutboxRow>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(&format!(
                "{SELECT} WHERE nip = ?1 AND environment = ?2
                 AND (state IN ('queued', 'sending', 'sent') OR next_attempt_at IS NOT NULL) ORDER BY id"
            ))?
            .query_map(params![nip.as_str(), environment.as_str()], read)?
            .collect::<Result<_, _>>()?)
    }

    /// The outboxes of companies on the list in which something is still to be done: with documents, or with a session.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn with_work(&self) -> Result<Vec<(Nip, Environment)>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT nip, environment FROM outbox
                 WHERE (state IN ('queued', 'sending', 'sent') OR next_attempt_at IS NOT NULL)
                 AND nip IN (SELECT nip FROM companies WHERE removed_at IS NULL)
                 UNION SELECT nip, environment FROM sessions
                 WHERE state IN ('open', 'closing')
                 AND nip IN (SELECT nip FROM companies WHERE removed_at IS NULL)
                 ORDER BY nip, environment",
            )?
            .query_map([], |row| Ok((text(row, "nip")?, text(row, "environment")?)))?
            .collect::<Result<_, _>>()?)
    }

    /// How many were sent, or are being sent, in a session.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn count_in_session(&self, session_id: i64) -> Result<u32, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT count(*) FROM outbox WHERE session_id = ?1")?
            .query_row([session_id], |row| row.get(0))?)
    }

    /// A page, newest first.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn page(
        &self,
        nip: Nip,
        environment: Environment,
        query: &OutboxQuery,
    ) -> Result<OutboxPage, ArchiveError> {
        let pattern = anywhere(&query.text);
        let state = query.state.map(OutboxState::as_str);
        let total = self.0.prepare_cached(&format!("SELECT count(*) FROM outbox WHERE {FILTER}"))?.query_row(
            named_params! { ":nip": nip.as_str(), ":environment": environment.as_str(), ":state": state, ":pattern": pattern },
            |row| row.get::<_, u32>(0),
        )?;
        // One row more than asked for tells whether there is a next page.
        let mut rows: Vec<OutboxRow> = self
            .0
            .prepare_cached(&format!(
                "{SELECT} WHERE {FILTER} AND id < :before ORDER BY id DESC LIMIT :limit"
            ))?
            .query_map(
                named_params! {
                    ":nip": nip.as_str(), ":environment": environment.as_str(), ":state": state, ":pattern": pattern,
                    ":before": query.before.unwrap_or(i64::MAX), ":limit": i64::from(query.limit) + 1,
                },
                read,
            )?
            .collect::<Result<_, _>>()?;
        let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
        let next =
            (rows.len() > limit).then(|| rows.truncate(limit)).and_then(|()| rows.last()).map(|row| row.id);
        Ok(OutboxPage { rows, next, total })
    }

    /// How many wait, are held, and were accepted since that moment.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn counts(
        &self,
        nip: Nip,
        environment: Environment,
        since: DateTime<Utc>,
    ) -> Result<OutboxCounts, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT count(*) FILTER (WHERE state IN ('queued', 'sending', 'sent')),
                        count(*) FILTER (WHERE state = 'held'),
                        count(*) FILTER (WHERE state = 'accepted' AND accepted_at >= ?3)
                 FROM outbox WHERE nip = ?1 AND environment = ?2",
            )?
            .query_row(params![nip.as_str(), environment.as_str(), since.timestamp_micros()], |row| {
                Ok(OutboxCounts { waiting: row.get(0)?, held: row.get(1)?, accepted: row.get(2)? })
            })?)
    }
}

fn read(row: &Row<'_>) -> Result<OutboxRow, rusqlite::Error> {
    Ok(OutboxRow {
        id: row.get("id")?,
        company: text(row, "nip")?,
        environment: text(row, "environment")?,
        file_name: row.get("file_name")?,
        sha256: hash(row, "sha256")?,
        form: row.get("form")?,
        stands: Stands::read(row)?,
        queued_at: moment(row, "queued_at")?,
        standing: Standing {
            state: text(row, "state")?,
            session_id: row.get("session_id")?,
            invoice_reference: optional_text(row, "invoice_reference")?,
            ksef_number: optional_text(row, "ksef_number")?,
            upo_session: optional_text(row, "upo_session")?,
            sent_at: optional_moment(row, "sent_at")?,
            accepted_at: optional_moment(row, "accepted_at")?,
            problem: row.get("problem")?,
            attempts: row.get("attempts")?,
            next_attempt_at: optional_moment(row, "next_attempt_at")?,
        },
        has_upo: row.get("has_upo")?,
    })
}

/// Writing of `outbox`.
pub struct OutboxMut<'c>(pub(crate) &'c Connection);

impl OutboxMut<'_> {
    /// Queues a document; gives its row's id. Its bytes can never be changed afterwards.
    ///
    /// # Errors
    /// [`ArchiveError::Rule`] when the same bytes are on their way or accepted, or the company has no row.
    pub fn insert(&self, entry: &NewEntry<'_>) -> Result<i64, ArchiveError> {
        let stands = entry.stands;
        let sql = format!(
            "INSERT INTO outbox (nip, environment, file_name, document, sha256, form, {}, search, queued_at, state)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, 'queued')",
            Stands::COLUMNS
        );
        self.0.prepare_cached(&sql)?.execute(params![
            entry.company.as_str(),
            entry.environment.as_str(),
            entry.file_name,
            entry.document,
            entry.sha256.as_bytes(),
            entry.form,
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
            entry.queued_at.timestamp_micros(),
        ])?;
        Ok(self.0.last_insert_rowid())
    }

    /// Writes how far an entry is now.
    ///
    /// # Errors
    /// [`ArchiveError::Rule`] when an accepted invoice would lose its number or state.
    pub fn set(&self, id: i64, standing: &Standing) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "UPDATE outbox SET state = ?2, session_id = ?3, invoice_reference = ?4, ksef_number = ?5, sent_at = ?6,
                 accepted_at = ?7, problem = ?8, attempts = ?9, next_attempt_at = ?10, upo_session = ?11 WHERE id = ?1",
            )?
            .execute(params![
                id,
                standing.state.as_str(),
                standing.session_id,
                shown(standing.invoice_reference.as_ref()),
                shown(standing.ksef_number.as_ref()),
                optional_micros(standing.sent_at),
                optional_micros(standing.accepted_at),
                standing.problem,
                standing.attempts,
                optional_micros(standing.next_attempt_at),
                shown(standing.upo_session.as_ref()),
            ])?;
        Ok(())
    }
}
