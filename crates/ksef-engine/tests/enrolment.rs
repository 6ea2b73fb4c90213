//! From a key made here to a certificate in the keychain: whole, refused, cut off at every step and taken up again.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use std::sync::Arc;
use std::time::Duration;

use common::firms::Lockable;
use common::signing::{PATIENCE, enrolled, files, key_goes, signed, standing, wish};
use common::{Bench, SANDBOX, nip, quick};
use ksef_engine::{
    CertificateSlot, ConnectionCause, ConnectionMethod, Engine, EnrolmentAlgorithm, EnrolmentError,
    EnrolmentProblem, EnrolmentStep, EnrolmentWish, KeychainProblem, OwnerKind, SigningStep, Tuning,
};
use ksef_sim::{
    CertificateOwner, Ending, Fault, FaultKind, KeyAlgorithm, NewCertificate, NewPerson, Operation,
    Permission, PersonId,
};
use ksef_types::Clock;
use ksef_vault::{Holding, Vault};

use CertificateSlot::{Authentication, Offline};

#[tokio::test(flavor = "multi_thread")]
async fn one_signature_gives_both_certificates_and_a_working_connection() {
    let bench = Bench::instant().await;
    bench.sign_in(&bench.engine).await;
    let offer = bench.engine.enrolment_offer(nip(), SANDBOX).await.unwrap();
    assert!(offer.can_request && offer.requests.remaining > 0 && offer.certificates.remaining > 0);
    assert_eq!(offer.owner, OwnerKind::Seal);
    let names = [offer.authentication_name.to_string(), offer.offline_name.to_string()];
    assert!(names.iter().all(|name| (5..=50).contains(&name.chars().count())), "{names:?}");
    let begun = bench.engine.enrol(nip(), SANDBOX, &wish(Some(&names[0]), Some(&names[1]))).await.unwrap();
    assert_eq!(begun.len(), 2);
    let (authentication, offline) = (
        enrolled(&bench.engine, Authentication, EnrolmentStep::Done).await,
        enrolled(&bench.engine, Offline, EnrolmentStep::Done).await,
    );
    assert_ne!(authentication.serial, offline.serial);
    let overview = bench.engine.credentials(nip(), SANDBOX).await.unwrap();
    assert_eq!(overview.authentication.certificate.unwrap().serial, authentication.serial.unwrap());
    assert!(overview.offline.saved && overview.offline.problems.is_empty());
    let report = bench.engine.check_connection(nip(), SANDBOX).await.unwrap();
    assert_eq!(report.method, ConnectionMethod::Certificate);
    assert!(bench.engine.check_offline(nip(), SANDBOX).await.unwrap().passed());
    let held = bench.vault.held(nip(), SANDBOX).unwrap();
    assert_eq!((held.pending_authentication, held.pending_offline), (Holding::Nothing, Holding::Nothing));
    assert_eq!(bench.sim.control().arrived().unwrap().count(Operation::Enroll), 2);
    let again = bench.engine.enrol(nip(), SANDBOX, &wish(Some("abcd"), None)).await;
    assert!(matches!(again, Err(EnrolmentError::Name(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_with_several_given_names_and_an_rsa_key() {
    let bench = Bench::instant().await;
    let control = bench.sim.control();
    let id = PersonId::Pesel("30112206276".parse().unwrap());
    let person = NewPerson {
        id,
        given_name: "Łucja Maria".to_owned(),
        surname: "Żółć-Nowak".to_owned(),
        owner_of: None,
    };
    control.make_person(person).unwrap();
    control.grant(id, nip(), &[Permission::InvoiceWrite]).unwrap();
    let wanted = NewCertificate::for_owner(CertificateOwner::Person(id)).with_key(KeyAlgorithm::Rsa2048);
    let made = control.make_certificate(wanted).unwrap();
    bench.engine.sign_with_files(nip(), SANDBOX, files(&made)).await.unwrap();
    signed(&bench.engine, SigningStep::Connected).await;
    let offer = bench.engine.enrolment_offer(nip(), SANDBOX).await.unwrap();
    assert_eq!(offer.owner, OwnerKind::PersonByPesel);
    let wish = EnrolmentWish { algorithm: EnrolmentAlgorithm::Rsa2048, ..wish(Some("Łucja RSA"), None) };
    bench.engine.enrol(nip(), SANDBOX, &wish).await.unwrap();
    enrolled(&bench.engine, Authentication, EnrolmentStep::Done).await;
    let facts = bench.engine.credentials(nip(), SANDBOX).await.unwrap().authentication.certificate.unwrap();
    assert_eq!((facts.key.as_str(), facts.owner), ("RSA 2048", OwnerKind::PersonByPesel));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_is_told_and_the_key_of_it_is_gone() {
    let bench = Bench::instant().await.with_certificate(KeyAlgorithm::P256).await;
    for (code, expected) in [
        (25003, EnrolmentProblem::OtherData),
        (25004, EnrolmentProblem::BadRequest),
        (25006, EnrolmentProblem::RequestsUsedUp),
        (25007, EnrolmentProblem::CertificatesUsedUp),
        (25010, EnrolmentProblem::KeyKind),
        (25011, EnrolmentProblem::SignatureAlgorithm),
        (21405, EnrolmentProblem::Input("opis".to_owned())),
    ] {
        let kind = FaultKind::Refuse { code, description: "opis".to_owned(), details: vec![] };
        bench.sim.control().fault(Fault::next(Operation::Enroll, kind));
        assert_eq!(refused(&bench).await, expected, "{code}");
    }
    let details = |text: &str| vec![text.to_owned()];
    for (code, details, expected) in [
        (
            400,
            details("Klucz publiczny został już certyfikowany przez inny podmiot."),
            EnrolmentProblem::KeyTaken,
        ),
        (
            400,
            details("Osiągnięto dopuszczalny limit posiadanych certyfikatów."),
            EnrolmentProblem::CertificatesUsedUp,
        ),
        (500, vec![], EnrolmentProblem::KsefFault),
        (550, vec![], EnrolmentProblem::BrokenOff),
    ] {
        bench.sim.control().end_next(Ending::Enrollment { code, details }).unwrap();
        assert_eq!(refused(&bench).await, expected, "{code}");
    }
    // Refused for good is over: a new wish begins anew.
    let engine = bench.restarted(quick());
    engine.enrol(nip(), SANDBOX, &wish(None, Some("Po odmowach"))).await.unwrap();
    enrolled(&engine, Offline, EnrolmentStep::Done).await;
}

/// What KSeF answers to a question says nothing against the request: it stands, keeps its key, and goes on later.
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_question_ends_no_request_and_loses_no_key() {
    let bench = Bench::instant().await.with_certificate(KeyAlgorithm::P256).await;
    let input = || ConnectionCause::Refused { code: 21405, description: "opis więcej".to_owned() };
    for (operation, code, expected) in [
        (Operation::CertificateLimits, 21405, EnrolmentProblem::Connection(input())),
        (Operation::EnrollmentData, 25001, EnrolmentProblem::NotBySignature(25001)),
        (Operation::Enroll, 25002, EnrolmentProblem::NotBySignature(25002)),
        (Operation::EnrollmentStatus, 21405, EnrolmentProblem::Connection(input())),
        (Operation::RetrieveCertificates, 21405, EnrolmentProblem::Connection(input())),
    ] {
        let engine = bench.restarted(quick());
        let kind =
            FaultKind::Refuse { code, description: "opis".to_owned(), details: vec!["więcej".to_owned()] };
        bench.sim.control().fault(Fault::times(operation, 1000, kind));
        let name = format!("Pytanie {operation:?}");
        let name: String = name.chars().take(50).collect();
        engine.enrol(nip(), SANDBOX, &wish(None, Some(&name))).await.unwrap();
        let stands = standing(&engine, Offline, |one| one.problem.is_some()).await;
        assert_eq!(stands.problem, Some(expected), "{operation:?}");
        assert!(!stands.step.is_final(), "{operation:?}");
        assert_eq!(
            bench.vault.held(nip(), SANDBOX).unwrap().pending_offline,
            Holding::Whole,
            "{operation:?}"
        );
        bench.sim.control().clear_faults();
        let engine = bench.restarted(quick());
        engine.resume_enrolments().unwrap();
        enrolled(&engine, Offline, EnrolmentStep::Done).await;
    }
}

/// 25005 and 410: KSeF does not know, or does not keep, the request; the certificate is in its list all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_ksef_forgot_is_found_by_its_key() {
    let bench = Bench::instant().await.with_certificate(KeyAlgorithm::P256).await;
    let refuse = FaultKind::Refuse { code: 25005, description: String::new(), details: vec![] };
    for (kind, name) in [(refuse, "Nieznany"), (FaultKind::Status { status: 410 }, "Przedawniony")] {
        let engine = bench.restarted(quick());
        bench.sim.control().fault(Fault::times(Operation::EnrollmentStatus, 1000, kind));
        engine.enrol(nip(), SANDBOX, &wish(None, Some(name))).await.unwrap();
        enrolled(&engine, Offline, EnrolmentStep::Done).await;
        bench.sim.control().clear_faults();
    }
    assert_eq!(bench.sim.control().arrived().unwrap().count(Operation::Enroll), 2);
}

async fn refused(bench: &Bench) -> EnrolmentProblem {
    // With a budget of its own: the published limits are kept, and there are many refusals.
    let engine = bench.restarted(quick());
    engine.enrol(nip(), SANDBOX, &wish(None, Some("Odmowa"))).await.unwrap();
    let one = enrolled(&engine, Offline, EnrolmentStep::Refused).await;
    key_goes(bench, Offline).await;
    one.problem.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_not_enough_and_a_signature_takes_it_up() {
    let bench = Bench::instant().await.with_token().await;
    let offer = bench.engine.enrolment_offer(nip(), SANDBOX).await;
    assert!(matches!(offer, Err(EnrolmentError::Problem(EnrolmentProblem::NotBySignature(_)))), "{offer:?}");
    bench.engine.enrol(nip(), SANDBOX, &wish(Some("Z tokena"), None)).await.unwrap();
    let stands = standing(&bench.engine, Authentication, |one| one.problem.is_some()).await;
    assert!(matches!(stands.problem, Some(EnrolmentProblem::NotBySignature(_))), "{stands:?}");
    assert!(!stands.step.is_final(), "{stands:?}");
    bench.sign_in(&bench.engine).await;
    let resumed = async {
        loop {
            bench.engine.continue_enrolment(nip(), SANDBOX, stands.id).await.unwrap();
            if bench.engine.enrolments(nip(), SANDBOX).unwrap()[0].step == EnrolmentStep::Done {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, resumed).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_that_locks_in_the_middle_loses_no_key() {
    let bench = Bench::instant().await.with_certificate(KeyAlgorithm::P256).await;
    // The key; the key and the certificate.
    for writes in 0..=2 {
        let locked = Arc::new(Lockable::after(&bench.vault, writes));
        let engine = bench.with_vault(locked);
        let name = format!("Zamek {writes}");
        engine.enrol(nip(), SANDBOX, &wish(None, Some(&name))).await.unwrap();
        let stands = standing(&engine, Offline, |one| one.problem.is_some()).await;
        assert_eq!(stands.problem, Some(EnrolmentProblem::Keychain(KeychainProblem::Locked)), "{writes}");
        drop(engine);
        // Unlocked, in the next start.
        let engine = bench.restarted(quick());
        engine.resume_enrolments().unwrap();
        enrolled(&engine, Offline, EnrolmentStep::Done).await;
        let table = engine.credential_table(nip(), SANDBOX, true).await.unwrap();
        let made = table.rows.iter().filter(|row| row.name.as_deref() == Some(&name)).count();
        assert_eq!(made, 1, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_wakes_a_request_that_rests() {
    let bench = Bench::instant().await.with_certificate(KeyAlgorithm::P256).await;
    // Left to itself it would rest for an hour.
    let looks = Arc::from([Duration::from_secs(3600)]);
    let engine = bench.restarted(Tuning { looks, ..quick() });
    bench.sim.control().fault(Fault::times(Operation::EnrollmentStatus, 1000, FaultKind::DropBefore));
    engine.enrol(nip(), SANDBOX, &wish(None, Some("Odpoczynek"))).await.unwrap();
    let rests = standing(&engine, Offline, |one| one.problem.is_some()).await;
    assert_eq!(rests.problem, Some(EnrolmentProblem::Connection(ConnectionCause::NoNetwork)));
    bench.sim.control().clear_faults();
    engine.continue_enrolment(nip(), SANDBOX, rests.id).await.unwrap();
    enrolled(&engine, Offline, EnrolmentStep::Done).await;
}

struct Behind(ksef_sim::SimClock);

impl Clock for Behind {
    fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.0.now() - chrono::TimeDelta::hours(5)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_hours_off_does_not_stand_in_the_way() {
    let bench = Bench::instant().await;
    let clock = Arc::new(Behind(bench.clock.clone()));
    let engine: Engine = common::engine(bench.folder.path(), &bench.vault, clock, bench.sim.api(), quick());
    bench.sign_in(&engine).await;
    bench.sim.control().fault(Fault::next(Operation::Enroll, FaultKind::DropAfter));
    engine.enrol(nip(), SANDBOX, &wish(Some("Zły zegar"), None)).await.unwrap();
    enrolled(&engine, Authentication, EnrolmentStep::Done).await;
    assert_eq!(
        bench.sim.control().arrived().unwrap().count(Operation::Enroll),
        1,
        "KSeF was asked, nothing was sent again"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn given_up_the_key_is_deleted_and_only_one_of_a_kind_is_under_way() {
    let bench = Bench::instant().await;
    // Without any way in it stands.
    bench.engine.enrol(nip(), SANDBOX, &wish(Some("Pierwszy"), None)).await.unwrap();
    let one = standing(&bench.engine, Authentication, |one| one.problem.is_some()).await;
    assert_eq!(bench.vault.held(nip(), SANDBOX).unwrap().pending_authentication, Holding::Whole);
    let second = bench.engine.enrol(nip(), SANDBOX, &wish(Some("Drugi"), None)).await;
    assert!(matches!(second, Err(EnrolmentError::UnderWay(Authentication))));
    let left = bench.engine.abandon_enrolment(nip(), SANDBOX, one.id).await.unwrap();
    assert_eq!(left[0].step, EnrolmentStep::Abandoned);
    key_goes(&bench, Authentication).await;
    assert_eq!(bench.sim.control().arrived().unwrap().count(Operation::Enroll), 0);
}
