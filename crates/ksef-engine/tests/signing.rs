//! Logging in by a signature made elsewhere: the watched folder, files brought by hand, every refusal, the end of it.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use common::signing::{BY_SUBJECT, PATIENCE, brought, challenge, files, signed};
use common::{Bench, SANDBOX, nip, picked, quick};
use ksef_engine::{
    CertificateRefusal, ConnectionCause, ConnectionMethod, CredentialProblem, SignedBy, SignedFileProblem,
    SignedRequestProblem, SigningError, SigningFiles, SigningStatus, SigningStep, TokenRefusal,
};
use ksef_sim::{Ending, Fault, FaultKind, Operation};
use ksef_testkit::WrongClock;
use ksef_types::Clock;
use ksef_vault::{Holding, Vault};

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_file_in_the_watched_folder_is_enough_for_everything() {
    let bench = Bench::new().await;
    let downloads = tempfile::tempdir().unwrap();
    std::fs::write(downloads.path().join("dawny.xml"), b"<?xml version=\"1.0\"?><a/>").unwrap();
    let begun = bench.engine.start_signing(nip(), SANDBOX, downloads.path(), BY_SUBJECT).await.unwrap();
    assert_eq!(begun.step, SigningStep::Waiting);
    assert_eq!(begun.watched.as_deref(), Some(downloads.path()));
    // What else comes into the folder meanwhile is nobody's business.
    std::fs::write(downloads.path().join("faktura.xml"), bench.document("FV/9")).unwrap();
    std::fs::write(downloads.path().join("wyciąg.pdf"), b"%PDF-1.7").unwrap();
    std::fs::write(downloads.path().join("podpisany.xml"), bench.sign(&begun, &bench.seal())).unwrap();
    let status = signed(&bench.engine, SigningStep::Connected).await;
    assert!(status.refused_file.is_none(), "{status:?}");
    let report = status.report.unwrap();
    assert_eq!(report.method, ConnectionMethod::Signature(SignedBy::Elsewhere));
    assert!(report.permissions.contains(&"InvoiceWrite".to_owned()));
    assert!(!begun.request_file.unwrap().exists(), "the request is of no use any more");
    assert!(downloads.path().join("podpisany.xml").exists(), "what a person saved stays");
    // Everything else works through it, and nothing was put into the keychain.
    let id = bench.queue("FV/1");
    bench.settle().await;
    bench.assert_sent_once(id, "by signature");
    let held = bench.vault.held(nip(), SANDBOX).unwrap();
    assert_eq!((held.authentication, held.token), (Holding::Nothing, Holding::Nothing));
    // A second look does not end the login, which could not be had again.
    let again = bench.engine.check_connection(nip(), SANDBOX).await.unwrap();
    assert_eq!(again.method, ConnectionMethod::Signature(SignedBy::Elsewhere));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_status_of_the_contract_is_told() {
    let bench = Bench::instant().await;
    let seal = bench.seal();
    let certificate = |refusal| ConnectionCause::Certificate(refusal);
    for (code, details, expected) in [
        (415, "Brak przypisanych uprawnień", ConnectionCause::NoPermissions),
        (425, "unieważnione", ConnectionCause::LoginEnded),
        (450, "Nieprawidłowe wyzwanie autoryzacyjne", ConnectionCause::Token(TokenRefusal::Challenge)),
        (460, "Nieważny certyfikat", certificate(CertificateRefusal::Expired)),
        (460, "Błąd weryfikacji łańcucha certyfikatów", certificate(CertificateRefusal::ChainUnverified)),
        (460, "Niezaufany łańcuch certyfikatów", certificate(CertificateRefusal::ChainUntrusted)),
        (460, "Certyfikat odwołany", certificate(CertificateRefusal::Revoked)),
        (460, "Certyfikat zawieszony", certificate(CertificateRefusal::Suspended)),
        (460, "Niepoprawny certyfikat", certificate(CertificateRefusal::Invalid)),
        (460, "coś nowego", certificate(CertificateRefusal::Other)),
        (470, "zmarłej", ConnectionCause::OwnerDead),
        (480, "incydent", ConnectionCause::Blocked),
        (500, "", ConnectionCause::KsefFault),
        (550, "", ConnectionCause::BrokenOff),
    ] {
        let downloads = tempfile::tempdir().unwrap();
        let begun = bench.engine.start_signing(nip(), SANDBOX, downloads.path(), BY_SUBJECT).await.unwrap();
        let ending = Ending::Authentication { code, details: vec![details.to_owned()] };
        bench.sim.control().end_next(ending).unwrap();
        let document = bench.sign(&begun, &seal);
        bench.engine.load_signed(nip(), SANDBOX, brought("podpisany.xml", &document)).unwrap();
        let status = signed(&bench.engine, SigningStep::Refused).await;
        assert_eq!(status.failure.unwrap().cause, expected, "{code} {details}");
        assert!(status.signer.is_some());
    }
    for (code, expected) in [
        (21115, ConnectionCause::CertificateNotAccepted),
        (9105, ConnectionCause::Signature(9105)),
        (21111, ConnectionCause::Challenge),
        (21117, ConnectionCause::Context),
    ] {
        let downloads = tempfile::tempdir().unwrap();
        let begun = bench.engine.start_signing(nip(), SANDBOX, downloads.path(), BY_SUBJECT).await.unwrap();
        let kind = FaultKind::Refuse { code, description: "opis".to_owned(), details: vec![] };
        bench.sim.control().fault(Fault::next(Operation::AuthenticateByXades, kind));
        let document = bench.sign(&begun, &seal);
        bench.engine.load_signed(nip(), SANDBOX, brought("podpisany.xml", &document)).unwrap();
        let status = signed(&bench.engine, SigningStep::Refused).await;
        let failure = status.failure.unwrap();
        assert_eq!(failure.cause, expected, "{code}");
        let elsewhere = ConnectionMethod::Signature(SignedBy::Elsewhere);
        assert_eq!((failure.method, status.signed_by), (Some(elsewhere), Some(SignedBy::Elsewhere)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_knows_that_the_program_signed_with_files() {
    let bench = Bench::instant().await;
    let kind = FaultKind::Refuse { code: 9105, description: "opis".to_owned(), details: vec![] };
    bench.sim.control().fault(Fault::next(Operation::AuthenticateByXades, kind));
    bench.engine.sign_with_files(nip(), SANDBOX, files(&bench.seal())).await.unwrap();
    let status = signed(&bench.engine, SigningStep::Refused).await;
    let failure = status.failure.unwrap();
    assert_eq!(failure.cause, ConnectionCause::Signature(9105));
    assert_eq!(failure.method, Some(ConnectionMethod::Signature(SignedBy::Files)));
    assert_eq!(status.signed_by, Some(SignedBy::Files));
    // Nothing of it stays with a request that another program is to sign.
    let downloads = tempfile::tempdir().unwrap();
    let begun = bench.engine.start_signing(nip(), SANDBOX, downloads.path(), BY_SUBJECT).await.unwrap();
    assert_eq!(begun.signed_by, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_the_signed_request_is_told_and_the_waiting_goes_on() {
    let bench = Bench::instant().await;
    let downloads = tempfile::tempdir().unwrap();
    let begun = bench.engine.start_signing(nip(), SANDBOX, downloads.path(), BY_SUBJECT).await.unwrap();
    let (engine, seal) = (&bench.engine, bench.seal());
    let problem = |bytes: &[u8]| {
        let status = engine.load_signed(nip(), SANDBOX, brought("plik.xml", bytes)).unwrap();
        assert_eq!(status.step, SigningStep::Waiting);
        match status.refused_file.unwrap().problem {
            SignedFileProblem::Request(problem) => problem,
            SignedFileProblem::File(problem) => unreachable!("{problem}"),
        }
    };
    let request = std::fs::read_to_string(begun.request_file.as_ref().unwrap()).unwrap();
    assert_eq!(problem(request.as_bytes()), SignedRequestProblem::NotSigned);
    let good = bench.sign(&begun, &seal);
    let text = String::from_utf8(good.clone()).unwrap();
    let other_company = bench.sign_for(challenge(&request), "1111111111".parse().unwrap(), &seal);
    assert!(matches!(problem(&other_company), SignedRequestProblem::OtherContext { .. }));
    let yesterday = bench.sign_for("20250101-CR-461EA5B000-537A6BA15D-D7", nip(), &seal);
    assert!(matches!(
        problem(&yesterday),
        SignedRequestProblem::OtherChallenge { made_on: Some(day), .. } if day.to_string() == "2025-01-01"
    ));
    let (start, end) = (text.find("<ds:Signature").unwrap(), text.rfind("</AuthTokenRequest>").unwrap());
    let signature = &text[start..end];
    let twice = format!("{}{signature}</AuthTokenRequest>", &text[..end]);
    assert!(matches!(problem(twice.as_bytes()), SignedRequestProblem::SignedTwice { count: 2 }));
    assert_eq!(problem(signature.as_bytes()), SignedRequestProblem::Detached);
    assert_eq!(problem(b"%PDF-1.7\n1 0 obj"), SignedRequestProblem::Pdf);
    assert_eq!(problem(b""), SignedRequestProblem::Empty);
    assert_eq!(problem(&text.as_bytes()[..text.len() - 40]), SignedRequestProblem::BrokenXml);
    assert!(matches!(problem(&bench.document("FV/1")), SignedRequestProblem::OtherDocument { .. }));
    let changed = text.replace("certificateSubject", "certificateFingerprint");
    assert_eq!(problem(changed.as_bytes()), SignedRequestProblem::Changed);
    // Hundred megabytes are not read.
    let huge = downloads.path().join("wielki.xml");
    std::fs::File::create(&huge).unwrap().set_len(100_000_000).unwrap();
    let read = ksef_engine::read_at_most(&huge, ksef_engine::Engine::LARGEST_SIGNED);
    let status = engine.load_signed(nip(), SANDBOX, vec![("wielki.xml".to_owned(), read)]).unwrap();
    assert_eq!(
        status.refused_file.unwrap().problem,
        SignedFileProblem::Request(SignedRequestProblem::TooLarge { bytes: 100_000_000 })
    );
    // After all that the right one.
    engine.load_signed(nip(), SANDBOX, brought("podpisany.xml", &good)).unwrap();
    signed(engine, SigningStep::Connected).await;
    assert_eq!(bench.sim.control().arrived().unwrap().count(Operation::AuthenticateByXades), 1);
    let late = engine.load_signed(nip(), SANDBOX, brought("podpisany.xml", &good));
    assert!(matches!(late, Err(SigningError::NotWaiting)));
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_files_in_the_folder_are_told_only_when_they_are_about_a_login() {
    let bench = Bench::instant().await;
    let downloads = tempfile::tempdir().unwrap();
    let begun = bench.engine.start_signing(nip(), SANDBOX, downloads.path(), BY_SUBJECT).await.unwrap();
    let other = bench.sign_for("20250101-CR-461EA5B000-537A6BA15D-D7", nip(), &bench.seal());
    std::fs::write(downloads.path().join("stary-podpis.xml"), other).unwrap();
    let told = told(&bench, "stary-podpis.xml").await;
    assert_eq!(told.step, SigningStep::Waiting, "the waiting goes on");
    // A PDF under the request's name was signed in another way.
    let name = begun.request_file.unwrap().with_extension("pdf");
    std::fs::write(&name, b"%PDF-1.7").unwrap();
    let problem =
        self::told(&bench, &name.file_name().unwrap().to_string_lossy()).await.refused_file.unwrap();
    assert_eq!(problem.problem, SignedFileProblem::Request(SignedRequestProblem::Pdf));
}

async fn told(bench: &Bench, name: &str) -> SigningStatus {
    let mut events = bench.engine.subscribe();
    let told = async {
        loop {
            let status = bench.engine.signing(nip(), SANDBOX);
            if status.refused_file.as_ref().is_some_and(|refused| refused.name == name) {
                return status;
            }
            let _ = tokio::time::timeout(Duration::from_millis(500), events.recv()).await;
        }
    };
    tokio::time::timeout(PATIENCE, told).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn after_ten_minutes_a_new_request_is_made() {
    let bench = Bench::instant().await;
    let downloads = tempfile::tempdir().unwrap();
    let begun = bench.engine.start_signing(nip(), SANDBOX, downloads.path(), BY_SUBJECT).await.unwrap();
    let life = begun.expires_at.unwrap() - bench.clock.now();
    assert!((300..=600).contains(&life.num_seconds()), "{life}");
    let late = bench.sign(&begun, &bench.seal());
    bench.sim.control().advance(TimeDelta::seconds(601));
    // The watcher may tell first; brought by hand it is told as well.
    match bench.engine.load_signed(nip(), SANDBOX, brought("podpisany.xml", &late)) {
        Ok(status) => assert!(
            status.step == SigningStep::Expired
                || matches!(
                    status.refused_file.unwrap().problem,
                    SignedFileProblem::Request(SignedRequestProblem::Expired { .. })
                )
        ),
        Err(error) => assert!(matches!(error, SigningError::NotWaiting)),
    }
    signed(&bench.engine, SigningStep::Expired).await;
    let again = bench.engine.start_signing(nip(), SANDBOX, downloads.path(), BY_SUBJECT).await.unwrap();
    let status = bench.engine.load_signed(nip(), SANDBOX, brought("podpisany.xml", &late)).unwrap();
    assert!(matches!(
        status.refused_file.unwrap().problem,
        SignedFileProblem::Request(SignedRequestProblem::OtherChallenge { .. })
    ));
    std::fs::write(downloads.path().join("nowy.xml"), bench.sign(&again, &bench.seal())).unwrap();
    signed(&bench.engine, SigningStep::Connected).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_sign_at_once_and_nothing_of_them_is_kept() {
    let bench = Bench::instant().await;
    let made = bench.seal();
    let wrong = SigningFiles { password: Some(common::password("Zle-Haslo-2026!")), ..files(&made) };
    let refused = bench.engine.sign_with_files(nip(), SANDBOX, wrong).await;
    assert!(matches!(refused, Err(SigningError::Files(CredentialProblem::WrongPassword))));
    let lonely = SigningFiles { files: vec![picked("a.crt", made.crt.as_bytes())], password: None };
    let refused = bench.engine.sign_with_files(nip(), SANDBOX, lonely).await;
    assert!(matches!(refused, Err(SigningError::Files(CredentialProblem::KeyMissing))));
    let container = common::signing::credential(&made).export_container(&made.password, "pieczęć").unwrap();
    for files in [
        files(&made),
        SigningFiles {
            files: vec![picked("a.p12", container.expose())],
            password: Some(made.password.clone()),
        },
    ] {
        bench.engine.sign_with_files(nip(), SANDBOX, files).await.unwrap();
        let status = signed(&bench.engine, SigningStep::Connected).await;
        assert_eq!(status.report.unwrap().method, ConnectionMethod::Signature(SignedBy::Files));
    }
    let held = bench.vault.held(nip(), SANDBOX).unwrap();
    assert_eq!((held.authentication, held.pending_authentication), (Holding::Nothing, Holding::Nothing));
}

#[tokio::test(flavor = "multi_thread")]
async fn when_it_ends_one_is_told_to_sign_again() {
    let bench = Bench::instant().await;
    bench.sign_in(&bench.engine).await;
    // Access tokens live minutes, refresh tokens seven days.
    bench.sim.control().advance(TimeDelta::seconds(3600));
    assert!(bench.engine.check_connection(nip(), SANDBOX).await.is_ok(), "it is renewed by itself");
    bench.sim.control().advance(TimeDelta::seconds(8 * 86_400));
    for _ in 0..2 {
        let failure = bench.engine.check_connection(nip(), SANDBOX).await.unwrap_err();
        assert_eq!(failure.cause, ConnectionCause::SignAgain);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn revocation_checks_take_long_and_the_network_is_away_meanwhile() {
    let bench = Bench::instant().await;
    let made = bench.seal();
    bench.sim.control().fault(Fault::times(Operation::AuthenticationStatus, 100_000, FaultKind::DropBefore));
    bench.engine.sign_with_files(nip(), SANDBOX, files(&made)).await.unwrap();
    let status = signed(&bench.engine, SigningStep::Checking).await;
    assert!(status.checking_since.is_some());
    bench.sim.control().clear_faults();
    signed(&bench.engine, SigningStep::Connected).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_hours_off_does_not_stand_in_the_way() {
    let bench = Bench::instant().await;
    let ahead = Arc::new(WrongClock::ahead(Arc::new(bench.clock.clone()), TimeDelta::hours(3)));
    let engine = common::engine(bench.folder.path(), &bench.vault, ahead.clone(), bench.sim.api(), quick());
    let downloads = tempfile::tempdir().unwrap();
    let begun = engine.start_signing(nip(), SANDBOX, downloads.path(), BY_SUBJECT).await.unwrap();
    let life = begun.expires_at.unwrap() - ahead.now();
    assert!(life > TimeDelta::seconds(300), "the countdown is by this computer's clock: {life}");
    assert!(life <= TimeDelta::minutes(10), "never more than the challenge's life: {life}");
    let document = bench.sign(&begun, &bench.seal());
    engine.load_signed(nip(), SANDBOX, brought("podpisany.xml", &document)).unwrap();
    signed(&engine, SigningStep::Connected).await;
    engine.sign_with_files(nip(), SANDBOX, files(&bench.seal())).await.unwrap();
    signed(&engine, SigningStep::Connected).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn called_off_nothing_is_sent_and_the_request_is_taken_away() {
    let bench = Bench::instant().await;
    let downloads = tempfile::tempdir().unwrap();
    let begun = bench.engine.start_signing(nip(), SANDBOX, downloads.path(), BY_SUBJECT).await.unwrap();
    let elsewhere = downloads.path().join("inne miejsce.xml");
    bench.engine.save_signing_request(nip(), SANDBOX, elsewhere.clone()).await.unwrap();
    let document = bench.sign(&begun, &bench.seal());
    assert_eq!(bench.engine.cancel_signing(nip(), SANDBOX).step, SigningStep::Idle);
    assert!(!begun.request_file.unwrap().exists());
    assert!(elsewhere.exists(), "a copy that a person asked for stays");
    let late = bench.engine.load_signed(nip(), SANDBOX, brought("podpisany.xml", &document));
    assert!(matches!(late, Err(SigningError::NotWaiting)));
    assert_eq!(bench.sim.control().arrived().unwrap().count(Operation::AuthenticateByXades), 0);
}
