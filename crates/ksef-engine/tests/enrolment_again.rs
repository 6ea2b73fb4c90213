//! A request that may have arrived although its answer was lost is sent again and refused; or somebody else is logged in by then:
//! the certificate that was made is taken up, and its key is not deleted before it is certain that there is none.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use std::sync::Arc;
use std::time::Duration;

use common::second_sending::{OtherProgram, before_the_second, request_of};
use common::signing::{PATIENCE, enrolled, files, key_goes, signed, standing, waiting, wish};
use common::{Bench, SANDBOX, nip, quick};
use ksef_crypto::{CertificateRequest, KeyAlgorithm as Key, PrivateKey, SubjectData};
use ksef_engine::{
    CertificateSlot, ConnectionCause, Engine, EnrolmentProblem, EnrolmentStep, SigningStep, Tuning,
};
use ksef_sim::{
    ArrivedRequest, CertificateOwner, Ending, Fault, FaultKind, KeyAlgorithm, MadeCertificate,
    NewCertificate, NewPerson, Operation, Permission, PersonId,
};
use ksef_vault::{CredentialKey, Holding, Slot, Vault};

use CertificateSlot::{Authentication, Offline};

async fn bench() -> (Arc<Bench>, Arc<OtherProgram>) {
    let bench = Arc::new(Bench::instant().await.with_certificate(KeyAlgorithm::P256).await);
    let other = Arc::new(OtherProgram::logged_in(&bench).await);
    (bench, other)
}

/// The first sending does not come through, so far.
fn lose_the_first(bench: &Bench) {
    bench.sim.control().fault(Fault::next(Operation::Enroll, FaultKind::DropBefore));
}

fn refuse(code: u32, after: u32) -> Fault {
    let kind = FaultKind::Refuse { code, description: "opis".to_owned(), details: vec![] };
    Fault { after, ..Fault::next(Operation::Enroll, kind) }
}

/// The first sending comes through after all, just before the second one leaves.
fn arrives(bench: &Arc<Bench>, other: &Arc<OtherProgram>, name: &str) -> Tuning {
    let (bench, other, name) = (Arc::clone(bench), Arc::clone(other), name.to_owned());
    before_the_second(move || async move {
        let csr = request_of(&bench, &name);
        other.enrol(&bench, &name, csr).await;
    })
}

async fn begin(engine: &Engine, name: &str) {
    engine.enrol(nip(), SANDBOX, &wish(None, Some(name))).await.unwrap();
}

/// There is one certificate of that name, and it is here with its key.
async fn assert_one(bench: &Bench, engine: &Engine, name: &str) {
    let one = enrolled(engine, Offline, EnrolmentStep::Done).await;
    assert_eq!(one.name.as_str(), name);
    let table = engine.credential_table(nip(), SANDBOX, true).await.unwrap();
    let made = table.rows.iter().filter(|row| row.name.as_deref() == Some(name)).count();
    assert_eq!(made, 1, "{name}");
    let place = CredentialKey::new(nip(), SANDBOX, Slot::Offline);
    let credential = bench.vault.credential(&place).unwrap().unwrap();
    assert_eq!(Some(credential.certificate().serial()), one.serial, "{name}");
}

const REFUSALS: [u32; 7] = [25003, 25004, 25006, 25007, 25010, 25011, 21405];

#[tokio::test(flavor = "multi_thread")]
async fn refused_the_second_time_the_certificate_of_the_first_is_taken_up() {
    let (bench, other) = bench().await;
    for code in REFUSALS {
        let name = format!("Doszedł {code}");
        lose_the_first(&bench);
        bench.sim.control().fault(refuse(code, 1));
        let engine = bench.restarted(arrives(&bench, &other, &name));
        begin(&engine, &name).await;
        assert_one(&bench, &engine, &name).await;
        assert!(bench.sim.control().faults().is_empty(), "{code}: it was sent again, and refused");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_the_second_time_without_a_certificate_it_ends() {
    let (bench, _) = bench().await;
    let expected = [
        EnrolmentProblem::OtherData,
        EnrolmentProblem::BadRequest,
        EnrolmentProblem::RequestsUsedUp,
        EnrolmentProblem::CertificatesUsedUp,
        EnrolmentProblem::KeyKind,
        EnrolmentProblem::SignatureAlgorithm,
        EnrolmentProblem::Input("opis".to_owned()),
    ];
    for (code, expected) in REFUSALS.into_iter().zip(expected) {
        lose_the_first(&bench);
        bench.sim.control().fault(refuse(code, 0));
        let engine = bench.restarted(quick());
        begin(&engine, &format!("Nie doszedł {code}")).await;
        let one = enrolled(&engine, Offline, EnrolmentStep::Refused).await;
        assert_eq!(one.problem, Some(expected), "{code}");
        key_goes(&bench, Offline).await;
    }
}

/// No fault here: the first sending itself used up what is left, so that the second is refused.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_first_sending_used_up_is_not_held_against_it() {
    let (bench, other) = bench().await;
    for (name, requests, certificates) in
        [("Ostatni wniosek", Some(1), None), ("Ostatni certyfikat", Some(9), Some(1))]
    {
        other.leave(requests, certificates).await;
        lose_the_first(&bench);
        let engine = bench.restarted(arrives(&bench, &other, name));
        begin(&engine, name).await;
        assert_one(&bench, &engine, name).await;
    }
    let arrived = bench.sim.control().arrived().unwrap();
    let refused = |request: &&ksef_sim::ArrivedRequest| {
        request.operation == Some(Operation::Enroll) && request.answered == Some(400)
    };
    assert_eq!(arrived.requests.iter().filter(refused).count(), 2);
}

/// What is left was read after the second refusal: with the lost one and the other program's, the third that arrived.
fn asked_for_limits_after_the_second(bench: &Bench) -> bool {
    let requests = bench.sim.control().arrived().unwrap().requests;
    let sent = |request: &&ArrivedRequest| request.operation == Some(Operation::Enroll);
    let Some(third) = requests.iter().filter(sent).nth(2).map(|request| request.number) else { return false };
    let asked = |request: &ArrivedRequest| {
        request.operation == Some(Operation::CertificateLimits) && request.number > third
    };
    requests.iter().any(|request| asked(request) && request.answered.is_some())
}

/// Something was counted in between, and it may have been ours: the key stays until that is certain.
#[tokio::test(flavor = "multi_thread")]
async fn while_the_first_may_be_on_its_way_the_key_stays() {
    let (bench, other) = bench().await;
    other.leave(Some(1), None).await;
    lose_the_first(&bench);
    let (here, another) = (Arc::clone(&bench), Arc::clone(&other));
    // Between the two the worker looks again at once, and after the second when it is called.
    let looks = Arc::from([Duration::from_millis(5), Duration::from_secs(3600)]);
    let second = before_the_second(move || async move {
        // The same owner, another key.
        let data = SubjectData::of_request(&request_of(&here, "W drodze")).unwrap();
        let key = PrivateKey::generate(Key::P256).unwrap();
        let request = CertificateRequest::make(&data, &key).unwrap();
        another.enrol(&here, "Inny program", request.der().to_vec()).await;
    });
    let engine = bench.restarted(Tuning { looks, ..second });
    begin(&engine, "W drodze").await;
    let refused = async {
        while !asked_for_limits_after_the_second(&bench) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, refused).await.unwrap();
    let stands = standing(&engine, Offline, |one| one.problem == Some(EnrolmentProblem::AnswerLost)).await;
    assert_eq!((stands.step, waiting(&bench, Offline)), (EnrolmentStep::Sending, Holding::Whole));
    // There it is.
    let csr = request_of(&bench, "W drodze");
    other.leave(Some(1), None).await;
    other.enrol(&bench, "W drodze", csr).await;
    engine.continue_enrolment(nip(), SANDBOX, stands.id).await.unwrap();
    assert_one(&bench, &engine, "W drodze").await;
}

/// The second sending is taken, and comes to nothing because the first one had come through.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_request_that_comes_to_nothing_leaves_the_certificate_of_the_first() {
    let (bench, other) = bench().await;
    for (code, details) in [
        (400, vec!["Osiągnięto dopuszczalny limit posiadanych certyfikatów.".to_owned()]),
        (400, vec!["Klucz publiczny został już certyfikowany przez inny podmiot.".to_owned()]),
        (500, vec![]),
        (550, vec![]),
    ] {
        let name = format!("Drugi na nic {code} {}", details.len());
        let name = details.first().map_or_else(|| name.clone(), |words| format!("{name} {}", words.len()));
        lose_the_first(&bench);
        let (here, there, named) = (Arc::clone(&bench), Arc::clone(&other), name.clone());
        let engine = bench.restarted(before_the_second(move || async move {
            there.enrol(&here, &named, request_of(&here, &named)).await;
            here.sim.control().end_next(Ending::Enrollment { code, details }).unwrap();
        }));
        begin(&engine, &name).await;
        assert_one(&bench, &engine, &name).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_not_be_done_any_more_ends_no_request() {
    let (bench, other) = bench().await;
    for (round, comes) in [true, false].into_iter().enumerate() {
        let name = format!("Zabronione {round}");
        lose_the_first(&bench);
        let forbidden = FaultKind::Forbid { reason: "missing-permissions".to_owned() };
        let after = u32::from(comes);
        let fault = Fault { after, ..Fault::times(Operation::Enroll, 1000, forbidden) };
        bench.sim.control().fault(fault);
        let tuning = if comes { arrives(&bench, &other, &name) } else { quick() };
        let engine = bench.restarted(tuning);
        begin(&engine, &name).await;
        let forbidden = |problem: &EnrolmentProblem| {
            matches!(problem, EnrolmentProblem::Connection(ConnectionCause::Forbidden { .. }))
        };
        let stands = standing(&engine, Offline, |one| one.problem.as_ref().is_some_and(forbidden)).await;
        assert_eq!((stands.step, waiting(&bench, Offline)), (EnrolmentStep::Sending, Holding::Whole));
        bench.sim.control().clear_faults();
        let engine = bench.restarted(quick());
        engine.resume_enrolments().unwrap();
        assert_one(&bench, &engine, &name).await;
    }
}

/// Both kinds are mostly asked for at once: the one that KSeF has taken does not make the other one look taken.
#[tokio::test(flavor = "multi_thread")]
async fn of_both_kinds_one_is_lost_and_sent_again() {
    let (bench, _) = bench().await;
    lose_the_first(&bench);
    let engine = bench.restarted(quick());
    let wanted = wish(Some("Jeden z dwóch"), Some("Drugi z dwóch"));
    engine.enrol(nip(), SANDBOX, &wanted).await.unwrap();
    enrolled(&engine, Authentication, EnrolmentStep::Done).await;
    enrolled(&engine, Offline, EnrolmentStep::Done).await;
    assert_eq!(bench.sim.control().arrived().unwrap().count(Operation::Enroll), 3);
}

const PESEL: &str = "30112206276";

/// A person with a certificate of a provider of trust; the firm is theirs, or they may only act for it.
fn person(bench: &Bench, owns: bool) -> MadeCertificate {
    let control = bench.sim.control();
    let id = PersonId::Pesel(PESEL.parse().unwrap());
    let owner_of = owns.then(nip);
    let names = ("Jan".to_owned(), "Kowalski".to_owned());
    control.make_person(NewPerson { id, given_name: names.0, surname: names.1, owner_of }).unwrap();
    control.grant(id, nip(), &[Permission::InvoiceWrite]).unwrap();
    control.make_certificate(NewCertificate::for_owner(CertificateOwner::Person(id))).unwrap()
}

async fn sign_as(engine: &Engine, made: &MadeCertificate) {
    engine.sign_with_files(nip(), SANDBOX, files(made)).await.unwrap();
    signed(engine, SigningStep::Connected).await;
}

/// Looks once; a click looks again.
fn patient() -> Tuning {
    Tuning { looks: Arc::from([Duration::from_secs(3600)]), ..quick() }
}

#[tokio::test(flavor = "multi_thread")]
async fn under_somebody_elses_login_a_lost_request_waits_for_its_owner() {
    let bench = Bench::instant().await;
    let engine = bench.restarted(patient());
    let (person, seal) = (person(&bench, false), bench.seal());
    sign_as(&engine, &person).await;
    bench.sim.control().fault(Fault::next(Operation::Enroll, FaultKind::DropAfter));
    begin(&engine, "Zmiana osoby").await;
    let lost = standing(&engine, Offline, |one| one.problem == Some(EnrolmentProblem::AnswerLost)).await;
    sign_as(&engine, &seal).await;
    engine.continue_enrolment(nip(), SANDBOX, lost.id).await.unwrap();
    let stands = standing(&engine, Offline, |one| one.problem != lost.problem).await;
    assert_eq!(stands.problem, Some(EnrolmentProblem::OtherOwner));
    assert_eq!((stands.step, waiting(&bench, Offline)), (EnrolmentStep::Sending, Holding::Whole));
    // The owner's login takes it up without a click.
    sign_as(&engine, &person).await;
    assert_one(&bench, &engine, "Zmiana osoby").await;
    assert_eq!(bench.sim.control().arrived().unwrap().count(Operation::Enroll), 1);
}

/// A person who has a firm of their own sees the same certificates by either login, under another name.
#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_is_compared_with_the_request_and_not_with_a_later_login() {
    let bench = Bench::instant().await;
    let engine = bench.restarted(patient());
    let (person, seal) = (person(&bench, true), bench.seal());
    sign_as(&engine, &person).await;
    let lost = FaultKind::DropBefore;
    bench.sim.control().fault(Fault::times(Operation::RetrieveCertificates, 1000, lost));
    begin(&engine, "Dwa podpisy").await;
    let rests = standing(&engine, Offline, |one| one.problem.is_some()).await;
    assert_eq!(rests.step, EnrolmentStep::Issued);
    bench.sim.control().clear_faults();
    sign_as(&engine, &seal).await;
    engine.continue_enrolment(nip(), SANDBOX, rests.id).await.unwrap();
    assert_one(&bench, &engine, "Dwa podpisy").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn under_somebody_elses_login_nothing_is_renewed() {
    let bench = Bench::instant().await.with_certificate(KeyAlgorithm::P256).await;
    let place = CredentialKey::new(nip(), SANDBOX, Slot::Authentication);
    let serial = || bench.vault.credential(&place).unwrap().unwrap().certificate().serial();
    let old = serial();
    sign_as(&bench.engine, &person(&bench, false)).await;
    bench.engine.renew_certificate(nip(), SANDBOX, Authentication).await.unwrap();
    let stands = standing(&bench.engine, Authentication, |one| one.problem.is_some()).await;
    assert_eq!((stands.problem, stands.step), (Some(EnrolmentProblem::OtherOwner), EnrolmentStep::KeyMade));
    assert_eq!((serial(), bench.sim.control().arrived().unwrap().count(Operation::Enroll)), (old.clone(), 0));
    bench.sign_in(&bench.engine).await;
    let done = enrolled(&bench.engine, Authentication, EnrolmentStep::Done).await;
    assert_eq!(Some(serial()), done.serial);
    assert_ne!(serial(), old);
}
