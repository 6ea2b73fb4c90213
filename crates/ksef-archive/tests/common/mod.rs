//! An archive in a temporary folder, and what tests put into it.
#![allow(clippy::allow_attributes, reason = "an expectation would not hold in every test file")]
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

use std::path::Path;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use ksef_archive::{Archive, ArchiveError, NewEntry, OutboxState, Stands};
use ksef_types::{Environment, Nip, Sha256Hash};

pub(crate) const TEST: Environment = Environment::Test;

pub(crate) fn nip() -> Nip {
    "5265877635".parse().unwrap()
}

pub(crate) fn other_nip() -> Nip {
    "1111111111".parse().unwrap()
}

pub(crate) fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_778)
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The archive of a process; a second one on the same folder is a second process, as far as one can play that.
pub(crate) fn archive(folder: &Path) -> Archive {
    let archive = Archive::open(&folder.join("archiwum.db")).unwrap();
    for company in [nip(), other_nip()] {
        archive.write(|tables| tables.companies_mut().put(company, Some("Przykład"), now())).unwrap();
    }
    archive
}

/// Raw SQL beside the program, as another program would do it.
pub(crate) fn raw(folder: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(folder.join("archiwum.db")).unwrap()
}

/// Queues a document; its bytes are its kind and number.
pub(crate) fn queue(archive: &Archive, kind: &str, number: &str) -> i64 {
    archive.write::<_, ArchiveError>(|tables| queue_in(tables, kind, number)).unwrap()
}

pub(crate) fn queue_in(
    tables: &ksef_archive::Writing<'_>,
    kind: &str,
    number: &str,
) -> Result<i64, ArchiveError> {
    let document = format!("{kind} {number}");
    let mut hash = [0; 32];
    hash.iter_mut().zip(document.bytes()).for_each(|(place, byte)| *place = byte);
    tables.outbox_mut().insert(&NewEntry {
        company: nip(),
        environment: TEST,
        file_name: "faktura.xml",
        document: document.as_bytes(),
        sha256: Sha256Hash::new(hash),
        form: "FA (3)",
        stands: &Stands {
            number: number.to_owned(),
            issue_date: day("2026-11-21"),
            kind: kind.to_owned(),
            seller_nip: nip().to_string(),
            seller_name: "Sprzedawca".to_owned(),
            buyer_identifier: None,
            buyer_name: None,
            gross: "1.23".to_owned(),
            currency: "PLN".to_owned(),
        },
        queued_at: now(),
    })
}

pub(crate) fn end(archive: &Archive, id: i64, state: OutboxState) {
    archive
        .write::<_, ArchiveError>(|tables| {
            let mut row = tables.outbox().get(id)?.unwrap();
            row.standing.state = state;
            tables.outbox_mut().set(id, &row.standing)
        })
        .unwrap();
}
