use chrono::{DateTime, Utc};
use ksef_types::{CertificateName, CertificateSerial, Environment, Nip, ReferenceNumber};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::ArchiveError;
use crate::migrations::Migration;
use crate::table::known_certificates::CertificateKind;
use crate::value::{moment, names, optional_micros, optional_moment, optional_text, shown, text};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 22,
    sql: "CREATE TABLE enrolments (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        nip TEXT NOT NULL REFERENCES companies (nip),
        environment TEXT NOT NULL CHECK (environment IN ('production', 'demo', 'test', 'sandbox')),
        kind TEXT NOT NULL CHECK (kind IN ('authentication', 'offline')),
        name TEXT NOT NULL,
        algorithm TEXT NOT NULL CHECK (algorithm IN ('p256', 'rsa2048')),
        -- The serial number of the certificate that this one is to replace.
        renews TEXT,
        -- From when it shall be valid; at once where nothing is given.
        valid_from INTEGER,
        step TEXT NOT NULL CHECK (step IN ('begun', 'key-made', 'sending', 'sent', 'issued', 'stored', 'proved', 'done',
            'refused', 'abandoned')),
        -- The request as it was sent: public, and by its key the certificate is known again.
        request BLOB,
        sent_at INTEGER,
        -- How many requests KSeF would still take before this one was sent: tells later whether it was taken.
        requests_left INTEGER,
        reference_number TEXT,
        serial TEXT,
        problem TEXT,
        problem_detail TEXT,
        problem_at INTEGER,
        begun_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX enrolments_one_at_a_time ON enrolments (nip, environment, kind)
        WHERE step NOT IN ('done', 'refused', 'abandoned');
    CREATE TRIGGER enrolments_end BEFORE UPDATE ON enrolments WHEN OLD.step IN ('done', 'refused', 'abandoned')
        BEGIN SELECT RAISE(ABORT, 'an enrolment that has ended does not change'); END",
}, Migration {
    version: 28,
    // The place of the last sending among all sendings: clocks do not tell which of two was noted first.
    sql: "ALTER TABLE enrolments ADD COLUMN sending INTEGER",
}];

/// The key of a requested certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnrolmentAlgorithm {
    /// Elliptic, P-256.
    P256,
    /// RSA with 2048 bits.
    Rsa2048,
}

names!(EnrolmentAlgorithm { P256 = "p256", Rsa2048 = "rsa2048" });

/// How far a request for a certificate is. Each step is written before what it allows is done, so that after a crash it is known
/// what may have happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnrolmentStep {
    /// Wanted; the key may be in the keychain already.
    Begun,
    /// The key is in the keychain, in its waiting place.
    KeyMade,
    /// The request may have left; KSeF is to be asked before it is sent again.
    Sending,
    /// KSeF took the request and gave a reference number.
    Sent,
    /// KSeF issued the certificate: its serial number is known.
    Issued,
    /// The certificate was fetched and checked and stands beside its key in the waiting place.
    Stored,
    /// KSeF let the new certificate in; or it cannot be tried (offline).
    Proved,
    /// The pair is in its place.
    Done,
    /// KSeF refused for good.
    Refused,
    /// Given up by the person.
    Abandoned,
}

names!(EnrolmentStep {
    Begun = "begun",
    KeyMade = "key-made",
    Sending = "sending",
    Sent = "sent",
    Issued = "issued",
    Stored = "stored",
    Proved = "proved",
    Done = "done",
    Refused = "refused",
    Abandoned = "abandoned",
});

impl EnrolmentStep {
    /// Whether nothing follows.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Done | Self::Refused | Self::Abandoned)
    }
}

/// A certificate that a person wants.
#[derive(Debug, Clone)]
pub struct NewEnrolment<'a> {
    /// For which company.
    pub company: Nip,
    /// Where.
    pub environment: Environment,
    /// Of which kind.
    pub kind: CertificateKind,
    /// Its name in KSeF's list.
    pub name: &'a CertificateName,
    /// With which key.
    pub algorithm: EnrolmentAlgorithm,
    /// The certificate that it is to replace.
    pub renews: Option<&'a CertificateSerial>,
    /// From when it shall be valid; at once where nothing is given.
    pub valid_from: Option<DateTime<Utc>>,
    /// When the person asked for it.
    pub begun_at: DateTime<Utc>,
}

/// What went wrong last, by a stable code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolmentProblem {
    /// The code.
    pub code: String,
    /// KSeF's words, or more of it; never a secret.
    pub detail: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// A request for a certificate, one row from the wish to the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolmentRow {
    /// Its row.
    pub id: i64,
    /// For which company.
    pub company: Nip,
    /// Where.
    pub environment: Environment,
    /// Of which kind.
    pub kind: CertificateKind,
    /// Its name in KSeF's list.
    pub name: CertificateName,
    /// With which key.
    pub algorithm: EnrolmentAlgorithm,
    /// The certificate that it is to replace.
    pub renews: Option<CertificateSerial>,
    /// From when it shall be valid; at once where nothing is given.
    pub valid_from: Option<DateTime<Utc>>,
    /// How far it is.
    pub step: EnrolmentStep,
    /// The PKCS#10 request in DER, once it was made.
    pub request: Option<Vec<u8>>,
    /// When the request left, or may have left, last.
    pub sent_at: Option<DateTime<Utc>>,
    /// The place of that sending among all sendings, in the order in which they were noted.
    pub sending: Option<i64>,
    /// How many requests KSeF would still take just before this one left.
    pub requests_left: Option<u32>,
    /// KSeF's number of the request.
    pub reference_number: Option<ReferenceNumber>,
    /// The number of the issued certificate.
    pub serial: Option<CertificateSerial>,
    /// What went wrong last; `None` once a later step succeeded.
    pub problem: Option<EnrolmentProblem>,
    /// When the person asked for it.
    pub begun_at: DateTime<Utc>,
    /// When the row changed last.
    pub changed_at: DateTime<Utc>,
}

/// Reading of `enrolments`.
pub struct Enrolments<'c>(pub(crate) &'c Connection);

impl Enrolments<'_> {
    /// One of them.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn get(&self, id: i64) -> Result<Option<EnrolmentRow>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT * FROM enrolments WHERE id = ?1")?
            .query_row([id], read)
            .optional()?)
    }

    /// The one of this kind that has not ended; there is never more than one.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn open(
        &self,
        nip: Nip,
        environment: Environment,
        kind: CertificateKind,
    ) -> Result<Option<EnrolmentRow>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT * FROM enrolments WHERE nip = ?1 AND environment = ?2 AND kind = ?3
                 AND step NOT IN ('done', 'refused', 'abandoned')",
            )?
            .query_row(params![nip.as_str(), environment.as_str(), kind.as_str()], read)
            .optional()?)
    }

    /// All that have not ended, of every company, oldest first: what is taken up again after a start.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn unfinished(&self) -> Result<Vec<EnrolmentRow>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT * FROM enrolments WHERE step NOT IN ('done', 'refused', 'abandoned') ORDER BY id",
            )?
            .query_map([], read)?
            .collect::<Result<_, _>>()?)
    }

    /// All of a company in an environment, newest first.
    ///
    /// # Errors
    /// When the archive fails.
    pub fn list(&self, nip: Nip, environment: Environment) -> Result<Vec<EnrolmentRow>, ArchiveError> {
        Ok(self
            .0
            .prepare_cached("SELECT * FROM enrolments WHERE nip = ?1 AND environment = ?2 ORDER BY id DESC")?
            .query_map(params![nip.as_str(), environment.as_str()], read)?
            .collect::<Result<_, _>>()?)
    }
}

fn read(row: &Row<'_>) -> Result<EnrolmentRow, rusqlite::Error> {
    let problem = match (row.get::<_, Option<String>>("problem")?, optional_moment(row, "problem_at")?) {
        (Some(code), Some(at)) => Some(EnrolmentProblem { code, detail: row.get("problem_detail")?, at }),
        _ => None,
    };
    Ok(EnrolmentRow {
        id: row.get("id")?,
        company: text(row, "nip")?,
        environment: text(row, "environment")?,
        kind: text(row, "kind")?,
        name: text(row, "name")?,
        algorithm: text(row, "algorithm")?,
        renews: optional_text(row, "renews")?,
        valid_from: optional_moment(row, "valid_from")?,
        step: text(row, "step")?,
        request: row.get("request")?,
        sent_at: optional_moment(row, "sent_at")?,
        sending: row.get("sending")?,
        requests_left: row.get("requests_left")?,
        reference_number: optional_text(row, "reference_number")?,
        serial: optional_text(row, "serial")?,
        problem,
        begun_at: moment(row, "begun_at")?,
        changed_at: moment(row, "changed_at")?,
    })
}

/// Writing of `enrolments`.
pub struct EnrolmentsMut<'c>(pub(crate) &'c Connection);

impl EnrolmentsMut<'_> {
    /// Begins one; gives its row's id.
    ///
    /// # Errors
    /// [`ArchiveError::Rule`] while another of this kind has not ended; when the archive fails, or the company has no row.
    pub fn begin(&self, new: &NewEnrolment<'_>) -> Result<i64, ArchiveError> {
        self.0
            .prepare_cached(
                "INSERT INTO enrolments (nip, environment, kind, name, algorithm, renews, valid_from, step, begun_at,
                 changed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'begun', ?8, ?8)",
            )?
            .execute(params![
                new.company.as_str(),
                new.environment.as_str(),
                new.kind.as_str(),
                new.name.as_str(),
                new.algorithm.as_str(),
                shown(new.renews),
                optional_micros(new.valid_from),
                new.begun_at.timestamp_micros(),
            ])?;
        Ok(self.0.last_insert_rowid())
    }

    /// The next step is reached; what went wrong before is forgotten.
    ///
    /// # Errors
    /// [`ArchiveError::Rule`] for one that has ended; when the archive fails.
    pub fn reach(&self, id: i64, step: EnrolmentStep, now: DateTime<Utc>) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "UPDATE enrolments SET step = ?2, changed_at = ?3, problem = NULL, problem_detail = NULL, problem_at = NULL
                 WHERE id = ?1",
            )?
            .execute(params![id, step.as_str(), now.timestamp_micros()])?;
        Ok(())
    }

    /// The request is about to leave: [`EnrolmentStep::Sending`], with its exact bytes, and how many requests KSeF would still
    /// take before it.
    ///
    /// # Errors
    /// As [`Self::reach`].
    pub fn sending(
        &self,
        id: i64,
        request: &[u8],
        requests_left: u32,
        now: DateTime<Utc>,
    ) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "UPDATE enrolments SET request = ?2, sent_at = ?3, requests_left = ?4,
                 sending = 1 + (SELECT COALESCE(MAX(sending), 0) FROM enrolments) WHERE id = ?1",
            )?
            .execute(params![id, request, now.timestamp_micros(), requests_left])?;
        self.reach(id, EnrolmentStep::Sending, now)
    }

    /// KSeF took the request: [`EnrolmentStep::Sent`].
    ///
    /// # Errors
    /// As [`Self::reach`].
    pub fn sent(&self, id: i64, number: &ReferenceNumber, now: DateTime<Utc>) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached("UPDATE enrolments SET reference_number = ?2 WHERE id = ?1")?
            .execute(params![id, number.as_str()])?;
        self.reach(id, EnrolmentStep::Sent, now)
    }

    /// KSeF issued the certificate: [`EnrolmentStep::Issued`].
    ///
    /// # Errors
    /// As [`Self::reach`].
    pub fn issued(
        &self,
        id: i64,
        serial: &CertificateSerial,
        now: DateTime<Utc>,
    ) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached("UPDATE enrolments SET serial = ?2 WHERE id = ?1")?
            .execute(params![id, serial.as_str()])?;
        self.reach(id, EnrolmentStep::Issued, now)
    }

    /// Notes what went wrong; the step stays.
    ///
    /// # Errors
    /// [`ArchiveError::Rule`] for one that has ended; when the archive fails.
    pub fn problem(&self, id: i64, problem: &EnrolmentProblem) -> Result<(), ArchiveError> {
        let at = problem.at.timestamp_micros();
        self.0
            .prepare_cached(
                "UPDATE enrolments SET problem = ?2, problem_detail = ?3, problem_at = ?4, changed_at = ?4 WHERE id = ?1",
            )?
            .execute(params![id, problem.code, problem.detail, at])?;
        Ok(())
    }

    /// Ends it with the reason: [`EnrolmentStep::Refused`] or [`EnrolmentStep::Abandoned`].
    ///
    /// # Errors
    /// [`ArchiveError::Rule`] for one that has ended; when the archive fails.
    pub fn end(
        &self,
        id: i64,
        step: EnrolmentStep,
        problem: Option<&EnrolmentProblem>,
        now: DateTime<Utc>,
    ) -> Result<(), ArchiveError> {
        self.0
            .prepare_cached(
                "UPDATE enrolments SET step = ?2, changed_at = ?3, problem = ?4, problem_detail = ?5, problem_at = ?6
                 WHERE id = ?1",
            )?
            .execute(params![
                id,
                step.as_str(),
                now.timestamp_micros(),
                problem.map(|problem| problem.code.as_str()),
                problem.and_then(|problem| problem.detail.as_deref()),
                problem.map(|problem| problem.at.timestamp_micros()),
            ])?;
        Ok(())
    }
}
