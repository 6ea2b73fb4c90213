//! Number series, issued numbers and links between invoices through their doors.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use common::{TEST, archive, end, nip, now, queue, queue_in, raw};
use ksef_archive::{
    Archive, ArchiveError, InvoiceLink, NewIssued, OutboxState, Relation, SeriesEntry, Taken,
};

fn series(archive: &Archive, kinds: &[&str]) -> i64 {
    let entry = SeriesEntry { name: "FV", pattern: "FV/{nr}", reset: "\"never\"", kinds };
    archive.write::<_, ArchiveError>(|tables| tables.series_mut().insert(nip(), TEST, &entry, now())).unwrap()
}

fn issue(archive: &Archive, series_id: i64, counter: u32) -> i64 {
    archive
        .write::<_, ArchiveError>(|tables| {
            let suffix = tables.outbox().page(nip(), TEST, &ksef_archive::OutboxQuery::default())?.total;
            let outbox_id = queue_in(tables, "VAT", &format!("FV/{counter}-{suffix}"))?;
            let taken = Some(Taken { series_id, period: "", counter });
            tables.issued_numbers_mut().insert(&NewIssued {
                outbox_id,
                taken,
                draft_id: None,
                origin: "{}",
            })?;
            let last = tables.series_counters().last(series_id, "")?;
            tables.series_counters_mut().set(series_id, "", counter.max(last))?;
            Ok(outbox_id)
        })
        .unwrap()
}

fn freed(archive: &Archive, series_id: i64) -> Vec<(u32, OutboxState)> {
    let freed = archive.read::<_, ArchiveError>(|tables| tables.issued_numbers().freed(series_id, "", 100));
    freed.unwrap().into_iter().map(|freed| (freed.counter, freed.state)).collect()
}

#[test]
fn a_kind_takes_its_numbers_from_one_series() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let (first, second) = (series(&archive, &["VAT", "UPR"]), series(&archive, &["UPR", "ROZ"]));
    let of = |kind: &str| {
        let row = archive.read::<_, ArchiveError>(|tables| tables.series().of_kind(nip(), TEST, kind));
        row.unwrap().map(|row| row.id)
    };
    assert_eq!(["VAT", "UPR", "ROZ", "KOR"].map(of), [Some(first), Some(second), Some(second), None]);
    archive.write::<_, ArchiveError>(|tables| tables.series_mut().remove(second)).unwrap();
    assert_eq!(["VAT", "UPR"].map(of), [Some(first), None]);
}

#[test]
fn an_issued_number_stays_and_so_does_its_series() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let series = series(&archive, &["VAT"]);
    issue(&archive, series, 1);
    let removed = archive.write(|tables| tables.series_mut().remove(series));
    assert!(matches!(removed, Err(ArchiveError::Rule(_))));
    let raw = raw(folder.path());
    for forbidden in ["UPDATE issued_numbers SET counter = 2", "DELETE FROM issued_numbers"] {
        assert!(raw.execute_batch(forbidden).is_err(), "{forbidden}");
    }
}

#[test]
fn a_draft_becomes_one_invoice() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let issue = |number: &str| {
        archive.write(|tables| {
            let outbox_id = queue_in(tables, "VAT", number)?;
            tables.issued_numbers_mut().insert(&NewIssued {
                outbox_id,
                taken: None,
                draft_id: Some(7),
                origin: "{}",
            })?;
            Ok::<_, ArchiveError>(outbox_id)
        })
    };
    let id = issue("FV/1").unwrap();
    assert!(matches!(issue("FV/2"), Err(ArchiveError::Rule(_))));
    let became = archive.read::<_, ArchiveError>(|tables| tables.issued_numbers().of_draft(7)).unwrap();
    assert_eq!(became, Some(id));
    let second =
        archive.read::<_, ArchiveError>(|tables| tables.issued_numbers().with_number(nip(), TEST, "FV/2"));
    assert_eq!(second.unwrap(), [], "the refused one left nothing behind");
}

#[test]
fn numbers_of_invoices_that_never_came_to_be_are_known() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let series = series(&archive, &["VAT"]);
    let ids = [1, 2, 3].map(|counter| issue(&archive, series, counter));
    assert_eq!(freed(&archive, series), []);
    end(&archive, ids[0], OutboxState::Withdrawn);
    end(&archive, ids[2], OutboxState::Refused);
    assert_eq!(freed(&archive, series), [(1, OutboxState::Withdrawn), (3, OutboxState::Refused)]);
    let greatest =
        || archive.read::<_, ArchiveError>(|tables| tables.issued_numbers().greatest(series, "")).unwrap();
    assert_eq!(greatest(), 2);
    // Given again, and taken back once more.
    let again = issue(&archive, series, 1);
    assert_eq!(freed(&archive, series), [(3, OutboxState::Refused)]);
    end(&archive, again, OutboxState::Withdrawn);
    assert_eq!(freed(&archive, series).len(), 2);
}

#[test]
fn a_number_is_used_by_what_is_neither_refused_nor_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let (invoice, correction) = (queue(&archive, "VAT", "1/2026"), queue(&archive, "KOR", "1/2026"));
    let used = || {
        let found = archive
            .read::<_, ArchiveError>(|tables| tables.issued_numbers().with_number(nip(), TEST, "1/2026"));
        found.unwrap()
    };
    assert_eq!(used(), [("VAT".to_owned(), Some(invoice)), ("KOR".to_owned(), Some(correction))]);
    end(&archive, invoice, OutboxState::Refused);
    assert_eq!(used(), [("KOR".to_owned(), Some(correction))]);
    end(&archive, correction, OutboxState::Withdrawn);
    assert_eq!(used(), []);
}

#[test]
fn an_advance_is_open_until_a_final_invoice_settles_it() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let (first, second) = (queue(&archive, "ZAL", "ZAL/1"), queue(&archive, "ZAL", "ZAL/2"));
    queue(&archive, "VAT", "FV/1");
    let last = queue(&archive, "ROZ", "ROZ/1");
    let link = InvoiceLink {
        relation: Relation::Settles,
        target: Some(first),
        number: "ZAL/1".to_owned(),
        ksef_number: None,
    };
    archive.write::<_, ArchiveError>(|tables| tables.invoice_links_mut().insert(last, &link)).unwrap();
    let open = || {
        archive.read::<_, ArchiveError>(|tables| tables.invoice_links().open_advances(nip(), TEST)).unwrap()
    };
    assert_eq!(open(), [second]);
    let by = |target: i64| {
        let found =
            archive.read::<_, ArchiveError>(|tables| tables.invoice_links().to(target, Relation::Settles));
        found.unwrap()
    };
    assert_eq!((by(first), by(second)), (vec![last], vec![]));
    end(&archive, last, OutboxState::Withdrawn);
    assert_eq!(open(), [second, first]);
    end(&archive, second, OutboxState::Refused);
    assert_eq!(open(), [first]);
    assert_eq!(archive.read::<_, ArchiveError>(|tables| tables.invoice_links().of(last)).unwrap(), [link]);
    for forbidden in ["UPDATE invoice_links SET number = ''", "DELETE FROM invoice_links"] {
        assert!(raw(folder.path()).execute_batch(forbidden).is_err(), "{forbidden}");
    }
}

#[test]
fn a_failed_issuing_takes_no_number() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let series = series(&archive, &["VAT"]);
    let failed: Result<(), ArchiveError> = archive.write(|tables| {
        tables.series_counters_mut().set(series, "", 1)?;
        queue_in(tables, "VAT", "FV/1")?;
        Err(ArchiveError::Busy)
    });
    assert!(failed.is_err());
    let last = archive.read::<_, ArchiveError>(|tables| tables.series_counters().last(series, "")).unwrap();
    assert_eq!(last, 0);
}

#[test]
fn an_archive_of_the_program_before_is_brought_forward_and_keeps_its_invoices() {
    let folder = tempfile::tempdir().unwrap();
    let id = queue(&archive(folder.path()), "VAT", "FV/1");
    {
        let raw = raw(folder.path());
        raw.execute_batch(
            "PRAGMA foreign_keys = OFF; DROP INDEX outbox_by_number; DROP INDEX outbox_ended;
             DROP INDEX invoices_by_number",
        )
        .unwrap();
        for table in [
            "left_keys",
            "wanted_rights",
            "contexts",
            "known_tokens",
            "known_certificates",
            "enrolments",
            "journal",
            "invoice_links",
            "issued_numbers",
            "series_counters",
            "series_kinds",
            "series",
            "recurring_made",
            "recurring",
            "templates",
            "drafts",
            "goods",
            "contractors",
            "profiles",
        ] {
            raw.execute_batch(&format!("DROP TABLE {table}")).unwrap();
        }
        // The tables of look-ups were the last before these.
        raw.pragma_update(None, "user_version", 9).unwrap();
    }
    let archive = archive(folder.path());
    let found = archive
        .read::<_, ArchiveError>(|tables| tables.issued_numbers().with_number(nip(), TEST, "FV/1"))
        .unwrap();
    assert_eq!(found, [("VAT".to_owned(), Some(id))]);
}
