use chrono::{Duration, SecondsFormat};
use ksef_sim::{Permission, Quirk};
use serde_json::{Value, json};

use crate::harness::{BUYER, SELLER, Sim, hash, invoice, noon};

fn filters(role: &str, kind: &str, days: i64) -> Value {
    let text = |at: chrono::DateTime<chrono::Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    json!({
        "subjectType": role,
        "dateRange": { "dateType": kind, "from": text(noon() - Duration::days(days)), "to": text(noon() + Duration::hours(1)) },
    })
}

fn query(sim: &Sim, access: &str, filters: &Value) -> Value {
    sim.post("/invoices/query/metadata", Some(access), filters).expect(200).json()
}

#[test]
fn sellers_and_buyers_find_an_invoice() {
    let sim = Sim::start();
    let access = sim.login();
    let document = invoice("M 1");
    let outcome = sim.outcome(&access, &document);
    let found = query(&sim, &access, &filters("Subject1", "PermanentStorage", 1));
    let row = &found["invoices"][0];
    assert_eq!(row["ksefNumber"], outcome["ksefNumber"]);
    assert_eq!(row["invoiceHash"], json!(hash(&document)));
    assert_eq!(
        (row["seller"]["nip"].clone(), row["buyer"]["identifier"]["value"].clone()),
        (json!(SELLER), json!(BUYER))
    );
    assert_eq!(
        (row["netAmount"].as_f64(), row["vatAmount"].as_f64(), row["grossAmount"].as_f64()),
        (Some(200.0), Some(46.0), Some(246.0))
    );
    assert!(found["permanentStorageHwmDate"].is_string());
    assert_eq!(query(&sim, &access, &filters("Subject2", "PermanentStorage", 1))["invoices"], json!([]));

    let buyer = BUYER.parse().unwrap();
    sim.control().make_company(buyer, "Nabywca").unwrap();
    let token = sim.control().make_token(buyer, &[Permission::InvoiceRead]).unwrap();
    let (reader, _) = sim.login_by(&token);
    let found = query(&sim, &reader, &filters("Subject2", "Invoicing", 1));
    assert_eq!(found["invoices"][0]["ksefNumber"], outcome["ksefNumber"]);
    let number = outcome["ksefNumber"].as_str().unwrap();
    assert_eq!(sim.get(&format!("/invoices/ksef/{number}"), Some(&reader)).expect(200).body, document);
}

#[test]
fn filters_and_pages() {
    let sim = Sim::start();
    let access = sim.login();
    for number in 0..12 {
        assert_eq!(sim.outcome(&access, &invoice(&format!("M {number}")))["status"]["code"], 200);
    }
    let count = |field: &str, value: Value| {
        let mut filters = filters("Subject1", "Issue", 1);
        filters[field] = value;
        query(&sim, &access, &filters)["invoices"].as_array().unwrap().len()
    };
    assert_eq!(count("invoiceNumber", json!("M 3")), 1);
    assert_eq!(count("currencyCodes", json!(["EUR"])), 0);
    assert_eq!(count("amount", json!({ "type": "Brutto", "from": 246, "to": 246.0 })), 10);
    assert_eq!(count("amount", json!({ "type": "Netto", "from": 200.01 })), 0);
    assert_eq!(count("invoicingMode", json!("Offline")), 0);
    assert_eq!(count("invoiceTypes", json!(["Vat", "Kor"])), 10);
    assert_eq!(count("buyerIdentifier", json!({ "type": "Nip", "value": BUYER })), 10);
    let path = "/invoices/query/metadata?pageSize=10&pageOffset=1&sortOrder=Desc";
    let second = sim.post(path, Some(&access), &filters("Subject1", "Issue", 1)).expect(200).json();
    assert_eq!((second["invoices"].as_array().unwrap().len(), second["hasMore"].clone()), (2, json!(false)));
    assert_eq!(second["permanentStorageHwmDate"], Value::Null);
}

#[test]
fn ranges() {
    let sim = Sim::start();
    let access = sim.login();
    let long = filters("Subject1", "Invoicing", 100);
    let refused = sim.post("/invoices/query/metadata", Some(&access), &long);
    assert_eq!(refused.expect(400).exception().0, 21405);
    sim.control().quirk(Quirk::LongRangeAnswers500, true);
    sim.post("/invoices/query/metadata", Some(&access), &long).expect(500);
    let mut above = filters("Subject1", "PermanentStorage", -1);
    above["dateRange"]["from"] = json!("2026-11-23T12:30:00+01:00");
    above["dateRange"]["to"] = json!("2026-11-23T13:00:00");
    above["dateRange"]["restrictToPermanentStorageHwmDate"] = json!(true);
    let refused = sim.post("/invoices/query/metadata", Some(&access), &above).expect(400).exception();
    assert_eq!(refused.0, 21183, "{refused:?}");
    sim.control().quirk(Quirk::OneRoleAnswers500, true);
    sim.post("/invoices/query/metadata", Some(&access), &filters("Subject2", "Issue", 1)).expect(500);
    sim.post("/invoices/query/metadata", Some(&access), &filters("Subject1", "Issue", 1)).expect(200);
}
