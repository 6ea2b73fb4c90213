//! Number series: no gaps and no repeats, whoever issues and when.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use std::path::Path;
use std::sync::Arc;

use common::drafts::{issue, profile, text, typed, whole};
use common::{SANDBOX, nip};
use ksef_engine::{Engine, IssuingError, Leaving, SaleId, SalesQuery, SeriesEdit, SeriesId, SeriesReset};
use ksef_invoice::draft::{DraftKind, InvoiceDraft};
use ksef_invoice::numbering::InvalidPattern;
use ksef_testkit::ManualClock;
use ksef_types::Environment;
use ksef_vault::MemoryVault;

/// An engine of its own on the archive in that folder; nothing is sent.
fn engine(folder: &Path, clock: &Arc<ManualClock>) -> Engine {
    let nowhere = "http://127.0.0.1:9/v2".parse().unwrap();
    let vault = Arc::new(MemoryVault::new());
    let engine = common::engine(
        folder,
        &vault,
        Arc::clone(clock) as Arc<dyn ksef_types::Clock>,
        &nowhere,
        common::quick(),
    );
    if engine.companies().unwrap().is_empty() {
        engine.add_company(nip(), None, SANDBOX).unwrap();
        engine.save_seller_profile(nip(), &profile()).unwrap();
    }
    engine
}

fn clock(day: &str) -> Arc<ManualClock> {
    Arc::new(ManualClock::at(format!("{day}T10:00:00Z").parse().unwrap()))
}

fn numbers(engine: &Engine) -> Vec<String> {
    let query = SalesQuery { limit: 500, ..SalesQuery::default() };
    let page = engine.sales(nip(), SANDBOX, &query).unwrap();
    page.rows.into_iter().rev().map(|sale| sale.invoice.number).collect()
}

fn edit(id: Option<SeriesId>, pattern: &str, reset: SeriesReset, kinds: &[DraftKind]) -> SeriesEdit {
    SeriesEdit { id, name: text("Moja"), pattern: text(pattern), reset, kinds: kinds.to_vec(), next: None }
}

/// A date as Poles type it counts in its own month, on the invoice and in the number.
#[test]
fn the_number_is_of_the_month_of_the_invoice() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), &clock("2026-11-21"));
    for typed in ["31.10.2026", "2026-10-31"] {
        issue(&engine, &InvoiceDraft { issue_date: text(typed), ..whole(DraftKind::Vat) });
    }
    issue(&engine, &whole(DraftKind::Vat));
    assert_eq!(numbers(&engine), ["FV/1/10/2026", "FV/2/10/2026", "FV/1/11/2026"]);
    let tomorrow = InvoiceDraft { issue_date: text("22.11.2026"), ..whole(DraftKind::Vat) };
    let (id, revision) = typed(&engine, &tomorrow);
    let issued = engine.issue_draft(id, revision, Leaving::Next);
    assert!(matches!(issued, Err(IssuingError::DateInFuture { .. })), "{issued:?}");
}

#[test]
fn two_who_issue_at_once_make_neither_gaps_nor_repeats() {
    const EACH: usize = 50;
    let folder = tempfile::tempdir().unwrap();
    let clock = clock("2026-11-21");
    let (window, terminal) = (engine(folder.path(), &clock), engine(folder.path(), &clock));
    std::thread::scope(|scope| {
        for engine in [&window, &terminal] {
            scope.spawn(|| (0..EACH).for_each(|_| drop(issue(engine, &whole(DraftKind::Vat)))));
        }
    });
    let expected: Vec<String> = (1..=2 * EACH).map(|counter| format!("FV/{counter}/11/2026")).collect();
    assert_eq!(numbers(&window), expected, "in the order in which they were issued");
}

#[test]
fn two_who_issue_the_same_draft_make_one_invoice() {
    let folder = tempfile::tempdir().unwrap();
    let clock = clock("2026-11-21");
    let (window, terminal) = (engine(folder.path(), &clock), engine(folder.path(), &clock));
    for _ in 0..10 {
        let (id, revision) = typed(&window, &whole(DraftKind::Vat));
        let issued: Vec<_> = std::thread::scope(|scope| {
            let both = [&window, &terminal]
                .map(|engine| scope.spawn(move || engine.issue_draft(id, revision, Leaving::Next)));
            both.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(issued.iter().filter(|issued| issued.is_ok()).count(), 1, "{issued:?}");
        assert!(issued.iter().any(|issued| matches!(issued, Err(IssuingError::AlreadyIssued(_)))));
    }
    assert_eq!(numbers(&window).len(), 10);
}

#[test]
fn the_counter_starts_again_with_the_period_of_the_invoice() {
    let folder = tempfile::tempdir().unwrap();
    let clock = clock("2026-11-30");
    let engine = engine(folder.path(), &clock);
    let issue = |draft: &InvoiceDraft| issue(&engine, draft).invoice.number;
    assert_eq!(issue(&whole(DraftKind::Vat)), "FV/1/11/2026");
    // Half past midnight in Warsaw, still November in UTC.
    clock.set("2026-11-30T23:30:00Z".parse().unwrap());
    assert_eq!(issue(&whole(DraftKind::Vat)), "FV/1/12/2026");
    let late = InvoiceDraft { issue_date: text("2026-11-30"), ..whole(DraftKind::Vat) };
    assert_eq!(issue(&late), "FV/2/11/2026");
    assert_eq!(issue(&whole(DraftKind::Upr)), "FV/2/12/2026", "both kinds share the series");
    assert_eq!(issue(&common::drafts::advance("12.30", "2026-11-30")), "ZAL/1/12/2026");
}

#[test]
fn a_draft_may_name_another_series() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), &clock("2026-11-21"));
    let series =
        engine.save_series(nip(), SANDBOX, &edit(None, "S {nr:3}", SeriesReset::Never, &[])).unwrap();
    let draft = InvoiceDraft { series: Some(series.id.to_string()), ..whole(DraftKind::Vat) };
    assert_eq!(issue(&engine, &draft).invoice.number, "S 001");
    assert_eq!(issue(&engine, &draft).invoice.number, "S 002");
    assert_eq!(issue(&engine, &whole(DraftKind::Vat)).invoice.number, "FV/1/11/2026");
    let elsewhere = engine.preview_series(
        nip(),
        Environment::Production,
        &edit(Some(series.id), "S {nr}", SeriesReset::Never, &[]),
    );
    assert!(matches!(elsewhere, Err(IssuingError::UnknownSeries(_))));
}

#[test]
fn the_usual_series_are_made_once_and_a_kind_has_one() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), &clock("2026-11-21"));
    let series = engine.series(nip(), SANDBOX).unwrap();
    let shown: Vec<_> =
        series.iter().map(|series| (series.name.as_str(), series.preview.as_str(), series.next)).collect();
    assert_eq!(
        shown,
        [
            ("FV", "FV/1/11/2026", 1),
            ("KOR", "KOR/1/11/2026", 1),
            ("ZAL", "ZAL/1/11/2026", 1),
            ("ROZ", "ROZ/1/11/2026", 1)
        ]
    );
    let mine = engine
        .save_series(nip(), SANDBOX, &edit(None, "{nr}/{rrrr}", SeriesReset::Yearly, &[DraftKind::Vat]))
        .unwrap();
    assert_eq!(engine.series(nip(), SANDBOX).unwrap()[0].kinds, [DraftKind::Upr]);
    assert_eq!(issue(&engine, &whole(DraftKind::Vat)).invoice.number, "1/2026");
    let used = engine.remove_series(nip(), SANDBOX, mine.id);
    assert!(matches!(used, Err(IssuingError::SeriesUsed(_))));
    engine.remove_series(nip(), SANDBOX, series[3].id).unwrap();
    let (id, revision) = typed(&engine, &whole(DraftKind::Roz));
    let none = engine.issue_draft(id, revision, Leaving::Next);
    assert!(matches!(none, Err(IssuingError::NoSeries(DraftKind::Roz))), "{none:?}");
    assert_eq!(engine.series(nip(), SANDBOX).unwrap().len(), 4, "what was removed does not come back");
}

#[test]
fn the_counter_goes_on_from_another_program_and_never_back() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), &clock("2026-11-21"));
    let series = engine.series(nip(), SANDBOX).unwrap().remove(0);
    let set = |next: u32| {
        let kinds = [DraftKind::Vat, DraftKind::Upr];
        let edit = edit(Some(series.id), "FV/{nr}/{mm}/{rrrr}", SeriesReset::Monthly, &kinds);
        let edit = SeriesEdit { next: Some(next), ..edit };
        engine.save_series(nip(), SANDBOX, &edit).map(|series| series.preview)
    };
    assert_eq!(set(42).unwrap(), "FV/42/11/2026");
    assert_eq!(issue(&engine, &whole(DraftKind::Vat)).invoice.number, "FV/42/11/2026");
    for back in [0, 1, 42] {
        assert!(matches!(set(back), Err(IssuingError::CounterTaken { least: 43 })), "{back}");
    }
    assert_eq!(set(43).unwrap(), "FV/43/11/2026");
    assert_eq!(set(100).unwrap(), "FV/100/11/2026");
    assert_eq!(set(50).unwrap(), "FV/50/11/2026", "nothing was issued since");
}

#[test]
fn a_pattern_that_repeats_numbers_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), &clock("2026-11-21"));
    let save = |pattern: &str| {
        let edit = edit(None, pattern, SeriesReset::Monthly, &[DraftKind::Vat]);
        (engine.save_series(nip(), SANDBOX, &edit), engine.preview_series(nip(), SANDBOX, &edit))
    };
    for (pattern, reason) in [
        ("FV/{nr}", InvalidPattern::Repeats(SeriesReset::Monthly)),
        ("FV", InvalidPattern::NoCounter),
        ("FV/{nr}/{rok}", InvalidPattern::UnknownToken(text("rok"))),
    ] {
        let (saved, previewed) = save(pattern);
        assert!(matches!(saved, Err(IssuingError::Pattern(found)) if found == reason), "{pattern}");
        assert!(matches!(previewed, Err(IssuingError::Pattern(found)) if found == reason), "{pattern}");
    }
    assert_eq!(engine.series(nip(), SANDBOX).unwrap().len(), 4);
}

#[test]
fn another_pattern_repeats_no_number() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), &clock("2026-11-21"));
    for _ in 0..3 {
        issue(&engine, &whole(DraftKind::Vat));
    }
    let id = engine.series(nip(), SANDBOX).unwrap()[0].id;
    // The period is the year now, of which no number was taken; the numbers look the same.
    let yearly =
        edit(Some(id), "FV/{nr}/{mm}/{rrrr}", SeriesReset::Yearly, &[DraftKind::Vat, DraftKind::Upr]);
    engine.save_series(nip(), SANDBOX, &yearly).unwrap();
    assert_eq!(issue(&engine, &whole(DraftKind::Vat)).invoice.number, "FV/4/11/2026");
    let taken_back = SaleId(engine.sales(nip(), SANDBOX, &SalesQuery::default()).unwrap().rows[0].id.0);
    engine.withdraw_sale(taken_back).unwrap();
    assert_eq!(issue(&engine, &whole(DraftKind::Vat)).invoice.number, "FV/4/11/2026");
}
