//! The public services through their doors: every answer, every refusal, every fault, and how often they were asked.

use chrono::{Duration, TimeZone as _, Utc};
use ksef_sim::{Fault, FaultKind, PublicService, RateLimits, SimulatorConfig};
use serde_json::{Value, json};

use crate::harness::{Answer, Sim, config};

fn get(sim: &Sim, address: &str) -> Answer {
    sim.send(address, "GET", None, &[], None).unwrap()
}

fn list(sim: &Sim, path: &str) -> Answer {
    get(sim, &format!("{}{path}", sim.running().white_list()))
}

fn bank(sim: &Sim, path: &str) -> Answer {
    get(sim, &format!("{}{path}", sim.running().nbp()))
}

fn manage(sim: &Sim, method: &str, path: &str, body: &Value) -> Answer {
    let json = [("content-type", "application/json")];
    let address = format!("{}{path}", sim.running().management());
    sim.send(&address, method, None, &json, Some(body.to_string().into_bytes())).unwrap()
}

fn subject(sim: &Sim, nip: &str) -> Value {
    let answer = list(sim, &format!("/api/search/nip/{nip}?date=2026-11-23")).expect(200).json();
    let result = &answer["result"];
    assert_eq!(result["requestDateTime"], "23-11-2026 12:00:00");
    let id = result["requestId"].as_str().unwrap();
    assert!(id.len() == 13 && id.as_bytes()[5] == b'-', "{id}");
    result["subject"].clone()
}

#[test]
fn the_samples_stand_for_their_cases() {
    let sim = Sim::start();
    let buyer = subject(&sim, "1111111111");
    assert_eq!(buyer["statusVat"], "Czynny");
    assert!(buyer["name"].as_str().unwrap().starts_with("NABYWCA PRZYKŁADOWY"));
    assert_eq!(buyer["workingAddress"], "PIASKOWA 1, 00-001 WARSZAWA");
    let exempt = subject(&sim, "2222222222");
    assert_eq!((&exempt["statusVat"], &exempt["accountNumbers"]), (&json!("Zwolniony"), &json!([])));
    let removed = subject(&sim, "3333333333");
    assert_eq!(removed["statusVat"], "Niezarejestrowany");
    assert_eq!(removed["removalDate"], "2026-03-31");
    let trader = subject(&sim, "8888888888");
    assert_eq!(trader["workingAddress"], Value::Null);
    assert_eq!(trader["residenceAddress"], "ŹRÓDLANA 3, 80-001 GDAŃSK");
    assert_eq!(subject(&sim, "7777777777")["accountNumbers"].as_array().unwrap().len(), 20);
    assert_eq!(subject(&sim, "5555555555"), Value::Null);
    let before = list(&sim, "/api/search/nip/3333333333?date=2026-03-30").expect(200).json();
    assert_eq!(before["result"]["subject"]["statusVat"], "Czynny");
}

#[test]
fn any_other_nip_is_somebody_and_stays_that() {
    let sim = Sim::start();
    let found = subject(&sim, "5250000015");
    assert_eq!(found["nip"], "5250000015");
    assert_eq!(found["statusVat"], "Czynny");
    assert!(found["workingAddress"].as_str().unwrap().contains('-'));
    let account = found["accountNumbers"][0].as_str().unwrap();
    let check = format!("/api/check/nip/5250000015/bank-account/{account}?date=2026-11-23");
    assert_eq!(list(&sim, &check).expect(200).json()["result"]["accountAssigned"], "TAK");
    assert_eq!(subject(&Sim::start(), "5250000015"), found);
    let company = "5265877635".parse().unwrap();
    sim.control().make_company(company, "Własna Nazwa sp. z o.o.").unwrap();
    assert_eq!(subject(&sim, "5265877635")["name"], "Własna Nazwa sp. z o.o.");
    sim.control().put_payer(company, None);
    assert_eq!(subject(&sim, "5265877635"), Value::Null);
    sim.control().reset_payer(company);
    assert_eq!(subject(&sim, "5265877635")["name"], "Własna Nazwa sp. z o.o.");
}

#[test]
fn every_refusal_of_the_list_has_its_code() {
    let sim = Sim::start();
    let code = |path: &str| {
        let answer = list(&sim, path).expect(400).json();
        assert!(!answer["message"].as_str().unwrap().is_empty());
        answer["code"].as_str().unwrap().to_owned()
    };
    let day = "date=2026-11-23";
    assert_eq!(code("/api/search/nip/1111111111"), "WL-101");
    assert_eq!(code("/api/search/nip/1111111111?date=23.11.2026"), "WL-102");
    assert_eq!(code("/api/search/nip/1111111111?date=2026-13-01"), "WL-102");
    assert_eq!(code("/api/search/nip/1111111111?date=2026-11-24"), "WL-103");
    assert_eq!(code("/api/search/nip/1111111111?date=2020-12-31"), "WL-118");
    assert_eq!(code(&format!("/api/search/nip/111111111?{day}")), "WL-113");
    assert_eq!(code(&format!("/api/search/nip/111111111a?{day}")), "WL-114");
    assert_eq!(code(&format!("/api/search/nip/1111111112?{day}")), "WL-115");
    assert_eq!(code(&format!("/api/search/bank-account/9024900005?{day}")), "WL-109");
    assert_eq!(code(&format!("/api/search/bank-account/PL249000050247256316596736?{day}")), "WL-110");
    assert_eq!(code(&format!("/api/search/bank-account/91249000050247256316596736?{day}")), "WL-111");
    let many = vec!["1111111111"; 31].join(",");
    assert_eq!(code(&format!("/api/search/nips/{many}?{day}")), "WL-130");
    list(&sim, &format!("/api/search/regon/123456785?{day}")).expect(404);
    list(&sim, "/api/other").expect(404);
    let posted = sim.send(
        &format!("{}/api/search/nip/1111111111?{day}", sim.running().white_list()),
        "POST",
        None,
        &[],
        Some(Vec::new()),
    );
    assert_eq!(posted.unwrap().status, 405);
}

#[test]
fn several_at_once_and_by_account() {
    let sim = Sim::start();
    let path = "/api/search/nips/1111111111,5555555555,123?date=2026-11-23";
    let entries = list(&sim, path).expect(200).json()["result"]["entries"].clone();
    assert_eq!(entries[0]["subjects"][0]["nip"], "1111111111");
    assert_eq!(entries[1]["subjects"], json!([]));
    assert_eq!(entries[2]["error"]["code"], "WL-113");
    let account = subject(&sim, "7777777777")["accountNumbers"][13].as_str().unwrap().to_owned();
    let found = list(&sim, &format!("/api/search/bank-account/{account}?date=2026-11-23")).expect(200).json();
    assert_eq!(found["result"]["subjects"][0]["nip"], "7777777777");
    let other = "/api/check/nip/1111111111/bank-account/90249000050247256316596736?date=2026-11-23";
    assert_eq!(list(&sim, other).expect(200).json()["result"]["accountAssigned"], "NIE");
}

#[test]
fn a_hundred_searches_a_day_until_midnight_in_poland() {
    let sim = Sim::with(SimulatorConfig { rate_limits: RateLimits::Published, ..config() });
    let ask = |sim: &Sim, day: &str| list(sim, &format!("/api/search/nip/1111111111?date={day}"));
    sim.control().spend_service(PublicService::WhiteListSearch, 99);
    ask(&sim, "2026-11-23").expect(200);
    let refused = ask(&sim, "2026-11-23").expect(429);
    assert_eq!(refused.json()["code"], "WL-191");
    assert_eq!(refused.header("retry-after"), None);
    // The other method is counted apart.
    list(&sim, "/api/check/nip/1111111111/bank-account/90249000050247256316596736?date=2026-11-23")
        .expect(200);
    sim.control().set_clock(Utc.with_ymd_and_hms(2026, 11, 23, 22, 59, 59).unwrap());
    ask(&sim, "2026-11-23").expect(429);
    sim.control().advance(Duration::seconds(1));
    ask(&sim, "2026-11-24").expect(200);
    assert_eq!(sim.control().asked(PublicService::WhiteListSearch), 4);
    assert_eq!(sim.control().asked(PublicService::WhiteListCheck), 1);
}

#[test]
fn the_bank_has_a_table_for_each_working_day() {
    let sim = Sim::start();
    // Monday noon: the table of the day is not out yet.
    let newest = bank(&sim, "/api/exchangerates/rates/a/eur/?format=json").expect(200).json();
    assert_eq!(newest["rates"][0]["effectiveDate"], "2026-11-20");
    bank(&sim, "/api/exchangerates/rates/a/eur/2026-11-23/").expect(404);
    sim.control().advance(Duration::minutes(15));
    let monday = bank(&sim, "/api/exchangerates/rates/A/EUR/2026-11-23").expect(200).json();
    assert_eq!(
        (&monday["table"], &monday["code"], &monday["currency"]),
        (&json!("A"), &json!("EUR"), &json!("euro"))
    );
    let week =
        bank(&sim, "/api/exchangerates/rates/a/eur/2026-11-09/2026-11-16/?format=json").expect(200).json();
    let days: Vec<&str> = week["rates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rate| rate["effectiveDate"].as_str().unwrap())
        .collect();
    assert_eq!(days, ["2026-11-09", "2026-11-10", "2026-11-12", "2026-11-13", "2026-11-16"]);
    let number = |place: usize| week["rates"][place]["no"].as_str().unwrap()[..3].parse::<u32>().unwrap();
    assert_eq!(number(4), number(0) + 4);
    bank(&sim, "/api/exchangerates/rates/a/eur/2026-11-14/2026-11-15/").expect(404);
    let last = bank(&sim, "/api/exchangerates/rates/a/usd/last/3/").expect(200).json();
    assert_eq!(last["rates"].as_array().unwrap().len(), 3);
    let table = bank(&sim, "/api/exchangerates/tables/a/today/").expect(200).json();
    assert_eq!(table[0]["rates"].as_array().unwrap().len(), 32);
    assert!(
        table[0]["rates"].as_array().unwrap().iter().any(|rate| rate["mid"] == monday["rates"][0]["mid"])
    );
}

#[test]
fn the_bank_refuses_what_it_does_not_have() {
    let sim = Sim::start();
    let text = bank(&sim, "/api/exchangerates/rates/a/xyz/").expect(404).text();
    assert_eq!(text, "404 NotFound - Not Found - Brak danych");
    bank(&sim, "/api/exchangerates/rates/c/eur/").expect(404);
    bank(&sim, "/api/exchangerates/rates/a/eur/last/0/").expect(400);
    bank(&sim, "/api/exchangerates/rates/a/eur/2026-11-20/2026-11-19/").expect(400);
    bank(&sim, "/api/exchangerates/rates/a/eur/2026-11-20/2026-11-24/").expect(400);
    bank(&sim, "/api/exchangerates/rates/a/eur/2026-08-21/2026-11-21/").expect(200);
    let long = bank(&sim, "/api/exchangerates/rates/a/eur/2026-08-20/2026-11-21/").expect(400);
    assert!(long.text().contains("93"));
    bank(&sim, "/api/exchangerates/rates/a/eur/?format=xml").expect(400);
}

#[test]
fn faults_strike_the_service_that_they_are_for() {
    let sim = Sim::start();
    let path = "/api/search/nip/1111111111?date=2026-11-23";
    let fault = |kind| sim.control().service_fault(Fault::next(PublicService::WhiteListSearch, kind));
    fault(FaultKind::Status { status: 503 });
    bank(&sim, "/api/exchangerates/rates/a/eur/").expect(200);
    list(&sim, path).expect(503);
    fault(FaultKind::TooManyRequests { retry_after: 0 });
    assert_eq!(list(&sim, path).expect(429).json()["code"], "WL-191");
    fault(FaultKind::Refuse { code: 196, description: "Trwa aktualizacja.".to_owned(), details: Vec::new() });
    assert_eq!(list(&sim, path).expect(400).json()["code"], "WL-196");
    fault(FaultKind::Html { status: 200 });
    assert!(list(&sim, path).expect(200).text().contains("<html>"));
    fault(FaultKind::NotJson);
    assert!(serde_json::from_slice::<Value>(&list(&sim, path).expect(200).body).is_err());
    fault(FaultKind::DropBefore);
    assert!(sim.send(&format!("{}{path}", sim.running().white_list()), "GET", None, &[], None).is_err());
    sim.control()
        .service_fault(Fault::next(PublicService::Nbp, FaultKind::TooManyRequests { retry_after: 7 }));
    assert_eq!(bank(&sim, "/api/exchangerates/rates/a/eur/").expect(429).header("retry-after"), Some("7"));
    list(&sim, path).expect(200);
    let statuses: Vec<u16> = sim.control().asked_services().iter().map(|asked| asked.status).collect();
    assert_eq!(statuses, [200, 503, 429, 400, 200, 200, 0, 429, 200]);
}

#[test]
fn the_management_moves_the_services() {
    let sim = Sim::with(SimulatorConfig { rate_limits: RateLimits::Published, ..config() });
    manage(&sim, "PUT", "/services/payers/5250000015", &json!({ "name": "ABC", "nip": "5250000015" }))
        .expect(200);
    assert_eq!(subject(&sim, "5250000015")["name"], "ABC");
    manage(&sim, "PUT", "/services/payers/5250000015", &Value::Null).expect(200);
    assert_eq!(subject(&sim, "5250000015"), Value::Null);
    manage(&sim, "DELETE", "/services/payers/5250000015", &Value::Null).expect(200);
    assert_ne!(subject(&sim, "5250000015"), Value::Null);
    let fault = json!({ "operation": "nbp", "count": 2, "kind": { "type": "status", "status": 500 } });
    assert_eq!(manage(&sim, "POST", "/services/faults", &fault).expect(200).json()[0]["count"], 2);
    bank(&sim, "/api/exchangerates/rates/a/eur/").expect(500);
    manage(&sim, "DELETE", "/services/faults", &Value::Null).expect(200);
    bank(&sim, "/api/exchangerates/rates/a/eur/").expect(200);
    let spend = json!({ "service": "white-list-search", "count": 100 });
    manage(&sim, "POST", "/services/spend", &spend).expect(200);
    list(&sim, "/api/search/nip/1111111111?date=2026-11-23").expect(429);
    manage(&sim, "DELETE", "/budget", &Value::Null).expect(200);
    list(&sim, "/api/search/nip/1111111111?date=2026-11-23").expect(200);
    let asked = manage(&sim, "GET", "/services/asked", &Value::Null).expect(200).json();
    assert_eq!(asked.as_array().unwrap().len(), 7);
    assert_eq!(asked[3]["target"], "/nbp/api/exchangerates/rates/a/eur/");
}

#[test]
fn the_ports_keep_to_themselves() {
    let sim = Sim::start();
    let api = sim.running().api().as_str().trim_end_matches("/v2").to_owned();
    for path in ["/wl/api/search/nip/1111111111?date=2026-11-23", "/nbp/api/exchangerates/rates/a/eur/"] {
        get(&sim, &format!("{api}{path}")).expect(404);
        get(&sim, &format!("{}{path}", sim.running().management())).expect(404);
    }
    let services = sim.running().nbp().as_str().trim_end_matches("/nbp").to_owned();
    for path in ["/v2/auth/challenge", "/companies", "/services/asked", "/status"] {
        get(&sim, &format!("{services}{path}")).expect(404);
    }
}
