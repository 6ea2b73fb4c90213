//! The issuing process is killed between any two steps, and started again: one invoice, one number, no draft left; and
//! wherever it was killed, there is either the draft or the invoice, never both and never none.
//!
//! The killed process is this test's own program, started again with the work in its environment.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests stop at what should not be")]

mod common;

use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use common::drafts::{profile, typed, whole};
use common::{SANDBOX, nip};
use ksef_engine::{Checkpoints, Engine, Leaving, RecurringEdit, Rhythm, RhythmUnit, SalesQuery, Tuning};
use ksef_invoice::draft::DraftKind;
use ksef_types::{Clock, SystemClock, warsaw_date};
use ksef_vault::MemoryVault;

const WORK: &str = "OKIENKO_TEST_KILL_ISSUING";
const NEVER: u64 = 0;

/// Aborts the process at the place with that number.
struct KillAt {
    place: u64,
    passed: AtomicU64,
}

impl Checkpoints for KillAt {
    fn reached(&self, _place: &'static str) {
        if self.passed.fetch_add(1, Ordering::SeqCst) + 1 == self.place {
            std::process::abort();
        }
    }
}

fn engine(folder: &Path, tuning: Tuning) -> Engine {
    let nowhere = "http://127.0.0.1:9/v2".parse().unwrap();
    let vault = Arc::new(MemoryVault::new());
    common::engine(folder, &vault, Arc::new(SystemClock), &nowhere, tuning)
}

/// Not a test by itself: the process that issues, and is killed.
#[test]
fn the_process_that_issues() {
    let Ok(work) = std::env::var(WORK) else { return };
    let (place, rest) = work.split_once('\n').unwrap();
    let (what, folder) = rest.split_once('\n').unwrap();
    let checkpoints = Arc::new(KillAt { place: place.parse().unwrap(), passed: AtomicU64::new(0) });
    let engine = engine(Path::new(folder), Tuning { checkpoints, ..common::quick() });
    match what {
        "draft" => issue_what_is_there(&engine),
        "many" => issue_many(&engine),
        _ => drop(engine.make_due_drafts().unwrap()),
    }
    std::process::exit(0);
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

fn run_process(place: u64, what: &str, folder: &Path) -> ExitStatus {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "the_process_that_issues", "--test-threads=1"])
        .env(WORK, format!("{place}\n{what}\n{}", folder.display()))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap()
}

/// Kills at every place in turn; `look` sees the archive after the kill and after the end. Gives how many places there were.
fn kill_everywhere(what: &str, prepare: impl Fn(&Engine), look: impl Fn(&Engine, bool)) -> u64 {
    for place in 1..1000 {
        let folder = tempfile::tempdir().unwrap();
        let before = engine(folder.path(), common::quick());
        before.add_company(nip(), None, SANDBOX).unwrap();
        before.save_seller_profile(nip(), &profile()).unwrap();
        prepare(&before);
        drop(before);
        let killed = run_process(place, what, folder.path());
        look(&engine(folder.path(), common::quick()), false);
        let finished = run_process(NEVER, what, folder.path());
        assert!(finished.success(), "{what} {place}: {finished}");
        look(&engine(folder.path(), common::quick()), true);
        if killed.success() {
            return place;
        }
    }
    panic!("the work never came to its end");
}

fn number(counter: u32) -> String {
    format!("FV/{counter}/{}", warsaw_date(SystemClock.now()).format("%m/%Y"))
}

#[test]
fn killed_while_issuing_there_is_the_draft_or_the_invoice() {
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
    );
    assert!(places > 6, "only {places} places");
}

#[test]
fn killed_while_issuing_many_there_are_all_or_none() {
    let places = kill_everywhere(
        "many",
        |_| {},
        |engine, ended| {
            let sales = sales(engine);
            let all = [number(1), number(2), number(3)];
            assert!(sales == all || (!ended && sales.is_empty()), "{sales:?}");
        },
    );
    assert!(places > 9, "only {places} places");
}

#[test]
fn killed_while_making_what_is_due_each_draft_is_made_once() {
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
    );
    assert!(places > 2, "only {places} places");
}
