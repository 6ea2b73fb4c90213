//! Invoices that were corrected: what the next correction and the final invoice start from.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use common::drafts::{advance, issue, issue_from, profile, text, whole};
use common::{Bench, SANDBOX, nip};
use ksef_engine::{AdvanceDifference, DraftStart, IssuingError, SaleId};
use ksef_invoice::draft::{CorrectedReference, CorrectionMethod, DraftKind, InvoiceDraft};
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

/// A correction that gives the only line another price.
fn corrected(bench: &Bench, of: SaleId, method: CorrectionMethod, price: &str) -> ksef_engine::Sale {
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
    let second = corrected(&bench, invoice.id, CorrectionMethod::BeforeAndAfter, "70");
    assert_eq!((first.invoice.gross.as_str(), second.invoice.gross.as_str()), ("-12.30", "-24.60"));
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
    }
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
    let early = bench.engine.issue_draft(opened.id, opened.revision, ksef_engine::Leaving::Next);
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
