//! The way in for somebody who has nothing yet: a trial signature in the sandbox, up to certificates of one's own; and a
//! certificate that names neither NIP nor PESEL.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ksef_commands::views::{
    ConnectionMethod, ConnectionView, EnrolmentStep, EnrolmentView, EnrolmentWish, EnvironmentName,
    KeyAlgorithm, Language, Scope, SignedBy, SigningStep, SigningView, SubjectIdentifierType,
};
use ksef_commands::{App, NextStep, Options, catalogue};
use ksef_sim::{CertificateOwner, Fault, FaultKind, NewCertificate, Operation, Running};
use ksef_testkit::{ExternalKey, ExternalSigner, ExternalStyle};
use ksef_types::SecretText;
use ksef_vault::MemoryVault;
use tempfile::TempDir;

use crate::bench::{NIP, assert_told, simulator, system_clock};

const PATIENCE: Duration = Duration::from_secs(180);
const PAUSE: Duration = Duration::from_millis(50);

/// A program with its own sandbox, a company that nobody made there, and a folder into which browsers save.
struct Newcomer {
    app: Arc<App>,
    scope: Scope,
    folder: TempDir,
}

impl Newcomer {
    async fn in_environment(environment: EnvironmentName) -> Self {
        Self::with(environment, Options::default()).await
    }

    /// With a simulator that the test commands.
    async fn beside(sim: &Running) -> Self {
        let clock = Arc::new(sim.control().clock().clone());
        let options = Options { api_address: Some(sim.api().clone()), clock, ..Options::default() };
        Self::with(EnvironmentName::Sandbox, options).await
    }

    async fn with(environment: EnvironmentName, options: Options) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let downloads = folder.path().join("Pobrane");
        std::fs::create_dir(&downloads).unwrap();
        let options = Options {
            data_folder: Some(folder.path().join("Dane")),
            download_folder: Some(downloads),
            vault: Arc::new(MemoryVault::default()),
            ..options
        };
        let app = App::start(options).await.unwrap();
        let name = Some("Nowa Firma sp. z o.o.".to_owned());
        let company = ksef_commands::views::NewCompany { nip: NIP.to_owned(), name, environment };
        app.add_company(company).await.unwrap();
        Self { app, scope: Scope { nip: NIP.to_owned(), environment }, folder }
    }

    async fn signing(&self, ends: impl Fn(&SigningView) -> bool) -> SigningView {
        let reached = async {
            loop {
                let view = self.app.signing(&self.scope).await.unwrap();
                if ends(&view) {
                    return view;
                }
                tokio::time::sleep(PAUSE).await;
            }
        };
        tokio::time::timeout(PATIENCE, reached).await.unwrap()
    }

    async fn settled(&self) -> SigningView {
        self.signing(|view| matches!(view.step, SigningStep::Connected | SigningStep::Refused)).await
    }

    async fn enrolled(&self) -> Vec<EnrolmentView> {
        let over = |one: &EnrolmentView| {
            one.problem.is_some() || matches!(one.step, EnrolmentStep::Done | EnrolmentStep::Failed)
        };
        let reached = async {
            loop {
                let all = self.app.enrolments(&self.scope).await.unwrap();
                if !all.is_empty() && all.iter().all(over) {
                    return all;
                }
                tokio::time::sleep(PAUSE).await;
            }
        };
        tokio::time::timeout(PATIENCE, reached).await.unwrap()
    }

    /// What a signing program of somebody else makes of the saved request.
    fn signed_by(&self, signer: &ExternalSigner, view: &SigningView) -> PathBuf {
        let saved = std::fs::read_to_string(view.request_file.as_ref().unwrap()).unwrap();
        let time = system_clock().now().format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let path = self.folder.path().join("podpisany.xml");
        std::fs::write(&path, signer.sign(&saved, &time, &ExternalStyle::default())).unwrap();
        path
    }

    /// The signature of that signer, made by another program, by this one with the files, or in its stead for trial.
    async fn sign(&self, by: SignedBy, signer: &ExternalSigner) -> SigningView {
        let (app, scope) = (&self.app, &self.scope);
        if by == SignedBy::Files {
            let files = vec![signer.certificate_file(), signer.key_file()];
            app.sign_with_files(scope, files, None).await.unwrap();
            return self.settled().await;
        }
        let begun = app.start_signing(scope, SubjectIdentifierType::CertificateSubject).await.unwrap();
        if by == SignedBy::Trial {
            app.sign_on_trial(scope).await.unwrap();
        } else {
            app.load_signed_files(scope, vec![self.signed_by(signer, &begun)]).await.unwrap();
        }
        self.settled().await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn from_nothing_to_certificates_of_ones_own_in_the_sandbox() {
    let new = Newcomer::in_environment(EnvironmentName::Sandbox).await;
    let (app, scope) = (&new.app, &new.scope);
    let before = app.signing(scope).await.unwrap();
    assert!(before.trial && before.subject_type.is_none());
    let begun = app.start_signing(scope, SubjectIdentifierType::CertificateSubject).await.unwrap();
    assert!(begun.trial && begun.step == SigningStep::Waiting);
    app.sign_on_trial(scope).await.unwrap();
    let view = new.settled().await;
    assert_eq!(view.step, SigningStep::Connected, "{view:?}");
    assert_eq!(view.signer.as_deref(), Some("Podpis próbny 5265877635"));

    let offer = app.enrolment_offer(scope).await.unwrap();
    assert!(offer.can_request);
    let wish = EnrolmentWish {
        authentication_name: Some(offer.authentication_name),
        offline_name: Some(offer.offline_name),
        algorithm: KeyAlgorithm::P256,
        valid_from: None,
    };
    app.enrol(scope, wish).await.unwrap();
    let all = new.enrolled().await;
    assert_eq!(all.len(), 2);
    assert!(all.iter().all(|one| one.step == EnrolmentStep::Done), "{all:?}");
    let credentials = app.credentials(scope).await.unwrap();
    assert!(credentials.authentication.saved && credentials.offline.saved);
    let connected = app.check_connection(scope).await.unwrap();
    let ConnectionView::Connected { method, permissions, .. } = connected else { panic!("{connected:?}") };
    assert_eq!(method, ConnectionMethod::Certificate);
    assert!(permissions.contains(&"InvoiceWrite".to_owned()), "{permissions:?}");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_speaks_of_whoever_signed() {
    use NextStep::{ChooseFile, Retry, SignAgain};
    let subject = format!("/C=PL/CN=Anna Nowak/GN=Anna/SN=Nowak/serialNumber=TINPL-{NIP}");
    let Some(anna) = ExternalSigner::new(&subject, ExternalKey::P256) else { return };
    let sim = simulator().await;
    let new = Newcomer::beside(&sim).await;
    for (code, elsewhere, files, trial) in [
        (
            9105,
            ("ksef.signatureElsewhere", SignAgain),
            ("ksef.signatureByFiles", ChooseFile),
            ("ksef.signatureOnTrial", SignAgain),
        ),
        (21401, ("ksef.documentElsewhere", SignAgain), ("ksef.document", Retry), ("ksef.document", Retry)),
        (
            21115,
            ("ksef.certificateElsewhere", SignAgain),
            ("ksef.certificateOfFiles", ChooseFile),
            ("ksef.trialRefused", SignAgain),
        ),
        (21111, ("ksef.challenge", Retry), ("ksef.challenge", Retry), ("ksef.challenge", Retry)),
    ] {
        for (by, expected) in
            [(SignedBy::Elsewhere, elsewhere), (SignedBy::Files, files), (SignedBy::Trial, trial)]
        {
            let kind = FaultKind::Refuse { code, description: String::new(), details: vec![] };
            sim.control().fault(Fault::next(Operation::AuthenticateByXades, kind));
            let view = new.sign(by, &anna).await;
            assert_eq!((view.step, view.signed_by), (SigningStep::Refused, Some(by)), "{view:?}");
            let problem = view.problem.unwrap();
            assert_eq!((problem.code.as_str(), problem.next), expected, "{code} {by:?}");
            assert_told(&problem, &format!("{code} {by:?}"));
            let said = catalogue::sentences(&problem, Language::Pl);
            let all = format!("{} {} {}", said.what, said.why, said.next);
            assert!(!all.contains("dokument"), "the buttons say \"żądanie\": {all}");
            let of_another = all.contains("Program podpisujący") || all.contains("programu do podpisu");
            assert!(by == SignedBy::Elsewhere || !of_another, "{by:?}: {all}");
        }
    }
    new.app.stop().await;
    sim.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_to_sign_with_are_not_spoken_of_as_certificates_of_ksef() {
    let sim = simulator().await;
    let new = Newcomer::beside(&sim).await;
    let owner = CertificateOwner::Company(NIP.parse().unwrap());
    let made = sim.control().make_certificate(NewCertificate::for_owner(owner)).unwrap();
    let file = |name: &str, text: &str| {
        let path = new.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    // Exposed to be written as a file, encrypted.
    let (certificate, key) = (file("pieczec.crt", &made.crt), file("pieczec.key", made.key.expose()));
    let (both, wrong) = (vec![certificate, key.clone()], SecretText::from("Zle-Haslo-2026!".to_owned()));
    for (files, password, expected, next) in [
        (both.clone(), None, "signing.passwordMissing", NextStep::EnterPassword),
        (both, Some(wrong), "signing.wrongPassword", NextStep::EnterPassword),
        (vec![key], Some(made.password.clone()), "signing.certificateMissing", NextStep::ChooseFile),
    ] {
        let problem = new.app.sign_with_files(&new.scope, files, password).await.unwrap_err();
        assert_eq!((problem.code.as_str(), problem.next), (expected, next));
        assert_told(&problem, expected);
        let said = catalogue::sentences(&problem, Language::Pl);
        let all = format!("{} {} {}", said.what, said.why, said.next);
        assert!(!all.contains("portal") && !all.contains("Wczytaj z pliku"), "{all}");
    }
    new.app.stop().await;
    sim.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_production_and_demonstration_nobody_signs_for_trial() {
    for environment in [EnvironmentName::Production, EnvironmentName::Demo] {
        let new = Newcomer::in_environment(environment).await;
        assert!(!new.app.signing(&new.scope).await.unwrap().trial);
        let problem = new.app.sign_on_trial(&new.scope).await.unwrap_err();
        assert_eq!((problem.code.as_str(), problem.next), ("signing.noTrial", NextStep::ChooseEnvironment));
        assert_told(&problem, "a trial signature");
        new.app.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_without_a_number_is_led_to_its_fingerprint() {
    let Some(hans) = ExternalSigner::new("/C=DE/CN=Hans Beispiel/GN=Hans/SN=Beispiel", ExternalKey::P256)
    else {
        return;
    };
    let new = Newcomer::in_environment(EnvironmentName::Sandbox).await;
    let (app, scope) = (&new.app, &new.scope);
    let begun = app.start_signing(scope, SubjectIdentifierType::CertificateSubject).await.unwrap();
    let view = app.load_signed_files(scope, vec![new.signed_by(&hans, &begun)]).await.unwrap();
    let problem = view.refused_file.unwrap().problem;
    assert_eq!((problem.code.as_str(), problem.next), ("signing.nameless", NextStep::SignByFingerprint));
    assert_told(&problem, "a certificate without a number");

    let begun = app.start_signing(scope, SubjectIdentifierType::CertificateFingerprint).await.unwrap();
    assert!(!begun.trial, "nobody has granted anything to a seal that does not exist yet");
    let trial = app.sign_on_trial(scope).await.unwrap_err();
    assert_eq!((trial.code.as_str(), trial.next), ("signing.trialByFingerprint", NextStep::SignBySubject));
    assert_told(&trial, "a trial signature by fingerprint");
    app.load_signed_files(scope, vec![new.signed_by(&hans, &begun)]).await.unwrap();
    let view = new.settled().await;
    let refused = view.problem.unwrap();
    assert_eq!(
        (refused.code.as_str(), refused.next),
        ("ksef.auth415.fingerprint", NextStep::CopyFingerprint)
    );
    assert_eq!(refused.values.get("fingerprint"), view.fingerprint.as_ref());
    assert_eq!(problem.values.get("fingerprint"), view.fingerprint.as_ref());
    assert_eq!(view.fingerprint.unwrap().len(), 64);
    assert_told(&refused, "no permissions for a fingerprint");
    app.stop().await;
}
