//! Looking payers and rates up: every answer and failure, and how often the services are asked.

#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta, TimeZone as _, Utc};
use common::{SANDBOX, quick};
use ksef_archive::Archive;
use ksef_crypto::OsRandomness;
use ksef_engine::{
    Addresses, Engine, LookupFailure, Parts, Payer, PayerStatus, PublishedAddresses, Rate, Tuning,
};
use ksef_sim::{Fault, FaultKind, PublicService, RateLimits, Running, SimClock, Simulator, SimulatorConfig};
use ksef_types::{ApiAddress, Environment, InvalidNip};
use ksef_vault::MemoryVault;

/// The simulated services for the sandbox and the test environment, nothing for the others.
struct At {
    list: ApiAddress,
    bank: ApiAddress,
}

impl Addresses for At {
    fn api(&self, _environment: Environment) -> Option<ApiAddress> {
        None
    }

    fn white_list(&self, environment: Environment) -> Option<ApiAddress> {
        matches!(environment, Environment::Sandbox | Environment::Test).then(|| self.list.clone())
    }

    fn nbp(&self, environment: Environment) -> Option<ApiAddress> {
        matches!(environment, Environment::Sandbox | Environment::Test).then(|| self.bank.clone())
    }
}

struct Desk {
    sim: Running,
    clock: SimClock,
    folder: tempfile::TempDir,
    engine: Engine,
}

impl Desk {
    /// Monday, 23 November 2026, noon in Poland.
    async fn new() -> Self {
        let clock = SimClock::fixed(Utc.with_ymd_and_hms(2026, 11, 23, 11, 0, 0).unwrap());
        let config = SimulatorConfig {
            clock: clock.clone(),
            rate_limits: RateLimits::Published,
            ..SimulatorConfig::default()
        };
        let sim = Simulator::start(config).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let engine = engine(&folder, &clock, &sim);
        Self { sim, clock, folder, engine }
    }

    /// The same archive in a new process.
    fn restarted(&self) -> Engine {
        engine(&self.folder, &self.clock, &self.sim)
    }

    /// The same, which waits less than a second for an answer.
    fn impatient(&self) -> Engine {
        let mut tuning = quick();
        tuning.timeouts.request = std::time::Duration::from_millis(900);
        let at = At { list: self.sim.white_list().clone(), bank: self.sim.nbp().clone() };
        engine_at(&self.folder, &self.clock, at, tuning)
    }

    async fn payer(&self, nip: &str) -> Result<Payer, LookupFailure> {
        self.engine.payer(SANDBOX, nip, day("2026-11-23")).await
    }

    async fn rate(&self, currency: &str, on: &str) -> Result<Rate, LookupFailure> {
        self.engine.exchange_rate(SANDBOX, currency, day(on)).await
    }

    fn searched(&self) -> usize {
        self.sim.control().asked(PublicService::WhiteListSearch)
    }

    fn rated(&self) -> usize {
        self.sim.control().asked(PublicService::Nbp)
    }

    fn fault(&self, service: PublicService, kind: FaultKind) {
        self.sim.control().service_fault(Fault::next(service, kind));
    }
}

fn engine(folder: &tempfile::TempDir, clock: &SimClock, sim: &Running) -> Engine {
    engine_at(folder, clock, At { list: sim.white_list().clone(), bank: sim.nbp().clone() }, quick())
}

fn engine_at(folder: &tempfile::TempDir, clock: &SimClock, at: At, tuning: Tuning) -> Engine {
    let parts = Parts {
        archive: Arc::new(Archive::open(&folder.path().join("archiwum.db")).unwrap()),
        vault: Arc::new(MemoryVault::new()),
        clock: Arc::new(clock.clone()),
        random: Arc::new(OsRandomness),
        addresses: Arc::new(at),
    };
    Engine::with_tuning(parts, tuning)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_pasted_nip_fills_a_buyer() {
    let desk = Desk::new().await;
    let buyer = desk.payer(" NIP: PL 111-111-11-11\n").await.unwrap();
    assert_eq!(buyer.name, "NABYWCA PRZYKŁADOWY SPÓŁKA AKCYJNA");
    assert_eq!(buyer.address_lines(), ["PIASKOWA 1", "00-001 WARSZAWA"]);
    assert_eq!((buyer.status, buyer.accounts.len(), buyer.on), (PayerStatus::Active, 2, day("2026-11-23")));
    assert!(!buyer.request_id.is_empty());
    assert_eq!(desk.payer("2222222222").await.unwrap().status, PayerStatus::Exempt);
    let removed = desk.payer("3333333333").await.unwrap();
    assert_eq!((removed.status, removed.removed_on), (PayerStatus::Unregistered, Some(day("2026-03-31"))));
    assert_eq!(desk.payer("8888888888").await.unwrap().address_lines(), ["ŹRÓDLANA 3", "80-001 GDAŃSK"]);
    let chain = desk.payer("7777777777").await.unwrap();
    assert!(chain.accounts.len() == 20 && chain.has_virtual_accounts);
}

#[tokio::test]
async fn the_same_nip_is_asked_once_a_day_by_whoever_asks() {
    let desk = Desk::new().await;
    let first = desk.payer("1111111111").await.unwrap();
    let (again, spelled) =
        (desk.payer("1111111111").await.unwrap(), desk.payer("111-111-11-11").await.unwrap());
    assert!(first == again && first == spelled);
    let restarted = desk.restarted();
    assert_eq!(restarted.payer(SANDBOX, "1111111111", day("2026-11-23")).await.unwrap(), first);
    assert!(matches!(desk.payer("5555555555").await, Err(LookupFailure::NotFound)));
    assert!(matches!(desk.payer("5555555555").await, Err(LookupFailure::NotFound)));
    assert_eq!(desk.searched(), 2);
    // Many at once, as a form that asks with every key would.
    let many = (0..20).map(|_| {
        let engine = desk.engine.clone();
        tokio::spawn(async move { engine.payer(SANDBOX, "5250000015", day("2026-11-23")).await })
    });
    for asked in many.collect::<Vec<_>>() {
        asked.await.unwrap().unwrap();
    }
    assert_eq!(desk.searched(), 3);
    desk.clock.advance(TimeDelta::days(1));
    desk.engine.payer(SANDBOX, "1111111111", day("2026-11-24")).await.unwrap();
    assert_eq!(desk.searched(), 4);
}

#[tokio::test]
async fn what_is_no_nip_is_told_and_nobody_is_asked() {
    let desk = Desk::new().await;
    for (text, reason) in [
        ("", InvalidNip::Empty),
        ("111-111-11-1", InvalidNip::Length(9)),
        ("1111111112", InvalidNip::CheckDigit),
        ("DE111111111", InvalidNip::Character('D')),
    ] {
        assert!(
            matches!(desk.payer(text).await, Err(LookupFailure::BadNip(found)) if found == reason),
            "{text}"
        );
    }
    assert!(matches!(desk.rate("euro", "2026-11-23").await, Err(LookupFailure::BadCurrency(_))));
    assert_eq!((desk.searched(), desk.rated()), (0, 0));
}

#[tokio::test]
async fn a_day_to_come_is_asked_as_today() {
    let desk = Desk::new().await;
    let payer = desk.engine.payer(SANDBOX, "1111111111", day("2026-12-31")).await.unwrap();
    assert_eq!(payer.on, day("2026-11-23"));
}

#[tokio::test]
async fn environments_do_not_share_answers() {
    let desk = Desk::new().await;
    desk.payer("1111111111").await.unwrap();
    desk.rate("EUR", "2026-11-23").await.unwrap();
    desk.engine.payer(Environment::Test, "1111111111", day("2026-11-23")).await.unwrap();
    desk.engine.exchange_rate(Environment::Test, "EUR", day("2026-11-23")).await.unwrap();
    assert_eq!((desk.searched(), desk.rated()), (2, 2));
    let none = desk.engine.payer(Environment::Demo, "1111111111", day("2026-11-23")).await;
    assert!(matches!(none, Err(LookupFailure::NoService)));
    assert_eq!(PublishedAddresses.white_list(SANDBOX), None);
    for real in [Environment::Production, Environment::Demo, Environment::Test] {
        assert_eq!(PublishedAddresses.white_list(real).unwrap().as_str(), "https://wl-api.mf.gov.pl");
        assert_eq!(PublishedAddresses.nbp(real).unwrap().as_str(), "https://api.nbp.pl");
    }
}

#[tokio::test]
async fn the_limit_of_the_day_outlives_the_program() {
    let desk = Desk::new().await;
    let midnight = Utc.with_ymd_and_hms(2026, 11, 23, 23, 0, 0).unwrap();
    let limit = |outcome| matches!(outcome, Err(LookupFailure::LimitReached { until }) if until == midnight);
    desk.payer("1111111111").await.unwrap();
    desk.sim.control().spend_service(PublicService::WhiteListSearch, 99);
    assert!(limit(desk.payer("5250000015").await));
    let restarted = desk.restarted();
    for nip in ["5250000015", "5250000021", "5250000038"] {
        assert!(limit(restarted.payer(SANDBOX, nip, day("2026-11-23")).await));
    }
    assert_eq!(desk.searched(), 2, "nothing left after the refusal");
    assert!(
        restarted.payer(SANDBOX, "1111111111", day("2026-11-23")).await.is_ok(),
        "what is known is known"
    );
    desk.clock.advance(TimeDelta::hours(12));
    assert!(restarted.payer(SANDBOX, "5250000015", day("2026-11-24")).await.is_ok());
}

#[tokio::test]
async fn a_hundred_questions_in_three_processes_are_a_hundred() {
    let desk = Desk::new().await;
    let others = [desk.restarted(), desk.restarted(), desk.restarted()];
    let nips = (250_000_000_u32..).filter_map(|number| {
        (0..10).map(|check| format!("{number}{check}")).find(|text| text.parse::<ksef_types::Nip>().is_ok())
    });
    let mut refused = 0;
    for (place, nip) in nips.take(120).enumerate() {
        let outcome = others[place % 3].payer(SANDBOX, &nip, day("2026-11-23")).await;
        refused += usize::from(matches!(outcome, Err(LookupFailure::LimitReached { .. })));
    }
    assert_eq!((desk.searched(), refused), (100, 20));
    assert!(
        desk.sim.control().asked_services().iter().all(|asked| asked.status == 200),
        "the list never refused"
    );
}

#[tokio::test]
async fn every_fault_has_its_failure_and_nothing_of_it_is_kept() {
    let desk = Desk::new().await;
    let refuse = |code| FaultKind::Refuse { code, description: String::new(), details: Vec::new() };
    for down in [FaultKind::Status { status: 503 }, refuse(100), refuse(196), FaultKind::DropBefore] {
        desk.fault(PublicService::WhiteListSearch, down.clone());
        let failure = desk.payer("1111111111").await.unwrap_err();
        assert!(matches!(failure, LookupFailure::ServiceDown(_)), "{down:?}: {failure:?}");
    }
    desk.fault(PublicService::WhiteListSearch, FaultKind::Delay { milliseconds: 2500 });
    let failure = desk.impatient().payer(SANDBOX, "1111111111", day("2026-11-23")).await.unwrap_err();
    assert!(matches!(failure, LookupFailure::ServiceDown(_)), "{failure:?}");
    for odd in [
        FaultKind::Html { status: 200 },
        FaultKind::NotJson,
        FaultKind::WrongBody,
        FaultKind::Endless,
        FaultKind::Redirect { location: "http://127.0.0.1:9/".to_owned() },
        FaultKind::Status { status: 404 },
        refuse(190),
    ] {
        desk.fault(PublicService::WhiteListSearch, odd.clone());
        let failure = desk.payer("1111111111").await.unwrap_err();
        assert!(matches!(failure, LookupFailure::Unexpected(_)), "{odd:?}: {failure:?}");
        assert!(!format!("{failure} {failure:?}").contains("1111111111"), "{failure:?}");
    }
    assert!(desk.payer("1111111111").await.is_ok());
    for kind in [FaultKind::Status { status: 500 }, FaultKind::DropAfter] {
        desk.fault(PublicService::Nbp, kind);
        let failure = desk.rate("EUR", "2026-11-23").await.unwrap_err();
        assert!(matches!(failure, LookupFailure::ServiceDown(_)));
    }
    desk.fault(PublicService::Nbp, FaultKind::Html { status: 200 });
    assert!(matches!(desk.rate("EUR", "2026-11-23").await, Err(LookupFailure::Unexpected(_))));
    desk.fault(PublicService::Nbp, FaultKind::TooManyRequests { retry_after: 30 });
    assert!(matches!(desk.rate("EUR", "2026-11-23").await, Err(LookupFailure::LimitReached { .. })));
    desk.clock.advance(TimeDelta::seconds(31));
    assert!(desk.rate("EUR", "2026-11-23").await.is_ok());
}

#[tokio::test]
async fn without_a_network_it_says_so() {
    let desk = Desk::new().await;
    // A name that no resolver knows, ever (RFC 6761).
    let nowhere = || "https://nowhere.invalid".parse::<ApiAddress>().unwrap();
    let engine = engine_at(&desk.folder, &desk.clock, At { list: nowhere(), bank: nowhere() }, quick());
    let failure = engine.payer(SANDBOX, "1111111111", day("2026-11-23")).await.unwrap_err();
    assert!(matches!(failure, LookupFailure::Offline(_)), "{failure:?}");
    let failure = engine.exchange_rate(SANDBOX, "EUR", day("2026-11-23")).await.unwrap_err();
    assert!(matches!(failure, LookupFailure::Offline(_)), "{failure:?}");
    // It cost nothing of the day.
    desk.sim.control().spend_service(PublicService::WhiteListSearch, 99);
    assert!(desk.payer("1111111111").await.is_ok());
}

#[tokio::test]
async fn a_rate_is_asked_once_for_ever() {
    let desk = Desk::new().await;
    let first = desk.rate("eur", "2026-11-23").await.unwrap();
    assert_eq!((first.day, first.currency.as_str(), first.provisional), (day("2026-11-20"), "EUR", false));
    assert_eq!(first.table.len(), "226/A/NBP/2026".len());
    desk.clock.advance(TimeDelta::days(400));
    assert_eq!(desk.rate("EUR", "2026-11-23").await.unwrap(), first);
    assert_eq!(desk.restarted().exchange_rate(SANDBOX, "EUR", day("2026-11-23")).await.unwrap(), first);
    assert_eq!(desk.rated(), 1);
    assert!(matches!(desk.rate("XYZ", "2026-11-23").await, Err(LookupFailure::NotFound)));
    assert!(matches!(desk.rate("PLN", "2026-11-23").await, Err(LookupFailure::NotFound)));
}

#[tokio::test]
async fn what_a_later_table_will_replace_is_not_kept() {
    let desk = Desk::new().await;
    // Monday noon, an invoice of tomorrow: the table of today is about to come out.
    let early = desk.rate("EUR", "2026-11-24").await.unwrap();
    assert_eq!((early.day, early.provisional), (day("2026-11-20"), true));
    desk.clock.advance(TimeDelta::minutes(15));
    let right = desk.rate("EUR", "2026-11-24").await.unwrap();
    assert_eq!((right.day, right.provisional), (day("2026-11-23"), false));
    assert_eq!(desk.rate("EUR", "2026-11-24").await.unwrap(), right);
    assert_eq!(desk.rated(), 2);
}

#[tokio::test]
async fn nothing_of_who_was_asked_for_is_logged() {
    use std::sync::Mutex;
    use tracing_subscriber::fmt::MakeWriter;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);
    impl std::io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    impl MakeWriter<'_> for Lines {
        type Writer = Self;
        fn make_writer(&self) -> Self {
            self.clone()
        }
    }

    let desk = Desk::new().await;
    let lines = Lines::default();
    let ours = tracing_subscriber::EnvFilter::new(
        "off,ksef_api=trace,ksef_engine=trace,ksef_archive=trace,lookups=trace",
    );
    let subscriber = tracing_subscriber::fmt().with_env_filter(ours).with_writer(lines.clone()).finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let payer = desk.payer("8888888888").await.unwrap();
    desk.fault(PublicService::WhiteListSearch, FaultKind::NotJson);
    let failure = desk.payer("1111111111").await.unwrap_err();
    tracing::warn!(?payer, ?failure, %failure, "in our own words");
    drop(guard);
    let written = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(written.contains("white-list") && written.contains("not understood"), "{written}");
    assert!(written.contains("in our own words"), "{written}");
    for secret in ["8888888888", "1111111111", "PRZYKŁAD", "ŹRÓDLANA", "GDAŃSK"] {
        assert!(!written.contains(secret), "{secret} in {written}");
    }
}
