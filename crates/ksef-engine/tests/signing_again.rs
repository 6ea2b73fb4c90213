//! A login by a signature made elsewhere is over, in the middle of other work: the person signs a new request, and what stopped goes
//! on by itself.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use chrono::TimeDelta;
use common::signing::{BY_SUBJECT, enrolled, signed, standing, wish};
use common::{Bench, SANDBOX, nip};
use ksef_engine::{
    CertificateSlot, Check, ConnectionCause, ConnectionMethod, EnrolmentProblem, EnrolmentStep, Finding,
    Outcome, SignedBy, SigningStep, WantedRights,
};
use ksef_sim::{Fault, FaultKind, Operation};

use CertificateSlot::{Authentication, Offline};

/// Longer than a refresh token lives (seven days), shorter than KSeF keeps requests (thirty).
const AWAY: TimeDelta = TimeDelta::days(8);

/// A new request, signed by another program, found in the watched folder.
async fn sign(bench: &Bench, file: &str) {
    let downloads = tempfile::tempdir().unwrap();
    let begun = bench.engine.start_signing(nip(), SANDBOX, downloads.path(), BY_SUBJECT).await.unwrap();
    std::fs::write(downloads.path().join(file), bench.sign(&begun, &bench.seal())).unwrap();
    signed(&bench.engine, SigningStep::Connected).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stopped_when_the_login_was_over_goes_on_after_the_next_signature() {
    let bench = Bench::instant().await;
    let (engine, control) = (&bench.engine, bench.sim.control());
    sign(&bench, "pierwszy.xml").await;
    let wanted = WantedRights { issue: true, read: true, offline: true };
    let before = engine.examine(nip(), SANDBOX, wanted).await.unwrap();
    assert!(!before.passed(), "there is no offline certificate yet");
    // Both requests are with KSeF, and nobody hears what becomes of them.
    control.fault(Fault::times(Operation::EnrollmentStatus, 100_000, FaultKind::DropBefore));
    engine.enrol(nip(), SANDBOX, &wish(Some("Do logowania"), Some("Do trybu offline"))).await.unwrap();
    for slot in [Authentication, Offline] {
        let one = standing(engine, slot, |one| one.step == EnrolmentStep::Sent && one.problem.is_some());
        assert_eq!(
            one.await.problem,
            Some(EnrolmentProblem::Connection(ConnectionCause::NoNetwork)),
            "{slot:?}"
        );
    }
    control.advance(AWAY);
    control.clear_faults();
    // The message, with the next step of that cause; everywhere the same.
    let over = EnrolmentProblem::Connection(ConnectionCause::SignAgain);
    for slot in [Authentication, Offline] {
        let one = standing(engine, slot, |one| one.problem.as_ref() == Some(&over)).await;
        assert_eq!((one.step, one.problem.as_ref()), (EnrolmentStep::Sent, Some(&over)), "{slot:?}");
    }
    let failure = engine.check_connection(nip(), SANDBOX).await.unwrap_err();
    assert_eq!(
        (failure.cause, failure.method),
        (ConnectionCause::SignAgain, Some(ConnectionMethod::Signature(SignedBy::Elsewhere)))
    );
    let examined = engine.examine(nip(), SANDBOX, wanted).await.unwrap();
    let login = examined.items.iter().find(|item| item.check == Check::Login).unwrap();
    assert_eq!(login.outcome, Outcome::Failed);
    assert!(
        matches!(&login.finding, Some(Finding::Connection(failure)) if failure.cause == ConnectionCause::SignAgain),
        "{login:?}"
    );
    // What is issued meanwhile waits.
    let id = bench.queue("FV/1");
    bench.settle().await;
    assert_eq!(control.invoices().unwrap().len(), 0);
    sign(&bench, "drugi.xml").await;
    // By itself, with the keys that were made before, and without a second request.
    for slot in [Authentication, Offline] {
        enrolled(engine, slot, EnrolmentStep::Done).await;
    }
    assert_eq!(control.arrived().unwrap().count(Operation::Enroll), 2);
    bench.settle().await;
    bench.assert_sent_once(id, "after the second signature");
    assert_eq!(engine.wanted_rights(nip(), SANDBOX).unwrap(), Some(wanted));
    let after = engine.examine(nip(), SANDBOX, wanted).await.unwrap();
    assert!(after.passed(), "{:?}", after.items);
    // From here on no signature is needed any more.
    control.advance(AWAY);
    let report = engine.check_connection(nip(), SANDBOX).await.unwrap();
    assert_eq!(report.method, ConnectionMethod::Certificate);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stopped_goes_on_in_the_next_start_too() {
    let bench = Bench::instant().await;
    sign(&bench, "pierwszy.xml").await;
    let lost = FaultKind::DropBefore;
    bench.sim.control().fault(Fault::times(Operation::EnrollmentStatus, 100_000, lost));
    bench.engine.enrol(nip(), SANDBOX, &wish(Some("Do logowania"), None)).await.unwrap();
    standing(&bench.engine, Authentication, |one| one.step == EnrolmentStep::Sent && one.problem.is_some())
        .await;
    // The login was in memory only: the next start has none.
    let Bench { sim, clock, vault, folder, engine } = bench;
    drop(engine);
    sim.control().clear_faults();
    sim.control().advance(AWAY);
    let engine =
        common::engine(folder.path(), &vault, std::sync::Arc::new(clock.clone()), sim.api(), common::quick());
    let bench = Bench { sim, clock, vault, folder, engine };
    bench.engine.resume_enrolments().unwrap();
    let none = EnrolmentProblem::Connection(ConnectionCause::NoCredential);
    let one = standing(&bench.engine, Authentication, |one| one.problem.as_ref() == Some(&none)).await;
    assert_eq!(one.step, EnrolmentStep::Sent);
    sign(&bench, "drugi.xml").await;
    enrolled(&bench.engine, Authentication, EnrolmentStep::Done).await;
    assert_eq!(bench.sim.control().arrived().unwrap().count(Operation::Enroll), 1);
}
