//! Invoices that were corrected: what the next correction and the final invoice start from.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use common::drafts::{advance, issue, issue_from, profile, text, whole};
use common::{Bench, SANDBOX, nip};
use ksef_engine::{
    AdvanceDifference, DraftId, DraftStart, IssuingError, IssuingNote, Leaving, Relation, Sale, SaleId,
    SaleState,
};
use ksef_invoice::draft::{CorrectedReference, CorrectionMethod, DraftKind, InvoiceDraft};
use ksef_sim::Ending;
use ksef_types::{Clock, warsaw_date};

async fn bench() -> Bench {
    let bench = Bench::new().await.with_token().await;
    bench.engine.save_seller_profile(nip(), &profile()).unwrap();
    bench
}

fn day(bench: &Bench) -> String {
    warsaw_date(bench.clock.now()).to_string()
}

fn begun(bench: &Bench, start: &DraftStart) -> InvoiceDraft {
    bench.engine.new_draft(nip(), SANDBOX, start).unwrap().draft
}

/// A draft as it was saved last.
type Kept = (DraftId, InvoiceDraft, u32);

/// Begins a draft and gives it a reason and, with a correction, another price.
fn opened(bench: &Bench, start: &DraftStart) -> Kept {
    let opened = bench.engine.new_draft(nip(), SANDBOX, start).unwrap();
    let mut draft = opened.draft;
    if let Some(correction) = &mut draft.correction {
        correction.reason = text("Rabat");
        draft.lines[0].unit_price = text("80.00");
    }
    let saved = bench.engine.save_draft(opened.id, opened.revision, &draft).unwrap();
    (opened.id, draft, saved.revision)
}

fn issued(bench: &Bench, (id, _, revision): &Kept) -> Result<Sale, IssuingError> {
    bench.engine.issue_draft(*id, *revision, Leaving::Next)
}

/// A correction that gives the only line another price.
fn corrected(bench: &Bench, of: SaleId, method: CorrectionMethod, price: &str) -> Sale {
    issue_from(&bench.engine, &DraftStart::CorrectionOf(of), |draft| {
        draft.correction.as_mut().unwrap().method = method;
        draft.correction.as_mut().unwrap().reason = text("Rabat");
        draft.lines[0].unit_price = text(price);
    })
}

fn names(draft: &InvoiceDraft) -> Vec<String> {
    let corrected = &draft.correction.as_ref().unwrap().corrected;
    corrected.iter().map(|reference| reference.ksef_number.clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_correction_starts_from_what_the_others_left() {
    let bench = bench().await;
    let invoice = issue(&bench.engine, &whole(DraftKind::Vat));
    bench.settle().await;
    let first = corrected(&bench, invoice.id, CorrectionMethod::Difference, "90");
    bench.settle().await;
    let second = corrected(&bench, invoice.id, CorrectionMethod::BeforeAndAfter, "70");
    assert_eq!((first.invoice.gross.as_str(), second.invoice.gross.as_str()), ("-12.30", "-24.60"));
    bench.settle().await;
    // What was taken back changes nothing.
    let dropped = corrected(&bench, invoice.id, CorrectionMethod::Difference, "1");
    bench.engine.withdraw_sale(dropped.id).unwrap();
    bench.settle().await;
    for (sale, why) in [(first.id, "by difference"), (second.id, "before and after")] {
        bench.assert_sent_once(sale, why);
    }
    let number = |sale: SaleId| bench.sale(sale).ksef_number.unwrap().to_string();
    for (start, named) in [(invoice.id, vec![invoice.id]), (first.id, vec![invoice.id, first.id])] {
        let draft = begun(&bench, &DraftStart::CorrectionOf(start));
        assert_eq!(draft.lines[0].before.as_ref().unwrap().unit_price, "70.00");
        assert_eq!(names(&draft), named.into_iter().map(number).collect::<Vec<_>>());
    }
    let third = corrected(&bench, second.id, CorrectionMethod::Difference, "100");
    assert_eq!(third.invoice.gross, "36.90", "back to where it began");
    bench.settle().await;
    bench.assert_sent_once(third.id, "a correction of a correction");
}

/// Two drafts of corrections of one invoice: the second one to be issued says what was before the first.
#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_another_correction_overtook_is_not_issued() {
    let bench = bench().await;
    let invoice = issue(&bench.engine, &whole(DraftKind::Vat));
    bench.settle().await;
    let start = DraftStart::CorrectionOf(invoice.id);
    let (late, overtaken) = (opened(&bench, &start), opened(&bench, &start));
    let first = corrected(&bench, invoice.id, CorrectionMethod::BeforeAndAfter, "90");
    let is_told = |error: &IssuingError| matches!(error, IssuingError::CorrectedSince { numbers, .. } if *numbers == [first.invoice.number.clone()]);
    let review = bench.engine.check_draft(nip(), SANDBOX, &late.1).unwrap();
    assert!(!review.issuable && is_told(&review.obstacles[0]), "{:?}", review.obstacles);
    let refused = issued(&bench, &late);
    assert!(refused.as_ref().is_err_and(is_told), "{refused:?}");
    // No number was taken, and the draft is there.
    assert_eq!(bench.engine.draft(late.0).unwrap().draft, late.1);
    // What was taken back does not count: the draft is right again.
    bench.engine.withdraw_sale(first.id).unwrap();
    let sale = issued(&bench, &late).unwrap();
    assert_eq!(sale.invoice.number, first.invoice.number);
    bench.settle().await;
    bench.assert_sent_once(sale.id, "the draft that is right again");
    let refused = issued(&bench, &overtaken);
    assert!(refused.as_ref().is_err_and(is_told), "{refused:?}");
    // Begun again it starts from what the other one left.
    let again = begun(&bench, &start);
    assert_eq!(again.lines[0].before.as_ref().unwrap().unit_price, "80.00");
    // A draft from before the program remembered is taken as it is.
    let mut old = overtaken.1.clone();
    old.based_on.clear();
    let review = bench.engine.check_draft(nip(), SANDBOX, &old).unwrap();
    assert!(review.issuable, "{:?} {:?}", review.findings, review.obstacles);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_further_correction_waits_for_the_one_before_it() {
    let bench = bench().await;
    let invoice = issue(&bench.engine, &whole(DraftKind::Vat));
    bench.settle().await;
    let first = corrected(&bench, invoice.id, CorrectionMethod::BeforeAndAfter, "90");
    let start = DraftStart::CorrectionOf(invoice.id);
    let (second, third) = (opened(&bench, &start), opened(&bench, &start));
    // Said at once, by name.
    let waits = |error: &IssuingError| matches!(error, IssuingError::CorrectionWaits { sale, number } if *sale == first.id && *number == first.invoice.number);
    let review = bench.engine.check_draft(nip(), SANDBOX, &second.1).unwrap();
    assert!(
        !review.issuable && matches!(&review.obstacles[..], [only] if waits(only)),
        "{:?}",
        review.obstacles
    );
    let early = issued(&bench, &second);
    assert!(early.as_ref().is_err_and(waits), "{early:?}");
    bench.settle().await;
    let second = issued(&bench, &second).unwrap();
    assert_eq!(second.invoice.gross, "-12.30", "from 90 to 80");
    // What was taken back is no basis: neither the second, which the third does not know, nor the fourth.
    bench.engine.withdraw_sale(second.id).unwrap();
    let fourth = corrected(&bench, invoice.id, CorrectionMethod::BeforeAndAfter, "70");
    let on_fourth = opened(&bench, &start);
    bench.engine.withdraw_sale(fourth.id).unwrap();
    let gone = issued(&bench, &on_fourth);
    let is_told = |error: &IssuingError| matches!(error, IssuingError::BasisGone { numbers, .. } if *numbers == [fourth.invoice.number.clone()]);
    assert!(gone.as_ref().is_err_and(is_told), "{gone:?}");
    issued(&bench, &third).unwrap();
}

/// KSeF refuses the earlier correction: what waited for its number starts from what never was.
#[tokio::test(flavor = "multi_thread")]
async fn what_waited_for_a_refused_correction_is_begun_again() {
    let bench = bench().await;
    let invoice = issue(&bench.engine, &whole(DraftKind::Vat));
    bench.settle().await;
    let first = corrected(&bench, invoice.id, CorrectionMethod::BeforeAndAfter, "90");
    let start = DraftStart::CorrectionOf(invoice.id);
    let second = opened(&bench, &start);
    bench.sim.control().end_next(Ending::Invoice { code: 450, details: vec![] }).unwrap();
    bench.settle().await;
    assert_eq!(bench.sale(first.id).state, SaleState::Refused);
    let is_told = |error: &IssuingError| matches!(error, IssuingError::BasisGone { numbers, .. } if *numbers == [first.invoice.number.clone()]);
    let refused = issued(&bench, &second);
    assert!(refused.as_ref().is_err_and(is_told), "{refused:?}");
    let again = issued(&bench, &opened(&bench, &start)).unwrap();
    assert_eq!(again.invoice.gross, "-24.60", "from 100 to 80");
    bench.settle().await;
    bench.assert_sent_once(again.id, "the one that was begun again");
}

/// The original was taken back after the draft of its correction was begun: nothing stands that could be corrected.
#[tokio::test(flavor = "multi_thread")]
async fn a_correction_of_what_was_taken_back_is_not_issued() {
    let bench = bench().await;
    let invoice = issue(&bench.engine, &whole(DraftKind::Vat));
    let draft = opened(&bench, &DraftStart::CorrectionOf(invoice.id));
    bench.engine.withdraw_sale(invoice.id).unwrap();
    let is_told = |error: &IssuingError| matches!(error, IssuingError::BasisGone { numbers, .. } if *numbers == [invoice.invoice.number.clone()]);
    let refused = issued(&bench, &draft);
    assert!(refused.as_ref().is_err_and(is_told), "{refused:?}");
    // Another invoice got its number: that one is not what the draft was begun from.
    let other = issue(&bench.engine, &whole(DraftKind::Vat));
    assert_eq!(other.invoice.number, invoice.invoice.number);
    bench.settle().await;
    let refused = issued(&bench, &draft);
    assert!(refused.as_ref().is_err_and(is_told), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_final_invoice_is_begun_again_when_an_advance_was_corrected_since() {
    let bench = bench().await;
    let mine = issue(&bench.engine, &advance("60.00", &day(&bench)));
    bench.settle().await;
    let last = opened(&bench, &DraftStart::FinalOf(vec![mine.id]));
    let lower = issue_from(&bench.engine, &DraftStart::CorrectionOf(mine.id), |draft| {
        draft.correction.as_mut().unwrap().reason = text("Zwrot części");
        draft.advance.as_mut().unwrap().received = text("23");
    });
    bench.settle().await;
    let is_told = |error: &IssuingError| matches!(error, IssuingError::CorrectedSince { numbers, .. } if *numbers == [lower.invoice.number.clone()]);
    let refused = issued(&bench, &last);
    assert!(refused.as_ref().is_err_and(is_told), "{refused:?}");
}

/// One discount on two invoices belongs to neither's lines.
#[tokio::test(flavor = "multi_thread")]
async fn a_collective_correction_leaves_the_lines_of_each() {
    let bench = bench().await;
    let invoices = [1, 2].map(|_| issue(&bench.engine, &whole(DraftKind::Vat)));
    bench.settle().await;
    let both = issue_from(&bench.engine, &DraftStart::CorrectionOf(invoices[0].id), |draft| {
        let other = begun(&bench, &DraftStart::CorrectionOf(invoices[1].id));
        let correction = draft.correction.as_mut().unwrap();
        correction.corrected.extend(other.correction.unwrap().corrected);
        correction.reason = text("Rabat");
        correction.method = CorrectionMethod::Difference;
        draft.lines[0].unit_price = text("50");
    });
    assert_eq!(both.invoice.gross, "-61.50");
    for invoice in &invoices {
        let draft = begun(&bench, &DraftStart::CorrectionOf(invoice.id));
        assert_eq!(draft.lines[0].before.as_ref().unwrap().unit_price, "100.00");
        let told = IssuingNote::CorrectedTogether {
            relation: Relation::Corrects,
            number: invoice.invoice.number.clone(),
            by: both.invoice.number.clone(),
        };
        assert_eq!(bench.engine.check_draft(nip(), SANDBOX, &draft).unwrap().notes, [told]);
    }
    // Begun from one of them, it does not know what the first correction of both changed either.
    let mut again = begun(&bench, &DraftStart::CorrectionOf(invoices[0].id));
    let other = begun(&bench, &DraftStart::CorrectionOf(invoices[1].id));
    again.correction.as_mut().unwrap().corrected.extend(other.correction.unwrap().corrected);
    let told = invoices.each_ref().map(|invoice| IssuingNote::CorrectedTogether {
        relation: Relation::Corrects,
        number: invoice.invoice.number.clone(),
        by: both.invoice.number.clone(),
    });
    assert_eq!(bench.engine.check_draft(nip(), SANDBOX, &again).unwrap().notes, told);
}

/// One correction lowers two advances: together they are settled by what is left; of one alone a person is told to look.
#[tokio::test(flavor = "multi_thread")]
async fn a_collective_correction_of_advances_is_taken_off_with_all_of_them() {
    let bench = bench().await;
    let advances = ["60.00", "40.00"].map(|received| issue(&bench.engine, &advance(received, &day(&bench))));
    bench.settle().await;
    let both = issue_from(&bench.engine, &DraftStart::CorrectionOf(advances[0].id), |draft| {
        let other = begun(&bench, &DraftStart::CorrectionOf(advances[1].id));
        let correction = draft.correction.as_mut().unwrap();
        correction.corrected.extend(other.correction.unwrap().corrected);
        correction.reason = text("Zwrot części");
        correction.amount_before = text("100.00");
        draft.advance.as_mut().unwrap().received = text("80");
    });
    assert_eq!((both.invoice.kind.as_str(), both.invoice.gross.as_str()), ("KOR_ZAL", "-20.00"));
    bench.settle().await;
    let [first, second] = advances.each_ref().map(|sale| sale.id);
    let alone = opened(&bench, &DraftStart::FinalOf(vec![first]));
    let review = bench.engine.check_draft(nip(), SANDBOX, &alone.1).unwrap();
    let told = IssuingNote::CorrectedTogether {
        relation: Relation::Settles,
        number: advances[0].invoice.number.clone(),
        by: both.invoice.number.clone(),
    };
    assert_eq!((review.totals.gross.as_str(), review.notes), ("63.00", vec![told]));
    let together = DraftStart::FinalOf(vec![first, second]);
    let draft = begun(&bench, &together);
    let review = bench.engine.check_draft(nip(), SANDBOX, &draft).unwrap();
    assert!(review.issuable && review.notes.is_empty(), "{:?} {:?}", review.obstacles, review.notes);
    let last = issue_from(&bench.engine, &together, |_| {});
    assert_eq!((last.invoice.kind.as_str(), last.invoice.gross.as_str()), ("ROZ", "43.00"));
    bench.settle().await;
    bench.assert_sent_once(last.id, "the final invoice");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_by_difference_without_its_original_says_nothing() {
    let bench = bench().await;
    let mut draft = whole(DraftKind::Kor);
    let correction = draft.correction.get_or_insert_default();
    correction.method = CorrectionMethod::Difference;
    correction.reason = text("Rabat");
    correction.corrected = vec![CorrectedReference {
        number: text("FV/1"),
        issue_date: day(&bench),
        ksef_number: String::new(),
    }];
    let correction = issue(&bench.engine, &draft);
    let start = DraftStart::CorrectionOf(correction.id);
    let begun = bench.engine.new_draft(nip(), SANDBOX, &start);
    assert!(matches!(begun, Err(IssuingError::StateUnclear { sale, .. }) if sale == correction.id));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_final_invoice_takes_off_what_was_left_of_the_advance() {
    let bench = bench().await;
    let advance = issue(&bench.engine, &advance("60.00", &day(&bench)));
    bench.settle().await;
    let lower = issue_from(&bench.engine, &DraftStart::CorrectionOf(advance.id), |draft| {
        draft.correction.as_mut().unwrap().reason = text("Zwrot części");
        draft.advance.as_mut().unwrap().received = text("23");
    });
    assert_eq!((lower.invoice.kind.as_str(), lower.invoice.gross.as_str()), ("KOR_ZAL", "-37.00"));
    let start = DraftStart::FinalOf(vec![advance.id]);
    // Until KSeF takes the correction, it may still refuse it: the advance would be whole again.
    let opened = bench.engine.new_draft(nip(), SANDBOX, &start).unwrap();
    let early = bench.engine.issue_draft(opened.id, opened.revision, Leaving::Next);
    assert!(
        matches!(early, Err(IssuingError::OriginalNotAccepted { sale, .. }) if sale == lower.id),
        "{early:?}"
    );
    bench.settle().await;
    let last = issue_from(&bench.engine, &start, |_| {});
    assert_eq!((last.invoice.kind.as_str(), last.invoice.gross.as_str()), ("ROZ", "100.00"));
    bench.settle().await;
    bench.assert_sent_once(last.id, "the final invoice");
    assert!(bench.engine.open_advances(nip(), SANDBOX).unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn advances_are_settled_together_for_one_buyer_in_one_currency() {
    let bench = bench().await;
    let day = day(&bench);
    let mine = issue(&bench.engine, &advance("23.00", &day));
    let mut of_other = advance("23.00", &day);
    of_other.buyer.party.id = text("526-025-02-74");
    let of_other = issue(&bench.engine, &of_other);
    let mut in_euros = advance("23.00", &day);
    in_euros.currency = text("EUR");
    in_euros.exchange.rate = text("4.5");
    let in_euros = issue(&bench.engine, &in_euros);
    for (other, found) in
        [(of_other.id, AdvanceDifference::Buyer), (in_euros.id, AdvanceDifference::Currency)]
    {
        let start = DraftStart::FinalOf(vec![mine.id, other]);
        let begun = bench.engine.new_draft(nip(), SANDBOX, &start);
        let is = matches!(begun, Err(IssuingError::AdvancesDiffer { difference, .. }) if difference == found);
        assert!(is, "{begun:?}");
    }
    // The currency changed afterwards.
    let mut last = begun(&bench, &DraftStart::FinalOf(vec![mine.id]));
    last.currency = text("EUR");
    last.exchange.rate = text("4.5");
    let review = bench.engine.check_draft(nip(), SANDBOX, &last).unwrap();
    let is_told = |error: &IssuingError| {
        matches!(error, IssuingError::AdvancesDiffer { difference: AdvanceDifference::Currency, .. })
    };
    assert!(!review.issuable && review.obstacles.iter().any(is_told), "{:?}", review.obstacles);
}
