//! Drafts that are kept, templates, recurring invoices.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use std::path::Path;
use std::sync::Arc;

use common::drafts::{issue, profile, text, typed, whole};
use common::{SANDBOX, nip};
use ksef_engine::{
    DraftOrigin, DraftStart, Engine, IssuingError, Recurring, RecurringEdit, RecurringId, Rhythm, RhythmUnit,
};
use ksef_invoice::draft::{
    AdvanceReference, DraftKind, InvoiceDraft, PaidState, PartPaymentDraft, SaleMoment, SellerProfile,
    TermDraft,
};
use ksef_testkit::ManualClock;
use ksef_types::Environment;
use ksef_vault::MemoryVault;

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
        engine.add_company(nip(), Some("Przykład"), SANDBOX).unwrap();
        engine.save_seller_profile(nip(), &profile()).unwrap();
    }
    engine
}

fn clock(day: &str) -> Arc<ManualClock> {
    Arc::new(ManualClock::at(format!("{day}T10:00:00Z").parse().unwrap()))
}

#[test]
fn a_draft_is_kept_as_it_was_typed_however_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let clock = clock("2026-11-21");
    let window = engine(folder.path(), &clock);
    let mut draft = whole(DraftKind::Vat);
    draft.issue_date = text("pojutrze");
    draft.lines[0].unit_price = text("1 234,5o");
    draft.extras.insert(
        text("Fa/WarunkiTransakcji"),
        ksef_invoice::draft::FieldTree::List(vec![ksef_invoice::draft::FieldTree::Text(text("ż"))]),
    );
    let (id, revision) = typed(&window, &draft);
    // Another process, while the first one has closed nothing.
    let next = engine(folder.path(), &clock);
    let opened = next.draft(id).unwrap();
    assert_eq!((opened.draft, opened.revision), (draft, revision));
    let row = next.drafts(nip(), SANDBOX).unwrap().remove(0);
    assert_eq!((row.buyer_name.as_str(), row.first_line.as_str()), ("Kupujący S.A.", "Usługa"));
    assert!(next.drafts(nip(), Environment::Production).unwrap().is_empty());
    next.remove_draft(id).unwrap();
    assert!(matches!(window.draft(id), Err(IssuingError::UnknownDraft(_))));
}

#[test]
fn the_list_of_drafts_shows_what_each_comes_to() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), &clock("2026-11-21"));
    typed(&engine, &whole(DraftKind::Vat));
    let row = engine.drafts(nip(), SANDBOX).unwrap().remove(0);
    assert_eq!((row.gross.as_deref(), row.currency.as_str()), (Some("123.00"), "PLN"));
    assert_eq!(row.origin, DraftOrigin::Blank);
}

#[test]
fn a_new_draft_has_what_the_company_says() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), &clock("2026-11-21"));
    engine.save_seller_profile(nip(), &SellerProfile { issue_place: text("Łódź"), ..profile() }).unwrap();
    assert_eq!(engine.seller_profile(nip()).unwrap().issue_place, "Łódź");
    let draft = engine.new_draft(nip(), SANDBOX, &DraftStart::Blank(DraftKind::Upr)).unwrap().draft;
    assert_eq!((draft.kind, draft.issue_place.as_str()), (DraftKind::Upr, "Łódź"));
}

#[test]
fn a_template_begins_drafts_without_number_and_date() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), &clock("2026-11-21"));
    let draft =
        InvoiceDraft { number: text("1/2026"), issue_date: text("2026-11-01"), ..whole(DraftKind::Vat) };
    let template = engine.save_template(nip(), " Czynsz ", &draft).unwrap();
    assert_eq!((template.name.as_str(), template.buyer_name.as_str()), ("Czynsz", "Kupujący S.A."));
    let begun = engine.new_draft(nip(), SANDBOX, &DraftStart::Template(template.id)).unwrap();
    assert_eq!(begun.draft, whole(DraftKind::Vat));
    assert_eq!(engine.save_template(nip(), "Czynsz", &whole(DraftKind::Upr)).unwrap().id, template.id);
    let other = engine.save_template(nip(), "Inny", &draft).unwrap();
    assert!(matches!(engine.rename_template(other.id, "Czynsz"), Err(IssuingError::NameTaken)));
    assert!(matches!(engine.rename_template(other.id, "  "), Err(IssuingError::NoName)));
    engine.rename_template(other.id, "Zupełnie inny").unwrap();
    engine.remove_template(template.id).unwrap();
    assert_eq!(engine.templates(nip()).unwrap()[0].name, "Zupełnie inny");
    let gone = engine.new_draft(nip(), SANDBOX, &DraftStart::Template(template.id));
    assert!(matches!(gone, Err(IssuingError::UnknownTemplate(_))));
}

/// What was paid, settled, or said of one day belongs to one invoice.
fn of_one_invoice() -> InvoiceDraft {
    let mut draft = InvoiceDraft {
        issue_date: text("01.11.2026"),
        sale: SaleMoment::Day { date: text("2026-11-01") },
        settles: vec![AdvanceReference { number: text("ZAL/1"), ..AdvanceReference::default() }],
        ..whole(DraftKind::Vat)
    };
    draft.exchange.rate = text("4.5");
    draft.lines[0].uuid = text("1");
    draft.lines[0].exchange_rate = text("4.6");
    draft.payment.paid = PaidState::Partly;
    draft.payment.parts = vec![PartPaymentDraft { amount: text("1"), ..PartPaymentDraft::default() }];
    draft.payment.link = text("https://example.com/1");
    draft.payment.terms = vec![TermDraft { date: text("2026-11-15"), ..TermDraft::default() }];
    draft
}

#[test]
fn a_template_keeps_nothing_of_one_invoice_alone() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), &clock("2026-11-21"));
    let template = engine.save_template(nip(), "Czynsz", &of_one_invoice()).unwrap();
    let begun = engine.new_draft(nip(), SANDBOX, &DraftStart::Template(template.id)).unwrap();
    let mut right = whole(DraftKind::Vat);
    right.payment.terms = vec![TermDraft { days: text("14"), ..TermDraft::default() }];
    assert_eq!(begun.draft, right);
}

#[test]
fn a_recurring_invoice_keeps_its_days_and_no_payment() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), &clock("2026-12-01"));
    let rent = RecurringEdit { draft: Some(of_one_invoice()), ..rent("2026-12-01") };
    engine.save_recurring(nip(), SANDBOX, &rent).unwrap();
    let made = engine.make_due_drafts().unwrap().remove(0);
    let mut right =
        InvoiceDraft { sale: SaleMoment::Day { date: text("2026-11-01") }, ..whole(DraftKind::Vat) };
    right.payment.terms = vec![TermDraft { date: text("2026-11-15"), ..TermDraft::default() }];
    assert_eq!(engine.draft(made.id).unwrap().draft, right);
}

fn rent(next: &str) -> RecurringEdit {
    let sale = SaleMoment::Period { from: text("2026-11-01"), to: text("2026-11-30") };
    RecurringEdit {
        id: None,
        name: text("Czynsz"),
        rhythm: Rhythm { every: 1, unit: RhythmUnit::Month },
        next: next.parse().unwrap(),
        until: None,
        paused: false,
        draft: Some(InvoiceDraft { sale, number: text("7"), ..whole(DraftKind::Vat) }),
    }
}

fn again(recurring: &Recurring) -> RecurringEdit {
    RecurringEdit {
        id: Some(recurring.id),
        name: recurring.name.clone(),
        rhythm: recurring.rhythm,
        next: recurring.next,
        until: recurring.until,
        paused: recurring.paused,
        draft: None,
    }
}

fn dues(engine: &Engine, id: RecurringId) -> Vec<String> {
    let mut dues: Vec<String> = engine
        .drafts(nip(), SANDBOX)
        .unwrap()
        .into_iter()
        .filter_map(|row| match row.origin {
            DraftOrigin::Recurring { recurring, due, .. } if recurring == id => Some(due.to_string()),
            _ => None,
        })
        .collect();
    dues.sort();
    dues
}

#[test]
fn after_weeks_off_each_missed_date_has_one_draft() {
    let folder = tempfile::tempdir().unwrap();
    let clock = clock("2026-11-21");
    let engine = engine(folder.path(), &clock);
    let rent = engine.save_recurring(nip(), SANDBOX, &rent("2026-11-30")).unwrap();
    assert_eq!(engine.make_due_drafts().unwrap().len(), 0, "not before its day");
    clock.set("2027-02-28T10:00:00Z".parse().unwrap());
    let made = engine.make_due_drafts().unwrap();
    assert_eq!(made.len(), 4);
    assert_eq!(engine.make_due_drafts().unwrap().len(), 0);
    assert_eq!(dues(&engine, rent.id), ["2026-11-30", "2026-12-30", "2027-01-30", "2027-02-28"]);
    assert_eq!(engine.recurring(nip(), SANDBOX).unwrap()[0].next.to_string(), "2027-03-30");
    let february = engine.draft(made[3].id).unwrap();
    assert_eq!(
        february.draft.sale,
        SaleMoment::Period { from: text("2027-02-01"), to: text("2027-02-28") },
        "its period moved along"
    );
    assert_eq!((february.draft.number.as_str(), february.draft.issue_date.as_str()), ("", ""));
    engine.remove_recurring(rent.id).unwrap();
    assert_eq!(dues(&engine, rent.id).len(), 4, "the drafts stay");
}

#[test]
fn two_processes_at_once_make_each_draft_once() {
    let folder = tempfile::tempdir().unwrap();
    let clock = clock("2027-06-01");
    let (window, terminal) = (engine(folder.path(), &clock), engine(folder.path(), &clock));
    let weekly = RecurringEdit { rhythm: Rhythm { every: 1, unit: RhythmUnit::Week }, ..rent("2026-12-01") };
    let weekly = window.save_recurring(nip(), SANDBOX, &weekly).unwrap();
    let made: usize = std::thread::scope(|scope| {
        let both = [&window, &terminal].map(|engine| scope.spawn(|| engine.make_due_drafts().unwrap().len()));
        both.into_iter().map(|one| one.join().unwrap()).sum()
    });
    let mut dues = dues(&window, weekly.id);
    assert_eq!((made, dues.len()), (27, 27));
    dues.dedup();
    assert_eq!(dues.len(), 27);
}

#[test]
fn a_draft_that_became_an_invoice_is_not_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), &clock("2026-11-30"));
    let rent = engine.save_recurring(nip(), SANDBOX, &rent("2026-11-30")).unwrap();
    let made = engine.make_due_drafts().unwrap().remove(0);
    engine.remove_draft(made.id).unwrap();
    // A person sets the date back.
    let back = RecurringEdit { next: "2026-11-30".parse().unwrap(), ..again(&rent) };
    engine.save_recurring(nip(), SANDBOX, &back).unwrap();
    assert_eq!(engine.make_due_drafts().unwrap().len(), 0);
}

#[test]
fn a_pause_is_not_caught_up_and_an_end_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let clock = clock("2026-11-21");
    let engine = engine(folder.path(), &clock);
    let rent = engine.save_recurring(nip(), SANDBOX, &rent("2026-11-25")).unwrap();
    let paused = RecurringEdit { paused: true, ..again(&rent) };
    let paused = engine.save_recurring(nip(), SANDBOX, &paused).unwrap();
    clock.set("2027-02-01T10:00:00Z".parse().unwrap());
    assert_eq!(engine.make_due_drafts().unwrap().len(), 0);
    let goes_on =
        RecurringEdit { paused: false, until: Some("2027-03-24".parse().unwrap()), ..again(&paused) };
    let goes_on = engine.save_recurring(nip(), SANDBOX, &goes_on).unwrap();
    assert_eq!(goes_on.next.to_string(), "2027-02-25");
    clock.set("2027-06-01T10:00:00Z".parse().unwrap());
    engine.make_due_drafts().unwrap();
    assert_eq!(dues(&engine, rent.id), ["2027-02-25"]);
}

#[test]
fn a_short_month_does_not_take_the_day_away() {
    let folder = tempfile::tempdir().unwrap();
    let clock = clock("2027-02-01");
    let engine = engine(folder.path(), &clock);
    let rent = engine.save_recurring(nip(), SANDBOX, &rent("2027-01-31")).unwrap();
    engine.make_due_drafts().unwrap();
    let february = engine.recurring(nip(), SANDBOX).unwrap().remove(0);
    assert_eq!(february.next.to_string(), "2027-02-28");
    // Renamed, with the draft as the editor showed it.
    let draft = engine.recurring_draft(rent.id).unwrap();
    let renamed = RecurringEdit { name: text("Najem"), draft: Some(draft.clone()), ..again(&february) };
    engine.save_recurring(nip(), SANDBOX, &renamed).unwrap();
    assert_eq!(engine.recurring_draft(rent.id).unwrap(), draft);
    clock.set("2027-03-31T10:00:00Z".parse().unwrap());
    engine.make_due_drafts().unwrap();
    assert_eq!(dues(&engine, rent.id), ["2027-01-31", "2027-02-28", "2027-03-31"]);
}

#[test]
fn a_rhythm_that_is_none_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), &clock("2026-11-21"));
    let never = RecurringEdit { rhythm: Rhythm { every: 0, unit: RhythmUnit::Week }, ..rent("2026-12-01") };
    let over = RecurringEdit { until: Some("2026-11-30".parse().unwrap()), ..rent("2026-12-01") };
    let nothing = RecurringEdit { draft: None, ..rent("2026-12-01") };
    for edit in [never, over, nothing] {
        let saved = engine.save_recurring(nip(), SANDBOX, &edit);
        assert!(matches!(saved, Err(IssuingError::NoRhythm)), "{saved:?}");
    }
    let unnamed = RecurringEdit { name: text(" "), ..rent("2026-12-01") };
    assert!(matches!(engine.save_recurring(nip(), SANDBOX, &unnamed), Err(IssuingError::NoName)));
    assert!(engine.recurring(nip(), SANDBOX).unwrap().is_empty());
}

#[test]
fn a_copy_of_an_invoice_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), &clock("2026-11-21"));
    let sale = issue(&engine, &whole(DraftKind::Vat));
    let copy = engine.new_draft(nip(), SANDBOX, &DraftStart::CopyOf(sale.id)).unwrap();
    assert_eq!(copy.origin, DraftOrigin::Copy { sale: sale.id });
    let issued = engine.issue_draft(copy.id, copy.revision, ksef_engine::Leaving::Next).unwrap();
    assert_eq!(engine.sale_links(issued.id).unwrap().refers_to[0].relation, ksef_engine::Relation::Copies);
    assert!(engine.sale_links(sale.id).unwrap().referred_by.is_empty());
}
