//! From a credential to a KSeF number and a UPO, over HTTP against the simulator.

mod common;

use common::{Bench, SANDBOX, nip, settle};
use ksef_engine::{ConnectionMethod, ConnectionWarning, EngineEvent, SaleState, SalesQuery};
use ksef_sim::{CertificateKind, KeyAlgorithm, Operation};
use tokio_util::sync::CancellationToken;

#[tokio::test(flavor = "multi_thread")]
async fn by_token() {
    let bench = Bench::new().await.with_token().await;
    let report = bench.engine.check_connection(nip(), SANDBOX).await.unwrap();
    assert_eq!(report.method, ConnectionMethod::Token);
    assert!(
        report.permissions.iter().any(|permission| permission == "InvoiceWrite"),
        "{:?}",
        report.permissions
    );
    assert!(report.warnings.contains(&ConnectionWarning::NoOfflineCertificate));
    assert!(report.access_valid_until < report.valid_until);
    let id = bench.queue("FV/1/2026");
    bench.settle().await;
    bench.assert_sent_once(id, "by token");
}

#[tokio::test(flavor = "multi_thread")]
async fn by_certificate() {
    for key in [KeyAlgorithm::P256, KeyAlgorithm::Rsa2048] {
        let bench = Bench::new().await.with_certificate(key).await;
        bench.load(CertificateKind::Offline, key).await;
        let report = bench.engine.check_connection(nip(), SANDBOX).await.unwrap();
        assert_eq!(report.method, ConnectionMethod::Certificate);
        assert_eq!(report.warnings, [], "{key:?}");
        assert!(report.permissions.iter().any(|permission| permission == "InvoiceWrite"));
        let id = bench.queue("FV/1/2026");
        bench.settle().await;
        bench.assert_sent_once(id, "by certificate");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_certificate_is_chosen_before_the_token() {
    let bench = Bench::new().await.with_token().await.with_certificate(KeyAlgorithm::P256).await;
    let report = bench.engine.check_connection(nip(), SANDBOX).await.unwrap();
    assert_eq!(report.method, ConnectionMethod::Certificate);
}

#[tokio::test(flavor = "multi_thread")]
async fn connecting_by_token_takes_six_requests_at_most() {
    let bench = Bench::instant().await.with_token().await;
    bench.engine.check_connection(nip(), SANDBOX).await.unwrap();
    let requests = bench.sim.control().arrived().unwrap().requests;
    assert!(requests.len() <= 6, "{requests:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_dropped_in_the_middle_tells_that_it_is_no_more() {
    let bench = Bench::new().await.with_token().await;
    let id = bench.queue("FV/1");
    let mut events = bench.engine.subscribe();
    let engine = bench.engine.clone();
    let run = tokio::spawn(async move { engine.run_outbox(nip(), SANDBOX, CancellationToken::new()).await });
    let mut told = Vec::new();
    while told.last() != Some(&false) {
        if let EngineEvent::Run { running, .. } = events.recv().await.unwrap() {
            told.push(running);
            run.abort();
        }
    }
    assert_eq!(told, [true, false]);
    bench.settle().await;
    bench.assert_sent_once(id, "after the dropped run");
}

#[tokio::test(flavor = "multi_thread")]
async fn several_documents_share_one_session() {
    let bench = Bench::new().await.with_token().await;
    let ids: Vec<_> = (1..=7).map(|number| bench.queue(&format!("FV/{number}"))).collect();
    bench.settle().await;
    for id in ids {
        bench.assert_sent_once(id, "seven at once");
    }
    let arrived = bench.sim.control().arrived().unwrap();
    assert_eq!(arrived.count(Operation::OpenOnlineSession), 1);
    assert_eq!(arrived.count(Operation::CloseOnlineSession), 1);
    assert_eq!(arrived.count(Operation::SendInvoice), 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_a_session_takes_opens_another() {
    let bench = Bench::new().await.with_token().await;
    bench.sim.control().limit_invoices(nip(), 2).unwrap();
    let ids: Vec<_> = (1..=5).map(|number| bench.queue(&format!("FV/{number}"))).collect();
    bench.settle().await;
    for id in ids {
        bench.assert_sent_once(id, "two in a session");
    }
    assert_eq!(bench.sim.control().arrived().unwrap().count(Operation::OpenOnlineSession), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn progress_is_told_as_it_happens() {
    let bench = Bench::new().await.with_token().await;
    let mut events = bench.engine.subscribe();
    let id = bench.queue("FV/1");
    bench.settle().await;
    let mut states = Vec::new();
    while let Ok(event) = events.try_recv() {
        match event {
            EngineEvent::Outbox { id: told, state, .. } if told == id && states.last() != Some(&state) => {
                states.push(state);
            }
            _ => {}
        }
    }
    assert_eq!(states, [SaleState::Queued, SaleState::Sending, SaleState::Processing, SaleState::Accepted]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_run_sends_nothing_and_leaves_it_queued() {
    let bench = Bench::new().await.with_token().await;
    let id = bench.queue("FV/1");
    let cancel = CancellationToken::new();
    cancel.cancel();
    bench.engine.run_outbox(nip(), SANDBOX, cancel).await.unwrap();
    assert_eq!(bench.sale(id).state, SaleState::Queued);
    assert_eq!(bench.sim.control().arrived().unwrap().count(Operation::SendInvoice), 0);
    bench.settle().await;
    bench.assert_sent_once(id, "after the cancelled run");
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelled_in_the_middle_what_left_is_followed_to_its_end() {
    let bench = Bench::new().await.with_token().await;
    let ids: Vec<_> = (1..=5).map(|number| bench.queue(&format!("FV/{number}"))).collect();
    let cancel = CancellationToken::new();
    let (engine, stop) = (bench.engine.clone(), cancel.clone());
    let mut events = engine.subscribe();
    let run = tokio::spawn(async move { engine.run_outbox(nip(), SANDBOX, stop).await });
    // The first one has left.
    while let Ok(event) = events.recv().await {
        if matches!(event, EngineEvent::Outbox { state: SaleState::Processing, .. }) {
            cancel.cancel();
            break;
        }
    }
    run.await.unwrap().unwrap();
    let states: Vec<_> = ids.iter().map(|id| bench.sale(*id).state).collect();
    let sent = bench.sim.control().arrived().unwrap().count(Operation::SendInvoice);
    let accepted = states.iter().filter(|state| **state == SaleState::Accepted).count();
    assert_eq!(accepted, sent, "{states:?}");
    assert!(
        states.iter().all(|state| matches!(state, SaleState::Accepted | SaleState::Queued)),
        "{states:?}"
    );
    bench.settle().await;
    for id in ids {
        bench.assert_sent_once(id, "after the cancelled run");
    }
}

/// KSeF takes 30 a minute: the 31st waits, and a person does not want to.
#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_the_limits_can_be_cancelled_and_goes_back() {
    let pace = ksef_sim::Pace::Automatic(ksef_sim::Delays::NONE);
    let config = ksef_sim::SimulatorConfig { pace, ..ksef_sim::SimulatorConfig::default() };
    let bench = Bench::with(config, common::quick()).await.with_token().await;
    let ids: Vec<_> = (1..=33).map(|number| bench.queue(&format!("FV/{number}"))).collect();
    let cancel = CancellationToken::new();
    let (engine, stop) = (bench.engine.clone(), cancel.clone());
    let run = tokio::spawn(async move { engine.run_outbox(nip(), SANDBOX, stop).await });
    let sent = || bench.sim.control().arrived().unwrap().count(Operation::SendInvoice);
    while sent() < 30 {
        tokio::task::yield_now().await;
    }
    cancel.cancel();
    run.await.unwrap().unwrap();
    let states: Vec<_> = ids.iter().map(|id| bench.sale(*id).state).collect();
    let queued = states.iter().filter(|state| **state == SaleState::Queued).count();
    assert_eq!((sent(), queued), (30, 3), "{states:?}");
    assert!(
        states.iter().all(|state| matches!(state, SaleState::Accepted | SaleState::Queued)),
        "{states:?}"
    );
    assert!(
        bench.sim.control().arrived().unwrap().requests.iter().all(|request| request.answered != Some(429))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn window_and_terminal_at_once_send_it_once() {
    let bench = Bench::new().await.with_token().await;
    let terminal = bench.restarted(common::quick());
    let ids: Vec<_> = (1..=4).map(|number| bench.queue(&format!("FV/{number}"))).collect();
    tokio::join!(settle(&bench.engine), settle(&terminal));
    for id in ids {
        bench.assert_sent_once(id, "two at once");
    }
    assert_eq!(bench.sim.control().arrived().unwrap().count(Operation::SendInvoice), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_that_left_cannot_be_taken_back() {
    let bench = Bench::new().await.with_token().await;
    let (taken_back, sent) = (bench.queue("FV/1"), bench.queue("FV/2"));
    assert_eq!(bench.engine.withdraw_sale(taken_back).unwrap().state, SaleState::Withdrawn);
    bench.settle().await;
    assert!(bench.engine.withdraw_sale(sent).is_err());
    assert_eq!(bench.sim.control().invoices().unwrap().len(), 1);
    let page = bench.engine.sales(nip(), SANDBOX, &SalesQuery::default()).unwrap();
    let states: Vec<_> = page.rows.iter().map(|sale| sale.state).collect();
    assert_eq!(states, [SaleState::Accepted, SaleState::Withdrawn]);
    assert_eq!(bench.engine.sales_totals(nip(), SANDBOX).unwrap().accepted_this_month, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_bytes_are_not_queued_twice() {
    let bench = Bench::new().await;
    let id = bench.queue("FV/1");
    let again = bench
        .engine
        .prepare(nip(), SANDBOX, vec![common::picked("inna nazwa.xml", &bench.engine.xml(id).unwrap().bytes)])
        .unwrap();
    assert_eq!((again[0].sendable, again[0].already), (false, Some(id)));
}
