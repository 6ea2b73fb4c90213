use chrono::{DateTime, Utc};
use ksef_types::{Environment, Nip, Sha256Hash};
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

use crate::ArchiveError;
use crate::migrations::Migration;
use crate::value::{hash, moment, names, optional_text, text};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 21,
    sql: "CREATE TABLE journal (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        -- Without a company: what concerns the program, such as its lock.
        nip TEXT CHECK (length(nip) = 10),
        environment TEXT CHECK (environment IN ('production', 'demo', 'test', 'sandbox')),
        action TEXT NOT NULL CHECK (action GLOB '[a-z]*' AND length(action) <= 64),
        object TEXT,
        outcome TEXT NOT NULL CHECK (outcome IN ('done', 'failed', 'cancelled')),
        detail TEXT,
        previous BLOB NOT NULL CHECK (length(previous) = 32),
        hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32)
    ) STRICT;
    CREATE INDEX journal_by_company ON journal (nip, id);
    CREATE TRIGGER journal_stays BEFORE UPDATE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal is only ever added to'); END;
    CREATE TRIGGER journal_remains BEFORE DELETE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal is only ever added to'); END",
}];

/// How something in the journal ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JournalOutcome {
    /// It was done.
    Done,
    /// It was tried and refused, or failed; the detail says why.
    Failed,
    /// The person took it back.
    Cancelled,
}

names!(JournalOutcome { Done = "done", Failed = "failed", Cancelled = "cancelled" });

/// What was done with credentials. Nothing of it may be secret: no token, no key, no password.
#[derive(Debug, Clone, Copy)]
pub struct NewJournalEntry<'a> {
    /// When.
    pub at: DateTime<Utc>,
    /// In which company; `None` for what concerns the program itself.
    pub company: Option<Nip>,
    /// In which environment; `None` for what concerns the program itself.
    pub environment: Option<Environment>,
    /// What: a stable name in lower-case letters and dashes, such as `certificate-revoked`, at most 64 characters.
    pub action: &'a str,
    /// To what: a serial number, a reference number, the name of a file.
    pub object: Option<&'a str>,
    /// How it ended.
    pub outcome: JournalOutcome,
    /// More of it: a code, a reason.
    pub detail: Option<&'a str>,
}

/// An entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalRow {
    /// Its number, rising.
    pub id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// In which company.
    pub company: Option<Nip>,
    /// In which environment.
    pub environment: Option<Environment>,
    /// What.
    pub action: String,
    /// To what.
    pub object: Option<String>,
    /// How it ended.
    pub outcome: JournalOutcome,
    /// More of it.
    pub detail: Option<String>,
    /// The hash of the entry before, 32 zeros for the first.
    pub previous: Sha256Hash,
    /// SHA-256 over the hash before and this entry's canonical text.
    pub hash: Sha256Hash,
}

/// Which entries; newest first.
#[derive(Debug, Clone, Copy, Default)]
pub struct JournalQuery<'a> {
    /// Of one company only.
    pub company: Option<Nip>,
    /// Of one environment only.
    pub environment: Option<Environment>,
    /// Of one action only.
    pub action: Option<&'a str>,
    /// Older than this entry: the last of the page before.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: u32,
}

/// What a look through the chain found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JournalCheck {
    /// How many entries there are.
    pub entries: u64,
    /// How many of them this look read: all, or those that came since an earlier look.
    pub read: u64,
    /// The first entry that does not follow from the ones before it: it, or one before it, was changed, added or removed
    /// by something else than this program.
    pub first_broken: Option<i64>,
    /// The hash of the last entry; `None` for an empty journal. Whoever notes it down can see later whether entries were
    /// taken off the end.
    pub head: Option<Sha256Hash>,
    /// The last entry.
    last: Option<i64>,
    /// An entry that an earlier look saw at the end, and that is not there any more as it was.
    taken: Option<i64>,
    /// SQLite's `data_version`: it changes when somebody else writes into the database.
    written: i64,
}

/// Before the first entry.
const ORIGIN: [u8; 32] = [0; 32];

/// Reading of `journal`.
pub struct Journal<'c>(pub(crate) &'c Connection);

impl Journal<'_> {
    /// A page, newest first. Of one company, no entry of another is read.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn page(&self, query: &JournalQuery<'_>) -> Result<Vec<JournalRow>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(&page_of(query.company.is_some()))?
            .query_map(
                params![
                    query.company.as_ref().map(Nip::as_str),
                    query.environment.map(Environment::as_str),
                    query.action,
                    query.before.unwrap_or(i64::MAX),
                    query.limit,
                ],
                read,
            )?
            .collect::<Result<_, _>>()?)
    }

    /// Entries in their order, from the one after `after`: for writing all of it to a file, piece by piece.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn onwards(&self, after: i64, limit: u32) -> Result<Vec<JournalRow>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT * FROM journal WHERE id > ?1 ORDER BY id LIMIT ?2")?
            .query_map(params![after, limit], read)?
            .collect::<Result<_, _>>()?)
    }

    /// Looks through the whole chain.
    ///
    /// # Errors
    /// When the archive fails. A broken chain is a finding, not an error.
    pub fn verify(&self) -> Result<JournalCheck, ArchiveError> {
        let nothing = JournalCheck {
            entries: 0,
            read: 0,
            first_broken: None,
            head: None,
            last: None,
            taken: None,
            written: self.written()?,
        };
        self.look(nothing)
    }

    /// Looks through what came since an earlier look through this same archive. Where somebody else has written into the
    /// database meanwhile, what was looked at may not be what it was: then the whole chain is looked through again.
    ///
    /// # Errors
    /// As [`Self::verify`].
    pub fn verify_since(&self, before: &JournalCheck) -> Result<JournalCheck, ArchiveError> {
        if self.written()? == before.written {
            return self.look(JournalCheck { read: 0, ..*before });
        }
        self.verify_again(before)
    }

    /// Looks through the whole chain, keeping in mind what an earlier look has seen.
    ///
    /// # Errors
    /// As [`Self::verify`].
    pub fn verify_again(&self, before: &JournalCheck) -> Result<JournalCheck, ArchiveError> {
        let taken = if self.stands(before)? { before.taken } else { before.taken.or(before.last) };
        let check = self.verify()?;
        let first_broken = [check.first_broken, taken].into_iter().flatten().min();
        Ok(JournalCheck { first_broken, taken, ..check })
    }

    /// From where a look came to, on to the end.
    fn look(&self, mut check: JournalCheck) -> Result<JournalCheck, ArchiveError> {
        let mut previous = check.head.unwrap_or(Sha256Hash::new(ORIGIN));
        let mut statement = self.0.prepare_cached("SELECT * FROM journal WHERE id > ?1 ORDER BY id")?;
        let mut rows = statement.query([check.last.unwrap_or(i64::MIN)])?;
        while let Some(row) = rows.next()? {
            check.entries += 1;
            check.read += 1;
            let id: i64 = row.get("id")?;
            check.last = Some(id);
            // What does not even read back was not written here.
            let whole = read(row).ok().filter(|row| row.previous == previous && row.is_whole());
            if whole.is_none() {
                check.first_broken = check.first_broken.or(Some(id));
            }
            if let Ok(found) = hash(row, "hash") {
                previous = found;
                check.head = Some(found);
            }
        }
        Ok(check)
    }

    /// Whether the last entry of an earlier look is still there, with its hash.
    fn stands(&self, before: &JournalCheck) -> Result<bool, ArchiveError> {
        let Some(last) = before.last else { return Ok(true) };
        let found = self
            .0
            .prepare_cached("SELECT hash FROM journal WHERE id = ?1")?
            .query_row([last], |row| hash(row, "hash"))
            .optional()?;
        Ok(found == before.head)
    }

    fn written(&self) -> Result<i64, ArchiveError> {
        Ok(self.0.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    fn head(&self) -> Result<Sha256Hash, ArchiveError> {
        let last = self
            .0
            .prepare_cached("SELECT hash FROM journal ORDER BY id DESC LIMIT 1")?
            .query_row([], |row| hash(row, "hash"))
            .optional()?;
        Ok(last.unwrap_or(Sha256Hash::new(ORIGIN)))
    }
}

/// By the index where a company is given.
fn page_of(one_company: bool) -> String {
    let company = if one_company { "nip = ?1" } else { "?1 IS NULL" };
    format!(
        "SELECT * FROM journal WHERE {company} AND (?2 IS NULL OR environment = ?2)
         AND (?3 IS NULL OR action = ?3) AND id < ?4 ORDER BY id DESC LIMIT ?5"
    )
}

impl JournalRow {
    /// The text over which its hash goes: a line for each field, `name=length:value` with the length in bytes, `name=-`
    /// where there is none; moments in microseconds since 1970 in UTC.
    #[must_use]
    pub fn canonical(&self) -> String {
        let (at, environment) =
            (self.at.timestamp_micros().to_string(), self.environment.map(Environment::as_str));
        let fields = [
            ("at", Some(at.as_str())),
            ("nip", self.company.as_ref().map(Nip::as_str)),
            ("environment", environment),
            ("action", Some(self.action.as_str())),
            ("object", self.object.as_deref()),
            ("outcome", Some(self.outcome.as_str())),
            ("detail", self.detail.as_deref()),
        ];
        fields
            .into_iter()
            .map(|(name, value)| match value {
                Some(value) => format!("{name}={}:{value}\n", value.len()),
                None => format!("{name}=-\n"),
            })
            .collect()
    }

    /// Whether its hash is the one of what it says. That it follows from the entry before is another matter.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.hash == self.expected()
    }

    fn expected(&self) -> Sha256Hash {
        let digest =
            Sha256::new().chain_update(self.previous.as_bytes()).chain_update(self.canonical()).finalize();
        Sha256Hash::new(digest.into())
    }
}

fn read(row: &Row<'_>) -> Result<JournalRow, rusqlite::Error> {
    Ok(JournalRow {
        id: row.get("id")?,
        at: moment(row, "at")?,
        company: optional_text(row, "nip")?,
        environment: optional_text(row, "environment")?,
        action: row.get("action")?,
        object: row.get("object")?,
        outcome: text(row, "outcome")?,
        detail: row.get("detail")?,
        previous: hash(row, "previous")?,
        hash: hash(row, "hash")?,
    })
}

/// Writing of `journal`: adding, nothing else.
pub struct JournalMut<'c>(pub(crate) &'c Connection);

impl JournalMut<'_> {
    /// Adds an entry; gives its number.
    ///
    /// # Errors
    /// When the archive fails, or the action is no name.
    pub fn append(&self, entry: &NewJournalEntry<'_>) -> Result<i64, ArchiveError> {
        let mut row = JournalRow {
            id: 0,
            at: entry.at,
            company: entry.company,
            environment: entry.environment,
            action: entry.action.to_owned(),
            object: entry.object.map(str::to_owned),
            outcome: entry.outcome,
            detail: entry.detail.map(str::to_owned),
            previous: Journal(self.0).head()?,
            hash: Sha256Hash::new(ORIGIN),
        };
        row.hash = row.expected();
        self.0
            .prepare_cached(
                "INSERT INTO journal (at, nip, environment, action, object, outcome, detail, previous, hash)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                row.at.timestamp_micros(),
                row.company.as_ref().map(Nip::as_str),
                row.environment.map(Environment::as_str),
                row.action,
                row.object,
                row.outcome.as_str(),
                row.detail,
                row.previous.as_bytes(),
                row.hash.as_bytes(),
            ])?;
        Ok(self.0.last_insert_rowid())
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;

    /// How much SQLite does for a page, in steps of its machine.
    fn steps(connection: &Connection, company: Option<Nip>) -> i32 {
        let query = JournalQuery { company, limit: 100, ..JournalQuery::default() };
        let statement = connection.prepare_cached(&page_of(company.is_some())).unwrap();
        statement.reset_status(StatementStatus::VmStep);
        drop(statement);
        Journal(connection).page(&query).unwrap();
        connection.prepare_cached(&page_of(company.is_some())).unwrap().get_status(StatementStatus::VmStep)
    }

    #[test]
    fn a_page_costs_the_same_however_long_the_journal_is() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(MIGRATIONS[0].sql).unwrap();
        let companies: [Nip; 2] = ["5265877635".parse().unwrap(), "1111111111".parse().unwrap()];
        let append = |company, count| {
            for _ in 0..count {
                let entry = NewJournalEntry {
                    at: DateTime::UNIX_EPOCH,
                    company: Some(company),
                    environment: None,
                    action: "token-made",
                    object: None,
                    outcome: JournalOutcome::Done,
                    detail: None,
                };
                JournalMut(&connection).append(&entry).unwrap();
            }
        };
        append(companies[0], 200);
        append(companies[1], 200);
        let before = [None, Some(companies[0]), Some(companies[1])].map(|one| steps(&connection, one));
        append(companies[1], 10_000);
        let after = [None, Some(companies[0]), Some(companies[1])].map(|one| steps(&connection, one));
        assert_eq!(before, after);
        assert!(before.iter().all(|steps| *steps > 100), "{before:?}");
    }
}
