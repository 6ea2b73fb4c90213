use chrono::{DateTime, Utc};
use ksef_types::{Environment, Nip, Sha256Hash};
use rusqlite::{Connection, params};

use crate::ArchiveError;
use crate::migrations::Migration;
use crate::value::{moment, names, text};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 6,
    sql: "CREATE TABLE outbox_steps (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        outbox_id INTEGER NOT NULL REFERENCES outbox (id),
        at INTEGER NOT NULL,
        step TEXT NOT NULL,
        detail TEXT
    ) STRICT;
    CREATE INDEX outbox_steps_of ON outbox_steps (outbox_id, id);
    CREATE TRIGGER outbox_steps_stay BEFORE UPDATE ON outbox_steps
        BEGIN SELECT RAISE(ABORT, 'steps are only added'); END;
    CREATE TRIGGER outbox_steps_remain BEFORE DELETE ON outbox_steps
        BEGIN SELECT RAISE(ABORT, 'steps are only added'); END",
}];

/// What happened to an outbox entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Its bytes were written.
    Queued,
    /// It is about to leave; detail: the session's number.
    Sending,
    /// KSeF took it; detail: its reference number.
    Sent,
    /// No answer came; KSeF will be asked. Detail: the kind of failure.
    AnswerLost,
    /// KSeF, asked after a lost answer, has it; detail: its reference number.
    FoundInKsef,
    /// KSeF, asked after a lost answer, does not have it.
    NotInKsef,
    /// It certainly did not leave and is queued again; detail: why.
    Requeued,
    /// KSeF told its status; detail: the code.
    Status,
    /// It has its number; detail: the number.
    Accepted,
    /// It is refused; detail: the code.
    Refused,
    /// A person is needed; detail: the kind of problem.
    Held,
    /// There was no connection, or KSeF asked to wait; detail: why.
    Postponed,
    /// The UPO is in the archive.
    UpoStored,
    /// A person took it back.
    Withdrawn,
    /// A person asked to try again.
    Retried,
}

names!(Step {
    Queued = "queued",
    Sending = "sending",
    Sent = "sent",
    AnswerLost = "answer-lost",
    FoundInKsef = "found-in-ksef",
    NotInKsef = "not-in-ksef",
    Requeued = "requeued",
    Status = "status",
    Accepted = "accepted",
    Refused = "refused",
    Held = "held",
    Postponed = "postponed",
    UpoStored = "upo-stored",
    Withdrawn = "withdrawn",
    Retried = "retried",
});

/// A step that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRow {
    /// What happened.
    pub step: Step,
    /// When.
    pub at: DateTime<Utc>,
    /// More about it.
    pub detail: Option<String>,
}

/// Reading of `outbox_steps`.
pub struct OutboxSteps<'c>(pub(crate) &'c Connection);

impl OutboxSteps<'_> {
    /// The steps of an entry, in order.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn of(&self, outbox_id: i64) -> Result<Vec<StepRow>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT step, at, detail FROM outbox_steps WHERE outbox_id = ?1 ORDER BY id")?
            .query_map([outbox_id], |row| {
                Ok(StepRow { step: text(row, "step")?, at: moment(row, "at")?, detail: row.get("detail")? })
            })?
            .collect::<Result<_, _>>()?)
    }

    /// KSeF's numbers of all sendings of the same bytes whose answer is known, in whatever entry they were.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn references(
        &self,
        nip: Nip,
        environment: Environment,
        sha256: Sha256Hash,
    ) -> Result<Vec<String>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT detail FROM outbox_steps
                 WHERE step IN ('sent', 'found-in-ksef') AND detail IS NOT NULL AND outbox_id IN
                 (SELECT id FROM outbox WHERE nip = ?1 AND environment = ?2 AND sha256 = ?3)",
            )?
            .query_map(params![nip.as_str(), environment.as_str(), sha256.as_bytes()], |row| row.get(0))?
            .collect::<Result<_, _>>()?)
    }

    /// How often a step was made with an entry.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn count(&self, outbox_id: i64, step: Step) -> Result<u32, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT count(*) FROM outbox_steps WHERE outbox_id = ?1 AND step = ?2")?
            .query_row(params![outbox_id, step.as_str()], |row| row.get(0))?)
    }
}

/// Writing of `outbox_steps`: adding, nothing else.
pub struct OutboxStepsMut<'c>(pub(crate) &'c Connection);

impl OutboxStepsMut<'_> {
    /// Adds a step.
    ///
    /// # Errors
    /// When the archive fails, or the entry has no row.
    pub fn append(
        &self,
        outbox_id: i64,
        at: DateTime<Utc>,
        step: Step,
        detail: Option<&str>,
    ) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached("INSERT INTO outbox_steps (outbox_id, at, step, detail) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![outbox_id, at.timestamp_micros(), step.as_str(), detail])?;
        Ok(())
    }
}
