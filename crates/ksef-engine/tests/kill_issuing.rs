//! The issuing process is killed between any two steps, and started again: one invoice, one number, no draft left; and
//! wherever it was killed, there is either the draft or the invoice, never both and never none.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use std::path::Path;
use std::sync::Arc;

use common::drafts::{profile, typed, whole};
use common::kill::{Ended, Fate, Process, Work, killed_everywhere};
use common::{SANDBOX, nip};
use ksef_engine::{Engine, Leaving, RecurringEdit, Rhythm, RhythmUnit, SalesQuery, Tuning};
use ksef_invoice::draft::DraftKind;
use ksef_types::{Clock, SystemClock, warsaw_date};
use ksef_vault::MemoryVault;

fn engine(folder: &Path, tuning: Tuning) -> Engine {
    let nowhere = "http://127.0.0.1:9/v2".parse().unwrap();
    let vault = Arc::new(MemoryVault::new());
    common::engine(folder, &vault, Arc::new(SystemClock), &nowhere, tuning)
}

/// Not a test by itself: the process that issues, and is killed.
#[test]
fn the_process_that_issues() {
    let Some(work) = Work::given() else { return };
    let [what, folder] = &work.parts[..] else { unreachable!("{:?}", work.parts) };
    let engine = engine(Path::new(folder), work.tuning());
    match what.as_str() {
        "draft" => issue_what_is_there(&engine),
        "many" => issue_many(&engine),
        _ => drop(engine.make_due_drafts().unwrap()),
    }
}

/// What a person does who sees the draft in the list.
fn issue_what_is_there(engine: &Engine) {
    for draft in engine.drafts(nip(), SANDBOX).unwrap() {
        engine.issue_draft(draft.id, draft.revision, Leaving::Next).unwrap();
    }
}

/// What a person does who sees that nothing of the table was issued.
fn issue_many(engine: &Engine) {
    if sales(engine).is_empty() {
        let drafts = [whole(DraftKind::Vat), whole(DraftKind::Vat), whole(DraftKind::Vat)];
        engine.issue_many(nip(), SANDBOX, &drafts, Leaving::Next).unwrap();
    }
}

fn sales(engine: &Engine) -> Vec<String> {
    let rows = engine.sales(nip(), SANDBOX, &SalesQuery::default()).unwrap().rows;
    rows.into_iter().rev().map(|sale| sale.invoice.number).collect()
}

fn run_process(fate: Fate, what: &str, folder: &Path) -> Ended {
    Process::start("the_process_that_issues", fate, &[what, &folder.display().to_string()]).ended()
}

/// Kills at every place in turn; `look` sees the archive after the kill and after the end. Gives how many places there were.
async fn kill_everywhere(what: &str, prepare: impl Fn(&Engine), look: impl Fn(&Engine, bool)) -> usize {
    let last = killed_everywhere(async |place| {
        let folder = tempfile::tempdir().unwrap();
        let before = engine(folder.path(), common::quick());
        before.add_company(nip(), None, SANDBOX).unwrap();
        before.save_seller_profile(nip(), &profile()).unwrap();
        prepare(&before);
        drop(before);
        let killed = run_process(Fate::KilledAt(place), what, folder.path());
        look(&engine(folder.path(), common::quick()), false);
        let finished = run_process(Fate::Spared, what, folder.path());
        assert!(finished.whole(), "{what} {place}: {finished:?}");
        look(&engine(folder.path(), common::quick()), true);
        killed
    })
    .await;
    last.places.len()
}

fn number(counter: u32) -> String {
    format!("FV/{counter}/{}", warsaw_date(SystemClock.now()).format("%m/%Y"))
}

#[tokio::test]
async fn killed_while_issuing_there_is_the_draft_or_the_invoice() {
    let places = kill_everywhere(
        "draft",
        |engine| {
            typed(engine, &whole(DraftKind::Vat));
        },
        |engine, ended| {
            let (drafts, sales) = (engine.drafts(nip(), SANDBOX).unwrap().len(), sales(engine));
            assert_eq!(drafts + sales.len(), 1, "the draft or the invoice");
            assert!(!ended || drafts == 0);
            assert!(sales.iter().all(|issued| *issued == number(1)));
            let next = engine.series(nip(), SANDBOX).unwrap().remove(0).next;
            assert_eq!(next as usize, sales.len() + 1, "the number is taken with the invoice");
        },
    )
    .await;
    assert!(places >= 6, "only {places} places");
}

#[tokio::test]
async fn killed_while_issuing_many_there_are_all_or_none() {
    let places = kill_everywhere(
        "many",
        |_| {},
        |engine, ended| {
            let sales = sales(engine);
            let all = [number(1), number(2), number(3)];
            assert!(sales == all || (!ended && sales.is_empty()), "{sales:?}");
        },
    )
    .await;
    assert!(places >= 9, "only {places} places");
}

#[tokio::test]
async fn killed_while_making_what_is_due_each_draft_is_made_once() {
    let first = warsaw_date(SystemClock.now()) - chrono::Days::new(28);
    let places = kill_everywhere(
        "due",
        |engine| {
            let weekly = RecurringEdit {
                id: None,
                name: "Co tydzień".to_owned(),
                rhythm: Rhythm { every: 1, unit: RhythmUnit::Week },
                next: first,
                until: None,
                paused: false,
                draft: Some(whole(DraftKind::Vat)),
            };
            engine.save_recurring(nip(), SANDBOX, &weekly).unwrap();
        },
        |engine, ended| {
            let drafts = engine.drafts(nip(), SANDBOX).unwrap().len();
            assert!(drafts == 5 || (!ended && drafts == 0), "{drafts}");
        },
    )
    .await;
    assert!(places >= 2, "only {places} places");
}
