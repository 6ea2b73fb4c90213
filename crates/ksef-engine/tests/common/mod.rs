//! A simulator, an engine beside it, and what tests want of both.
#![allow(clippy::allow_attributes, reason = "an expectation would not hold in every test file")]
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests stop at what should not be")]

pub(crate) mod drafts;
pub(crate) mod file_vault;
pub(crate) mod firms;
pub(crate) mod kill;
pub(crate) mod second_sending;
pub(crate) mod signing;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use ksef_api::{RepeatPolicy, Timeouts, WaitPolicy};
use ksef_archive::Archive;
use ksef_crypto::OsRandomness;
use ksef_engine::{Addresses, Engine, LoadTarget, Parts, PickedFile, Sale, SaleId, SaleState, Tuning};
use ksef_invoice::sample::{SampleInvoice, SampleLine, SampleParty, SampleRate, fa3};
use ksef_sim::{
    CertificateKind, CertificateOwner, Delays, KeyAlgorithm, NewCertificate, Pace, Permission, RateLimits,
    Running, SimClock, Simulator, SimulatorConfig,
};
use ksef_testkit::since_tokens_worked;
use ksef_types::{ApiAddress, Clock, Environment, KsefToken, Nip, SecretBytes, SecretText, warsaw_date};
use ksef_vault::{CredentialKey, MemoryVault, Slot, Vault};
use rust_decimal::Decimal;
use tokio_util::sync::CancellationToken;

pub(crate) const SANDBOX: Environment = Environment::Sandbox;

pub(crate) fn nip() -> Nip {
    "5265877635".parse().unwrap()
}

/// Every environment is the one simulator.
#[derive(Clone)]
pub(crate) struct At {
    api: ApiAddress,
    latarnia: Option<ApiAddress>,
}

impl At {
    /// The API alone.
    pub(crate) const fn api(api: ApiAddress) -> Self {
        Self { api, latarnia: None }
    }

    /// Its Latarnia, too.
    pub(crate) fn all_of(sim: &Running) -> Self {
        Self { api: sim.api().clone(), latarnia: Some(sim.latarnia().clone()) }
    }
}

impl Addresses for At {
    fn api(&self, _environment: Environment) -> Option<ApiAddress> {
        Some(self.api.clone())
    }

    fn latarnia(&self, _environment: Environment) -> Option<ApiAddress> {
        self.latarnia.clone()
    }
}

/// A rhythm in which tests do not wait; the limits are for a computer that has much else to do.
pub(crate) fn quick() -> Tuning {
    let looks = [5, 10, 20, 40, 80, 80, 80, 150].map(Duration::from_millis);
    let limit = Duration::from_secs(60);
    let wait = WaitPolicy {
        first_pause: Duration::from_millis(5),
        longest_pause: Duration::from_millis(40),
        deadline: limit,
        ..WaitPolicy::default()
    };
    Tuning {
        timeouts: Timeouts { connect: limit, idle: limit, request: limit, document: limit, part: limit },
        repeats: RepeatPolicy {
            times: 2,
            first_pause: Duration::from_millis(5),
            longest_pause: Duration::from_millis(1500),
        },
        login: wait,
        operation: wait,
        looks: Arc::from(looks),
        patience: Duration::from_secs(3),
        folder_watch: Duration::from_millis(20),
        enrolment: wait,
        signing: wait,
        enrolment_settles: Duration::ZERO,
        watch: Duration::from_millis(20),
        ..Tuning::default()
    }
}

pub(crate) struct Bench {
    pub(crate) sim: Running,
    pub(crate) clock: SimClock,
    pub(crate) vault: Arc<MemoryVault>,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) engine: Engine,
}

impl Bench {
    /// A simulator with one company; the engine knows the company and has no credential.
    pub(crate) async fn new() -> Self {
        Self::with(SimulatorConfig { rate_limits: RateLimits::Off, ..SimulatorConfig::default() }, quick())
            .await
    }

    pub(crate) async fn instant() -> Self {
        let pace = Pace::Automatic(Delays::NONE);
        Self::with(
            SimulatorConfig { rate_limits: RateLimits::Off, pace, ..SimulatorConfig::default() },
            quick(),
        )
        .await
    }

    pub(crate) async fn with(config: SimulatorConfig, tuning: Tuning) -> Self {
        let clock = config.clock.clone();
        clock.advance(-since_tokens_worked(clock.now()));
        let sim = Simulator::start(config).await.unwrap();
        sim.control().make_company(nip(), "Przykład sp. z o.o.").unwrap();
        let vault = Arc::new(MemoryVault::new());
        let folder = tempfile::tempdir().unwrap();
        let engine = engine_at(folder.path(), &vault, Arc::new(clock.clone()), At::all_of(&sim), tuning);
        engine.add_company(nip(), Some("Przykład"), SANDBOX).unwrap();
        Self { sim, clock, vault, folder, engine }
    }

    /// The same archive and keychain in a new process, as far as one process can play that.
    pub(crate) fn restarted(&self, tuning: Tuning) -> Engine {
        engine(self.folder.path(), &self.vault, Arc::new(self.clock.clone()), self.sim.api(), tuning)
    }

    pub(crate) fn make_token(&self) -> KsefToken {
        use Permission::{CredentialsRead, InvoiceRead, InvoiceWrite};
        self.sim.control().make_token(nip(), &[InvoiceWrite, InvoiceRead, CredentialsRead]).unwrap()
    }

    pub(crate) async fn with_token(self) -> Self {
        let token = self.make_token();
        let pasted = self.engine.paste_token(nip(), SANDBOX, token.secret().clone()).await.unwrap();
        assert!(pasted.overview.token.saved, "{:?}", pasted.overview.token.problem);
        self
    }

    pub(crate) async fn with_certificate(self, key: KeyAlgorithm) -> Self {
        self.load(CertificateKind::Authentication, key).await;
        self
    }

    /// Makes a certificate of the company's seal and loads it by its two files and the password.
    pub(crate) async fn load(&self, kind: CertificateKind, key: KeyAlgorithm) {
        let wanted = NewCertificate::for_owner(CertificateOwner::Company(nip())).of_kind(kind).with_key(key);
        let made = self.sim.control().make_certificate(wanted).unwrap();
        let files = vec![
            picked("pieczec.key", made.key.expose().as_bytes()),
            picked("pieczec.crt", made.crt.as_bytes()),
        ];
        let overview = self.engine.load_files(nip(), SANDBOX, LoadTarget::Anywhere, files).await.unwrap();
        let slot = match kind {
            CertificateKind::Authentication => ksef_engine::CertificateSlot::Authentication,
            CertificateKind::Offline => ksef_engine::CertificateSlot::Offline,
        };
        assert!(overview.unplaced.is_empty(), "{:?}", overview.unplaced);
        let overview = self.engine.set_password(nip(), SANDBOX, slot, made.password).await.unwrap();
        let card = if slot == ksef_engine::CertificateSlot::Offline {
            overview.offline
        } else {
            overview.authentication
        };
        assert!(card.saved, "{:?}", card.problems);
    }

    /// Checks and queues a sample invoice.
    pub(crate) fn queue(&self, number: &str) -> SaleId {
        queue(&self.engine, &self.document(number))
    }

    pub(crate) fn document(&self, number: &str) -> Vec<u8> {
        document(number, warsaw_date(self.clock.now()), self.clock.now())
    }

    /// Runs until nothing is unsettled any more.
    pub(crate) async fn settle(&self) {
        settle(&self.engine).await;
    }

    pub(crate) fn sale(&self, id: SaleId) -> Sale {
        self.engine.sale(id).unwrap()
    }

    /// Exactly one invoice with these bytes is in KSeF, and the archive has its number and its UPO.
    pub(crate) fn assert_sent_once(&self, id: SaleId, why: &str) {
        assert_sent_once(&self.engine, &self.sim, id, why);
    }
}

pub(crate) fn assert_sent_once(engine: &Engine, sim: &Running, id: SaleId, why: &str) {
    let sale = engine.sale(id).unwrap();
    assert_eq!(sale.state, SaleState::Accepted, "{why}: {:?}", sale.problem);
    let bytes = engine.xml(id).unwrap().bytes;
    let held: Vec<_> =
        sim.control().invoices().unwrap().into_iter().filter(|held| held.bytes == bytes).collect();
    assert_eq!(held.len(), 1, "{why}: how many in KSeF");
    assert_eq!(Some(&held[0].ksef_number), sale.ksef_number.as_ref(), "{why}");
    let upo = engine.upo(id).unwrap();
    let upo = upo.unwrap_or_else(|| panic!("{why}: no UPO, {:?}", sale.problem));
    assert!(
        String::from_utf8_lossy(&upo.bytes).contains(held[0].ksef_number.as_str()),
        "{why}: the UPO names it"
    );
}

pub(crate) fn engine<V: Vault + 'static>(
    folder: &Path,
    vault: &Arc<V>,
    clock: Arc<dyn Clock>,
    api: &ApiAddress,
    tuning: Tuning,
) -> Engine {
    engine_at(folder, vault, clock, At::api(api.clone()), tuning)
}

fn engine_at<V: Vault + 'static>(
    folder: &Path,
    vault: &Arc<V>,
    clock: Arc<dyn Clock>,
    addresses: At,
    tuning: Tuning,
) -> Engine {
    let parts = Parts {
        archive: Arc::new(Archive::open(&folder.join("archiwum.db")).unwrap()),
        vault: Arc::<V>::clone(vault) as Arc<dyn Vault>,
        clock,
        random: Arc::new(OsRandomness),
        addresses: Arc::new(addresses),
    };
    Engine::with_tuning(parts, tuning)
}

pub(crate) fn put_token(vault: &MemoryVault, environment: Environment, token: &KsefToken) {
    vault.store_token(&CredentialKey::new(nip(), environment, Slot::Token), token).unwrap();
}

pub(crate) fn picked(name: &str, bytes: &[u8]) -> PickedFile {
    PickedFile { name: name.to_owned(), bytes: SecretBytes::from(bytes.to_vec()) }
}

pub(crate) fn password(text: &str) -> SecretText {
    SecretText::from(text.to_owned())
}

pub(crate) fn queue(engine: &Engine, document: &[u8]) -> SaleId {
    let prepared = engine.prepare(nip(), SANDBOX, vec![picked("faktura.xml", document)]).unwrap();
    assert!(prepared[0].sendable, "{:?}", prepared[0].findings);
    let enqueued = engine.enqueue(nip(), SANDBOX, &[prepared[0].id]).unwrap();
    enqueued[0].sale.as_ref().unwrap().id
}

pub(crate) async fn settle(engine: &Engine) {
    for _ in 0..60 {
        let outcome = engine.run_outbox(nip(), SANDBOX, CancellationToken::new()).await.unwrap();
        if outcome.waiting == 0 && outcome.next_attempt_at.is_none() {
            return;
        }
    }
}

pub(crate) fn document(number: &str, day: NaiveDate, created: chrono::DateTime<chrono::Utc>) -> Vec<u8> {
    let party = |nip: &str, name: &str| SampleParty {
        nip: nip.parse().unwrap(),
        name: name.to_owned(),
        address: "ul. Przykładowa 1, 00-001 Warszawa".to_owned(),
    };
    fa3(&SampleInvoice {
        seller: party(nip().as_str(), "Przykład sp. z o.o."),
        buyer: party("1111111111", "Kupujący S.A."),
        number: number.to_owned(),
        issue_date: day,
        created,
        lines: vec![SampleLine {
            name: "Usługa".to_owned(),
            unit: "szt.".to_owned(),
            quantity: Decimal::ONE,
            unit_price: Decimal::new(10_000, 2),
            rate: SampleRate::Vat23,
        }],
    })
}
