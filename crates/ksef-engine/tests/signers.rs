//! Who may sign, and by what KSeF knows them: a trial seal where one is taken, a certificate without NIP and PESEL by its
//! fingerprint.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests stop at what should not be")]

mod common;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use common::signing::{BY_SUBJECT, brought, enrolled, signed, wish};
use common::{Bench, SANDBOX, nip, quick};
use ksef_engine::grants::{
    FingerprintPerson, GrantToPerson, Permission, PersonName, PersonNumber, PersonSubject,
};
use ksef_engine::{
    CertificateSlot, ConnectionCause, ConnectionMethod, EnrolmentStep, Grant, SignedBy, SignedFileProblem,
    SignedRequestProblem, SigningError, SigningStatus, SigningStep, SubjectIdentifierType, WorkState,
};
use ksef_sim::{Delays, Operation, Pace, RateLimits, SimulatorConfig};
use ksef_testkit::{ExternalKey, ExternalSigner, ExternalStyle};
use ksef_types::{Clock, Environment, Fingerprint};
use ksef_vault::{Holding, Vault};

const BY_FINGERPRINT: SubjectIdentifierType = SubjectIdentifierType::CertificateFingerprint;
/// A foreigner: neither PESEL nor NIP.
const HANS: &str = "/C=DE/CN=Hans Beispiel/GN=Hans/SN=Beispiel/serialNumber=PASDE-C01X00T47";

/// KSeF as the test environment is: what somebody made for themselves is taken.
async fn lenient() -> Bench {
    let pace = Pace::Automatic(Delays::NONE);
    let config =
        SimulatorConfig { rate_limits: RateLimits::Off, pace, self_signed: true, ..Default::default() };
    Bench::with(config, quick()).await
}

fn files_in(folder: &Path) -> BTreeSet<String> {
    let names = std::fs::read_dir(folder).unwrap();
    names.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_signature_goes_the_way_of_any_other_to_a_certificate() {
    let bench = lenient().await;
    let downloads = tempfile::tempdir().unwrap();
    let early = bench.engine.sign_on_trial(nip(), SANDBOX);
    assert!(matches!(early, Err(SigningError::NotWaiting)));
    bench.engine.start_signing(nip(), SANDBOX, downloads.path(), BY_SUBJECT).await.unwrap();
    bench.engine.sign_on_trial(nip(), SANDBOX).unwrap();
    let status = signed(&bench.engine, SigningStep::Connected).await;
    assert_eq!(status.signer.unwrap(), "Podpis próbny 5265877635");
    let report = status.report.unwrap();
    assert_eq!(report.method, ConnectionMethod::Signature(SignedBy::Trial));
    for right in ["InvoiceWrite", "CredentialsManage"] {
        assert!(report.permissions.contains(&right.to_owned()), "an owner's: {:?}", report.permissions);
    }
    // Nothing of the seal is anywhere: the request is tidied away, and the keychain is as empty as before.
    assert_eq!(files_in(downloads.path()), BTreeSet::new());
    let held = bench.vault.held(nip(), SANDBOX).unwrap();
    assert_eq!((held.authentication, held.token), (Holding::Nothing, Holding::Nothing));
    let again = bench.engine.sign_on_trial(nip(), SANDBOX);
    assert!(matches!(again, Err(SigningError::NotWaiting)), "a signature is good for one request");

    bench.engine.enrol(nip(), SANDBOX, &wish(Some("Próba pierwsza"), None)).await.unwrap();
    enrolled(&bench.engine, CertificateSlot::Authentication, EnrolmentStep::Done).await;
    let report = bench.engine.check_connection(nip(), SANDBOX).await.unwrap();
    assert_eq!(report.method, ConnectionMethod::Certificate);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_only_real_signatures_count_none_is_made_for_trial() {
    let bench = lenient().await;
    for environment in [Environment::Production, Environment::Demo] {
        let downloads = tempfile::tempdir().unwrap();
        let begun = bench.engine.start_signing(nip(), environment, downloads.path(), BY_SUBJECT).await;
        assert_eq!(begun.unwrap().step, SigningStep::Waiting);
        let refused = bench.engine.sign_on_trial(nip(), environment);
        assert!(matches!(refused, Err(SigningError::NoTrial(found)) if found == environment));
        assert_eq!(bench.engine.signing(nip(), environment).step, SigningStep::Waiting, "it goes on");
        bench.engine.cancel_signing(nip(), environment);
    }
    assert_eq!(bench.sim.control().arrived().unwrap().count(Operation::AuthenticateByXades), 0);
    // Where KSeF itself takes none (a simulator as strict as production), it is refused by KSeF as a foreign one.
    let strict = Bench::instant().await;
    let downloads = tempfile::tempdir().unwrap();
    strict.engine.start_signing(nip(), SANDBOX, downloads.path(), BY_SUBJECT).await.unwrap();
    strict.engine.sign_on_trial(nip(), SANDBOX).unwrap();
    let status = signed(&strict.engine, SigningStep::Refused).await;
    let failure = status.failure.unwrap();
    assert_eq!(failure.cause, ConnectionCause::CertificateNotAccepted);
    assert_eq!(failure.method, Some(ConnectionMethod::Signature(SignedBy::Trial)));
    assert_eq!(status.signed_by, Some(SignedBy::Trial));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_status_says_of_a_trial_is_what_the_trial_does() {
    let bench = lenient().await;
    let (engine, downloads) = (&bench.engine, tempfile::tempdir().unwrap());
    for environment in [Environment::Production, Environment::Demo, Environment::Test, SANDBOX] {
        let possible = matches!(environment, Environment::Test | Environment::Sandbox);
        assert_eq!(engine.signing(nip(), environment).trial, possible, "{environment} before a request");
        for subject in [BY_SUBJECT, BY_FINGERPRINT] {
            let begun = engine.start_signing(nip(), environment, downloads.path(), subject).await.unwrap();
            assert_eq!(begun.trial, possible && subject == BY_SUBJECT, "{environment} {subject:?}");
            assert_eq!(engine.signing(nip(), environment).trial, begun.trial, "{environment} {subject:?}");
            let signed = engine.sign_on_trial(nip(), environment);
            assert_eq!(signed.is_ok(), begun.trial, "{environment} {subject:?}: {signed:?}");
            assert_eq!(engine.cancel_signing(nip(), environment).trial, possible, "{environment} called off");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fingerprint_logs_in_with_what_was_granted_to_it_and_is_refused_without() {
    let bench = lenient().await;
    let Some(hans) = ExternalSigner::new(HANS, ExternalKey::P256) else { return };
    let fingerprint = fingerprint_by_openssl(&hans);

    // A request by the subject: what KSeF would refuse is told here, with the way out, and nothing is sent.
    let downloads = tempfile::tempdir().unwrap();
    let begun = bench.engine.start_signing(nip(), SANDBOX, downloads.path(), BY_SUBJECT).await.unwrap();
    assert_eq!(begun.subject, Some(BY_SUBJECT));
    let status = bring(&bench, &begun, &hans);
    assert_eq!(status.step, SigningStep::Waiting);
    assert_eq!(
        status.refused_file.unwrap().problem,
        SignedFileProblem::Request(SignedRequestProblem::Nameless { fingerprint })
    );
    assert_eq!(bench.sim.control().arrived().unwrap().count(Operation::AuthenticateByXades), 0);

    // By the fingerprint, to which nobody has given anything yet: 415, with the fingerprint to hand over.
    let begun = bench.engine.start_signing(nip(), SANDBOX, downloads.path(), BY_FINGERPRINT).await.unwrap();
    assert_eq!(begun.subject, Some(BY_FINGERPRINT));
    bring(&bench, &begun, &hans);
    let status = signed(&bench.engine, SigningStep::Refused).await;
    assert_eq!(status.fingerprint, Some(fingerprint));
    let failure = status.failure.unwrap();
    assert_eq!(failure.cause, ConnectionCause::NoPermissionsForFingerprint(fingerprint));
    assert!(failure.technical.unwrap().contains("415"));

    grant_to(&bench, fingerprint).await;
    let begun = bench.engine.start_signing(nip(), SANDBOX, downloads.path(), BY_FINGERPRINT).await.unwrap();
    bring(&bench, &begun, &hans);
    let status = signed(&bench.engine, SigningStep::Connected).await;
    assert_eq!((status.fingerprint, status.signer.as_deref()), (Some(fingerprint), Some("Hans Beispiel")));
    assert_eq!(status.report.unwrap().permissions, ["InvoiceRead"]);

    // Another certificate of the same person is another fingerprint.
    let renewed = ExternalSigner::new(HANS, ExternalKey::P256).unwrap();
    let begun = bench.engine.start_signing(nip(), SANDBOX, downloads.path(), BY_FINGERPRINT).await.unwrap();
    bring(&bench, &begun, &renewed);
    let status = signed(&bench.engine, SigningStep::Refused).await;
    let other = fingerprint_by_openssl(&renewed);
    assert_eq!(status.failure.unwrap().cause, ConnectionCause::NoPermissionsForFingerprint(other));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_back_answers_the_request_that_was_chosen() {
    let bench = lenient().await;
    let Some(hans) = ExternalSigner::new(HANS, ExternalKey::P256) else { return };
    let downloads = tempfile::tempdir().unwrap();
    let begun = bench.engine.start_signing(nip(), SANDBOX, downloads.path(), BY_FINGERPRINT).await.unwrap();
    // Our challenge with the other choice in it, signed: somebody changed the request before signing.
    let saved = std::fs::read_to_string(begun.request_file.as_ref().unwrap()).unwrap();
    let other = saved.replace("certificateFingerprint", "certificateSubject");
    assert_ne!(saved, other);
    let document = hans.sign(&other, &time(&bench), &ExternalStyle::default());
    let status = bench.engine.load_signed(nip(), SANDBOX, brought("zmieniony.xml", &document)).unwrap();
    assert_eq!(
        status.refused_file.unwrap().problem,
        SignedFileProblem::Request(SignedRequestProblem::OtherRequest)
    );
    // A seal that was made a moment ago has no permissions by its fingerprint.
    let trial = bench.engine.sign_on_trial(nip(), SANDBOX);
    assert!(matches!(trial, Err(SigningError::TrialByFingerprint)));
    assert_eq!(bench.engine.signing(nip(), SANDBOX).step, SigningStep::Waiting);
    assert_eq!(bench.sim.control().arrived().unwrap().count(Operation::AuthenticateByXades), 0);
}

/// The owner, in by a trial signature, lets the holder of a certificate read invoices.
async fn grant_to(bench: &Bench, fingerprint: Fingerprint) {
    let downloads = tempfile::tempdir().unwrap();
    bench.engine.start_signing(nip(), SANDBOX, downloads.path(), BY_SUBJECT).await.unwrap();
    bench.engine.sign_on_trial(nip(), SANDBOX).unwrap();
    signed(&bench.engine, SigningStep::Connected).await;
    let name = PersonName { first_name: "Hans".parse().unwrap(), last_name: "Beispiel".parse().unwrap() };
    let person =
        FingerprintPerson::WithNumber { name, number: PersonNumber::Pesel("30112206276".parse().unwrap()) };
    let grant = Grant::Person(GrantToPerson {
        subject: PersonSubject::Fingerprint { fingerprint, person },
        permissions: vec![Permission::InvoiceRead],
        description: "Wspólnik z Niemiec".parse().unwrap(),
    });
    let work = bench.engine.grant(nip(), SANDBOX, &grant).await.unwrap();
    assert_eq!(work.state, WorkState::Done);
}

fn bring(bench: &Bench, begun: &SigningStatus, signer: &ExternalSigner) -> SigningStatus {
    let saved = std::fs::read_to_string(begun.request_file.as_ref().unwrap()).unwrap();
    let document = signer.sign(&saved, &time(bench), &ExternalStyle::default());
    bench.engine.load_signed(nip(), SANDBOX, brought("podpisany.xml", &document)).unwrap()
}

fn time(bench: &Bench) -> String {
    bench.clock.now().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// As the program of somebody else computes it.
fn fingerprint_by_openssl(signer: &ExternalSigner) -> Fingerprint {
    let arguments = ["x509", "-noout", "-fingerprint", "-sha256", "-in"];
    let output = Command::new("openssl").args(arguments).arg(signer.certificate_file()).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    said.trim().split_once('=').unwrap_or_else(|| panic!("{said}")).1.parse().unwrap()
}
