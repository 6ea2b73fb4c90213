//! White list and National Bank against the simulator, and against servers that answer what they should not.

#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod common;

use std::sync::Arc;
use std::time::Duration;

use chrono::{NaiveDate, TimeDelta, TimeZone as _, Utc};
use common::{Reply, Server, json, response};
use ksef_api::{
    AccountNumber, CurrencyCode, ErrorKind, Nbp, NotKsef, PublicServiceConfig, PublicServiceError, Timeouts,
    VatStatus, WhiteList, WhiteListMethod,
};
use ksef_sim::{Fault, FaultKind, PublicService, RateLimits, Running, SimClock, Simulator, SimulatorConfig};
use ksef_testkit::ManualClock;
use ksef_types::{ApiAddress, Nip, is_working_day};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn nip(text: &str) -> Nip {
    text.parse().unwrap()
}

fn euro() -> CurrencyCode {
    "eur".parse().unwrap()
}

/// Monday, 23 November 2026, noon in Poland.
fn noon() -> SimClock {
    SimClock::fixed(Utc.with_ymd_and_hms(2026, 11, 23, 11, 0, 0).unwrap())
}

struct Bench {
    sim: Running,
    clock: SimClock,
    list: WhiteList,
    bank: Nbp,
}

impl Bench {
    async fn new() -> Self {
        let clock = noon();
        let config = SimulatorConfig {
            clock: clock.clone(),
            rate_limits: RateLimits::Published,
            ..SimulatorConfig::default()
        };
        let sim = Simulator::start(config).await.unwrap();
        let list = WhiteList::new(service(sim.white_list(), &clock, LONG)).unwrap();
        let bank = Nbp::new(service(sim.nbp(), &clock, LONG)).unwrap();
        Self { sim, clock, list, bank }
    }

    /// From here on nobody waits longer than a second for an answer.
    fn impatient(&mut self) {
        let short = Duration::from_millis(900);
        self.list = WhiteList::new(service(self.sim.white_list(), &self.clock, short)).unwrap();
        self.bank = Nbp::new(service(self.sim.nbp(), &self.clock, short)).unwrap();
    }

    fn fault(&self, service: PublicService, kind: FaultKind) {
        self.sim.control().service_fault(Fault::next(service, kind));
    }

    async fn rate(&self) -> Result<Option<ksef_api::MeanRate>, PublicServiceError> {
        self.bank.rate_before(euro(), day("2026-11-23")).await
    }

    async fn payer(&self) -> Result<Option<ksef_api::Payer>, PublicServiceError> {
        Ok(self.list.payer(nip("1111111111"), day("2026-11-23")).await?.value)
    }
}

/// An answer takes no longer on any computer.
const LONG: Duration = Duration::from_secs(60);

fn patient(address: &ApiAddress) -> PublicServiceConfig {
    PublicServiceConfig { timeouts: all(LONG), ..PublicServiceConfig::new(address.clone(), common::clock()) }
}

fn all(limit: Duration) -> Timeouts {
    Timeouts { connect: limit, idle: limit, request: limit, document: limit, part: limit }
}

fn service(address: &ApiAddress, clock: &SimClock, limit: Duration) -> PublicServiceConfig {
    PublicServiceConfig {
        timeouts: all(limit),
        ..PublicServiceConfig::new(address.clone(), Arc::new(clock.clone()))
    }
}

#[tokio::test]
async fn what_the_list_says_of_each_case() {
    let bench = Bench::new().await;
    let payer = async |number: &str| bench.list.payer(nip(number), day("2026-11-23")).await.unwrap();
    let confirmed = payer("1111111111").await;
    assert_eq!(confirmed.request_id.len(), 13);
    assert_eq!(confirmed.asked_at, day("2026-11-23").and_hms_opt(12, 0, 0));
    let buyer = confirmed.value.unwrap();
    assert_eq!(buyer.name, "NABYWCA PRZYKŁADOWY SPÓŁKA AKCYJNA");
    assert_eq!(buyer.status_vat, Some(VatStatus::Active));
    assert_eq!(buyer.address(), Some("PIASKOWA 1, 00-001 WARSZAWA"));
    assert!(buyer.account_numbers.iter().all(|account| account.parse::<AccountNumber>().is_ok()));
    assert_eq!(payer("2222222222").await.value.unwrap().status_vat, Some(VatStatus::Exempt));
    let removed = payer("3333333333").await.value.unwrap();
    assert_eq!(
        (removed.status_vat, removed.removal_date),
        (Some(VatStatus::Unregistered), Some(day("2026-03-31")))
    );
    let trader = payer("8888888888").await.value.unwrap();
    assert_eq!((trader.address(), &trader.krs), (Some("ŹRÓDLANA 3, 80-001 GDAŃSK"), &None));
    let many = payer("7777777777").await.value.unwrap();
    assert!(many.account_numbers.len() == 20 && many.has_virtual_accounts);
    assert_eq!(payer("5555555555").await.value, None);
    let written = format!("{buyer:?} {confirmed:?}", confirmed = payer("8888888888").await);
    assert!(!written.contains("NABYWCA") && !written.contains("ŹRÓDLANA") && !written.contains("8888888888"));
}

#[tokio::test]
async fn several_by_account_and_checked() {
    let bench = Bench::new().await;
    let on = day("2026-11-23");
    let asked = [nip("1111111111"), nip("5555555555")];
    let entries = bench.list.payers(&asked, on).await.unwrap().value;
    assert_eq!(entries.len(), 2);
    assert!(matches!(&entries[0].found, Ok(Some(payer)) if payer.nip == Some(asked[0])));
    assert_eq!(entries[1].found, Ok(None));
    let account: AccountNumber = bench.payer().await.unwrap().unwrap().account_numbers[1].parse().unwrap();
    let owners = bench.list.by_account(&account, on).await.unwrap().value;
    assert_eq!(owners[0].nip, Some(asked[0]));
    assert!(bench.list.account_belongs(asked[0], &account, on).await.unwrap().value);
    assert!(!bench.list.account_belongs(asked[1], &account, on).await.unwrap().value);
    let refused = PublicServiceError::Refused { code: "WL-130".to_owned() };
    assert_eq!(bench.list.payers(&[asked[0]; 31], on).await, Err(refused.clone()));
    assert_eq!(bench.list.payers(&[], on).await, Err(refused));
    assert_eq!(bench.sim.control().asked(PublicService::WhiteListSearch), 3);
    assert_eq!(bench.sim.control().asked(PublicService::WhiteListCheck), 2);
}

#[tokio::test]
async fn the_day_is_refused_by_its_code() {
    let bench = Bench::new().await;
    let refused = async |on| bench.list.payer(nip("1111111111"), day(on)).await.unwrap_err();
    let code = |code: &str| PublicServiceError::Refused { code: code.to_owned() };
    assert_eq!(refused("2026-11-24").await, code("WL-103"));
    assert_eq!(refused("2020-12-31").await, code("WL-118"));
}

#[tokio::test]
async fn the_limit_of_the_day_is_kept_before_it_is_hit() {
    let bench = Bench::new().await;
    let on = day("2026-11-23");
    bench.list.budget().raise(WhiteListMethod::Search, on, 97);
    bench.list.budget().raise(WhiteListMethod::Search, day("2026-11-22"), 100);
    for _ in 0..3 {
        bench.payer().await.unwrap();
    }
    let until = Utc.with_ymd_and_hms(2026, 11, 23, 23, 0, 0).unwrap();
    assert_eq!(bench.payer().await, Err(PublicServiceError::LimitReached { until }));
    assert_eq!(bench.sim.control().asked(PublicService::WhiteListSearch), 3, "the fourth never left");
    let account = "90249000050247256316596736".parse().unwrap();
    assert!(bench.list.account_belongs(nip("1111111111"), &account, on).await.is_ok());
    bench.clock.advance(TimeDelta::hours(12));
    assert_eq!(bench.list.budget().used(WhiteListMethod::Search), 0);
    bench.payer().await.unwrap();
}

#[tokio::test]
async fn when_others_used_the_limit_up_nothing_more_leaves_that_day() {
    let bench = Bench::new().await;
    bench.sim.control().spend_service(PublicService::WhiteListSearch, 100);
    let until = Utc.with_ymd_and_hms(2026, 11, 23, 23, 0, 0).unwrap();
    for _ in 0..3 {
        assert_eq!(bench.payer().await, Err(PublicServiceError::LimitReached { until }));
    }
    assert_eq!(bench.sim.control().asked(PublicService::WhiteListSearch), 1);
}

#[tokio::test]
async fn every_fault_of_the_list_has_its_error() {
    let mut bench = Bench::new().await;
    let service = PublicService::WhiteListSearch;
    let foreign = PublicServiceError::Foreign;
    let refuse = |code| FaultKind::Refuse { code, description: "…".to_owned(), details: Vec::new() };
    for (kind, expected) in [
        (FaultKind::Status { status: 503 }, PublicServiceError::Down { status: 503 }),
        (FaultKind::StatusAfter { status: 502 }, PublicServiceError::Down { status: 502 }),
        (refuse(100), PublicServiceError::Down { status: 500 }),
        (refuse(195), PublicServiceError::Down { status: 400 }),
        (refuse(196), PublicServiceError::Down { status: 400 }),
        (refuse(190), PublicServiceError::Refused { code: "WL-190".to_owned() }),
        (FaultKind::Status { status: 404 }, PublicServiceError::UnexpectedStatus { status: 404 }),
        (FaultKind::Html { status: 200 }, foreign(NotKsef::Html)),
        (FaultKind::NotJson, foreign(NotKsef::NotJson)),
        (FaultKind::Endless, PublicServiceError::TooLarge { limit: 4 << 20 }),
        (FaultKind::Oversized { bytes: 5 << 20 }, PublicServiceError::TooLarge { limit: 4 << 20 }),
        (FaultKind::Redirect { location: "http://127.0.0.1:1/".to_owned() }, PublicServiceError::Redirected),
        (FaultKind::DropBefore, PublicServiceError::Unreachable(ErrorKind::ConnectionLost)),
    ] {
        bench.fault(service, kind.clone());
        assert_eq!(bench.payer().await, Err(expected), "{kind:?}");
    }
    bench.fault(service, FaultKind::WrongBody);
    assert!(matches!(bench.payer().await, Err(PublicServiceError::Foreign(NotKsef::WrongShape { .. }))));
    assert!(bench.payer().await.unwrap().is_some());
    bench.impatient();
    bench.fault(service, FaultKind::Delay { milliseconds: 3000 });
    assert!(matches!(bench.payer().await, Err(PublicServiceError::Unreachable(ErrorKind::Timeout(_)))));
}

#[tokio::test]
async fn what_never_left_does_not_count() {
    let clock = Arc::new(ManualClock::at(common::now()));
    // Nobody listens on the port of discard.
    let config = PublicServiceConfig::new("http://127.0.0.1:9".parse().unwrap(), clock);
    let list = WhiteList::new(config).unwrap();
    let failure = list.payer(nip("1111111111"), day("2026-11-20")).await.unwrap_err();
    assert_eq!(failure, PublicServiceError::Unreachable(ErrorKind::ConnectionRefused));
    assert_eq!(list.budget().used(WhiteListMethod::Search), 0);
}

#[tokio::test]
async fn answers_of_another_shape_are_refused_and_unknown_fields_are_not() {
    async fn answered(body: &str) -> Result<Option<ksef_api::Payer>, PublicServiceError> {
        let server = Server::always(json(200, body)).await;
        let list = WhiteList::new(patient(&server.address)).unwrap();
        Ok(list.payer(nip("1111111111"), day("2026-11-20")).await?.value)
    }
    let known = answered(
        r#"{"result":{"new":{"a":[1]},"subject":{"name":"A","nip":"1111111111","statusVat":"Zawieszony","extra":7,
            "accountNumbers":null},"requestId":"x","requestDateTime":"2026-11-21T10:00:00"},"more":1}"#,
    );
    let known = known.await.unwrap().unwrap();
    assert_eq!(known.status_vat, Some(VatStatus::Other("Zawieszony".to_owned())));
    assert_eq!((known.account_numbers.len(), known.address()), (0, None));
    for wrong in [
        r#"{"result":{}}"#,
        r#"{"result":{"requestId":"x"}}"#,
        r#"{"result":{"subject":null}}"#,
        r#"{"result":{"subject":{"nip":"1111111111"},"requestId":"x"}}"#,
        r#"{"result":{"subject":{"name":"A","nip":"1111111112"},"requestId":"x"}}"#,
        r#"{"result":{"subject":{"name":["A"]},"requestId":"x"}}"#,
        "[]",
        "{}",
    ] {
        let answer = answered(wrong).await;
        assert!(matches!(answer, Err(PublicServiceError::Foreign(NotKsef::WrongShape { .. }))), "{wrong}");
    }
    let other = answered(r#"{"result":{"subject":{"name":"A","nip":"9999999999"},"requestId":"x"}}"#).await;
    assert_eq!(other, Err(PublicServiceError::Other("another NIP")));
}

#[tokio::test]
async fn the_rate_is_of_the_last_working_day_before() {
    let bench = Bench::new().await;
    for (asked, table) in [
        ("2026-11-23", "2026-11-20"),
        ("2026-11-22", "2026-11-20"),
        ("2026-11-21", "2026-11-20"),
        ("2026-11-20", "2026-11-19"),
        ("2026-11-12", "2026-11-10"),
        ("2026-04-07", "2026-04-03"),
        ("2026-01-07", "2026-01-05"),
        ("2025-12-29", "2025-12-23"),
    ] {
        let rate = bench.bank.rate_before(euro(), day(asked)).await.unwrap().unwrap();
        assert_eq!((rate.day, rate.currency.as_str()), (day(table), "EUR"), "{asked}");
        assert!(rate.table.ends_with(&format!("/A/NBP/{}", &table[..4])));
    }
    // Tomorrow's invoice has today's table, once that is out.
    let tomorrow = async || bench.bank.rate_before(euro(), day("2026-11-24")).await.unwrap().unwrap().day;
    assert_eq!(tomorrow().await, day("2026-11-20"));
    bench.clock.advance(TimeDelta::minutes(15));
    assert_eq!(tomorrow().await, day("2026-11-23"));
    let later = bench.bank.rate_before(euro(), day("2026-12-24")).await.unwrap().unwrap();
    assert_eq!(later.day, day("2026-11-23"));
    let none = bench.bank.rate_before("XYZ".parse().unwrap(), day("2026-11-23")).await;
    assert_eq!(none, Ok(None));
}

#[tokio::test]
async fn a_question_covers_at_most_93_days() {
    let bench = Bench::new().await;
    let rates = bench.bank.rates(euro(), day("2026-08-21"), day("2026-11-21")).await.unwrap();
    assert!(rates.len() > 60 && rates.is_sorted_by_key(|rate| rate.day));
    let refused = Err(PublicServiceError::Refused { code: "400".to_owned() });
    assert_eq!(bench.bank.rates(euro(), day("2026-08-20"), day("2026-11-21")).await, refused);
    assert_eq!(bench.bank.rates(euro(), day("2026-11-20"), day("2026-11-19")).await, refused);
    assert_eq!(bench.sim.control().asked(PublicService::Nbp), 1, "neither left");
    assert_eq!(bench.bank.rates(euro(), day("2026-11-20"), day("2026-11-24")).await, refused);
    let weekend = bench.bank.rates(euro(), day("2026-11-21"), day("2026-11-22")).await;
    assert_eq!(weekend, Ok(Vec::new()));
}

#[tokio::test]
async fn every_fault_of_the_bank_has_its_error() {
    let mut bench = Bench::new().await;
    let foreign = PublicServiceError::Foreign;
    for (kind, expected) in [
        (FaultKind::Status { status: 500 }, PublicServiceError::Down { status: 500 }),
        (FaultKind::Status { status: 403 }, PublicServiceError::UnexpectedStatus { status: 403 }),
        (FaultKind::Html { status: 200 }, foreign(NotKsef::Html)),
        (FaultKind::NotJson, foreign(NotKsef::NotJson)),
        (FaultKind::Endless, PublicServiceError::TooLarge { limit: 4 << 20 }),
        (FaultKind::Redirect { location: "/".to_owned() }, PublicServiceError::Redirected),
        (FaultKind::DropAfter, PublicServiceError::Unreachable(ErrorKind::ConnectionLost)),
    ] {
        bench.fault(PublicService::Nbp, kind.clone());
        assert_eq!(bench.rate().await, Err(expected), "{kind:?}");
    }
    bench.fault(PublicService::Nbp, FaultKind::WrongBody);
    assert!(matches!(bench.rate().await, Err(PublicServiceError::Foreign(NotKsef::WrongShape { .. }))));
    bench.fault(PublicService::Nbp, FaultKind::Status { status: 404 });
    assert_eq!(bench.rate().await, Ok(None));
    assert!(bench.rate().await.unwrap().is_some());
    bench.impatient();
    bench.fault(PublicService::Nbp, FaultKind::Delay { milliseconds: 3000 });
    assert!(matches!(bench.rate().await, Err(PublicServiceError::Unreachable(ErrorKind::Timeout(_)))));
}

#[tokio::test]
async fn a_pause_that_the_bank_asks_for_is_kept() {
    let bench = Bench::new().await;
    for (asked, kept) in [(20, 20), (0, 60)] {
        bench.fault(PublicService::Nbp, FaultKind::TooManyRequests { retry_after: asked });
        let until = ksef_types::Clock::now(&bench.clock) + TimeDelta::seconds(kept);
        let before = bench.sim.control().asked(PublicService::Nbp);
        for _ in 0..3 {
            assert_eq!(bench.rate().await, Err(PublicServiceError::LimitReached { until }));
        }
        assert_eq!(bench.sim.control().asked(PublicService::Nbp), before + 1);
        bench.clock.advance(TimeDelta::seconds(kept));
        assert!(bench.rate().await.unwrap().is_some());
    }
}

#[tokio::test]
async fn rates_are_read_digit_by_digit_and_refused_when_they_are_none() {
    async fn answered(row: &str) -> Result<Option<ksef_api::MeanRate>, PublicServiceError> {
        let body = format!(r#"{{"table":"A","currency":"x","code":"HUF","rates":[{row}],"new":1}}"#);
        let server = Server::start(move |_, _| Reply::Bytes(json(200, &body))).await;
        let bank = Nbp::new(patient(&server.address)).unwrap();
        bank.rate_before("HUF".parse().unwrap(), day("2026-11-20")).await
    }
    let row =
        |day: &str, mid: &str| format!(r#"{{"no":"225/A/NBP/2026","effectiveDate":"{day}","mid":{mid}}}"#);
    for digits in ["0.010987654321", "4.0000000000000000000001", "0.1", "12345.6789"] {
        let rate = answered(&row("2026-11-19", digits)).await.unwrap().unwrap();
        assert_eq!(rate.rate, digits.parse::<Decimal>().unwrap());
    }
    for wrong in ["0", "-4.25", "0.0000"] {
        let refused = answered(&row("2026-11-19", wrong)).await;
        assert_eq!(refused, Err(PublicServiceError::Other("no rate of table A")), "{wrong}");
    }
    for other in ["2026-11-20", "2026-11-08", "2027-01-01"] {
        assert_eq!(answered(&row(other, "4.2")).await, Err(PublicServiceError::Other("another day")));
    }
    let table_b = r#"{"no":"225/B/NBP/2026","effectiveDate":"2026-11-19","mid":4.2}"#;
    assert_eq!(answered(table_b).await, Err(PublicServiceError::Other("no rate of table A")));
    assert!(matches!(
        answered(&row("2026-11-19", "\"4.2\"")).await,
        Err(PublicServiceError::Foreign(NotKsef::WrongShape { .. }))
    ));
    let server = Server::always(response(200, &[("content-type", "text/plain")], b"{}")).await;
    let bank = Nbp::new(patient(&server.address)).unwrap();
    let typed = bank.rate_before(euro(), day("2026-11-20")).await;
    assert_eq!(typed, Err(PublicServiceError::Foreign(NotKsef::ContentType)));
}

/// Free days of 2025 to 2027 that are no Saturday and no Sunday, from a printed calendar.
const FREE: [&str; 26] = [
    "2025-01-01",
    "2025-01-06",
    "2025-04-21",
    "2025-05-01",
    "2025-06-19",
    "2025-08-15",
    "2025-11-11",
    "2025-12-24",
    "2025-12-25",
    "2025-12-26",
    "2026-01-01",
    "2026-01-06",
    "2026-04-06",
    "2026-05-01",
    "2026-06-04",
    "2026-11-11",
    "2026-12-24",
    "2026-12-25",
    "2027-01-01",
    "2027-01-06",
    "2027-03-29",
    "2027-05-03",
    "2027-05-27",
    "2027-11-01",
    "2027-11-11",
    "2027-12-24",
];

/// The plain list: every Monday to Friday that the printed calendar does not make free.
fn working_days() -> Vec<NaiveDate> {
    use chrono::{Datelike as _, Weekday};
    let days = day("2025-01-01").iter_days().take_while(|day| day.year() < 2028);
    days.filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
        .filter(|day| !FREE.contains(&day.to_string().as_str()))
        .collect()
}

#[test]
fn the_calendar_is_the_printed_one() {
    let computed: Vec<NaiveDate> = day("2025-01-01")
        .iter_days()
        .take_while(|of| *of < day("2028-01-01"))
        .filter(|day| is_working_day(*day))
        .collect();
    assert_eq!(computed, working_days());
}

#[test]
fn the_last_table_before_any_day_is_the_one_of_the_plain_list() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let bench = runtime.block_on(Bench::new());
    bench.clock.set(Utc.with_ymd_and_hms(2028, 1, 10, 12, 0, 0).unwrap());
    let plain = working_days();
    let config = ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(after in 7u64..1090)| {
        let asked = day("2025-01-01") + chrono::Days::new(after);
        let rate = runtime.block_on(bench.bank.rate_before(euro(), asked)).unwrap().unwrap();
        let expected = plain.iter().rev().find(|day| **day < asked).unwrap();
        prop_assert_eq!(rate.day, *expected);
    });
}
