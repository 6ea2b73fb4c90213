//! The way in for somebody who has nothing yet: a trial signature in the sandbox, up to certificates of one's own; and a
//! certificate that names neither NIP nor PESEL.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ksef_commands::views::{
    ConnectionMethod, ConnectionView, EnrolmentStep, EnrolmentView, EnrolmentWish, EnvironmentName,
    KeyAlgorithm, Scope, SigningStep, SigningView, SubjectIdentifierType,
};
use ksef_commands::{App, NextStep, Options};
use ksef_testkit::{ExternalKey, ExternalSigner, ExternalStyle};
use ksef_types::{Clock as _, SystemClock};
use ksef_vault::MemoryVault;
use tempfile::TempDir;

use crate::bench::{NIP, assert_told};

const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(50);

/// A program with its own sandbox, a company that nobody made there, and a folder into which browsers save.
struct Newcomer {
    app: Arc<App>,
    scope: Scope,
    folder: TempDir,
}

impl Newcomer {
    async fn in_environment(environment: EnvironmentName) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let downloads = folder.path().join("Pobrane");
        std::fs::create_dir(&downloads).unwrap();
        let options = Options {
            data_folder: Some(folder.path().join("Dane")),
            download_folder: Some(downloads),
            vault: Arc::new(MemoryVault::default()),
            ..Options::default()
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
        let time = SystemClock.now().format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let path = self.folder.path().join("podpisany.xml");
        std::fs::write(&path, signer.sign(&saved, &time, &ExternalStyle::default())).unwrap();
        path
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
