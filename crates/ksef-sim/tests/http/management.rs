use ksef_crypto::base64;
use ksef_sim::{Operation, Permission};
use ksef_types::KsefToken;
use serde_json::{Value, json};

use crate::harness::{Answer, SELLER, Sim, invoice};

fn call(sim: &Sim, method: &str, path: &str, body: &Value) -> Answer {
    let address = format!("{}{path}", sim.running().management());
    let json = [("content-type", "application/json")];
    sim.send(&address, method, None, &json, Some(body.to_string().into_bytes())).unwrap()
}

#[test]
fn what_is_made_over_http_works() {
    let sim = Sim::start();
    call(&sim, "POST", "/companies", &json!({ "nip": SELLER, "name": "Zażółć" })).expect(200);
    let made = call(&sim, "POST", "/tokens", &json!({ "nip": SELLER })).expect(200).json();
    let token = KsefToken::parse(made["token"].as_str().unwrap()).unwrap();
    let (access, _) = sim.login_by(&token);
    let outcome = sim.outcome(&access, &invoice("Z 1"));
    assert_eq!(outcome["status"]["code"], 200);
    let held = call(&sim, "GET", "/invoices", &Value::Null).expect(200).json();
    assert_eq!(base64::decode(held[0]["bytes"].as_str().unwrap()).unwrap(), invoice("Z 1"));
    let arrived = call(&sim, "GET", "/arrived", &Value::Null).expect(200).json();
    let operations: Vec<&Value> =
        arrived["requests"].as_array().unwrap().iter().map(|row| &row["operation"]).collect();
    assert!(operations.contains(&&json!("send-invoice")));
    let contract = sim.control().arrived().unwrap();
    assert_eq!(contract.count(Operation::SendInvoice), 1);
    assert!(contract.requests.iter().any(|row| row.context.as_deref() == Some("Nip:5265877635")));
    assert!(contract.requests.iter().all(|row| row.unknown_fields.is_empty()));
}

#[test]
fn a_certificate_file_is_encrypted_with_the_password() {
    let sim = Sim::start();
    call(&sim, "POST", "/companies", &json!({ "nip": SELLER, "name": "S" })).expect(200);
    let wanted = json!({ "owner": { "company": SELLER }, "password": "Tajne-Haslo-2026!" });
    let made = call(&sim, "POST", "/certificates", &wanted).expect(200).json();
    let key = made["key"].as_str().unwrap();
    assert!(key.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
    assert!(
        openssl::pkey::PKey::private_key_from_pem_passphrase(key.as_bytes(), b"Tajne-Haslo-2026!").is_ok()
    );
    let certificate = openssl::x509::X509::from_pem(made["crt"].as_str().unwrap().as_bytes()).unwrap();
    let serial = certificate.serial_number().to_bn().unwrap().to_hex_str().unwrap().to_uppercase();
    assert_eq!(made["serial"], json!(serial));
}

#[test]
fn what_is_refused() {
    let sim = Sim::start();
    call(&sim, "POST", "/tokens", &json!({ "nip": SELLER })).expect(404);
    call(&sim, "POST", "/companies", &json!({ "nip": "5265877636" })).expect(422);
    call(&sim, "POST", "/companies", &json!({ "nip": SELLER, "neme": "typo" })).expect(422);
    call(&sim, "POST", "/companies", &json!({ "nip": SELLER })).expect(200);
    let weak = json!({ "owner": { "company": SELLER }, "password": "short" });
    assert!(call(&sim, "POST", "/certificates", &weak).expect(422).json()["error"].is_string());
    call(&sim, "POST", "/endings", &json!({ "of": "invoice", "code": 418 })).expect(422);
    call(&sim, "PUT", "/quirks/no-such-quirk", &Value::Null).expect(400);
    call(&sim, "POST", "/faults", &json!({ "kind": { "type": "nonsense" } })).expect(422);
}

#[test]
fn whoever_issues_a_certificate_takes_the_same_wishes_and_no_others() {
    let sim = Sim::start();
    call(&sim, "POST", "/companies", &json!({ "nip": SELLER, "name": "Zażółć" })).expect(200);
    let owner = json!({ "company": SELLER });
    for (path, wish) in [
        ("/certificates", json!({ "owner": owner })),
        ("/signers", json!({ "owner": owner, "quality": "QualifiedSeal" })),
    ] {
        let ask = |field: &str, value: Value| {
            let mut wish = wish.clone();
            wish[field] = value;
            call(&sim, "POST", path, &wish)
        };
        let made = ask("key", json!("Rsa2048")).expect(200).json();
        let certificate = openssl::x509::X509::from_pem(made["crt"].as_str().unwrap().as_bytes()).unwrap();
        assert_eq!(certificate.public_key().unwrap().rsa().unwrap().size(), 256, "{path}");
        let made = ask("validTo", json!("2026-12-24T00:00:00Z")).expect(200).json();
        let certificate = openssl::x509::X509::from_pem(made["crt"].as_str().unwrap().as_bytes()).unwrap();
        assert_eq!(certificate.not_after().to_string(), "Dec 24 00:00:00 2026 GMT", "{path}");
        let password = "Tajne-Haslo-2026!";
        assert_eq!(ask("password", json!(password)).expect(200).json()["password"], password);
        ask("password", json!("short")).expect(422);
        ask("key", json!("Rsa1024")).expect(422);
        ask("validFrom", json!("jutro")).expect(422);
        ask("validform", json!("2026-12-24T00:00:00Z")).expect(422);
    }
}

#[test]
fn latarnia_and_the_verification_page() {
    let sim = Sim::start();
    let latarnia = sim.running().latarnia().as_str().to_owned();
    let status =
        || sim.send(&format!("{latarnia}/status"), "GET", None, &[], None).unwrap().expect(200).json();
    assert_eq!(status(), json!({ "status": "AVAILABLE" }));
    let message = json!({
        "id": "7", "eventId": 3, "category": "MAINTENANCE", "type": "MAINTENANCE_ANNOUNCEMENT", "title": "Przerwa",
        "text": "Przerwa techniczna", "start": "2026-11-23T20:00:00Z", "end": "2026-11-23T22:00:00Z", "version": 1,
        "published": "2026-11-22T08:00:00Z",
    });
    call(&sim, "PUT", "/latarnia", &json!({ "status": "MAINTENANCE", "messages": [message] })).expect(200);
    assert_eq!(status(), json!({ "status": "MAINTENANCE", "messages": [message] }));
    let messages =
        sim.send(&format!("{latarnia}/messages"), "GET", None, &[], None).unwrap().expect(200).json();
    assert_eq!(messages, json!([message]));

    let (access, _) = sim.login_with(&[Permission::InvoiceWrite]);
    let document = invoice("QR");
    let number = sim.outcome(&access, &document)["ksefNumber"].as_str().unwrap().to_owned();
    let hash = base64::url::encode(ksef_crypto::sha256(&document).as_bytes());
    let page = |date: &str| {
        let address = format!("{}/invoice/{SELLER}/{date}/{hash}", sim.running().qr());
        sim.send(&address, "GET", None, &[], None).unwrap()
    };
    assert!(page("23-11-2026").expect(200).text().contains(&number));
    page("24-11-2026").expect(404);
}

#[test]
fn events_begin_and_end_on_the_lighthouse() {
    let sim = Sim::start();
    let look = |path: &str| {
        let address = format!("{}{path}", sim.running().latarnia().to_string().trim_end_matches('/'));
        sim.send(&address, "GET", None, &[], None).unwrap().expect(200).json()
    };
    let control = sim.control();
    let maintenance = control.begin_event(ksef_sim::AnnouncementCategory::Maintenance, "Prace");
    let failure = control.begin_event(ksef_sim::AnnouncementCategory::Failure, "Awaria");
    assert_eq!(look("/status")["status"], "FAILURE");
    control.end_event(failure).unwrap();
    assert_eq!(look("/status")["status"], "MAINTENANCE", "the other one goes on");
    let messages = look("/messages");
    let kinds: Vec<&str> =
        messages.as_array().unwrap().iter().map(|message| message["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["MAINTENANCE_ANNOUNCEMENT", "FAILURE_START", "FAILURE_END"]);
    assert_eq!(messages[1]["eventId"], messages[2]["eventId"]);
    control.end_event(maintenance).unwrap();
    assert_eq!(look("/status"), serde_json::json!({ "status": "AVAILABLE" }));
    assert_eq!(look("/messages")[0]["version"], 2);
    assert!(control.end_event(maintenance).is_err(), "it has ended");
}

#[test]
fn announced_events_come_and_go_with_the_clock() {
    let sim = Sim::start();
    let look = |path: &str| {
        let address = format!("{}{path}", sim.running().latarnia().to_string().trim_end_matches('/'));
        sim.send(&address, "GET", None, &[], None).unwrap().expect(200).json()
    };
    let announce = |event: Value| call(&sim, "POST", "/latarnia/events", &event);
    let works = || look("/status") == json!({ "status": "AVAILABLE" });
    let (evening, night) = ("2026-11-23T20:00:00Z", "2026-11-23T22:00:00Z");
    announce(json!({ "kind": "MAINTENANCE", "text": "Przerwa", "start": evening, "end": night })).expect(200);
    let called_off =
        announce(json!({ "kind": "MAINTENANCE", "start": "2026-11-24T20:00:00Z" })).expect(200).json();
    assert!(works(), "both are for later");
    assert_eq!(look("/messages").as_array().unwrap().len(), 2, "but announced");

    let clock = |moment: &str| sim.control().set_clock(moment.parse().unwrap());
    clock(evening);
    let status = look("/status");
    assert_eq!(
        (&status["status"], &status["messages"][0]["text"]),
        (&json!("MAINTENANCE"), &json!("Przerwa"))
    );
    assert_eq!(status["messages"].as_array().unwrap().len(), 1, "the other one says nothing about now");
    let failure = json!({ "kind": "FAILURE", "text": "Awaria", "end": "2026-11-23T21:00:00Z" });
    announce(failure).expect(200);
    assert_eq!(look("/status")["status"], "FAILURE", "the latest");
    clock("2026-11-23T21:00:00Z");
    assert_eq!(look("/status")["status"], "MAINTENANCE", "the failure has ended by itself");
    let ended = look("/messages")[3].clone();
    assert_eq!((&ended["type"], &ended["eventId"]), (&json!("FAILURE_END"), &json!(3)));
    clock(night);
    assert!(works());
    assert_eq!(look("/messages").as_array().unwrap().len(), 4, "an end is announced once");

    let path = format!("/latarnia/events/{}", called_off["eventId"]);
    call(&sim, "DELETE", &path, &Value::Null).expect(200);
    clock("2026-11-24T20:00:00Z");
    assert!(works(), "it was called off");
    assert_eq!(look("/messages")[1]["version"], 2);

    for impossible in [
        json!({ "kind": "FAILURE", "start": "2026-11-25T20:00:00Z" }),
        json!({ "kind": "TOTAL_FAILURE", "end": evening }),
        json!({ "kind": "MAINTENANCE", "start": night, "end": evening }),
        json!({ "kind": "MAINTENANCE", "begin": night }),
    ] {
        announce(impossible).expect(422);
    }
    assert!(works());
}
