//! Drafts, templates and recurring invoices through their doors.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use common::{TEST, archive, day, nip, now};
use ksef_archive::{Archive, ArchiveError, DraftFacts, NewDraft, NewTemplate, RecurringEntry, RecurringUnit};
use ksef_types::Environment;

fn facts(buyer: &str) -> DraftFacts {
    DraftFacts {
        kind: "VAT".to_owned(),
        buyer_name: buyer.to_owned(),
        currency: "PLN".to_owned(),
        ..DraftFacts::default()
    }
}

fn add(archive: &Archive, environment: Environment, draft: &str) -> i64 {
    let new = NewDraft {
        company: nip(),
        environment,
        draft,
        origin: "{}",
        facts: &facts("Kupujący"),
        created_at: now(),
    };
    archive.write::<_, ArchiveError>(|tables| tables.drafts_mut().insert(&new)).unwrap()
}

fn save(archive: &Archive, id: i64, revision: u32, draft: &str) -> bool {
    let facts = facts("Nowy kupujący");
    archive
        .write::<_, ArchiveError>(|tables| tables.drafts_mut().save(id, revision, draft, &facts, now()))
        .unwrap()
}

fn text(archive: &Archive, id: i64) -> Option<String> {
    archive.read::<_, ArchiveError>(|tables| tables.drafts().text(id)).unwrap()
}

#[test]
fn a_saved_draft_is_there_for_another_process_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let window = archive(folder.path());
    let id = add(&window, TEST, "1");
    assert!(save(&window, id, 1, "12"));
    // The first process is still there and has closed nothing, as after a crash.
    let next = archive(folder.path());
    assert_eq!(text(&next, id).as_deref(), Some("12"));
    let rows = next.read::<_, ArchiveError>(|tables| tables.drafts().list(nip(), TEST)).unwrap();
    assert_eq!((rows[0].revision, rows[0].facts.clone()), (2, facts("Nowy kupujący")));
    let elsewhere = next.read::<_, ArchiveError>(|tables| tables.drafts().list(nip(), Environment::Demo));
    assert_eq!(elsewhere.unwrap(), []);
}

#[test]
fn two_windows_do_not_overwrite_each_other_unseen() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (archive(folder.path()), archive(folder.path()));
    let id = add(&one, TEST, "1");
    assert!(save(&one, id, 1, "one"));
    assert!(!save(&other, id, 1, "other"));
    assert_eq!(text(&other, id).as_deref(), Some("one"));
    assert!(save(&other, id, 2, "other, who looked"));
}

#[test]
fn the_id_of_a_draft_is_never_given_to_another() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let id = add(&archive, TEST, "1");
    assert!(archive.write::<_, ArchiveError>(|tables| tables.drafts_mut().remove(id)).unwrap());
    assert!(add(&archive, TEST, "2") > id);
    assert!(!save(&archive, id, 1, "late"));
}

#[test]
fn a_template_with_the_same_name_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let put = |name: &str, draft: &str| {
        let new = NewTemplate {
            company: nip(),
            name,
            draft,
            kind: "VAT",
            buyer_name: "Kupujący",
            updated_at: now(),
        };
        archive.write::<_, ArchiveError>(|tables| tables.templates_mut().put(&new)).unwrap();
    };
    put("Żaluzje", "1");
    put("Czynsz", "2");
    put("Żaluzje", "3");
    let rows = archive.read::<_, ArchiveError>(|tables| tables.templates().list(nip())).unwrap();
    assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["Czynsz", "Żaluzje"]);
    let text = archive.read::<_, ArchiveError>(|tables| tables.templates().text(rows[1].id)).unwrap();
    assert_eq!(text.as_deref(), Some("3"));
    let taken = archive.write(|tables| tables.templates_mut().rename(rows[1].id, "Czynsz", now()));
    assert!(matches!(taken, Err(ArchiveError::Rule(_))));
}

fn recurring(archive: &Archive, next: &str, until: Option<&str>, paused: bool) -> i64 {
    let facts = facts("Najemca");
    let entry = RecurringEntry {
        name: "Czynsz",
        draft: "{}",
        facts: &facts,
        every: 1,
        unit: RecurringUnit::Month,
        anchor: day(next),
        next: day(next),
        until: until.map(day),
        paused,
    };
    archive
        .write::<_, ArchiveError>(|tables| tables.recurring_mut().insert(nip(), TEST, &entry, now()))
        .unwrap()
}

#[test]
fn what_is_due_is_found_on_its_day_and_not_before() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let id = recurring(&archive, "2026-11-21", Some("2026-11-21"), false);
    recurring(&archive, "2026-11-21", None, true);
    recurring(&archive, "2026-11-20", Some("2026-11-19"), false);
    let due = |date: &str| -> Vec<i64> {
        let rows = archive.read::<_, ArchiveError>(|tables| tables.recurring().due(day(date))).unwrap();
        rows.iter().map(|row| row.id).collect()
    };
    assert_eq!(due("2026-11-20"), []);
    assert_eq!(due("2026-11-21"), [id]);
    archive.write(|tables| tables.companies_mut().remove(nip(), now())).unwrap();
    assert_eq!(due("2026-11-21"), [], "a removed company makes nothing");
}

#[test]
fn for_each_date_a_draft_is_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let id = recurring(&archive, "2026-11-21", None, false);
    let made = |date: &str| archive.write(|tables| tables.recurring_mut().made(id, day(date), 1, now()));
    made("2026-11-21").unwrap();
    assert!(matches!(made("2026-11-21"), Err(ArchiveError::Rule(_))));
    made("2026-12-21").unwrap();
    let was =
        |date: &str| archive.read::<_, ArchiveError>(|tables| tables.recurring().was_made(id, day(date)));
    assert_eq!((was("2026-12-21").unwrap(), was("2027-01-21").unwrap()), (true, false));
    assert!(archive.write::<_, ArchiveError>(|tables| tables.recurring_mut().remove(id)).unwrap());
    assert!(!was("2026-12-21").unwrap());
}
