//! The archive through its doors: real SQLite files in a temporary folder.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

use std::path::Path;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use ksef_archive::{
    Archive, ArchiveError, CertificateKind, CredentialNote, InvoiceRole, NewEntry, NewInvoice, NewSession,
    NewUpo, NoteSlot, OutboxQuery, OutboxState, SessionState, Standing, Stands, Step,
};
use ksef_types::{Environment, KsefNumber, Nip, ReferenceNumber, Sha256Hash};
use proptest::prelude::*;

fn nip() -> Nip {
    "5265877635".parse().unwrap()
}

fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_778)
}

fn archive(folder: &Path) -> Archive {
    let archive = Archive::open(&folder.join("archiwum.db")).unwrap();
    archive.write(|tables| tables.companies_mut().put(nip(), Some("Przykład"), now())).unwrap();
    archive
}

fn stands(number: &str, buyer: &str) -> Stands {
    Stands {
        number: number.to_owned(),
        issue_date: NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(),
        kind: "VAT".to_owned(),
        seller_nip: nip().to_string(),
        seller_name: "Sprzedawca".to_owned(),
        buyer_identifier: Some("1111111111".to_owned()),
        buyer_name: Some(buyer.to_owned()),
        gross: "123.45".to_owned(),
        currency: "PLN".to_owned(),
    }
}

fn queue(archive: &Archive, environment: Environment, number: &str, hash: u8) -> Result<i64, ArchiveError> {
    let stands = stands(number, "Zażółć gęślą jaźń");
    archive.write(|tables| {
        tables.outbox_mut().insert(&NewEntry {
            company: nip(),
            environment,
            file_name: "faktura.xml",
            document: number.as_bytes(),
            sha256: Sha256Hash::new([hash; 32]),
            form: "FA (3)",
            stands: &stands,
            queued_at: now(),
        })
    })
}

fn change(archive: &Archive, id: i64, change: impl FnOnce(&mut Standing)) -> Result<(), ArchiveError> {
    archive.write(|tables| {
        let mut row = tables.outbox().get(id)?.unwrap();
        change(&mut row.standing);
        tables.outbox_mut().set(id, &row.standing)
    })
}

fn number(technical: u8) -> KsefNumber {
    KsefNumber::compose(nip(), NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(), [technical; 6])
}

fn accept(archive: &Archive, id: i64) -> Result<(), ArchiveError> {
    change(archive, id, |standing| {
        standing.state = OutboxState::Accepted;
        standing.ksef_number = Some(number(1));
        standing.accepted_at = Some(now());
    })
}

/// Raw SQL beside the program, as another program would do it.
fn raw(folder: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(folder.join("archiwum.db")).unwrap()
}

#[test]
fn what_was_written_is_there_after_a_new_start() {
    let folder = tempfile::tempdir().unwrap();
    let id = queue(&archive(folder.path()), Environment::Test, "FV/1", 1).unwrap();
    let again = Archive::open(&folder.path().join("archiwum.db")).unwrap();
    let row = again.read::<_, ArchiveError>(|tables| tables.outbox().get(id)).unwrap().unwrap();
    assert_eq!(row.stands, stands("FV/1", "Zażółć gęślą jaźń"));
    assert_eq!((row.queued_at, row.standing.state, row.has_upo), (now(), OutboxState::Queued, false));
    let bytes = again.read::<_, ArchiveError>(|tables| tables.outbox().document(id)).unwrap();
    assert_eq!(bytes.as_deref(), Some(b"FV/1".as_slice()));
}

#[test]
fn a_database_of_a_newer_program_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    drop(archive(folder.path()));
    raw(folder.path()).pragma_update(None, "user_version", 1000).unwrap();
    let refused = Archive::open(&folder.path().join("archiwum.db")).unwrap_err();
    assert!(matches!(refused, ArchiveError::Newer { found: 1000, .. }), "{refused}");
}

#[test]
fn a_database_of_another_program_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    raw(folder.path()).execute_batch("CREATE TABLE kontakty (imie TEXT)").unwrap();
    let refused = Archive::open(&folder.path().join("archiwum.db")).unwrap_err();
    assert!(matches!(refused, ArchiveError::Foreign), "{refused}");
}

#[test]
fn damage_is_told_and_nothing_is_written_over_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archiwum.db");
    std::fs::write(&path, "to nie jest baza danych, tylko dłuższy tekst w pliku".repeat(40)).unwrap();
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(Archive::open(&path).unwrap_err(), ArchiveError::Damaged(_)));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_file_cut_in_its_middle_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archiwum.db");
    drop(archive(folder.path()));
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let opened = Archive::open(&path).and_then(|archive| archive.read(|tables| tables.companies().list()));
    assert!(matches!(opened.unwrap_err(), ArchiveError::Damaged(_)));
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("plik"), "x").unwrap();
    let refused = Archive::open(&folder.path().join("plik/archiwum.db")).unwrap_err();
    assert!(matches!(refused, ArchiveError::NotWritable), "{refused}");
}

#[test]
fn an_issued_document_never_changes_and_never_goes() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let id = queue(&archive, Environment::Test, "FV/1", 1).unwrap();
    archive.write(|tables| tables.outbox_steps_mut().append(id, now(), Step::Queued, None)).unwrap();
    let raw = raw(folder.path());
    for forbidden in [
        "UPDATE outbox SET document = x'00'",
        "UPDATE outbox SET sha256 = zeroblob(32)",
        "UPDATE outbox SET environment = 'production'",
        "DELETE FROM outbox",
        "UPDATE outbox_steps SET step = 'sent'",
        "DELETE FROM outbox_steps",
    ] {
        assert!(raw.execute_batch(forbidden).is_err(), "{forbidden}");
    }
}

#[test]
fn the_same_bytes_are_on_their_way_once_in_an_environment() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let id = queue(&archive, Environment::Test, "FV/1", 1).unwrap();
    assert!(matches!(queue(&archive, Environment::Test, "FV/1", 1), Err(ArchiveError::Rule(_))));
    queue(&archive, Environment::Production, "FV/1", 1).unwrap();
    change(&archive, id, |standing| standing.state = OutboxState::Refused).unwrap();
    queue(&archive, Environment::Test, "FV/1", 1).unwrap();
}

#[test]
fn earlier_sendings_of_the_same_bytes_are_known() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let refused = queue(&archive, Environment::Test, "1/2026", 1).unwrap();
    change(&archive, refused, |standing| standing.state = OutboxState::Refused).unwrap();
    let again = queue(&archive, Environment::Test, "1/2026", 1).unwrap();
    let elsewhere = queue(&archive, Environment::Demo, "1/2026", 1).unwrap();
    for (id, step, detail) in [
        (refused, Step::Sending, "session"),
        (refused, Step::Sent, "first"),
        (again, Step::FoundInKsef, "second"),
        (elsewhere, Step::Sent, "elsewhere"),
    ] {
        archive.write(|tables| tables.outbox_steps_mut().append(id, now(), step, Some(detail))).unwrap();
    }
    let known = archive
        .read(|tables| tables.outbox_steps().references(nip(), Environment::Test, Sha256Hash::new([1; 32])))
        .unwrap();
    assert_eq!(known, ["first", "second"]);
}

#[test]
fn every_outbox_with_something_to_do_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let with_work = || archive.read(|tables| tables.outbox().with_work()).unwrap();
    assert!(with_work().is_empty());
    let id = queue(&archive, Environment::Test, "1/2026", 1).unwrap();
    assert_eq!(with_work(), [(nip(), Environment::Test)]);

    // Accepted, its UPO not fetched yet.
    accept(&archive, id).unwrap();
    assert!(with_work().is_empty());
    change(&archive, id, |standing| standing.next_attempt_at = Some(now())).unwrap();
    assert_eq!(with_work(), [(nip(), Environment::Test)]);

    // A session that was not closed.
    let session = NewSession {
        company: nip(),
        environment: Environment::Demo,
        reference_number: "20261121-SO-0123456789-ABCDEF0123-4E".parse().unwrap(),
        opened_at: now(),
        valid_until: now() + TimeDelta::hours(12),
    };
    archive.write::<_, ArchiveError>(|tables| tables.sessions_mut().insert(&session)).unwrap();
    assert_eq!(with_work(), [(nip(), Environment::Demo), (nip(), Environment::Test)]);

    archive.write(|tables| tables.companies_mut().remove(nip(), now())).unwrap();
    assert!(with_work().is_empty(), "a removed company does nothing");
}

#[test]
fn an_accepted_invoice_keeps_its_number() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let id = queue(&archive, Environment::Test, "FV/1", 1).unwrap();
    accept(&archive, id).unwrap();
    let back = change(&archive, id, |standing| standing.state = OutboxState::Queued);
    assert!(matches!(back, Err(ArchiveError::Rule(_))));
    let other = change(&archive, id, |standing| standing.ksef_number = Some(number(2)));
    assert!(matches!(other, Err(ArchiveError::Rule(_))));
}

#[test]
fn what_may_have_left_names_its_session() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let id = queue(&archive, Environment::Test, "FV/1", 1).unwrap();
    let without = change(&archive, id, |standing| standing.state = OutboxState::Sending);
    assert!(matches!(without, Err(ArchiveError::Rule(_))));
}

#[test]
fn a_failed_change_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let id = queue(&archive, Environment::Test, "FV/1", 1).unwrap();
    let failed: Result<(), ArchiveError> = archive.write(|tables| {
        tables.outbox_steps_mut().append(id, now(), Step::Sending, None)?;
        Err(ArchiveError::Busy)
    });
    assert!(failed.is_err());
    assert!(archive.read::<_, ArchiveError>(|tables| tables.outbox_steps().of(id)).unwrap().is_empty());
}

#[test]
fn one_at_a_time_has_the_lease_of_an_outbox() {
    let folder = tempfile::tempdir().unwrap();
    let (window, terminal) = (archive(folder.path()), archive(folder.path()));
    let lease = window.lease(nip(), Environment::Test).unwrap();
    assert!(lease.is_some());
    assert!(terminal.lease(nip(), Environment::Test).unwrap().is_none());
    assert!(terminal.lease(nip(), Environment::Demo).unwrap().is_some());
    drop(lease);
    assert!(terminal.lease(nip(), Environment::Test).unwrap().is_some());
}

#[test]
fn one_at_a_time_has_the_lease_of_a_request_for_a_certificate() {
    let folder = tempfile::tempdir().unwrap();
    let (window, terminal) = (archive(folder.path()), archive(folder.path()));
    let take = |archive: &Archive, kind| archive.enrolment_lease(nip(), Environment::Test, kind).unwrap();
    let lease = take(&window, CertificateKind::Offline);
    assert!(lease.is_some());
    assert!(take(&terminal, CertificateKind::Offline).is_none());
    assert!(take(&window, CertificateKind::Offline).is_none(), "nor another part of the same process");
    assert!(take(&terminal, CertificateKind::Authentication).is_some());
    assert!(terminal.lease(nip(), Environment::Test).unwrap().is_some(), "sending is another matter");
    drop(lease);
    assert!(take(&terminal, CertificateKind::Offline).is_some());
}

#[test]
fn two_who_start_at_once_both_get_the_archive() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archiwum.db");
    std::thread::scope(|scope| {
        let started: Vec<_> = (0..8).map(|_| scope.spawn(|| Archive::open(&path).map(drop))).collect();
        for start in started {
            start.join().unwrap().unwrap();
        }
    });
}

#[test]
fn searching_knows_polish_letters() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let id = queue(&archive, Environment::Test, "FV/100%/Ł", 1).unwrap();
    accept(&archive, id).unwrap();
    let found = |text: &str| {
        let query = OutboxQuery { text: text.to_owned(), limit: 10, ..OutboxQuery::default() };
        archive
            .read::<_, ArchiveError>(|tables| tables.outbox().page(nip(), Environment::Test, &query))
            .unwrap()
            .total
    };
    for text in ["", "zazolc", "GĘŚLĄ jaźń", "fv/100%/l", "1111111111", number(1).as_str(), "sprzedawca"]
    {
        assert_eq!(found(text), 1, "{text}");
    }
    for text in ["fv_100", "100%%", "nikt", "\\"] {
        assert_eq!(found(text), 0, "{text}");
    }
}

#[test]
fn notes_tell_where_else_a_credential_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let note = CredentialNote {
        certificate: Some(vec![1, 2, 3]),
        subject: Some("Jan".to_owned()),
        serial: Some("0123456789ABCDEF".to_owned()),
        typed_serial: None,
        not_after: Some(now()),
        reference_number: None,
        stored_at: now(),
    };
    archive
        .write::<_, ArchiveError>(|tables| {
            let notes = tables.credential_notes_mut();
            notes.put(nip(), Environment::Test, NoteSlot::Authentication, &note)?;
            let read = tables.credential_notes().get(nip(), Environment::Test, NoteSlot::Authentication)?;
            assert_eq!(read.as_ref(), Some(&note));
            let elsewhere =
                tables.credential_notes().elsewhere("0123456789ABCDEF", Environment::Production)?;
            assert_eq!(elsewhere, [Environment::Test]);
            notes.remove_company(nip())?;
            assert!(
                tables.credential_notes().elsewhere("0123456789ABCDEF", Environment::Production)?.is_empty()
            );
            Ok(())
        })
        .unwrap();
}

#[test]
fn an_invoice_and_its_upo_are_archived_for_good() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let id = queue(&archive, Environment::Test, "FV/1", 1).unwrap();
    accept(&archive, id).unwrap();
    let stands = stands("FV/1", "Kupujący");
    archive
        .write::<_, ArchiveError>(|tables| {
            let ksef_number = &number(1);
            let invoice = NewInvoice {
                company: nip(),
                environment: Environment::Test,
                ksef_number,
                role: InvoiceRole::Seller,
                document: b"FV/1",
                sha256: Sha256Hash::new([1; 32]),
                stands: &stands,
                invoicing_date: None,
                acquisition_date: Some(now()),
                permanent_storage_date: None,
                stored_at: now(),
                outbox_id: Some(id),
            };
            let invoice_id = tables.invoices_mut().insert(&invoice)?;
            assert!(matches!(tables.invoices_mut().insert(&invoice), Err(ArchiveError::Rule(_))));
            tables.invoices_mut().stored_permanently(invoice_id, now())?;
            let upo = NewUpo {
                company: nip(),
                environment: Environment::Test,
                invoice_id,
                document: b"<Potwierdzenie/>",
                sha256: Sha256Hash::new([2; 32]),
                fetched_at: now(),
            };
            tables.upo_mut().insert(&upo)?;
            assert!(tables.outbox().get(id)?.unwrap().has_upo);
            assert_eq!(tables.invoices().of_outbox(id)?.unwrap().permanent_storage_date, Some(now()));
            assert_eq!(tables.invoices().document(invoice_id)?.as_deref(), Some(b"FV/1".as_slice()));
            Ok(())
        })
        .unwrap();
    let raw = raw(folder.path());
    for forbidden in [
        "UPDATE invoices SET document = x'00'",
        "DELETE FROM upo",
        "UPDATE upo SET document = x'00'",
        "DELETE FROM invoices",
    ] {
        assert!(raw.execute_batch(forbidden).is_err(), "{forbidden}");
    }
}

#[test]
fn sessions_are_unsettled_until_ksef_says_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    archive
        .write::<_, ArchiveError>(|tables| {
            let id = tables.sessions_mut().insert(&NewSession {
                company: nip(),
                environment: Environment::Test,
                reference_number: ReferenceNumber::compose(now().date_naive(), ['S', 'O'], [7; 11]),
                opened_at: now(),
                valid_until: now() + TimeDelta::hours(12),
            })?;
            tables.sessions_mut().closing(id, now())?;
            let unsettled = tables.sessions().unsettled(nip(), Environment::Test)?;
            assert_eq!((unsettled[0].state, unsettled[0].close_attempts), (SessionState::Closing, 1));
            tables.sessions_mut().settle(id, SessionState::Closed, now())?;
            assert!(tables.sessions().unsettled(nip(), Environment::Test)?.is_empty());
            Ok(())
        })
        .unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    /// Pages by key: every row once, newest first, whatever the size of a page.
    #[test]
    fn pages_hold_every_row_once(count in 0u8..30, limit in 1u32..12) {
        let folder = tempfile::tempdir().unwrap();
        let archive = archive(folder.path());
        for hash in 0..count {
            queue(&archive, Environment::Test, &format!("FV/{hash}"), hash).unwrap();
        }
        let (mut before, mut seen) = (None, Vec::new());
        loop {
            let query = OutboxQuery { before, limit, ..OutboxQuery::default() };
            let page = archive
                .read::<_, ArchiveError>(|tables| tables.outbox().page(nip(), Environment::Test, &query))
                .unwrap();
            prop_assert_eq!(page.total, u32::from(count));
            seen.extend(page.rows.iter().map(|row| row.id));
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        let mut expected: Vec<i64> = (1..=i64::from(count)).collect();
        expected.reverse();
        prop_assert_eq!(seen, expected);
    }
}
