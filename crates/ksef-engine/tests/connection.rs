//! "Sprawdź połączenie": every way of not getting in has a cause of its own.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use std::sync::Arc;

use chrono::TimeDelta;
use common::{At, Bench, SANDBOX, nip};
use ksef_engine::{
    CertificateRefusal, ConnectionCause, ConnectionWarning, Engine, KeychainProblem, TokenRefusal,
};
use ksef_sim::{Ending, Fault, FaultKind, KeyAlgorithm, Operation, TokenStatus};
use ksef_testkit::WrongClock;
use ksef_types::{Environment, KsefToken, Nip};
use ksef_vault::{CredentialKey, Held, Vault, VaultError};

async fn cause(bench: &Bench) -> ConnectionCause {
    bench.engine.check_connection(nip(), SANDBOX).await.unwrap_err().cause
}

#[tokio::test(flavor = "multi_thread")]
async fn every_status_of_the_contract() {
    let bench = Bench::instant().await.with_token().await;
    for (code, details, expected) in [
        (415, "Brak przypisanych uprawnień", ConnectionCause::NoPermissions),
        (425, "unieważnione", ConnectionCause::LoginEnded),
        (450, "Nieprawidłowy token", ConnectionCause::Token(TokenRefusal::Invalid)),
        (450, "Token unieważniony", ConnectionCause::Token(TokenRefusal::Revoked)),
        (450, "Nieprawidłowy czas tokena", ConnectionCause::Token(TokenRefusal::Time)),
        (460, "Certyfikat odwołany", ConnectionCause::Certificate(CertificateRefusal::Revoked)),
        (
            460,
            "Niezaufany łańcuch certyfikatów",
            ConnectionCause::Certificate(CertificateRefusal::ChainUntrusted),
        ),
        (470, "zmarłej", ConnectionCause::OwnerDead),
        (480, "incydent", ConnectionCause::Blocked),
        (500, "", ConnectionCause::KsefFault),
        (550, "", ConnectionCause::BrokenOff),
    ] {
        let details = vec![details.to_owned()];
        bench.sim.control().end_next(Ending::Authentication { code, details }).unwrap();
        assert_eq!(cause(&bench).await, expected, "{code}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_at_the_door() {
    let token = Bench::instant().await.with_token().await;
    let certificate = Bench::instant().await.with_certificate(KeyAlgorithm::P256).await;
    for (bench, operation, code, expected) in [
        (&certificate, Operation::AuthenticateByXades, 21115, ConnectionCause::CertificateNotAccepted),
        (&certificate, Operation::AuthenticateByXades, 9101, ConnectionCause::Signature(9101)),
        (&certificate, Operation::AuthenticateByXades, 9102, ConnectionCause::Signature(9102)),
        (&certificate, Operation::AuthenticateByXades, 9103, ConnectionCause::Signature(9103)),
        (&certificate, Operation::AuthenticateByXades, 9105, ConnectionCause::Signature(9105)),
        (&certificate, Operation::AuthenticateByXades, 21406, ConnectionCause::Signature(21406)),
        (&certificate, Operation::AuthenticateByXades, 21001, ConnectionCause::Document(21001)),
        (&certificate, Operation::AuthenticateByXades, 21217, ConnectionCause::Document(21217)),
        (&certificate, Operation::AuthenticateByXades, 21401, ConnectionCause::Document(21401)),
        (&certificate, Operation::AuthenticateByXades, 21117, ConnectionCause::Context),
        (&token, Operation::AuthenticateByToken, 21470, ConnectionCause::KeyWithdrawn),
        (&token, Operation::AuthenticateByToken, 21111, ConnectionCause::Challenge),
        (&token, Operation::AuthenticationStatus, 21304, ConnectionCause::LoginEnded),
        (&token, Operation::Redeem, 21301, ConnectionCause::LoginEnded),
        (&certificate, Operation::Redeem, 21304, ConnectionCause::LoginEnded),
        (&certificate, Operation::Redeem, 21308, ConnectionCause::OwnerDead),
    ] {
        let kind = FaultKind::Refuse { code, description: "opis".to_owned(), details: vec![] };
        bench.sim.control().fault(Fault::times(operation, 10, kind));
        assert_eq!(cause(bench).await, expected, "{code}");
        bench.sim.control().clear_faults();
        assert!(bench.engine.check_connection(nip(), SANDBOX).await.is_ok(), "{code} once, then it works");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_refused_challenge_is_not_shown() {
    let bench = Bench::instant().await.with_certificate(KeyAlgorithm::P256).await;
    let kind = FaultKind::Refuse { code: 21111, description: String::new(), details: vec![] };
    bench.sim.control().fault(Fault::next(Operation::AuthenticateByXades, kind));
    assert!(bench.engine.check_connection(nip(), SANDBOX).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_there() {
    let bench = Bench::instant().await.with_token().await;
    for (kind, expected) in [
        (FaultKind::Status { status: 503 }, ConnectionCause::Unavailable { status: 503 }),
        (FaultKind::Html { status: 200 }, ConnectionCause::NotKsef),
        (FaultKind::NotJson, ConnectionCause::NotKsef),
        (FaultKind::WrongBody, ConnectionCause::NotKsef),
        (FaultKind::Redirect { location: "http://example.com/".to_owned() }, ConnectionCause::NotKsef),
        (FaultKind::DropBefore, ConnectionCause::NoNetwork),
        (FaultKind::Status { status: 410 }, ConnectionCause::Gone),
        (FaultKind::Endless, ConnectionCause::NotKsef),
    ] {
        bench.sim.control().fault(Fault::times(Operation::Challenge, 10, kind.clone()));
        assert_eq!(cause(&bench).await, expected, "{kind:?}");
        bench.sim.control().clear_faults();
    }
    bench.sim.control().fault(Fault::times(Operation::Challenge, 10, FaultKind::Shield));
    assert!(matches!(
        cause(&bench).await,
        ConnectionCause::Shielded { incident: Some(_), client_ip: Some(_) }
    ));
    bench.sim.control().clear_faults();
    bench.sim.control().fault(Fault::times(
        Operation::Challenge,
        10,
        FaultKind::TooManyRequests { retry_after: 90 },
    ));
    assert!(matches!(cause(&bench).await, ConnectionCause::RateLimited { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_clock_is_named_whatever_ksef_says() {
    let bench = Bench::instant().await.with_token().await;
    // This computer's clock runs five minutes ahead.
    let ahead = Arc::new(WrongClock::ahead(Arc::new(bench.clock.clone()), TimeDelta::minutes(5)));
    let engine = common::engine(bench.folder.path(), &bench.vault, ahead, bench.sim.api(), common::quick());
    let details = vec!["Nieprawidłowy czas tokena".to_owned()];
    bench.sim.control().end_next(Ending::Authentication { code: 450, details }).unwrap();
    let cause = engine.check_connection(nip(), SANDBOX).await.unwrap_err().cause;
    let ConnectionCause::ClockOff { seconds } = cause else { panic!("{cause}") };
    assert!((240..=360).contains(&seconds), "{seconds}");
    // Where it works all the same, it is a warning.
    let report = engine.check_connection(nip(), SANDBOX).await.unwrap();
    assert!(report.warnings.iter().any(|warning| matches!(warning, ConnectionWarning::ClockOff { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_another_environment_is_recognised() {
    let here = Bench::instant().await.with_token().await;
    let elsewhere = Bench::instant().await;
    let foreign = elsewhere.make_token();
    // Kept for the test environment, and pasted into the sandbox as well.
    for environment in [Environment::Test, SANDBOX] {
        here.engine.paste_token(nip(), environment, foreign.secret().clone()).await.unwrap();
    }
    assert_eq!(
        cause(&here).await,
        ConnectionCause::WrongEnvironment {
            tried: SANDBOX,
            belongs: Some(Environment::Test),
            code: Some(450)
        }
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_token_is_told_by_the_simulator_itself() {
    let bench = Bench::instant().await;
    let token = bench.make_token();
    bench.engine.paste_token(nip(), SANDBOX, token.secret().clone()).await.unwrap();
    bench.sim.control().set_token_status(token.reference_number(), TokenStatus::Revoked).unwrap();
    assert_eq!(cause(&bench).await, ConnectionCause::Token(TokenRefusal::Revoked));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_asked_without_a_credential() {
    let bench = Bench::instant().await;
    assert_eq!(cause(&bench).await, ConnectionCause::NoCredential);
    assert_eq!(bench.sim.control().arrived().unwrap().requests.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_listens() {
    let bench = Bench::instant().await.with_token().await;
    let engine = {
        // Nobody listens on the port of discard.
        let api = "http://127.0.0.1:9/v2".parse().unwrap();
        let clock = Arc::new(bench.clock.clone());
        common::engine(bench.folder.path(), &bench.vault, clock, &api, common::quick())
    };
    assert_eq!(engine.check_connection(nip(), SANDBOX).await.unwrap_err().cause, ConnectionCause::NoNetwork);
}

/// A keychain that is locked.
struct Locked;

impl Vault for Locked {
    fn store_credential(&self, _: &CredentialKey, _: &ksef_crypto::Credential) -> Result<(), VaultError> {
        Err(VaultError::Locked)
    }
    fn credential(&self, _: &CredentialKey) -> Result<Option<ksef_crypto::Credential>, VaultError> {
        Err(VaultError::Locked)
    }
    fn store_key(&self, _: &CredentialKey, _: &ksef_crypto::PrivateKey) -> Result<(), VaultError> {
        Err(VaultError::Locked)
    }
    fn key(&self, _: &CredentialKey) -> Result<Option<ksef_crypto::PrivateKey>, VaultError> {
        Err(VaultError::Locked)
    }
    fn store_certificate(&self, _: &CredentialKey, _: &ksef_crypto::Certificate) -> Result<(), VaultError> {
        Err(VaultError::Locked)
    }
    fn promote(&self, _: &CredentialKey) -> Result<ksef_crypto::Credential, VaultError> {
        Err(VaultError::Locked)
    }
    fn store_app_lock(&self, _: &ksef_types::SecretText) -> Result<(), VaultError> {
        Err(VaultError::Locked)
    }
    fn app_lock(&self) -> Result<Option<ksef_types::SecretText>, VaultError> {
        Err(VaultError::Locked)
    }
    fn remove_app_lock(&self) -> Result<(), VaultError> {
        Err(VaultError::Locked)
    }
    fn store_token(&self, _: &CredentialKey, _: &KsefToken) -> Result<(), VaultError> {
        Err(VaultError::Locked)
    }
    fn token(&self, _: &CredentialKey) -> Result<Option<KsefToken>, VaultError> {
        Err(VaultError::Locked)
    }
    fn remove(&self, _: &CredentialKey) -> Result<(), VaultError> {
        Err(VaultError::Locked)
    }
    fn remove_company(&self, _: Nip) -> Result<(), VaultError> {
        Err(VaultError::Locked)
    }
    fn held(&self, _: Nip, _: Environment) -> Result<Held, VaultError> {
        Err(VaultError::Locked)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_keychain_is_named_and_nothing_is_kept_elsewhere() {
    let bench = Bench::instant().await;
    let folder = tempfile::tempdir().unwrap();
    let engine = Engine::with_tuning(
        ksef_engine::Parts {
            archive: Arc::new(ksef_archive::Archive::open(&folder.path().join("archiwum.db")).unwrap()),
            vault: Arc::new(Locked),
            clock: Arc::new(bench.clock.clone()),
            random: Arc::new(ksef_crypto::OsRandomness),
            addresses: Arc::new(At::api(bench.sim.api().clone())),
        },
        common::quick(),
    );
    engine.add_company(nip(), None, SANDBOX).unwrap();
    let token = bench.make_token();
    let pasted = engine.paste_token(nip(), SANDBOX, token.secret().clone()).await.unwrap();
    assert_eq!(pasted.overview.keychain, Some(KeychainProblem::Locked));
    assert!(!pasted.overview.token.saved);
    let failure = engine.check_connection(nip(), SANDBOX).await.unwrap_err();
    assert_eq!(failure.cause, ConnectionCause::Keychain(KeychainProblem::Locked));
    // Exposed to be looked for: every file of the archive.
    let secret = token.secret().expose().rsplit('|').next().unwrap().as_bytes().to_vec();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(secret.len()).any(|window| window == secret));
    }
    assert!(
        engine.remove_company(nip()).await.is_err(),
        "the company stays while its secrets cannot be deleted"
    );
    assert_eq!(engine.companies().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_that_was_ended_and_cannot_be_renewed_is_no_connection() {
    for code in [21301, 21304, 21308] {
        let bench = Bench::instant().await;
        bench.sign_in(&bench.engine).await;
        bench.sim.control().expire_tokens().unwrap();
        let kind = FaultKind::Refuse { code, description: "Odmowa.".to_owned(), details: vec![] };
        bench.sim.control().fault(Fault::times(Operation::Refresh, 9, kind));
        let failure = bench.engine.check_connection(nip(), SANDBOX).await.unwrap_err();
        assert_eq!(failure.cause, ConnectionCause::SignAgain, "{code}");
    }
}
