//! Invoices written in the program: drafts, corrections, advances, finals; numbers, books; through the simulator to their
//! KSeF numbers.

use ksef_commands::catalogue;
use ksef_commands::draft::{
    AddressDraft, AdvanceDraft, DraftKind, InvoiceDraft, LineDraft, PartyDraft, SellerProfile, TermDraft,
};
use ksef_commands::views::{
    AfterIssuing, DraftStart, EnvironmentName, Language, SaleState, SaleView, SalesFilter, SeriesEdit,
    SeriesReset,
};
use ksef_sim::Running;

use crate::bench::{Bench, assert_told, simulator, system_clock};

async fn bench() -> (Bench, Running) {
    let sim = simulator().await;
    let api = sim.api().to_string().parse().unwrap();
    let bench = Bench::at(system_clock(), Some(api), EnvironmentName::Test).await;
    bench.paste_fresh_token(&sim).await;
    bench.app.save_seller_profile(&bench.scope.nip, profile()).await.unwrap();
    (bench, sim)
}

fn profile() -> SellerProfile {
    SellerProfile {
        name: "Przykład sp. z o.o.".to_owned(),
        address: address("ul. Przykładowa 1, 00-001 Warszawa"),
        ..SellerProfile::default()
    }
}

fn address(line: &str) -> AddressDraft {
    AddressDraft { line1: line.to_owned(), ..AddressDraft::default() }
}

fn line(name: &str, quantity: &str, price: &str, rate: &str) -> LineDraft {
    LineDraft {
        name: name.to_owned(),
        quantity: quantity.to_owned(),
        unit: "szt.".to_owned(),
        unit_price: price.to_owned(),
        rate: rate.to_owned(),
        ..LineDraft::default()
    }
}

fn fill(draft: &mut InvoiceDraft, lines: Vec<LineDraft>) {
    draft.buyer.party = PartyDraft {
        id: "PL 111-111-11-11".to_owned(),
        name: "Kupujący S.A.".to_owned(),
        address: address("ul. Kupiecka 2, 00-002 Warszawa"),
        ..PartyDraft::default()
    };
    draft.lines = lines;
    draft.payment.terms = vec![TermDraft { days: "14".to_owned(), ..TermDraft::default() }];
}

impl Bench {
    /// Begins, fills in, checks, saves and issues; nothing is left to be corrected.
    async fn write(&self, start: DraftStart, fill: impl FnOnce(&mut InvoiceDraft)) -> SaleView {
        let opened = self.app.new_draft(&self.scope, start).await.unwrap();
        let mut draft = opened.draft;
        fill(&mut draft);
        let check = self.app.check_draft(&self.scope, draft.clone()).await.unwrap();
        let errors: Vec<_> = check.findings.iter().filter(|finding| finding.error).collect();
        assert!(errors.is_empty() && check.issuable, "{errors:#?}");
        let saved = self.app.save_draft(&opened.id, opened.revision, draft).await.unwrap();
        let sale = self.app.issue_draft(&opened.id, saved.revision, AfterIssuing::Send).await.unwrap();
        assert_eq!(sale.invoice.number, check.number);
        assert_eq!(sale.invoice.gross, check.totals.gross);
        sale
    }

    async fn accepted(&self, id: &str) -> SaleView {
        let mut events = self.app.events();
        loop {
            let sale = self.app.sale(id).await.unwrap();
            match sale.state {
                SaleState::Accepted => return sale,
                SaleState::Refused | SaleState::Held => panic!("{:?}", sale.problem),
                _ => events.next().await,
            };
        }
    }
}

fn blank(kind: DraftKind) -> DraftStart {
    DraftStart::Blank { kind }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_and_its_correction_get_their_numbers() {
    let (bench, _sim) = bench().await;
    let lines = || vec![line("Krzesło", "2", "1 000,50", "23"), line("Książka", "1", "20", "5")];
    let first = bench.write(blank(DraftKind::Vat), |draft| fill(draft, lines())).await;
    assert_eq!(first.invoice.gross, "2482.23");
    let first = bench.accepted(&first.id).await;

    let correction = DraftStart::CorrectionOf { sale: first.id.clone() };
    let second = bench
        .write(correction, |draft| {
            assert_eq!(draft.kind, DraftKind::Kor);
            let of = &draft.correction.as_ref().unwrap().corrected[0];
            assert_eq!(Some(&of.ksef_number), first.ksef_number.as_ref());
            draft.correction.as_mut().unwrap().reason = "Zwrot towaru".to_owned();
            draft.lines[0].quantity = "1".to_owned();
        })
        .await;
    assert_eq!((second.invoice.kind.as_str(), second.invoice.gross.as_str()), ("KOR", "-1230.61"));
    let second = bench.accepted(&second.id).await;
    assert!(second.ksef_number.is_some() && second.ksef_number != first.ksef_number);
    let sheet = bench.app.sale_sheet(&second.id).await.unwrap();
    assert_eq!((sheet.kind.as_str(), sheet.gross.as_str()), ("KOR", "-1230.61"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_advance_is_settled_by_the_final_invoice() {
    let (bench, _sim) = bench().await;
    let advance = bench
        .write(blank(DraftKind::Zal), |draft| {
            fill(draft, vec![line("Szafa na wymiar", "1", "10000", "23")]);
            draft.advance = Some(AdvanceDraft { received: "6 150,00".to_owned(), parts: Vec::new() });
        })
        .await;
    assert_eq!((advance.invoice.kind.as_str(), advance.invoice.gross.as_str()), ("ZAL", "6150.00"));
    let advance = bench.accepted(&advance.id).await;
    let open = bench.app.open_advances(&bench.scope).await.unwrap();
    assert_eq!(open.iter().map(|sale| &sale.id).collect::<Vec<_>>(), [&advance.id]);

    let last = bench.write(DraftStart::FinalOf { sales: vec![advance.id.clone()] }, |_| {}).await;
    assert_eq!((last.invoice.kind.as_str(), last.invoice.gross.as_str()), ("ROZ", "6150.00"));
    bench.accepted(&last.id).await;
    assert!(bench.app.open_advances(&bench.scope).await.unwrap().is_empty());
    let again = bench.app.new_draft(&bench.scope, DraftStart::FinalOf { sales: vec![advance.id] }).await;
    assert_told(&again.unwrap_err(), "a second final invoice");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_beside_its_field_and_the_draft_is_kept() {
    let (bench, _sim) = bench().await;
    let opened = bench.app.new_draft(&bench.scope, blank(DraftKind::Vat)).await.unwrap();
    let mut draft = opened.draft.clone();
    fill(&mut draft, vec![line("Krzesło", "dwa", "10", "23"), line("Stół", "1", "10,123456789", "23")]);
    draft.buyer.party.id = "526-587-76-36".to_owned();
    let check = bench.app.check_draft(&bench.scope, draft.clone()).await.unwrap();
    // The test environment takes a NIP with a wrong check digit.
    for (field, error) in [("lines.0.quantity", true), ("lines.1.unitPrice", true), ("buyer.party.id", false)]
    {
        let mut at = check.findings.iter().filter(|finding| finding.field == field);
        assert!(at.any(|finding| finding.error == error), "{field}: {:#?}", check.findings);
    }
    assert!(!check.issuable);
    let saved = bench.app.save_draft(&opened.id, opened.revision, draft.clone()).await.unwrap();
    let refused = bench.app.issue_draft(&opened.id, saved.revision, AfterIssuing::Send).await.unwrap_err();
    assert_eq!(refused.code, "draft.notIssuable");
    assert_told(&refused, "a draft with errors");
    assert_eq!(bench.app.draft(&opened.id).await.unwrap().draft, draft);
    let stale = bench.app.save_draft(&opened.id, opened.revision, draft).await.unwrap_err();
    assert_eq!(stale.code, "draft.changedElsewhere");
    assert_told(&stale, "a draft that another window saved");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_series_that_would_repeat_numbers_is_refused() {
    let (bench, _sim) = bench().await;
    for (pattern, reset) in [
        ("FV/{rrrr}", SeriesReset::Yearly),
        ("FV/{nr}", SeriesReset::Monthly),
        ("FV/{nr}/{mm}", SeriesReset::Yearly),
        ("FV/{nr", SeriesReset::Never),
        ("", SeriesReset::Never),
    ] {
        let edit = SeriesEdit {
            id: None,
            name: "Sklep".to_owned(),
            pattern: pattern.to_owned(),
            reset,
            kinds: vec![DraftKind::Vat],
            next: None,
        };
        let problem = bench.app.save_series(&bench.scope, edit).await.unwrap_err();
        // Sentences show the tokens in their braces.
        assert!(problem.code.starts_with("series.pattern"), "{pattern}: {}", problem.code);
        for language in [Language::Pl, Language::En] {
            assert!(catalogue::codes(language).any(|code| code == problem.code), "{}", problem.code);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_sent_when_a_person_says_so() {
    let (bench, _sim) = bench().await;
    let opened = bench.app.new_draft(&bench.scope, blank(DraftKind::Vat)).await.unwrap();
    let mut draft = opened.draft;
    fill(&mut draft, vec![line("Krzesło", "1", "10", "23")]);
    let saved = bench.app.save_draft(&opened.id, opened.revision, draft).await.unwrap();
    let sale = bench.app.issue_draft(&opened.id, saved.revision, AfterIssuing::Wait).await.unwrap();
    let all = bench.app.sales(&bench.scope, SalesFilter::default()).await.unwrap();
    assert_eq!(all.rows.len(), 1);
    assert_ne!(all.rows[0].state, SaleState::Accepted);
    bench.app.retry_sale(&sale.id).await.unwrap();
    bench.accepted(&sale.id).await;
}
