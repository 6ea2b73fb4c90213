//! Whatever goes wrong with a request: in the end the invoice is in KSeF once, and the archive has its number and its UPO.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use common::{Bench, SANDBOX, nip};
use ksef_engine::{ConnectionCause, ConnectionWarning, SaleProblem, SaleState};
use ksef_sim::{ArrivedRequest, Ending, Fault, FaultKind, KeyAlgorithm, Operation, Quirk};
use tokio_util::sync::CancellationToken;

/// The requests of the path by token.
const PATH: [Operation; 12] = [
    Operation::Challenge,
    Operation::PublicKeys,
    Operation::AuthenticateByToken,
    Operation::AuthenticationStatus,
    Operation::Redeem,
    Operation::RateLimits,
    Operation::OpenOnlineSession,
    Operation::SendInvoice,
    Operation::InvoiceStatus,
    Operation::CloseOnlineSession,
    Operation::DownloadUpo,
    Operation::InvoiceUpo,
];

fn kinds() -> Vec<FaultKind> {
    vec![
        FaultKind::DropBefore,
        FaultKind::DropAfter,
        FaultKind::Status { status: 500 },
        FaultKind::Status { status: 503 },
        FaultKind::StatusAfter { status: 502 },
        FaultKind::StatusAfter { status: 504 },
        FaultKind::TooManyRequests { retry_after: 0 },
        FaultKind::Html { status: 200 },
        FaultKind::Html { status: 502 },
        FaultKind::CutOff,
        FaultKind::NotJson,
        FaultKind::WrongBody,
        FaultKind::Redirect { location: "http://example.com/v2".to_owned() },
        FaultKind::Shield,
        FaultKind::ExpireTokens,
    ]
}

async fn endures(operations: &[Operation], count: u32) {
    let bench = Bench::instant().await.with_token().await;
    for operation in operations {
        for kind in kinds() {
            let why = format!("{operation:?} {count} × {kind:?}");
            bench.sim.control().clear_faults();
            bench.engine.disconnect(nip(), SANDBOX).await;
            let before = latest(&bench);
            let id = bench.queue(&why);
            if *operation == Operation::InvoiceUpo {
                // Asked for where the address that came with the status has ended.
                let ended = FaultKind::Status { status: 404 };
                bench.sim.control().fault(Fault::times(Operation::DownloadUpo, 100, ended));
            }
            bench.sim.control().fault(Fault::times(*operation, count, kind));
            bench.settle().await;
            bench.assert_sent_once(id, &why);
            assert!(struck(&bench, before, *operation), "{why}: it was never asked");
        }
    }
}

fn requests(bench: &Bench) -> Vec<ArrivedRequest> {
    bench.sim.control().arrived().unwrap().requests
}

/// The number of the latest request.
fn latest(bench: &Bench) -> u64 {
    requests(bench).last().map_or(0, |one| one.number)
}

/// Whether a fault struck a request of an operation after the one with that number.
fn struck(bench: &Bench, after: u64, operation: Operation) -> bool {
    let new = |one: &ArrivedRequest| one.number > after && one.operation == Some(operation);
    requests(bench).iter().any(|one| new(one) && one.fault.is_some())
}

/// Whether an operation got such an answer.
fn met(bench: &Bench, operation: Operation, status: u16) -> bool {
    requests(bench).iter().any(|one| one.operation == Some(operation) && one.answered == Some(status))
}

#[tokio::test(flavor = "multi_thread")]
async fn one_fault_while_logging_in() {
    endures(&PATH[..6], 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_fault_while_sending() {
    endures(&PATH[6..], 1).await;
}

/// More often than the client repeats by itself.
#[tokio::test(flavor = "multi_thread")]
async fn five_faults_while_sending() {
    endures(&[Operation::OpenOnlineSession, Operation::SendInvoice, Operation::InvoiceStatus], 5).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_and_a_list_that_fails() {
    let bench = Bench::instant().await.with_token().await;
    for lost in [FaultKind::DropAfter, FaultKind::DropBefore] {
        for kind in kinds() {
            let why = format!("{lost:?}, then the list: {kind:?}");
            bench.sim.control().clear_faults();
            let before = latest(&bench);
            let id = bench.queue(&why);
            bench.sim.control().fault(Fault::next(Operation::SendInvoice, lost.clone()));
            bench.sim.control().fault(Fault::times(Operation::SessionInvoices, 3, kind.clone()));
            bench.sim.control().fault(Fault::times(Operation::SessionStatus, 3, kind));
            bench.settle().await;
            bench.assert_sent_once(id, &why);
            for operation in [Operation::SendInvoice, Operation::SessionInvoices] {
                assert!(struck(&bench, before, operation), "{why}: {operation:?}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn retry_after_is_obeyed() {
    let bench = Bench::instant().await.with_token().await;
    let id = bench.queue("FV/1");
    bench.sim.control().fault(Fault::times(
        Operation::SendInvoice,
        2,
        FaultKind::TooManyRequests { retry_after: 1 },
    ));
    bench.settle().await;
    bench.assert_sent_once(id, "after 429");
    let sendings: Vec<_> = bench
        .sim
        .control()
        .arrived()
        .unwrap()
        .requests
        .into_iter()
        .filter(|request| request.operation == Some(Operation::SendInvoice))
        .map(|request| request.at)
        .collect();
    assert_eq!(sendings.len(), 3);
    assert!(
        sendings.windows(2).all(|pair| pair[1] - pair[0] >= chrono::TimeDelta::milliseconds(990)),
        "{sendings:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_change_are_fetched_anew_silently() {
    let bench = Bench::new().await.with_token().await;
    for operation in [Operation::AuthenticateByToken, Operation::OpenOnlineSession] {
        let id = bench.queue(&format!("{operation:?}"));
        bench.engine.disconnect(nip(), SANDBOX).await;
        bench.sim.control().fault(Fault::next(operation, FaultKind::RotateKeys));
        bench.settle().await;
        bench.assert_sent_once(id, "rotated keys");
        assert!(struck(&bench, 0, operation), "{operation:?}");
    }
}

/// Each with an answer by which one sees that the quirk was met.
#[tokio::test(flavor = "multi_thread")]
async fn quirks_of_the_real_ksef_on_this_path() {
    for (quirk, operation, status) in [
        (Quirk::CloseAnswers502ThoughDone, Operation::CloseOnlineSession, 502),
        (Quirk::PermanentStorageDateMissing, Operation::InvoiceStatus, 200),
        (Quirk::PermanentStorageDateEarly, Operation::InvoiceStatus, 200),
        (Quirk::UnknownFields, Operation::OpenOnlineSession, 201),
        (Quirk::FreshOperationNotFound, Operation::AuthenticationStatus, 400),
    ] {
        let bench = Bench::new().await.with_token().await;
        // Whatever was learnt when the token was pasted.
        bench.engine.disconnect(nip(), SANDBOX).await;
        bench.sim.control().quirk(quirk, true);
        let ids: Vec<_> = (1..=3).map(|number| bench.queue(&format!("{quirk:?}/{number}"))).collect();
        bench.settle().await;
        for id in ids {
            bench.assert_sent_once(id, &format!("{quirk:?}"));
        }
        assert!(met(&bench, operation, status), "{quirk:?}");
    }
}

/// What the program signs is what KSeF takes at its strictest, so that it has nothing to warn of.
#[tokio::test(flavor = "multi_thread")]
async fn signatures_of_ours_meet_no_quirk_of_judging_them() {
    for key in [KeyAlgorithm::Rsa2048, KeyAlgorithm::P256] {
        for quirk in [Quirk::RsaPssRefused, Quirk::SignatureWarning] {
            let why = format!("{quirk:?} with {key:?}");
            let bench = Bench::new().await;
            bench.sim.control().quirk(quirk, true);
            let bench = bench.with_certificate(key).await;
            let id = bench.queue(&why);
            bench.settle().await;
            bench.assert_sent_once(id, &why);
            assert!(met(&bench, Operation::AuthenticateByXades, 202), "{why}");
            let report = bench.engine.check_connection(nip(), SANDBOX).await.unwrap();
            let warned = |warning: &ConnectionWarning| matches!(warning, ConnectionWarning::System(_));
            assert!(!report.warnings.iter().any(warned), "{why}: {:?}", report.warnings);
        }
    }
}

/// Another program of the same firm ended the login meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_after_a_revocation_answers_as_it_likes() {
    for (quirk, code) in [(true, 21304), (false, 21301)] {
        let bench = Bench::new().await.with_token().await;
        bench.sim.control().quirk(Quirk::RefreshAnswers21304, quirk);
        let first = bench.queue("FV/1");
        bench.settle().await;
        bench.assert_sent_once(first, "first");
        let other = bench.restarted(common::quick());
        let logins = other.access_sessions(nip(), SANDBOX, None).await.unwrap();
        for login in logins.rows.iter().filter(|login| !login.current) {
            other.end_access_session(nip(), SANDBOX, Some(&login.reference_number)).await.unwrap();
        }
        let begun = bench.sim.control().arrived().unwrap().count(Operation::AuthenticateByToken);
        bench.sim.control().expire_tokens().unwrap();
        let second = bench.queue("FV/2");
        bench.settle().await;
        bench.assert_sent_once(second, "second");
        assert!(met(&bench, Operation::Refresh, 400), "{code}");
        let anew = bench.sim.control().arrived().unwrap().count(Operation::AuthenticateByToken);
        assert_eq!(anew, begun + 1, "authenticated anew, once, after {code}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closing_that_is_lost_is_repeated_until_it_is_done() {
    let bench = Bench::new().await.with_token().await;
    bench.sim.control().quirk(Quirk::CloseIsLost, true);
    let id = bench.queue("FV/1");
    let cancel = CancellationToken::new();
    let run = tokio::spawn({
        let (engine, cancel) = (bench.engine.clone(), cancel.clone());
        async move { engine.run_outbox(nip(), SANDBOX, cancel).await }
    });
    // The invoice is done although the session hangs.
    let mut events = bench.engine.subscribe();
    while !bench.sale(id).has_upo {
        let _ = tokio::time::timeout(std::time::Duration::from_millis(50), events.recv()).await;
    }
    bench.sim.control().quirk(Quirk::CloseIsLost, false);
    run.await.unwrap().unwrap();
    bench.settle().await;
    bench.assert_sent_once(id, "after a lost closing");
    let again = bench.engine.run_outbox(nip(), SANDBOX, CancellationToken::new()).await.unwrap();
    assert_eq!(again.next_attempt_at, None, "the session is closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_at_150_for_hours_waits_is_asked_ever_more_slowly_and_never_sent_again() {
    let mut tuning = common::quick();
    tuning.patience = std::time::Duration::from_millis(100);
    tuning.long_wait = std::time::Duration::ZERO;
    let bench = Bench::with(
        ksef_sim::SimulatorConfig { rate_limits: ksef_sim::RateLimits::Off, ..Default::default() },
        tuning.clone(),
    )
    .await
    .with_token()
    .await;
    bench.sim.control().quirk(Quirk::InvoicesStayAt150, true);
    let id = bench.queue("FV/1");
    let first = bench.engine.run_outbox(nip(), SANDBOX, CancellationToken::new()).await.unwrap();
    assert_eq!((first.waiting, bench.sale(id).state), (1, SaleState::Processing));
    assert!(
        matches!(bench.sale(id).problem, Some(SaleProblem::WaitsForKsef { .. })),
        "{:?}",
        bench.sale(id).problem
    );
    let next = first.next_attempt_at.expect("it is looked at again");
    // Restarted meanwhile: it is not asked for before its time, and not sent again.
    let looked = bench.sim.control().arrived().unwrap().count(Operation::InvoiceStatus);
    let restarted = bench.restarted(tuning);
    let second = restarted.run_outbox(nip(), SANDBOX, CancellationToken::new()).await.unwrap();
    if second.next_attempt_at == Some(next) {
        assert_eq!(bench.sim.control().arrived().unwrap().count(Operation::InvoiceStatus), looked);
    }
    bench.sim.control().quirk(Quirk::InvoicesStayAt150, false);
    bench.clock.advance(chrono::TimeDelta::hours(3));
    common::settle(&restarted).await;
    bench.assert_sent_once(id, "after hours at 150");
    assert_eq!(bench.sim.control().arrived().unwrap().count(Operation::SendInvoice), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_that_is_refused_leads_to_one_new_login() {
    let bench = Bench::new().await.with_token().await;
    let first = bench.queue("FV/1");
    bench.settle().await;
    bench.assert_sent_once(first, "first");
    bench.sim.control().fault(Fault::next(
        Operation::Refresh,
        FaultKind::Refuse { code: 21301, description: String::new(), details: vec![] },
    ));
    bench.sim.control().expire_tokens().unwrap();
    let second = bench.queue("FV/2");
    bench.settle().await;
    bench.assert_sent_once(second, "second");
    assert_eq!(bench.sim.control().arrived().unwrap().count(Operation::AuthenticateByToken), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shield_is_told_apart_and_waited_out() {
    let bench = Bench::new().await.with_token().await;
    for quirk in [Quirk::ShieldBlocks, Quirk::ShieldAnswersHtml] {
        bench.sim.control().quirk(quirk, true);
        let id = bench.queue(&format!("{quirk:?}"));
        let mut outcome = bench.engine.run_outbox(nip(), SANDBOX, CancellationToken::new()).await.unwrap();
        assert_eq!(bench.sale(id).state, SaleState::Queued, "{quirk:?}");
        let Some(SaleProblem::Connection(cause)) = bench.sale(id).problem else { panic!("{quirk:?}") };
        match quirk {
            Quirk::ShieldBlocks => {
                assert!(matches!(&cause, ConnectionCause::Shielded { incident: Some(_), .. }), "{cause}")
            }
            _ => assert!(
                matches!(&cause, ConnectionCause::NotKsef | ConnectionCause::Shielded { .. }),
                "{cause}"
            ),
        }
        assert!(outcome.next_attempt_at.is_some(), "it is tried again by itself");
        bench.sim.control().quirk(quirk, false);
        outcome = bench.engine.run_outbox(nip(), SANDBOX, CancellationToken::new()).await.unwrap();
        assert_eq!(outcome.waiting, 0);
        bench.settle().await;
        bench.assert_sent_once(id, "after the shield");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_document_names_ksefs_reason() {
    let bench = Bench::new().await.with_token().await;
    for (code, state) in [
        // A permission that was granted since makes the same bytes welcome.
        (410, SaleState::Held),
        (415, SaleState::Refused),
        (430, SaleState::Refused),
        (450, SaleState::Refused),
    ] {
        bench.sim.control().end_next(Ending::Invoice { code, details: vec![] }).unwrap();
        let id = bench.queue(&format!("FV/{code}"));
        bench.settle().await;
        let sale = bench.sale(id);
        assert_eq!(sale.state, state, "{code}");
        let Some(SaleProblem::Refused { code: told, .. }) = sale.problem else { panic!("{code}") };
        assert_eq!(told, i32::from(code));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ksef_broke_off_itself_is_sent_again() {
    let bench = Bench::new().await.with_token().await;
    for code in [405, 435, 500, 550] {
        bench.sim.control().end_next(Ending::Invoice { code, details: vec![] }).unwrap();
        let id = bench.queue(&format!("FV/{code}"));
        bench.settle().await;
        bench.assert_sent_once(id, &format!("after {code}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ksef_breaks_off_again_and_again_is_left_to_a_person() {
    for withdrawn in [false, true] {
        let bench = Bench::new().await.with_token().await;
        let id = bench.queue("FV/1");
        for _ in 0..4 {
            bench.sim.control().end_next(Ending::Invoice { code: 550, details: vec![] }).unwrap();
        }
        bench.settle().await;
        assert_eq!(bench.sale(id).state, SaleState::Held);
        if withdrawn {
            assert_eq!(bench.engine.withdraw_sale(id).unwrap().state, SaleState::Withdrawn);
        } else {
            bench.engine.retry_sale(id).unwrap();
            bench.settle().await;
            bench.assert_sent_once(id, "a person asked for it again");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_duplicate_with_our_bytes_is_success() {
    for quirk in [None, Some(Quirk::DuplicateNamesItsOwnSession), Some(Quirk::InvoiceNotYetAvailable)] {
        let bench = Bench::new().await.with_token().await;
        let document = bench.document("FV/1");
        // The same bytes went out before, from another computer.
        let elsewhere = tempfile::tempdir().unwrap();
        let other = common::engine(
            elsewhere.path(),
            &bench.vault,
            std::sync::Arc::new(bench.clock.clone()),
            bench.sim.api(),
            common::quick(),
        );
        other.add_company(nip(), None, SANDBOX).unwrap();
        let first = common::queue(&other, &document);
        common::settle(&other).await;
        let number = other.sale(first).unwrap().ksef_number;
        assert!(number.is_some());
        let id = common::queue(&bench.engine, &document);
        quirk.into_iter().for_each(|quirk| bench.sim.control().quirk(quirk, true));
        let run = tokio::spawn({
            let engine = bench.engine.clone();
            async move { engine.run_outbox(nip(), SANDBOX, CancellationToken::new()).await }
        });
        if quirk == Some(Quirk::InvoiceNotYetAvailable) {
            while bench.sim.control().arrived().unwrap().count(Operation::InvoiceByKsefNumber) == 0 {
                tokio::task::yield_now().await;
            }
            bench.sim.control().quirk(Quirk::InvoiceNotYetAvailable, false);
        }
        run.await.unwrap().unwrap();
        if quirk != Some(Quirk::DuplicateNamesItsOwnSession) {
            bench.settle().await;
            bench.assert_sent_once(id, &format!("{quirk:?}"));
        }
        assert_eq!(bench.sale(id).ksef_number, number, "{quirk:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_duplicate_with_other_bytes_names_the_other_number() {
    let bench = Bench::new().await.with_token().await;
    let first = bench.queue("FV/1");
    bench.settle().await;
    let original = bench.sale(first).ksef_number.unwrap();
    // The same number, kind and seller; made a second later.
    bench.clock.advance(chrono::TimeDelta::seconds(1));
    let second = bench.queue("FV/1");
    bench.settle().await;
    let sale = bench.sale(second);
    assert_eq!(sale.state, SaleState::Refused);
    assert_eq!(sale.problem, Some(SaleProblem::DuplicateOfAnother { original }));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_credential_nothing_leaves_and_the_reason_is_told() {
    let bench = Bench::new().await;
    let id = bench.queue("FV/1");
    let outcome = bench.engine.run_outbox(nip(), SANDBOX, CancellationToken::new()).await.unwrap();
    assert_eq!(bench.sale(id).problem, Some(SaleProblem::Connection(ConnectionCause::NoCredential)));
    assert_eq!((outcome.waiting, outcome.next_attempt_at), (1, None), "a person is needed");
    let bench = bench.with_token().await;
    bench.settle().await;
    bench.assert_sent_once(id, "after the token came");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ksef_that_is_away_is_waited_for() {
    let bench = Bench::new().await.with_token().await;
    let id = bench.queue("FV/1");
    bench.sim.control().fault(Fault {
        operation: None,
        after: 0,
        count: 10_000,
        kind: FaultKind::DropBefore,
    });
    let mut tuning = common::quick();
    tuning.patience = std::time::Duration::from_millis(60);
    let impatient = bench.restarted(tuning);
    let outcome = impatient.run_outbox(nip(), SANDBOX, CancellationToken::new()).await.unwrap();
    assert_eq!(outcome.waiting, 1);
    assert!(outcome.next_attempt_at.is_some());
    assert_eq!(bench.sale(id).problem, Some(SaleProblem::Connection(ConnectionCause::NoNetwork)));
    bench.sim.control().clear_faults();
    bench.settle().await;
    bench.assert_sent_once(id, "after KSeF came back");
}
