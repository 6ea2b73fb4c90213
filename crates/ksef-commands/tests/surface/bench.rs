use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use ksef_commands::views::{EnvironmentName, Language, NewCompany, Scope};
use ksef_commands::{App, Options, Problem, catalogue};
use ksef_invoice::sample::{SampleInvoice, SampleLine, SampleParty, SampleRate, fa3};
use ksef_sim::{Delays, Pace, Permission, RateLimits, Running, SimClock, Simulator, SimulatorConfig};
use ksef_testkit::since_tokens_worked;
use ksef_types::{ApiAddress, Clock, SecretText};
use ksef_vault::MemoryVault;
use rust_decimal::Decimal;
use tempfile::TempDir;

/// The company of every test; the vectors' seal has the same.
pub(crate) const NIP: &str = "5265877635";

/// The program with one company, in a data folder of its own.
pub(crate) struct Bench {
    pub(crate) app: Arc<App>,
    pub(crate) scope: Scope,
    pub(crate) folder: TempDir,
}

impl Bench {
    pub(crate) async fn new(clock: Arc<dyn Clock>) -> Self {
        Self::at(clock, None, EnvironmentName::Test).await
    }

    pub(crate) async fn at(
        clock: Arc<dyn Clock>,
        api_address: Option<ApiAddress>,
        environment: EnvironmentName,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = Options {
            data_folder: Some(folder.path().join("Dane programu – żółć")),
            api_address,
            vault: Arc::new(MemoryVault::default()),
            clock,
            ..Options::default()
        };
        let app = App::start(options).await.unwrap();
        app.add_company(NewCompany { nip: NIP.to_owned(), name: None, environment }).await.unwrap();
        Self { app, scope: Scope { nip: NIP.to_owned(), environment }, folder }
    }

    /// Writes a file into the test's own folder.
    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Pastes a fresh token of the simulator and hands it back, to be looked for where it must not be.
    pub(crate) async fn paste_fresh_token(&self, sim: &Running) -> SecretText {
        use Permission::{CredentialsRead, InvoiceRead, InvoiceWrite};
        let permissions = [InvoiceWrite, InvoiceRead, CredentialsRead];
        let token = sim.control().make_token(NIP.parse().unwrap(), &permissions).unwrap();
        let pasted = self.app.set_token(&self.scope, token.secret().clone()).await.unwrap();
        assert!(pasted.credentials.token.saved, "{:?}", pasted.credentials.token);
        token.secret().clone()
    }
}

/// A simulator that knows the company, answers at once and counts no requests.
pub(crate) async fn simulator() -> Running {
    let pace = Pace::Automatic(Delays::NONE);
    let config =
        SimulatorConfig { pace, rate_limits: RateLimits::Off, clock: clock(), ..SimulatorConfig::default() };
    let sim = Simulator::start(config).await.unwrap();
    sim.control().make_company(NIP.parse().unwrap(), "Przykład sp. z o.o.").unwrap();
    sim
}

/// A clock of its own for each: some tests move theirs.
fn clock() -> SimClock {
    let clock = SimClock::system();
    clock.advance(-since_tokens_worked(clock.now()));
    clock
}

pub(crate) fn system_clock() -> Arc<dyn Clock> {
    Arc::new(clock())
}

pub(crate) fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// What happened, why and what to do: whole sentences in both languages, no value left open.
pub(crate) fn assert_told(problem: &Problem, of: &str) {
    for language in [Language::Pl, Language::En] {
        assert!(
            catalogue::codes(language).any(|code| code == problem.code),
            "{of}: {} in {language:?}",
            problem.code
        );
        let said = catalogue::sentences(problem, language);
        for sentence in [&said.what, &said.why, &said.next] {
            assert!(sentence.len() > 5, "{of}: {said:?}");
            assert!(!sentence.contains(['{', '}']), "{of}: a value is missing in {sentence:?}");
        }
    }
}

/// Neither values nor technical details carry any of these.
pub(crate) fn assert_keeps(problem: &Problem, secrets: &[&str], of: &str) {
    let shown = serde_json::to_string(problem).unwrap();
    for secret in secrets {
        assert!(secret.len() > 8 && !shown.contains(secret), "{of}: a secret in {}", problem.code);
    }
}

/// A sample invoice of the company.
pub(crate) fn document(number: &str, line: &str, day: NaiveDate, created: DateTime<Utc>) -> Vec<u8> {
    let party = |nip: &str, name: &str| SampleParty {
        nip: nip.parse().unwrap(),
        name: name.to_owned(),
        address: "ul. Przykładowa 1, 00-001 Warszawa".to_owned(),
    };
    fa3(&SampleInvoice {
        seller: party(NIP, "Przykład sp. z o.o."),
        buyer: party("1111111111", "Kupujący S.A."),
        number: number.to_owned(),
        issue_date: day,
        created,
        lines: vec![SampleLine {
            name: line.to_owned(),
            unit: "szt.".to_owned(),
            quantity: Decimal::ONE,
            unit_price: Decimal::new(10_000, 2),
            rate: SampleRate::Vat23,
        }],
    })
}

/// A file made of nothing that takes no place on the disk.
pub(crate) fn sparse(path: &Path, size: u64) {
    std::fs::File::create(path).unwrap().set_len(size).unwrap();
}
