use chrono::Duration;
use ksef_crypto::{OsRandomness, SessionKey, base64};
use ksef_sim::{Ending, Permission, StepTarget};
use serde_json::{Value, json};

use crate::harness::{SELLER, Sim, hash, invoice, invoice_of, noon, open_body, send_body};

#[test]
fn one_invoice_to_its_upo() {
    let sim = Sim::start();
    let access = sim.login();
    let document = invoice("FV 1/2026");
    let session = sim.open(&access);
    let reference = sim.send_invoice(&access, &session, &document);
    let status = sim.invoice(&access, &session, &reference);
    assert_eq!(status["status"]["code"], 200, "{status}");
    assert_eq!(status["invoicingMode"], "Online");
    assert_eq!(status["invoiceNumber"], "FV 1/2026");
    let number = status["ksefNumber"].as_str().unwrap().to_owned();
    assert!(number.starts_with(&format!("{SELLER}-20261123-")), "{number}");

    let base = format!("/sessions/{}", session.reference);
    let by_reference = sim.get(&format!("{base}/invoices/{reference}/upo"), Some(&access)).expect(200);
    let by_number = sim.get(&format!("{base}/invoices/ksef/{number}/upo"), Some(&access)).expect(200);
    assert_eq!(by_reference.body, by_number.body);
    assert_eq!(by_number.header("x-ms-meta-hash"), Some(hash(&by_number.body).as_str()));
    assert!(by_number.text().contains(&number));

    let address = status["upoDownloadUrl"].as_str().unwrap();
    let downloaded = sim.send(address, "GET", None, &[], None).unwrap().expect(200);
    assert_eq!(downloaded.body, by_number.body);
    sim.send(address, "GET", Some(&access), &[], None).unwrap().expect(403);
    sim.send(&address.replace("sig=", "sig=0"), "GET", None, &[], None).unwrap().expect(403);

    sim.post_empty(&format!("/sessions/online/{}/close", session.reference), Some(&access)).expect(204);
    let closed = sim.get(&base, Some(&access)).expect(200).json();
    assert_eq!(closed["status"]["code"], 200, "{closed}");
    assert_eq!(closed["successfulInvoiceCount"], 1);
    let page = closed["upo"]["pages"][0].clone();
    let upo = sim
        .get(&format!("{base}/upo/{}", page["referenceNumber"].as_str().unwrap()), Some(&access))
        .expect(200);
    let downloaded =
        sim.send(page["downloadUrl"].as_str().unwrap(), "GET", None, &[], None).unwrap().expect(200);
    assert_eq!(upo.body, downloaded.body);
    sim.control().advance(Duration::hours(25));
    sim.send(address, "GET", None, &[], None).unwrap().expect(403);

    let held = sim.control().invoices().unwrap();
    assert_eq!(held[0].bytes, document);
    assert_eq!(sim.control().arrived().unwrap().documents[0].bytes.as_deref(), Some(document.as_slice()));
}

#[test]
fn both_upo_are_valid_by_the_schema() {
    let Some(shared) = ksef_testkit::shared() else {
        println!("skipped: the schemas are not here");
        return;
    };
    let sim = Sim::start();
    let access = sim.login();
    let session = sim.open(&access);
    let reference = sim.send_invoice(&access, &session, &invoice("U & <1>"));
    sim.post_empty(&format!("/sessions/online/{}/close", session.reference), Some(&access)).expect(204);
    let base = format!("/sessions/{}", session.reference);
    let status = sim.get(&base, Some(&access)).expect(200).json();
    let page = status["upo"]["pages"][0]["referenceNumber"].as_str().unwrap().to_owned();
    let folder = tempfile::tempdir().unwrap();
    for path in [format!("{base}/invoices/{reference}/upo"), format!("{base}/upo/{page}")] {
        let upo = sim.get(&path, Some(&access)).expect(200);
        let file = folder.path().join("upo.xml");
        // The schema describes what is signed: the document without the signature that stands in it.
        let text = upo.text();
        let (before, rest) = text.split_once("<ds:Signature ").unwrap();
        let (_, after) = rest.split_once("</ds:Signature>").unwrap();
        std::fs::write(&file, format!("{before}{after}")).unwrap();
        let run = std::process::Command::new("xmllint")
            .args(["--nonet", "--noout", "--schema"])
            .arg(shared.join("schemas/upo/upo-v4-3.xsd"))
            .arg(&file)
            .env("XML_CATALOG_FILES", shared.join("schemas/catalog.xml"))
            .output();
        let Ok(run) = run else {
            println!("skipped: xmllint is not here");
            return;
        };
        assert!(run.status.success(), "{}\n{}", String::from_utf8_lossy(&run.stderr), upo.text());
    }
}

#[test]
fn explicit_pace_holds_every_step() {
    let sim = Sim::explicit();
    sim.control().make_company(SELLER.parse().unwrap(), "Sprzedawca").unwrap();
    let token = sim.control().make_token(SELLER.parse().unwrap(), &[Permission::InvoiceWrite]).unwrap();
    let (_, operation) = sim.begin(&sim.token_request(&token));
    sim.control().step(&StepTarget::All).unwrap();
    let tokens = sim.post_empty("/auth/token/redeem", Some(&operation)).expect(200).json();
    let access = tokens["accessToken"]["token"].as_str().unwrap();
    let session = sim.open(access);
    let reference = sim.send_invoice(access, &session, &invoice("1"));
    let code = || sim.invoice(access, &session, &reference)["status"]["code"].clone();
    assert_eq!(code(), 100);
    sim.post_empty(&format!("/sessions/online/{}/close", session.reference), Some(access)).expect(204);
    let one = StepTarget::One(reference.parse().unwrap());
    let moved = sim.control().step(&one).unwrap();
    assert_eq!((moved.len(), moved[0].from, moved[0].to), (1, 100, 150));
    assert_eq!(code(), 150);
    let state = || sim.get(&format!("/sessions/{}", session.reference), Some(access)).expect(200).json();
    assert_eq!(state()["status"]["code"], 170);
    sim.control().step(&one).unwrap();
    let accepted = sim.invoice(access, &session, &reference);
    assert_eq!(accepted["status"]["code"], 200);
    assert!(accepted.get("permanentStorageDate").is_none(), "not stored for good yet");
    assert_eq!(state()["status"]["code"], 170);
    sim.control().step(&StepTarget::UntilNothingMoves).unwrap();
    assert_eq!(state()["status"]["code"], 200);
    assert!(sim.invoice(access, &session, &reference)["permanentStorageDate"].is_string());
}

#[test]
fn a_duplicate_names_the_original_in_the_extensions() {
    let sim = Sim::start();
    let access = sim.login();
    let document = invoice("FV 7");
    let first = sim.open(&access);
    let original = sim.send_invoice(&access, &first, &document);
    let number = sim.invoice(&access, &first, &original)["ksefNumber"].clone();
    let duplicate = sim.outcome(&access, &document);
    assert_eq!(duplicate["status"]["code"], 440);
    assert_eq!(duplicate["ksefNumber"], Value::Null);
    assert_eq!(duplicate["status"]["extensions"]["originalKsefNumber"], number);
    assert_eq!(duplicate["status"]["extensions"]["originalSessionReferenceNumber"], json!(first.reference));
    let fetched = sim.login();
    let held = sim.get(&format!("/invoices/ksef/{}", number.as_str().unwrap()), Some(&fetched)).expect(200);
    assert_eq!(held.body, document);
    assert_eq!(held.header("x-ms-meta-hash"), Some(hash(&document).as_str()));
    assert_eq!(sim.outcome(&access, &invoice("FV 8"))["status"]["code"], 200);
}

#[test]
fn documents_that_are_refused() {
    let sim = Sim::start();
    let access = sim.login();
    let good = String::from_utf8(invoice("X")).unwrap();
    let cases: [(&str, u64, Vec<u8>); 9] = [
        ("byte order mark", 430, [b"\xef\xbb\xbf", good.as_bytes()].concat()),
        ("not UTF-8", 430, [good.as_bytes(), b"\xff"].concat()),
        ("processing instruction", 430, good.replacen("<Faktura", "<?a b?><Faktura", 1).into_bytes()),
        ("DTD", 430, good.replacen("<Faktura", "<!DOCTYPE Faktura><Faktura", 1).into_bytes()),
        ("discouraged character", 430, good.replace("Usługa", "Us\u{86}uga").into_bytes()),
        (
            "too large",
            430,
            good.replace("</Faktura>", &format!("<!--{}--></Faktura>", "x".repeat(1_000_000))).into_bytes(),
        ),
        ("no XML", 430, b"Dzien dobry".to_vec()),
        ("structure", 450, good.replacen("<P_2>X</P_2>", "", 1).into_bytes()),
        ("tomorrow", 450, invoice_of(SELLER, "T", noon() + Duration::days(1))),
    ];
    for (name, code, document) in cases {
        let outcome = sim.outcome(&access, &document);
        assert_eq!(outcome["status"]["code"], code, "{name}: {outcome}");
        assert_eq!(outcome["ksefNumber"], Value::Null, "{name}");
    }
    let foreign = sim.outcome(&access, &invoice_of("1111111111", "F", noon()));
    assert_eq!(foreign["status"]["code"], 410, "{foreign}");
    assert!(sim.control().invoices().unwrap().is_empty());
}

#[test]
fn hashes_sizes_and_keys() {
    let sim = Sim::start();
    let access = sim.login();
    let session = sim.open(&access);
    let path = format!("/sessions/online/{}/invoices", session.reference);
    let body = send_body(&session.key, &invoice("H"));
    let refused = |field: &str, value: Value| {
        let mut body = body.clone();
        body[field] = value;
        sim.post(&path, Some(&access), &body).expect(400).exception().0
    };
    assert_eq!(refused("encryptedInvoiceSize", json!(7)), 21402);
    assert_eq!(refused("encryptedInvoiceHash", json!(hash(b"other"))), 21403);
    let later = |field: &str, value: Value| {
        let mut body = body.clone();
        body[field] = value;
        let sent = sim.post(&path, Some(&access), &body).expect(202).json();
        sim.invoice(&access, &session, sent["referenceNumber"].as_str().unwrap())["status"]["code"].clone()
    };
    assert_eq!(later("invoiceHash", json!(hash(b"other"))), 430);
    assert_eq!(later("invoiceSize", json!(5)), 430);
    let other = SessionKey::generate(&OsRandomness);
    let sent = sim.post(&path, Some(&access), &send_body(&other, &invoice("H"))).expect(202).json();
    let outcome = sim.invoice(&access, &session, sent["referenceNumber"].as_str().unwrap());
    assert_eq!(outcome["status"]["code"], 435, "{outcome}");
}

#[test]
fn a_key_wrapped_wrongly_ends_the_session_with_415() {
    let sim = Sim::start();
    let access = sim.login();
    let key = SessionKey::generate(&OsRandomness);
    let (right, id) = sim.ministry_key("SymmetricKeyEncryption");
    let (other, other_id) = sim.ministry_key("KsefTokenEncryption");
    let twice = base64::encode(&key.wrap(&right).unwrap()).into_bytes();
    for body in [
        open_body(&key, &twice, Some(&id)),
        open_body(&key, &key.wrap(&other).unwrap(), Some(&id)),
        open_body(&key, &key.wrap(&other).unwrap(), None),
    ] {
        let opened = sim.post("/sessions/online", Some(&access), &body).expect(201).json();
        let reference = opened["referenceNumber"].as_str().unwrap();
        let status = sim.get(&format!("/sessions/{reference}"), Some(&access)).expect(200).json();
        assert_eq!(status["status"]["code"], 415);
        let path = format!("/sessions/online/{reference}/invoices");
        let (code, detail) =
            sim.post(&path, Some(&access), &send_body(&key, &invoice("K"))).expect(400).exception();
        assert_eq!((code, detail.as_str()), (21180, "Status sesji 415 uniemożliwia wysyłkę faktur."));
    }
    let body = open_body(&key, &key.wrap(&right).unwrap(), Some(&other_id));
    assert_eq!(sim.post("/sessions/online", Some(&access), &body).expect(400).exception().0, 21470);
    sim.post("/sessions/online", Some(&access), &open_body(&key, &key.wrap(&right).unwrap(), None))
        .expect(201);
}

#[test]
fn a_document_of_yesterday_becomes_an_offline_one() {
    let sim = Sim::start();
    let access = sim.login();
    let outcome = sim.outcome(&access, &invoice_of(SELLER, "W", noon() - Duration::days(1)));
    assert_eq!(
        (outcome["status"]["code"].clone(), outcome["invoicingMode"].clone()),
        (json!(200), json!("Offline"))
    );
}

#[test]
fn how_sessions_end() {
    let sim = Sim::start();
    let access = sim.login();
    let code = |reference: &str| {
        sim.get(&format!("/sessions/{reference}"), Some(&access)).expect(200).json()["status"]["code"].clone()
    };
    let close =
        |reference: &str| sim.post_empty(&format!("/sessions/online/{reference}/close"), Some(&access));
    let empty = sim.open(&access);
    close(&empty.reference).expect(204);
    assert_eq!(code(&empty.reference), 440);
    let (refused, detail) = close(&empty.reference).expect(400).exception();
    assert_eq!((refused, detail.as_str()), (21180, "Status sesji 440 uniemożliwia jej zamknięcie."));
    let failed = sim.open(&access);
    sim.send_invoice(&access, &failed, b"nothing");
    close(&failed.reference).expect(204);
    assert_eq!(code(&failed.reference), 445);
    let list =
        sim.get(&format!("/sessions/{}/invoices/failed", failed.reference), Some(&access)).expect(200).json();
    assert_eq!(list["invoices"][0]["status"]["code"], 430);
    let nothing = "20261123-SO-0123456789-ABCDEF0123-4E";
    assert_eq!(close(nothing).expect(400).exception().0, 21173);
}

#[test]
fn a_session_left_open_is_closed_after_twelve_hours() {
    let sim = Sim::start();
    let (access, refresh) = sim.login_with(&[Permission::InvoiceWrite]);
    let (empty, used) = (sim.open(&access), sim.open(&access));
    sim.send_invoice(&access, &used, &invoice("12"));
    sim.control().advance(Duration::hours(12));
    let again = sim.post_empty("/auth/token/refresh", Some(&refresh)).expect(200).json();
    let access = again["accessToken"]["token"].as_str().unwrap();
    let code = |reference: &str| {
        sim.get(&format!("/sessions/{reference}"), Some(access)).expect(200).json()["status"]["code"].clone()
    };
    assert_eq!((code(&empty.reference), code(&used.reference)), (json!(440), json!(200)));
}

#[test]
fn every_ending_of_the_contract_can_be_ordered() {
    let sim = Sim::start();
    let access = sim.login();
    for code in [405, 410, 415, 430, 435, 440, 450, 500, 550] {
        sim.control().end_next(Ending::Invoice { code, details: Vec::new() }).unwrap();
        let outcome = sim.outcome(&access, &invoice(&format!("E{code}")));
        assert_eq!(outcome["status"]["code"], code, "{outcome}");
    }
}

#[test]
fn a_technical_correction() {
    let sim = Sim::start();
    let access = sim.login();
    let session = sim.open(&access);
    let path = format!("/sessions/online/{}/invoices", session.reference);
    let accepted = invoice("TC 1");
    sim.send_invoice(&access, &session, &accepted);
    sim.control().end_next(Ending::Invoice { code: 550, details: Vec::new() }).unwrap();
    let rejected = invoice("TC 2");
    sim.send_invoice(&access, &session, &rejected);
    let correcting = |document: &[u8], of: &[u8]| {
        let mut body = send_body(&session.key, document);
        body["offlineMode"] = json!(true);
        body["hashOfCorrectedInvoice"] = json!(hash(of));
        sim.post(&path, Some(&access), &body)
    };
    assert_eq!(correcting(&accepted, &accepted).expect(400).exception().0, 21167);
    let sent = correcting(&rejected, &rejected).expect(202).json();
    let outcome = sim.invoice(&access, &session, sent["referenceNumber"].as_str().unwrap());
    assert_eq!(
        (outcome["status"]["code"].clone(), outcome["invoicingMode"].clone()),
        (json!(200), json!("Offline"))
    );
    assert_eq!(correcting(&rejected, &rejected).expect(400).exception().0, 21166);
}

#[test]
fn a_session_takes_so_many_documents() {
    let sim = Sim::start();
    let access = sim.login();
    sim.control().limit_invoices(SELLER.parse().unwrap(), 1).unwrap();
    let limits = sim.get("/limits/context", Some(&access)).expect(200).json();
    assert_eq!(limits["onlineSession"]["maxInvoices"], 1);
    let session = sim.open(&access);
    sim.send_invoice(&access, &session, &invoice("1"));
    let path = format!("/sessions/online/{}/invoices", session.reference);
    assert_eq!(
        sim.post(&path, Some(&access), &send_body(&session.key, &invoice("2"))).expect(400).exception().0,
        21155
    );
}

#[test]
fn lists_go_on_with_a_token() {
    let sim = Sim::start();
    let access = sim.login();
    let session = sim.open(&access);
    for number in 0..23 {
        sim.send_invoice(&access, &session, &invoice(&format!("L{number}")));
    }
    let path = format!("/sessions/{}/invoices?pageSize=10", session.reference);
    let (mut ordinals, mut token) = (Vec::new(), None::<String>);
    loop {
        let headers: Vec<(&str, &str)> =
            token.iter().map(|token| ("x-continuation-token", token.as_str())).collect();
        let page = sim.request("GET", &path, Some(&access), &headers, None).expect(200).json();
        ordinals.extend(
            page["invoices"].as_array().unwrap().iter().map(|row| row["ordinalNumber"].as_u64().unwrap()),
        );
        token = page["continuationToken"].as_str().map(str::to_owned);
        if token.is_none() {
            break;
        }
    }
    assert_eq!(ordinals, (1..=23).collect::<Vec<u64>>());
    let bad = [("x-continuation-token", "???")];
    assert_eq!(sim.request("GET", &path, Some(&access), &bad, None).expect(400).exception().0, 21418);
    let sessions =
        sim.get("/sessions?sessionType=Online&statuses=InProgress", Some(&access)).expect(200).json();
    assert_eq!(sessions["sessions"][0]["totalInvoiceCount"], 23);
    let none = sim.get("/sessions?sessionType=Batch", Some(&access)).expect(200).json();
    assert_eq!(none["sessions"], json!([]));
}
