//! Keys of requests that ended while the keychain refused, companies that are taken off in the middle, certificates whose time
//! comes later, and clocks that are hours off after a start.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use common::firms::{Lockable, load};
use common::second_sending::happens;
use common::signing::{enrolled, key_goes, standing, waiting, wish};
use common::{Bench, SANDBOX, nip, quick};
use ksef_engine::{
    CertificateSlot, Engine, EngineError, EnrolmentError, EnrolmentProblem, EnrolmentStep, EnrolmentWish,
    KeychainProblem,
};
use ksef_sim::{
    CertificateKind, CertificateOwner, Ending, Fault, FaultKind, KeyAlgorithm, NewCertificate, Operation,
};
use ksef_types::{Clock, warsaw_date};
use ksef_vault::{CredentialKey, Holding, Slot, Vault};

use CertificateSlot::{Authentication, Offline};

/// A request without a way in, given up while the keychain is locked.
async fn given_up(engine: &Engine, vault: &Lockable) -> ksef_engine::Enrolment {
    engine.enrol(nip(), SANDBOX, &wish(None, Some("Porzucony"))).await.unwrap();
    let one = standing(engine, Offline, |one| one.problem.is_some()).await;
    vault.shut(true);
    let refused = engine.abandon_enrolment(nip(), SANDBOX, one.id).await;
    // The task that noted why it stands may not be quite over: then it is the one that meets the locked keychain.
    assert!(
        matches!(
            refused,
            Ok(_) | Err(EnrolmentError::Engine(EngineError::Keychain(KeychainProblem::Locked)))
        ),
        "{refused:?}"
    );
    standing(engine, Offline, |one| one.step == EnrolmentStep::Abandoned).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_a_locked_keychain_kept_goes_at_the_next_opportunity() {
    let bench = Bench::instant().await;
    let vault = Arc::new(Lockable::open(&bench.vault));
    let engine = bench.with_vault(Arc::<Lockable>::clone(&vault));
    // By giving it up once more.
    let one = given_up(&engine, &vault).await;
    assert_eq!(waiting(&bench, Offline), Holding::Whole);
    vault.shut(false);
    engine.abandon_enrolment(nip(), SANDBOX, one.id).await.unwrap();
    key_goes(&bench, Offline).await;
    // By the next look at the requests.
    given_up(&engine, &vault).await;
    assert_eq!(waiting(&bench, Offline), Holding::Whole);
    vault.shut(false);
    engine.enrolments(nip(), SANDBOX).unwrap();
    key_goes(&bench, Offline).await;
    // By the next start, with nothing else to be taken up.
    given_up(&engine, &vault).await;
    drop(engine);
    vault.shut(false);
    bench.restarted(quick()).resume_enrolments().unwrap();
    key_goes(&bench, Offline).await;
    // By a credential that the keychain takes.
    let engine = bench.with_vault(Arc::<Lockable>::clone(&vault));
    given_up(&engine, &vault).await;
    vault.shut(false);
    let wanted = NewCertificate::for_owner(CertificateOwner::Company(nip()));
    let made = bench.sim.control().make_certificate(wanted).unwrap();
    load(&engine, nip(), &made, CertificateKind::Authentication).await;
    key_goes(&bench, Offline).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_of_a_newer_request_is_not_taken_for_a_left_one() {
    let bench = Bench::instant().await;
    let vault = Arc::new(Lockable::open(&bench.vault));
    let engine = bench.with_vault(Arc::<Lockable>::clone(&vault));
    given_up(&engine, &vault).await;
    vault.shut(false);
    engine.enrol(nip(), SANDBOX, &wish(None, Some("Nowszy"))).await.unwrap();
    let newer = standing(&engine, Offline, |one| one.problem.is_some()).await;
    assert_eq!((newer.name.as_str(), newer.step), ("Nowszy", EnrolmentStep::KeyMade));
    let place = CredentialKey::new(nip(), SANDBOX, Slot::PendingOffline);
    let key = bench.vault.key(&place).unwrap().unwrap().public_key_der().unwrap();
    for _ in 0..5 {
        engine.enrolments(nip(), SANDBOX).unwrap();
        engine.resume_enrolments().unwrap();
    }
    bench.sign_in(&engine).await;
    enrolled(&engine, Offline, EnrolmentStep::Done).await;
    let place = CredentialKey::new(nip(), SANDBOX, Slot::Offline);
    let placed = bench.vault.credential(&place).unwrap().unwrap();
    assert_eq!(placed.key().public_key_der().unwrap(), key, "the key that it was begun with");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_request_whose_key_could_not_be_removed() {
    let bench = Bench::instant().await.with_certificate(KeyAlgorithm::P256).await;
    let vault = Arc::new(Lockable::open(&bench.vault));
    let engine = bench.with_vault(Arc::<Lockable>::clone(&vault));
    bench.sim.control().end_next(Ending::Enrollment { code: 500, details: vec![] }).unwrap();
    bench.sim.control().fault(Fault::times(Operation::EnrollmentStatus, 1000, FaultKind::DropBefore));
    engine.enrol(nip(), SANDBOX, &wish(None, Some("Odmowa"))).await.unwrap();
    standing(&engine, Offline, |one| one.step == EnrolmentStep::Sent).await;
    vault.shut(true);
    bench.sim.control().clear_faults();
    enrolled(&engine, Offline, EnrolmentStep::Refused).await;
    assert_eq!(waiting(&bench, Offline), Holding::Whole);
    vault.shut(false);
    engine.enrolments(nip(), SANDBOX).unwrap();
    key_goes(&bench, Offline).await;
}

/// "Its secrets are deleted": also the ones that were just on their way to their place.
#[tokio::test(flavor = "multi_thread")]
async fn a_company_taken_off_in_the_middle_keeps_no_secret() {
    let bench = Arc::new(Bench::instant().await.with_certificate(KeyAlgorithm::P256).await);
    for place in
        ["the key is in the keychain", "the certificate is beside its key", "the pair is in its place"]
    {
        let here = Arc::clone(&bench);
        let engine = bench.restarted(happens(place, 1, move || async move {
            here.engine.remove_company(nip()).await.unwrap();
        }));
        engine.enrol(nip(), SANDBOX, &wish(None, Some("Zdjęta"))).await.unwrap();
        enrolled(&engine, Offline, EnrolmentStep::Abandoned).await;
        key_goes(&bench, Offline).await;
        let held = bench.vault.held(nip(), SANDBOX).unwrap();
        assert_eq!((held.offline, held.authentication), (Holding::Nothing, Holding::Nothing), "{place}");
        bench.engine.add_company(nip(), None, SANDBOX).unwrap();
        bench.load(CertificateKind::Authentication, KeyAlgorithm::P256).await;
    }
}

/// A certificate of two days ago for one year: also for a computer whose clock is hours behind.
async fn with_an_older_one(bench: &Bench, engine: &Engine) -> String {
    let now = bench.clock.now();
    let wanted = NewCertificate::for_owner(CertificateOwner::Company(nip()));
    let wanted = wanted.valid(now - TimeDelta::days(2), now + TimeDelta::days(300));
    let made = bench.sim.control().make_certificate(wanted).unwrap();
    load(engine, nip(), &made, CertificateKind::Authentication).await;
    made.serial.to_string()
}

fn in_place(bench: &Bench) -> String {
    let key = CredentialKey::new(nip(), SANDBOX, Slot::Authentication);
    bench.vault.credential(&key).unwrap().unwrap().certificate().serial().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_for_later_takes_its_place_when_its_time_has_come() {
    let bench = Bench::instant().await;
    let old = with_an_older_one(&bench, &bench.engine).await;
    let from = warsaw_date(bench.clock.now() + TimeDelta::days(3));
    let wish = EnrolmentWish { valid_from: Some(from), ..wish(Some("Na później"), None) };
    bench.engine.enrol(nip(), SANDBOX, &wish).await.unwrap();
    let not_yet = |problem: &EnrolmentProblem| matches!(problem, EnrolmentProblem::NotYetValid(_));
    let waits =
        standing(&bench.engine, Authentication, |one| one.problem.as_ref().is_some_and(not_yet)).await;
    assert_eq!((waits.step, in_place(&bench)), (EnrolmentStep::Stored, old), "the old one stays until then");
    bench.sim.control().advance(TimeDelta::days(4));
    let done = enrolled(&bench.engine, Authentication, EnrolmentStep::Done).await;
    assert_eq!(done.serial.unwrap().to_string(), in_place(&bench));
}

struct Behind(ksef_sim::SimClock);

impl Clock for Behind {
    fn now(&self) -> DateTime<Utc> {
        self.0.now() - TimeDelta::hours(5)
    }
}

/// After a start nothing has been heard of KSeF's clock, by which the new certificate is valid.
#[tokio::test(flavor = "multi_thread")]
async fn a_clock_hours_behind_does_not_keep_a_new_certificate_from_its_place() {
    let bench = Bench::instant().await;
    let start = || {
        let clock = Arc::new(Behind(bench.clock.clone()));
        common::engine(bench.folder.path(), &bench.vault, clock, bench.sim.api(), quick())
    };
    let engine = start();
    let old = with_an_older_one(&bench, &engine).await;
    engine.check_connection(nip(), SANDBOX).await.unwrap();
    bench.sim.control().end_next(Ending::Authentication { code: 460, details: vec![] }).unwrap();
    engine.renew_certificate(nip(), SANDBOX, Authentication).await.unwrap();
    let stands = standing(&engine, Authentication, |one| one.problem.is_some()).await;
    assert!(matches!(stands.problem, Some(EnrolmentProblem::NotProved(_))), "{stands:?}");
    assert_eq!((stands.step, in_place(&bench)), (EnrolmentStep::Stored, old));
    drop(engine);
    let engine = start();
    engine.resume_enrolments().unwrap();
    let done = enrolled(&engine, Authentication, EnrolmentStep::Done).await;
    assert_eq!(done.serial.unwrap().to_string(), in_place(&bench));
}
