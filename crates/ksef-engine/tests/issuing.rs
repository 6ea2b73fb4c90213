//! From a draft to an invoice in KSeF, and what stands in the way.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use common::drafts::{advance, issue, issue_from, profile, text, typed, whole};
use common::{Bench, SANDBOX, nip};
use ksef_engine::{
    DraftStart, EngineEvent, IssuingError, Leaving, NotSendable, Relation, Sale, SaleId, SaleProblem,
    SaleState, SalesQuery,
};
use ksef_invoice::draft::{AdvanceReference, DraftKind, InvoiceDraft};
use ksef_invoice::{CheckOptions, check};
use ksef_types::{Clock, Environment, warsaw_date};

async fn bench() -> Bench {
    let bench = Bench::new().await.with_token().await;
    bench.engine.save_seller_profile(nip(), &profile()).unwrap();
    bench
}

fn today(bench: &Bench) -> chrono::NaiveDate {
    warsaw_date(bench.clock.now())
}

/// The number that the first invoice of a usual series has today.
fn number(bench: &Bench, series: &str, counter: u32) -> String {
    format!("{series}/{counter}/{}", today(bench).format("%m/%Y"))
}

fn refused(bench: &Bench, draft: &InvoiceDraft) -> IssuingError {
    let (id, revision) = typed(&bench.engine, draft);
    let before = bench.engine.draft(id).unwrap();
    let error = bench.engine.issue_draft(id, revision, Leaving::Next).unwrap_err();
    assert_eq!(bench.engine.draft(id).unwrap(), before, "the draft stays as it was");
    error
}

fn sales(bench: &Bench) -> Vec<Sale> {
    bench.engine.sales(nip(), SANDBOX, &SalesQuery::default()).unwrap().rows
}

fn document(bench: &Bench, sale: SaleId) -> String {
    String::from_utf8(bench.engine.xml(sale).unwrap().bytes).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_and_its_correction_are_accepted() {
    let bench = bench().await;
    let invoice = issue(&bench.engine, &whole(DraftKind::Vat));
    assert_eq!(invoice.invoice.number, number(&bench, "FV", 1));
    assert_eq!((invoice.invoice.issue_date, invoice.invoice.gross.as_str()), (today(&bench), "123.00"));
    bench.settle().await;
    bench.assert_sent_once(invoice.id, "the invoice");
    let correction = issue_from(&bench.engine, &DraftStart::CorrectionOf(invoice.id), |draft| {
        draft.correction.as_mut().unwrap().reason = text("Rabat");
        draft.lines[0].unit_price = text("90");
    });
    assert_eq!((correction.invoice.kind.as_str(), correction.invoice.gross.as_str()), ("KOR", "-12.30"));
    assert_eq!(correction.invoice.number, number(&bench, "KOR", 1));
    bench.settle().await;
    bench.assert_sent_once(correction.id, "the correction");
    let original = bench.sale(invoice.id).ksef_number.unwrap();
    assert!(document(&bench, correction.id).contains(original.as_str()), "the correction names its original");
    let links = bench.engine.sale_links(invoice.id).unwrap();
    assert_eq!(links.referred_by, [(Relation::Corrects, correction.id)]);
    assert_eq!(bench.engine.sale_links(correction.id).unwrap().refers_to[0].target, Some(invoice.id.0));
}

#[tokio::test(flavor = "multi_thread")]
async fn advances_and_the_final_invoice_that_settles_them_are_accepted() {
    let bench = bench().await;
    let day = today(&bench).to_string();
    let first = issue(&bench.engine, &advance("23.00", &day));
    let second = issue_from(&bench.engine, &DraftStart::NextAdvanceOf(first.id), |draft| {
        let advance = draft.advance.get_or_insert_default();
        advance.received = text("50.00");
        draft.sale = ksef_invoice::draft::SaleMoment::Day { date: day.clone() };
    });
    let open = |bench: &Bench| -> Vec<SaleId> {
        let open = bench.engine.open_advances(nip(), SANDBOX).unwrap();
        open.into_iter().map(|sale| sale.id).collect()
    };
    assert_eq!(open(&bench), [second.id, first.id]);
    assert_eq!(bench.engine.sale_links(second.id).unwrap().refers_to[0].relation, Relation::Continues);
    bench.settle().await;
    let last = issue_from(&bench.engine, &DraftStart::FinalOf(vec![first.id, second.id]), |draft: &mut _| {
        assert_eq!(draft.kind, DraftKind::Roz);
    });
    // 123 for the whole, 73 received.
    assert_eq!((last.invoice.kind.as_str(), last.invoice.gross.as_str()), ("ROZ", "50.00"));
    assert_eq!(open(&bench), []);
    bench.settle().await;
    for sale in [first.id, second.id, last.id] {
        bench.assert_sent_once(sale, "advances");
    }
    let xml = document(&bench, last.id);
    for sale in [first.id, second.id] {
        assert!(xml.contains(bench.sale(sale).ksef_number.unwrap().as_str()));
    }
    let again = bench.engine.new_draft(nip(), SANDBOX, &DraftStart::FinalOf(vec![first.id]));
    assert!(matches!(again, Err(IssuingError::AdvanceSettled { by, .. }) if by == last.id));
}

/// Art. 106f ust. 4: the last advance names the earlier ones, which the final invoice settles all the same.
#[tokio::test(flavor = "multi_thread")]
async fn an_advance_that_another_advance_names_stays_open() {
    let bench = bench().await;
    let day = today(&bench).to_string();
    let first = issue(&bench.engine, &advance("23.00", &day));
    let names = AdvanceReference { number: first.invoice.number.clone(), ..AdvanceReference::default() };
    let opened = bench.engine.new_draft(nip(), SANDBOX, &DraftStart::NextAdvanceOf(first.id)).unwrap();
    let mut draft = opened.draft;
    draft.advance.get_or_insert_default().received = text("50.00");
    draft.settles = vec![names];
    let early = bench.engine.check_draft(nip(), SANDBOX, &draft).unwrap();
    assert!(
        matches!(early.obstacles[..], [IssuingError::OriginalNotAccepted { .. }]),
        "{:?}",
        early.obstacles
    );
    bench.settle().await;
    let saved = bench.engine.save_draft(opened.id, opened.revision, &draft).unwrap();
    let last = bench.engine.issue_draft(opened.id, saved.revision, Leaving::Next).unwrap();
    bench.settle().await;
    bench.assert_sent_once(last.id, "the last advance");
    let ksef_number = bench.sale(first.id).ksef_number.unwrap();
    assert!(
        document(&bench, last.id).contains(ksef_number.as_str()),
        "the number that came meanwhile is named"
    );
    let links = bench.engine.sale_links(last.id).unwrap().refers_to;
    assert_eq!(links.len(), 1, "begun from it and naming it is one link: {links:?}");
    assert_eq!((links[0].relation, links[0].target), (Relation::Continues, Some(first.id.0)));
    assert_eq!(bench.engine.sale_links(first.id).unwrap().referred_by, [(Relation::Continues, last.id)]);
    let open = bench.engine.open_advances(nip(), SANDBOX).unwrap();
    assert_eq!(open.iter().map(|sale| sale.id).collect::<Vec<_>>(), [last.id, first.id]);
    let settled = issue_from(
        &bench.engine,
        &DraftStart::FinalOf(vec![first.id, last.id]),
        |draft: &mut InvoiceDraft| {
            assert_eq!(draft.settles.len(), 2);
        },
    );
    assert_eq!(settled.invoice.gross, "50.00");
    assert!(bench.engine.open_advances(nip(), SANDBOX).unwrap().is_empty());
}

/// The final invoice came from another program, as a file.
#[tokio::test(flavor = "multi_thread")]
async fn an_advance_that_a_file_settles_is_not_open_any_more() {
    let bench = bench().await;
    let advance = issue(&bench.engine, &advance("23.00", &today(&bench).to_string()));
    bench.settle().await;
    let opened = bench.engine.new_draft(nip(), SANDBOX, &DraftStart::FinalOf(vec![advance.id])).unwrap();
    let review = bench.engine.check_draft(nip(), SANDBOX, &opened.draft).unwrap();
    assert!(review.issuable, "{:?} {:?}", review.findings, review.obstacles);
    let file = common::queue(&bench.engine, &review.document.unwrap());
    assert!(bench.engine.open_advances(nip(), SANDBOX).unwrap().is_empty());
    assert_eq!(bench.engine.sale_links(advance.id).unwrap().referred_by, [(Relation::Settles, file)]);
    // The draft was begun when the advance was open.
    let late = bench.engine.issue_draft(opened.id, opened.revision, Leaving::Next);
    assert!(matches!(late, Err(IssuingError::AdvanceSettled { by, .. }) if by == file), "{late:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_waits_for_the_number_of_its_original() {
    let bench = bench().await;
    let invoice = issue(&bench.engine, &whole(DraftKind::Vat));
    let opened = bench.engine.new_draft(nip(), SANDBOX, &DraftStart::CorrectionOf(invoice.id)).unwrap();
    let mut draft = opened.draft;
    draft.correction.as_mut().unwrap().reason = text("Rabat");
    draft.lines[0].unit_price = text("90");
    let saved = bench.engine.save_draft(opened.id, opened.revision, &draft).unwrap();
    let early = bench.engine.issue_draft(opened.id, saved.revision, Leaving::Next);
    assert!(matches!(early, Err(IssuingError::OriginalNotAccepted { sale, .. }) if sale == invoice.id));
    let review = bench.engine.check_draft(nip(), SANDBOX, &draft).unwrap();
    assert!(!review.issuable);
    assert!(matches!(review.obstacles[..], [IssuingError::OriginalNotAccepted { .. }]));
    bench.settle().await;
    let corrected = bench.engine.draft(opened.id).unwrap().draft.correction.unwrap().corrected;
    assert_eq!(corrected[0].ksef_number, bench.sale(invoice.id).ksef_number.unwrap().to_string());
    bench.engine.issue_draft(opened.id, saved.revision, Leaving::Next).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_issued_from_a_draft_passes_the_whole_check() {
    let bench = bench().await;
    let sale = issue(&bench.engine, &whole(DraftKind::Vat));
    let options = CheckOptions::new(today(&bench), SANDBOX).for_seller(nip());
    let report = check(document(&bench, sale.id).as_bytes(), &options);
    assert!(report.may_be_sent(), "{:?}", report.findings);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_issued_once_and_then_gone() {
    let bench = bench().await;
    let (id, revision) = typed(&bench.engine, &whole(DraftKind::Vat));
    let mut events = bench.engine.subscribe();
    let sale = bench.engine.issue_draft(id, revision, Leaving::Next).unwrap();
    let told = std::iter::from_fn(|| events.try_recv().ok());
    assert!(told.into_iter().any(|event| matches!(event, EngineEvent::Outbox { id, .. } if id == sale.id)));
    let again = bench.engine.issue_draft(id, revision, Leaving::Next);
    assert!(matches!(again, Err(IssuingError::AlreadyIssued(issued)) if issued == sale.id));
    let saved = bench.engine.save_draft(id, revision, &whole(DraftKind::Vat));
    assert!(matches!(saved, Err(IssuingError::AlreadyIssued(_))));
    assert!(bench.engine.drafts(nip(), SANDBOX).unwrap().is_empty());
    assert_eq!(sales(&bench).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_window_saved_is_not_issued_unseen() {
    let bench = bench().await;
    let (id, revision) = typed(&bench.engine, &whole(DraftKind::Vat));
    let other = bench.restarted(common::quick());
    let saved = other.save_draft(id, revision, &whole(DraftKind::Vat)).unwrap();
    let issued = bench.engine.issue_draft(id, revision, Leaving::Next);
    assert!(
        matches!(issued, Err(IssuingError::DraftChanged { current }) if current == saved.revision),
        "{issued:?}"
    );
    let lost = bench.engine.save_draft(id, revision, &whole(DraftKind::Upr));
    assert!(matches!(lost, Err(IssuingError::DraftChanged { .. })));
    assert_eq!(sales(&bench).len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_back_invoice_leaves_only_at_a_persons_word() {
    let bench = bench().await;
    let (id, revision) = typed(&bench.engine, &whole(DraftKind::Vat));
    let sale = bench.engine.issue_draft(id, revision, Leaving::Later).unwrap();
    assert_eq!((sale.state, sale.problem), (SaleState::Held, Some(SaleProblem::KeptBack)));
    bench.settle().await;
    assert_eq!(bench.sale(sale.id).state, SaleState::Held);
    assert_eq!(bench.engine.sales_totals(nip(), SANDBOX).unwrap().held, 1, "it is not lost sight of");
    bench.engine.retry_sale(sale.id).unwrap();
    bench.settle().await;
    bench.assert_sent_once(sale.id, "kept back");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_of_ones_own_is_used_once_for_a_kind() {
    let bench = bench().await;
    let with_number = |number: &str| InvoiceDraft { number: text(number), ..whole(DraftKind::Vat) };
    let first = issue(&bench.engine, &with_number("  A  1 "));
    assert_eq!(first.invoice.number, "A 1");
    let used = refused(&bench, &with_number("A 1"));
    assert!(matches!(used, IssuingError::NumberUsed { by: Some(by), .. } if by == first.id), "{used}");
    let review = bench.engine.check_draft(nip(), SANDBOX, &with_number("A 1")).unwrap();
    assert!(!review.issuable && matches!(review.obstacles[..], [IssuingError::NumberUsed { .. }]));
    // Taken back, it is free again.
    bench.engine.withdraw_sale(first.id).unwrap();
    issue(&bench.engine, &with_number("A 1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_series_passes_over_a_number_that_somebody_typed() {
    let bench = bench().await;
    let own = InvoiceDraft { number: number(&bench, "FV", 1), ..whole(DraftKind::Vat) };
    issue(&bench.engine, &own);
    assert_eq!(issue(&bench.engine, &whole(DraftKind::Vat)).invoice.number, number(&bench, "FV", 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_number_of_an_invoice_that_was_taken_back_is_given_again() {
    let bench = bench().await;
    let sales = [1, 2, 3].map(|_| issue(&bench.engine, &whole(DraftKind::Vat)));
    bench.engine.withdraw_sale(sales[1].id).unwrap();
    let numbers = [4, 5].map(|_| issue(&bench.engine, &whole(DraftKind::Vat)).invoice.number);
    assert_eq!(numbers, [number(&bench, "FV", 2), number(&bench, "FV", 4)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_thing_in_the_way_has_its_error() {
    let bench = bench().await;
    let tomorrow = today(&bench).succ_opt().unwrap().to_string();
    let future = InvoiceDraft { issue_date: tomorrow, ..whole(DraftKind::Vat) };
    assert!(matches!(refused(&bench, &future), IssuingError::DateInFuture { .. }));
    let empty = InvoiceDraft { lines: Vec::new(), ..whole(DraftKind::Vat) };
    let IssuingError::HasErrors { findings } = refused(&bench, &empty) else { panic!("no errors") };
    assert!(findings.iter().any(|finding| finding.error), "{findings:?}");
    let series = InvoiceDraft { series: Some(text("999")), ..whole(DraftKind::Vat) };
    assert!(matches!(refused(&bench, &series), IssuingError::UnknownSeries(_)));
    bench.engine.save_seller_profile(nip(), &ksef_invoice::draft::SellerProfile::default()).unwrap();
    assert!(matches!(refused(&bench, &whole(DraftKind::Vat)), IssuingError::NoProfile));
    assert_eq!(sales(&bench).len(), 0);
    let none = bench.engine.draft(ksef_engine::DraftId(999));
    assert!(matches!(none, Err(IssuingError::UnknownDraft(_))));
}

/// KSeF takes attachments in batch sessions only (415 otherwise).
#[tokio::test(flavor = "multi_thread")]
async fn an_attachment_stays_in_the_draft_and_takes_no_number() {
    let bench = bench().await;
    let with = |attachment: serde_json::Value| {
        let mut draft = whole(DraftKind::Vat);
        draft.extras.insert(text("Zalacznik"), serde_json::from_value(attachment).unwrap());
        draft
    };
    let filled = with(serde_json::json!({"BlokDanych": [{
        "MetaDane": [{"ZKlucz": "licznik", "ZWartosc": "1"}],
        "Tabela": [{"TNaglowek": {"Kol": [{"Typ": "txt", "NKom": "Stan"}]}, "Wiersz": [{"WKom": ["7"]}]}]
    }]}));
    assert!(matches!(refused(&bench, &filled), IssuingError::AttachmentNeedsBatch));
    let review = bench.engine.check_draft(nip(), SANDBOX, &filled).unwrap();
    assert!(matches!(review.obstacles[..], [IssuingError::AttachmentNeedsBatch]));
    assert!(!review.issuable && sales(&bench).is_empty());
    // The same document as a file.
    let file = common::picked("faktura.xml", &review.document.unwrap());
    let prepared = bench.engine.prepare(nip(), SANDBOX, vec![file]).unwrap().remove(0);
    assert!(!prepared.sendable && prepared.needs_batch, "{:?}", prepared.findings);
    let queued = bench.engine.enqueue(nip(), SANDBOX, &[prepared.id]).unwrap().remove(0);
    assert_eq!(queued.sale.unwrap_err(), NotSendable::NeedsBatch);
    // A form that was opened and left empty is no attachment.
    let empty = with(serde_json::json!({"BlokDanych": [{"ZNaglowek": " "}]}));
    assert_eq!(issue(&bench.engine, &empty).invoice.number, number(&bench, "FV", 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_is_no_beginning() {
    let bench = bench().await;
    let invoice = issue(&bench.engine, &whole(DraftKind::Vat));
    let begin = |start: DraftStart| bench.engine.new_draft(nip(), SANDBOX, &start);
    for start in [DraftStart::FinalOf(vec![invoice.id]), DraftStart::NextAdvanceOf(invoice.id)] {
        assert!(matches!(begin(start), Err(IssuingError::WrongKind { .. })));
    }
    let elsewhere = bench.engine.new_draft(nip(), Environment::Production, &DraftStart::CopyOf(invoice.id));
    assert!(
        matches!(elsewhere, Err(IssuingError::Engine(_))),
        "nothing crosses from one environment to another"
    );
    bench.engine.withdraw_sale(invoice.id).unwrap();
    let withdrawn = begin(DraftStart::CorrectionOf(invoice.id));
    assert!(matches!(withdrawn, Err(IssuingError::OriginalNotAccepted { .. })));
    let copy = begin(DraftStart::CopyOf(invoice.id)).unwrap();
    assert_eq!(copy.draft.buyer.party.name, "Kupujący S.A.");
    assert_eq!((copy.draft.number.as_str(), copy.draft.issue_date.as_str()), ("", ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn checking_takes_no_number_and_writes_nothing() {
    let bench = bench().await;
    for _ in 0..3 {
        let review = bench.engine.check_draft(nip(), SANDBOX, &whole(DraftKind::Vat)).unwrap();
        assert!(review.issuable, "{:?} {:?}", review.findings, review.obstacles);
        assert_eq!(review.number, number(&bench, "FV", 1));
        assert_eq!(review.totals.gross, "123.00");
        assert!(review.document.is_some());
    }
    assert_eq!(sales(&bench).len(), 0);
    assert_eq!(bench.engine.drafts(nip(), SANDBOX).unwrap().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_issued_all_or_none() {
    let bench = bench().await;
    let own = |number: &str| InvoiceDraft { number: text(number), ..whole(DraftKind::Vat) };
    let bad = InvoiceDraft { lines: Vec::new(), ..whole(DraftKind::Vat) };
    let mixed = [whole(DraftKind::Vat), own("A/1"), bad, own("A/1")];
    let checked = bench.engine.check_many(nip(), SANDBOX, &mixed).unwrap();
    let issuable: Vec<bool> = checked.iter().map(|review| review.issuable).collect();
    assert_eq!(issuable, [true, true, false, false]);
    assert!(matches!(checked[3].obstacles[..], [IssuingError::NumberUsed { by: None, .. }]));
    let Err(IssuingError::Rows(rows)) = bench.engine.issue_many(nip(), SANDBOX, &mixed, Leaving::Next) else {
        panic!("issued");
    };
    assert_eq!(rows.iter().map(|row| row.row).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(sales(&bench).len(), 0);
    let good = [whole(DraftKind::Vat), own("A/1"), whole(DraftKind::Vat)];
    let checked = bench.engine.check_many(nip(), SANDBOX, &good).unwrap();
    let issued = bench.engine.issue_many(nip(), SANDBOX, &good, Leaving::Next).unwrap();
    let numbers: Vec<&str> = issued.iter().map(|sale| sale.invoice.number.as_str()).collect();
    assert_eq!(numbers, [&number(&bench, "FV", 1), "A/1", &number(&bench, "FV", 2)]);
    assert_eq!(numbers, checked.iter().map(|review| review.number.as_str()).collect::<Vec<_>>());
    bench.settle().await;
    for sale in issued {
        bench.assert_sent_once(sale.id, "many");
    }
}
