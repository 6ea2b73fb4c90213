//! A person with a signature: signs what the program saved, and waits for what comes of it.

use std::time::Duration;

use ksef_crypto::xades::{self, AuthTokenRequest, SubjectIdentifierType};
use ksef_crypto::{Credential, Recognised, recognise};
use ksef_engine::{
    CertificateSlot, Engine, Enrolment, EnrolmentAlgorithm, EnrolmentStep, EnrolmentWish, FileProblem,
    PickedFile, SigningFiles, SigningStatus, SigningStep,
};
use ksef_sim::{CertificateOwner, MadeCertificate, NewCertificate};
use ksef_types::{Clock, ContextIdentifier, Nip};
use ksef_vault::{Holding, Vault as _};

use super::{Bench, SANDBOX, nip, picked};

/// By what KSeF knows nearly everybody.
pub(crate) const BY_SUBJECT: SubjectIdentifierType = SubjectIdentifierType::CertificateSubject;

pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

impl Bench {
    /// A seal of the company, such as a provider of trust gives out; not in the program.
    pub(crate) fn seal(&self) -> MadeCertificate {
        self.sim
            .control()
            .make_certificate(NewCertificate::for_owner(CertificateOwner::Company(nip())))
            .unwrap()
    }

    /// What a signing program makes of the saved request.
    pub(crate) fn sign(&self, status: &SigningStatus, seal: &MadeCertificate) -> Vec<u8> {
        let saved = std::fs::read_to_string(status.request_file.as_ref().unwrap()).unwrap();
        self.sign_for(challenge(&saved), nip(), seal)
    }

    pub(crate) fn sign_for(&self, challenge: &str, company: Nip, seal: &MadeCertificate) -> Vec<u8> {
        let request = AuthTokenRequest {
            challenge: challenge.parse().unwrap(),
            context: ContextIdentifier::Nip(company),
            subject: BY_SUBJECT,
        };
        xades::sign(&request, &credential(seal), self.clock.now()).unwrap()
    }

    /// Logs in by a signature, with nothing in the keychain.
    pub(crate) async fn sign_in(&self, engine: &Engine) {
        let made = self.seal();
        let status = engine.sign_with_files(nip(), SANDBOX, files(&made)).await.unwrap();
        assert!(status.request_file.is_none());
        let status = signed(engine, SigningStep::Connected).await;
        assert!(status.failure.is_none(), "{status:?}");
    }
}

/// A file that a person dropped or chose.
pub(crate) fn brought(name: &str, bytes: &[u8]) -> Vec<(String, Result<PickedFile, FileProblem>)> {
    vec![(name.to_owned(), Ok(picked(name, bytes)))]
}

pub(crate) fn challenge(request: &str) -> &str {
    request.split("<Challenge>").nth(1).unwrap().split("</Challenge>").next().unwrap()
}

pub(crate) fn credential(made: &MadeCertificate) -> Credential {
    let Ok(Recognised::Certificates(certificates)) = recognise(made.crt.as_bytes()) else {
        panic!("no certificate")
    };
    let Ok(Recognised::Key(key)) = recognise(made.key.expose().as_bytes()) else { panic!("no key") };
    Credential::assemble_from_chain(certificates, key.open(Some(&made.password)).unwrap()).unwrap()
}

pub(crate) fn files(made: &MadeCertificate) -> SigningFiles {
    SigningFiles {
        files: vec![picked("a.crt", made.crt.as_bytes()), picked("a.key", made.key.expose().as_bytes())],
        password: Some(made.password.clone()),
    }
}

/// Waits for a step; any step after which nothing comes by itself ends the waiting too.
pub(crate) async fn signed(engine: &Engine, wanted: SigningStep) -> SigningStatus {
    let mut events = engine.subscribe();
    let reached = async {
        loop {
            let status = engine.signing(nip(), SANDBOX);
            let ended =
                matches!(status.step, SigningStep::Connected | SigningStep::Refused | SigningStep::Expired);
            if status.step == wanted || ended {
                return status;
            }
            let _ = tokio::time::timeout(Duration::from_millis(500), events.recv()).await;
        }
    };
    let status = tokio::time::timeout(PATIENCE, reached).await.unwrap();
    assert_eq!(status.step, wanted, "{status:?}");
    status
}

pub(crate) fn wish(authentication: Option<&str>, offline: Option<&str>) -> EnrolmentWish {
    EnrolmentWish {
        authentication_name: authentication.map(str::to_owned),
        offline_name: offline.map(str::to_owned),
        algorithm: EnrolmentAlgorithm::P256,
        valid_from: None,
    }
}

/// Waits until the newest request of a kind has reached a step, or stands with a problem that needs a person.
pub(crate) async fn enrolled(engine: &Engine, slot: CertificateSlot, wanted: EnrolmentStep) -> Enrolment {
    let one = standing(engine, slot, |one| one.step == wanted).await;
    assert_eq!(one.step, wanted, "{one:?}");
    one
}

pub(crate) async fn standing(
    engine: &Engine,
    slot: CertificateSlot,
    wanted: impl Fn(&Enrolment) -> bool,
) -> Enrolment {
    let mut events = engine.subscribe();
    let reached = async {
        loop {
            let all = engine.enrolments(nip(), SANDBOX).unwrap();
            if let Some(one) = all.into_iter().find(|one| one.slot == slot)
                && (wanted(&one) || one.step.is_final())
            {
                return one;
            }
            let _ = tokio::time::timeout(Duration::from_millis(500), events.recv()).await;
        }
    };
    match tokio::time::timeout(PATIENCE, reached).await {
        Ok(one) => one,
        Err(_) => panic!("it stands: {:?}", engine.enrolments(nip(), SANDBOX).unwrap()),
    }
}

/// What waits in the keychain for a certificate of this kind.
pub(crate) fn waiting(bench: &Bench, slot: CertificateSlot) -> Holding {
    let held = bench.vault.held(nip(), SANDBOX).unwrap();
    match slot {
        CertificateSlot::Authentication => held.pending_authentication,
        CertificateSlot::Offline => held.pending_offline,
    }
}

/// Waits until nothing does: the task that noted why a request stands may not be quite over.
pub(crate) async fn key_goes(bench: &Bench, slot: CertificateSlot) {
    let gone = async {
        while waiting(bench, slot) != Holding::Nothing {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, gone).await.unwrap();
}
