//! What KSeF says against an invoice reaches the row of the list, and a person can go on from there.

use ksef_commands::NextStep::{self, *};
use ksef_commands::views::{EnvironmentName, SaleState, SaleView};
use ksef_sim::{Ending, Fault, FaultKind, Operation, Running};
use ksef_types::warsaw_date;
use tokio_util::sync::CancellationToken;

use crate::bench::{Bench, assert_told, document, simulator, system_clock};

/// The first sending, and as often as the program tries by itself after a fault of KSeF's own.
const WITH_REPEATS: usize = 4;

fn invoice(number: &str, line: &str) -> Vec<u8> {
    let now = system_clock().now();
    document(number, line, warsaw_date(now), now)
}

async fn program(sim: &Running) -> Bench {
    let bench = Bench::at(system_clock(), Some(sim.api().clone()), EnvironmentName::Test).await;
    bench.paste_fresh_token(sim).await;
    bench
}

async fn send(bench: &Bench, bytes: &[u8]) -> SaleView {
    let path = bench.file("faktura.xml", bytes);
    let rows = bench.app.load_invoices(&bench.scope, vec![path]).await.unwrap();
    let row = rows.last().unwrap();
    assert!(row.sendable, "{:?}", row.findings);
    let sales = bench.app.enqueue_prepared(&bench.scope, std::slice::from_ref(&row.id)).await.unwrap();
    settle(bench, &sales[0].id).await
}

/// Works on the outbox until the invoice is where it stays.
async fn settle(bench: &Bench, id: &str) -> SaleView {
    for _ in 0..20 {
        bench.app.send_and_wait(&bench.scope, CancellationToken::new()).await.unwrap();
        let sale = bench.app.sale(id).await.unwrap();
        let settled = matches!(sale.state, SaleState::Refused | SaleState::Held);
        if settled || (sale.state == SaleState::Accepted && sale.has_upo) {
            return sale;
        }
    }
    panic!("not settled: {:?}", bench.app.sale(id).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_of_the_contract_reaches_the_row() {
    use SaleState::{Held, Refused};
    let works = [
        (405, "Sesja przerwana", Held, Retry, WITH_REPEATS),
        (410, "Brak uprawnień do wystawienia", Held, OpenPortal, 1),
        (415, "Nie zgłoszono załączników", Refused, CorrectInvoice, 1),
        (430, "Błąd w wierszu 12", Refused, CorrectInvoice, 1),
        (435, "Zły klucz", Held, Retry, WITH_REPEATS),
        (450, "Suma się nie zgadza", Refused, CorrectInvoice, 1),
        (500, "Nieznany błąd", Held, Retry, WITH_REPEATS),
        (550, "Przerwano", Held, Retry, WITH_REPEATS),
    ]
    .map(|row| tokio::spawn(refused(row)));
    for work in works {
        work.await.unwrap();
    }
}

async fn refused((code, detail, state, next, times): (u16, &str, SaleState, NextStep, usize)) {
    let sim = simulator().await;
    let bench = program(&sim).await;
    for _ in 0..times {
        sim.control().end_next(Ending::Invoice { code, details: vec![detail.to_owned()] }).unwrap();
    }
    let sale = send(&bench, &invoice("FV/1", "Usługa")).await;
    let problem = sale.problem.clone().unwrap_or_else(|| panic!("{code}: {sale:?}"));
    assert_eq!((problem.code, problem.next), (format!("sending.refused{code}"), next), "{code}");
    assert_eq!(sale.state, state, "{code}");
    assert_told(sale.problem.as_ref().unwrap(), &code.to_string());
    assert_eq!(problem.values["details"], detail, "{code}: KSeF's own words");
    let technical = problem.technical.unwrap();
    assert!(technical.contains(&code.to_string()) && technical.contains(detail), "{technical}");
    assert!(sale.ksef_number.is_none() && !sale.has_upo && sim.control().invoices().unwrap().is_empty());
    if state == SaleState::Held {
        a_second_try_succeeds(&sim, &bench, &sale).await;
    }
    sim.stop().await;
}

/// "Ponów" really sends it again once what stood in the way is gone.
async fn a_second_try_succeeds(sim: &Running, bench: &Bench, held: &SaleView) {
    bench.app.retry_sale(&held.id).await.unwrap();
    let sale = settle(bench, &held.id).await;
    assert_eq!(sale.state, SaleState::Accepted, "{:?}", sale.problem);
    let there = sim.control().invoices().unwrap();
    assert_eq!(there.len(), 1);
    assert_eq!(sale.ksef_number.as_deref(), Some(there[0].ksef_number.as_str()));
    assert!(sale.has_upo && sale.problem.is_none(), "{:?}", sale.problem);
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_of_the_request_reach_the_row() {
    let works = [
        (21217, "sending.request21217", CorrectInvoice),
        (21401, "sending.request21401", CorrectInvoice),
        (21402, "sending.request21402", Retry),
        (21403, "sending.request21403", Retry),
    ]
    .map(|(code, key, next)| {
        tokio::spawn(async move {
            let sim = simulator().await;
            let bench = program(&sim).await;
            let kind =
                FaultKind::Refuse { code, description: "opis".to_owned(), details: vec!["P_15".to_owned()] };
            sim.control().fault(Fault::times(Operation::SendInvoice, 50, kind));
            let sale = send(&bench, &invoice("FV/1", "Usługa")).await;
            let problem = sale.problem.unwrap();
            assert_eq!((problem.code.as_str(), problem.next), (key, next));
            assert_told(&problem, key);
            assert!(problem.technical.unwrap().contains(&code.to_string()));
            sim.stop().await;
        })
    });
    for work in works {
        work.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_duplicate_of_our_own_bytes_is_accepted_and_of_others_refused() {
    let sim = simulator().await;
    let first = program(&sim).await;
    let bytes = invoice("FV/7", "Usługa");
    let sent = send(&first, &bytes).await;
    assert_eq!(sent.state, SaleState::Accepted);

    // Another installation sends the same file.
    let second = program(&sim).await;
    let same = send(&second, &bytes).await;
    assert_eq!((same.state, same.ksef_number.as_ref()), (SaleState::Accepted, sent.ksef_number.as_ref()));
    assert!(same.problem.is_none() && same.has_upo, "{:?}", same.problem);

    // A third one has another document under the same number.
    let third = program(&sim).await;
    let other = send(&third, &invoice("FV/7", "Całkiem inna usługa")).await;
    let problem = other.problem.unwrap();
    assert_eq!((other.state, problem.code.as_str()), (SaleState::Refused, "sending.duplicateOfAnother"));
    assert_eq!((problem.next, problem.values.get("original")), (CorrectInvoice, sent.ksef_number.as_ref()));
    assert_told(&problem, "440");
    assert_eq!(sim.control().invoices().unwrap().len(), 1, "one invoice in KSeF");
    sim.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_duplicate_that_cannot_be_proved_waits_for_a_person() {
    let sim = simulator().await;
    let bench = program(&sim).await;
    sim.control().end_next(Ending::Invoice { code: 440, details: vec![] }).unwrap();
    let sale = send(&bench, &invoice("FV/8", "Usługa")).await;
    let problem = sale.problem.unwrap();
    assert_eq!((sale.state, problem.code.as_str()), (SaleState::Held, "sending.duplicateUnproved"));
    assert_eq!(problem.next, Retry);
    assert_told(&problem, "440");
    sim.stop().await;
}
