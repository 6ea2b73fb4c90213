//! A login by a signature is over: what the person reads, the button beside it, and what goes on once the new request is signed.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use ksef_commands::views::{
    ConnectionView, EnrolmentStep, EnrolmentView, EnrolmentWish, EnvironmentName, KeyAlgorithm, SigningStep,
    SubjectIdentifierType,
};
use ksef_commands::{App, NextStep, Options};
use ksef_sim::{CertificateOwner, Fault, FaultKind, NewCertificate, Operation};
use ksef_testkit::{ExternalSigner, ExternalStyle};
use ksef_types::Clock;
use ksef_vault::MemoryVault;

use crate::bench::{NIP, assert_told, simulator};

const PATIENCE: Duration = Duration::from_secs(180);

#[tokio::test(flavor = "multi_thread")]
async fn a_new_request_is_signed_and_the_stopped_request_for_a_certificate_goes_on() {
    let sim = simulator().await;
    let control = sim.control();
    let owner = CertificateOwner::Company(NIP.parse().unwrap());
    let made = control.make_certificate(NewCertificate::for_owner(owner)).unwrap();
    // Exposed to be handed to another program.
    let Some(person) = ExternalSigner::with(&made.crt, made.key.expose(), made.password.expose()) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let downloads = folder.path().join("Pobrane");
    std::fs::create_dir(&downloads).unwrap();
    let clock = Arc::new(control.clock().clone());
    let app = App::start(Options {
        data_folder: Some(folder.path().join("Dane")),
        download_folder: Some(downloads.clone()),
        api_address: Some(sim.api().clone()),
        vault: Arc::new(MemoryVault::default()),
        clock: Arc::clone(&clock) as Arc<dyn Clock>,
        ..Options::default()
    })
    .await
    .unwrap();
    let environment = EnvironmentName::Sandbox;
    let scope = ksef_commands::views::Scope { nip: NIP.to_owned(), environment };
    app.add_company(ksef_commands::views::NewCompany { nip: NIP.to_owned(), name: None, environment })
        .await
        .unwrap();
    let sign = async |name: &str| {
        let mut events = app.events();
        let begun = app.start_signing(&scope, SubjectIdentifierType::CertificateSubject).await.unwrap();
        let request = std::fs::read_to_string(begun.request_file.unwrap()).unwrap();
        let document = &request[request.find("<AuthTokenRequest").unwrap()..];
        let time = (clock.now() - TimeDelta::minutes(1)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
        std::fs::write(downloads.join(name), person.sign(document, &time, &ExternalStyle::default()))
            .unwrap();
        let connected = async {
            while app.signing(&scope).await.unwrap().step != SigningStep::Connected {
                let _ = tokio::time::timeout(Duration::from_millis(500), events.next()).await;
            }
        };
        tokio::time::timeout(PATIENCE, connected).await.unwrap();
    };
    let until = async |wanted: &dyn Fn(&EnrolmentView) -> bool| {
        let mut events = app.events();
        let seen = async {
            loop {
                let one = app.enrolments(&scope).await.unwrap().remove(0);
                if wanted(&one) {
                    return one;
                }
                let _ = tokio::time::timeout(Duration::from_millis(500), events.next()).await;
            }
        };
        tokio::time::timeout(PATIENCE, seen).await.unwrap()
    };
    sign("pierwszy.xml").await;
    let nothing = FaultKind::Refuse { code: 21405, description: String::new(), details: vec![] };
    control.fault(Fault::times(Operation::EnrollmentStatus, 1000, nothing));
    let wish = EnrolmentWish {
        authentication_name: Some("Do logowania".to_owned()),
        offline_name: None,
        algorithm: KeyAlgorithm::P256,
        valid_from: None,
    };
    app.enrol(&scope, wish).await.unwrap();
    until(&|one| one.step == EnrolmentStep::Sent && one.problem.is_some()).await;
    control.advance(TimeDelta::days(8));
    control.clear_faults();
    // A click on "try again" says what is to be done, as does every other place.
    let id = app.enrolments(&scope).await.unwrap().remove(0).id;
    app.continue_enrolment(&scope, &id).await.unwrap();
    let over =
        until(&|one| one.problem.as_ref().is_some_and(|problem| problem.code == "ksef.signAgain")).await;
    let in_the_request = over.problem.unwrap();
    let ConnectionView::Refused { problem, .. } = app.check_connection(&scope).await.unwrap() else {
        unreachable!("the login is over")
    };
    for problem in [in_the_request, problem] {
        assert_eq!((problem.code.as_str(), problem.next), ("ksef.signAgain", NextStep::SignAgain));
        assert_told(&problem, "over");
    }
    sign("drugi.xml").await;
    until(&|one| one.step == EnrolmentStep::Done).await;
    assert_eq!(control.arrived().unwrap().count(Operation::Enroll), 1);
    app.stop().await;
    sim.stop().await;
}
