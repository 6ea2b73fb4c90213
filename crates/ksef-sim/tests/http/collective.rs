use chrono::Duration;
use ksef_sim::Permission;
use serde_json::{Value, json};

use crate::harness::{BUYER, SELLER, Sim, invoice, invoice_of, noon};

fn numbers(sim: &Sim, access: &str, count: usize) -> Vec<String> {
    (0..count)
        .map(|number| {
            let outcome = sim.outcome(access, &invoice(&format!("Z {number}")));
            outcome["ksefNumber"].as_str().unwrap().to_owned()
        })
        .collect()
}

fn make(sim: &Sim, access: &str, invoices: &Value) -> String {
    let made =
        sim.post("/collective-identifiers", Some(access), &json!({ "invoices": invoices })).expect(201);
    made.json()["collectiveIdentifierNumber"].as_str().unwrap().to_owned()
}

fn plain(numbers: &[String]) -> Value {
    numbers.iter().map(|number| json!({ "ksefNumber": number })).collect()
}

fn login(sim: &Sim, nip: &str) -> String {
    let nip = nip.parse().unwrap();
    sim.control().make_company(nip, "Firma").unwrap();
    let token = sim.control().make_token(nip, &[Permission::InvoiceRead, Permission::InvoiceWrite]).unwrap();
    sim.login_by(&token).0
}

#[test]
fn made_listed_and_found() {
    let sim = Sim::start();
    let access = sim.login();
    let invoices = numbers(&sim, &access, 3);
    let buyer = login(&sim, BUYER);
    let payment = json!({ "amount": 246.0, "currency": "PLN" });
    let number = make(
        &sim,
        &buyer,
        &json!([
            { "ksefNumber": invoices[0], "payment": payment, "description": "za wrzesień" },
            { "ksefNumber": invoices[2] },
        ]),
    );
    assert!(number.starts_with(&format!("{SELLER}-IZ202611-")) && number.len() == 35, "{number}");
    let query = json!({
        "dateCreatedFrom": (noon() - Duration::days(1)).to_rfc3339(), "dateCreatedTo": (noon() + Duration::days(1)).to_rfc3339(),
    });
    let found = |token: &str, change: &dyn Fn(&mut Value)| {
        let mut query = query.clone();
        change(&mut query);
        let list = sim.post("/collective-identifiers/query", Some(token), &query).expect(200).json();
        list["collectiveIdentifiers"].as_array().unwrap().clone()
    };
    assert_eq!(found(&buyer, &|_| {})[0]["invoiceCount"], 2);
    assert_eq!(found(&buyer, &|_| {})[0]["createdInCurrentContext"], true);
    assert_eq!(found(&access, &|_| {})[0]["createdInCurrentContext"], false, "the seller sees it too");
    assert!(found(&access, &|query| query["createdInCurrentContext"] = json!(true)).is_empty());
    assert!(found(&buyer, &|query| query["invoiceCountFrom"] = json!(3)).is_empty());
    assert!(found(&login(&sim, "7740001454"), &|_| {}).is_empty());

    let path = format!("/collective-identifiers/{number}/invoices");
    let listed =
        |token: &str| sim.get(&path, Some(token)).expect(200).json()["invoices"].as_array().unwrap().clone();
    let seller_sees = listed(&access);
    assert!(seller_sees[0]["ksefNumber"].as_str() > seller_sees[1]["ksefNumber"].as_str());
    let paid =
        |rows: &[Value]| rows.iter().find(|row| row["ksefNumber"] == json!(invoices[0])).unwrap().clone();
    assert_eq!(
        (paid(&seller_sees)["payment"].clone(), paid(&seller_sees)["detailsHidden"].clone()),
        (payment, json!(false))
    );
    let stranger = listed(&login(&sim, "7740001454"));
    assert_eq!(
        (paid(&stranger).get("payment"), paid(&stranger)["detailsHidden"].clone()),
        (None, json!(true))
    );
    assert!(stranger.iter().any(|row| row["detailsHidden"] == false), "there was nothing to hide");

    let many = json!({ "collectiveIdentifierNumbers": [number] });
    let many = sim.post("/collective-identifiers/invoices", Some(&access), &many).expect(200).json();
    assert_eq!(many["invoices"][0]["collectiveIdentifierNumber"], json!(number));
    let by_number = |ksef: &str| {
        let list = sim.get(&format!("/collective-identifiers/ksef/{ksef}"), Some(&access)).expect(200).json();
        list["collectiveIdentifiers"].as_array().unwrap().len()
    };
    assert_eq!((by_number(&invoices[0]), by_number(&invoices[1])), (1, 0));
}

#[test]
fn what_is_refused() {
    let sim = Sim::start();
    let access = sim.login();
    let invoices = numbers(&sim, &access, 2);
    let other = login(&sim, BUYER);
    let bought =
        sim.outcome(&other, &invoice_of(BUYER, "other", noon()))["ksefNumber"].as_str().unwrap().to_owned();
    let code = |invoices: Value| {
        sim.post("/collective-identifiers", Some(&other), &json!({ "invoices": invoices }))
            .expect(400)
            .exception()
            .0
    };
    assert_eq!(code(plain(&[invoices[0].clone(), invoices[0].clone()])), 71005);
    assert_eq!(code(plain(&[invoices[0].clone(), bought])), 71004);
    assert_eq!(code(json!([])), 21405);
    let absent =
        ksef_types::KsefNumber::compose(SELLER.parse().unwrap(), noon().date_naive(), [1, 2, 3, 4, 5, 6]);
    assert_eq!(code(plain(&[absent.to_string()])), 71001);
    let many: Vec<String> = (0..501_u16)
        .map(|number| {
            let [high, low] = number.to_be_bytes();
            let day = noon().date_naive();
            ksef_types::KsefNumber::compose(SELLER.parse().unwrap(), day, [0, 0, 0, 0, high, low]).to_string()
        })
        .collect();
    assert_eq!(code(plain(&many)), 21405);
    for _ in 0..132 {
        make(&sim, &other, &plain(&invoices[..1]));
    }
    assert_eq!(code(plain(&invoices[..1])), 71002);
    make(&sim, &access, &plain(&invoices[..1]));
    let stranger = login(&sim, "7740001454");
    let foreign =
        sim.post("/collective-identifiers", Some(&stranger), &json!({ "invoices": plain(&invoices[..1]) }));
    assert_eq!(foreign.expect(400).exception().0, 71001);
    let long = json!({ "dateCreatedFrom": "2026-01-01T00:00:00Z", "dateCreatedTo": "2026-11-23T00:00:00Z" });
    assert_eq!(
        sim.post("/collective-identifiers/query", Some(&access), &long).expect(400).exception().0,
        21405
    );
    let unknown = json!({ "collectiveIdentifierNumbers": ["1111111111-IZ202607-65ED02180000-E7"] });
    assert_eq!(
        sim.post("/collective-identifiers/invoices", Some(&access), &unknown).expect(400).exception().0,
        21405
    );
}
