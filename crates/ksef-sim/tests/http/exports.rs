use std::io::{Cursor, Read as _};

use chrono::{Duration, SecondsFormat};
use ksef_crypto::{OsRandomness, SessionKey, base64};
use ksef_sim::{Ending, ExportLimits, Permission, Quirk, StepTarget};
use serde_json::{Value, json};

use crate::harness::{BUYER, Sim, hash, invoice, noon};

/// The body of a start: PermanentStorage since yesterday, up to the mark.
pub(crate) fn start_body(sim: &Sim, key: &SessionKey, role: &str) -> Value {
    let (ministry, id) = sim.ministry_key("SymmetricKeyEncryption");
    json!({
        "encryption": {
            "encryptedSymmetricKey": base64::encode(&key.wrap(&ministry).unwrap()),
            "initializationVector": base64::encode(key.iv()),
            "publicKeyId": id,
        },
        "filters": {
            "subjectType": role,
            "dateRange": {
                "dateType": "PermanentStorage",
                "from": (noon() - Duration::days(1)).to_rfc3339_opts(SecondsFormat::Secs, true),
                "restrictToPermanentStorageHwmDate": true,
            },
        },
    })
}

struct Exported {
    status: Value,
    /// Names and bytes, in the order of the package.
    files: Vec<(String, Vec<u8>)>,
}

impl Exported {
    fn package(&self) -> &Value {
        &self.status["package"]
    }

    fn numbers(&self) -> Vec<String> {
        let metadata = &self.files.last().unwrap().1;
        let metadata: Value = serde_json::from_slice(metadata).unwrap();
        metadata["invoices"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["ksefNumber"].as_str().unwrap().to_owned())
            .collect()
    }
}

fn start(sim: &Sim, access: &str, body: &Value) -> String {
    let started = sim.post("/invoices/exports", Some(access), body).expect(201).json();
    started["referenceNumber"].as_str().unwrap().to_owned()
}

fn look(sim: &Sim, access: &str, reference: &str) -> Value {
    sim.get(&format!("/invoices/exports/{reference}"), Some(access)).expect(200).json()
}

/// Starts, looks, downloads, checks every hash and size, decrypts, unpacks.
fn export(sim: &Sim, access: &str, change: impl FnOnce(&mut Value)) -> Exported {
    let key = SessionKey::generate(&OsRandomness);
    let mut body = start_body(sim, &key, "Subject1");
    change(&mut body);
    let reference = start(sim, access, &body);
    let status = look(sim, access, &reference);
    let mut package = Vec::new();
    let parts = status["package"]["parts"].as_array().cloned().unwrap_or_default();
    for part in &parts {
        let downloaded = sim.send(part["url"].as_str().unwrap(), "GET", None, &[], None).unwrap().expect(200);
        assert_eq!(json!(downloaded.body.len()), part["encryptedPartSize"]);
        assert_eq!(json!(hash(&downloaded.body)), part["encryptedPartHash"]);
        assert_eq!(downloaded.header("x-ms-meta-hash"), part["encryptedPartHash"].as_str());
        let plain = key.decrypt(&downloaded.body).unwrap();
        assert_eq!(
            (json!(plain.len()), json!(hash(&plain))),
            (part["partSize"].clone(), part["partHash"].clone())
        );
        package.extend(plain);
    }
    if !parts.is_empty() {
        assert_eq!(json!(package.len()), status["package"]["size"]);
    }
    let tar = body["compressionType"] == "TarGz";
    let files = if parts.is_empty() {
        Vec::new()
    } else if tar {
        untarred(&package)
    } else {
        unzipped(&package)
    };
    Exported { status, files }
}

fn unzipped(package: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut entry = archive.by_index(place).unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            (entry.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn untarred(package: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(package));
    archive
        .entries()
        .unwrap()
        .map(|entry| {
            let mut entry = entry.unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            (entry.path().unwrap().to_string_lossy().into_owned(), bytes)
        })
        .collect()
}

fn sent(sim: &Sim, access: &str, count: usize) -> Vec<String> {
    (0..count)
        .map(|number| {
            let outcome = sim.outcome(access, &invoice(&format!("X {number}")));
            outcome["ksefNumber"].as_str().unwrap().to_owned()
        })
        .collect()
}

#[test]
fn a_package_with_its_metadata() {
    let sim = Sim::start();
    let access = sim.login();
    let numbers = sent(&sim, &access, 3);
    for compression in ["Zip", "TarGz"] {
        let exported = export(&sim, &access, |body| body["compressionType"] = json!(compression));
        assert_eq!(exported.status["status"]["code"], 200, "{}", exported.status);
        assert_eq!(exported.package()["compressionType"], compression);
        assert_eq!(
            (exported.package()["invoiceCount"].clone(), exported.package()["isTruncated"].clone()),
            (json!(3), json!(false))
        );
        assert!(exported.package()["permanentStorageHwmDate"].is_string());
        assert!(exported.package().get("lastPermanentStorageDate").is_none());
        let names: Vec<&str> = exported.files.iter().map(|(name, _)| name.as_str()).collect();
        let expected: Vec<String> = numbers.iter().map(|number| format!("{number}.xml")).collect();
        assert_eq!(names[..3], expected.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(names[3], "_metadata.json");
        assert_eq!(exported.files[1].1, invoice("X 1"));
        assert_eq!(exported.numbers(), numbers);
    }
    let only = export(&sim, &access, |body| body["onlyMetadata"] = json!(true));
    assert_eq!((only.files.len(), only.numbers()), (1, numbers));
    let none = export(&sim, &access, |body| body["filters"]["subjectType"] = json!("Subject2"));
    assert_eq!(
        (none.package()["invoiceCount"].clone(), none.package()["parts"].clone()),
        (json!(0), json!([]))
    );
    let one = export(&sim, &access, |body| body["filters"]["invoiceNumber"] = json!("X 2"));
    assert_eq!(one.package()["invoiceCount"], 1);
}

#[test]
fn the_buyer_exports_what_the_seller_sent() {
    let sim = Sim::start();
    let numbers = sent(&sim, &sim.login(), 2);
    let buyer = BUYER.parse().unwrap();
    sim.control().make_company(buyer, "Nabywca").unwrap();
    let token = sim.control().make_token(buyer, &[Permission::InvoiceRead]).unwrap();
    let (reader, _) = sim.login_by(&token);
    let exported = export(&sim, &reader, |body| body["filters"]["subjectType"] = json!("Subject2"));
    assert_eq!(exported.numbers(), numbers);
}

#[test]
fn a_truncated_export_goes_on_until_nothing_is_left() {
    let sim = Sim::start();
    let access = sim.login();
    let numbers = sent(&sim, &access, 7);
    sim.control().limit_exports(ExportLimits { invoices: 3, part_bytes: 1000, ..ExportLimits::default() });
    let mut from = json!("2026-11-22T00:00:00Z");
    let mut found = Vec::new();
    for round in 0.. {
        assert!(round < 10, "it comes to an end");
        let exported = export(&sim, &access, |body| body["filters"]["dateRange"]["from"] = from.clone());
        assert!(exported.package()["parts"].as_array().unwrap().len() > 1, "parts of 1000 bytes");
        found.extend(exported.numbers());
        if exported.package()["isTruncated"] == false {
            break;
        }
        assert_eq!(exported.package()["invoiceCount"], 3);
        from = exported.package()["lastPermanentStorageDate"].clone();
    }
    // The last of one is the first of the next.
    assert_eq!(found.len(), 7 + 2);
    found.dedup();
    assert_eq!(found, numbers);
    sim.control().limit_exports(ExportLimits { bytes: 1, ..ExportLimits::default() });
    let exported = export(&sim, &access, |body| body["filters"]["dateRange"]["dateType"] = json!("Issue"));
    assert_eq!(
        (exported.package()["isTruncated"].clone(), exported.package()["lastIssueDate"].clone()),
        (json!(true), json!("2026-11-23"))
    );
    assert_eq!(exported.package()["permanentStorageHwmDate"], Value::Null);
    let exported = export(&sim, &access, |body| {
        body["filters"]["dateRange"]["dateType"] = json!("Invoicing");
        body["compressionType"] = json!("TarGz");
    });
    assert!(exported.package()["lastInvoicingDate"].is_string(), "{}", exported.status);
}

#[test]
fn the_mark_moves_and_documents_come_late() {
    let sim = Sim::start();
    let access = sim.login();
    let first = sent(&sim, &access, 1);
    sim.control().advance(Duration::minutes(1));
    // Two wait for their storage, one longer than the other.
    sim.control().quirk(Quirk::PermanentStorageDateMissing, true);
    let late = sim.outcome(&access, &invoice("late"))["ksefNumber"].as_str().unwrap().to_owned();
    sim.control().advance(Duration::minutes(1));
    sim.outcome(&access, &invoice("later"));
    assert_eq!(export(&sim, &access, |_| {}).numbers(), first, "the mark waits with them");
    sim.control().quirk(Quirk::PermanentStorageDateMissing, false);
    let all = export(&sim, &access, |_| {});
    assert_eq!(all.numbers().len(), 3);
    assert_eq!(all.numbers()[..2], [first[0].clone(), late], "by the date of its turn, not of its appearing");

    sim.control().delay_mark(Duration::minutes(5));
    let below = export(&sim, &access, |_| {});
    assert_eq!(below.package()["invoiceCount"], 0, "everything is above the mark");
    let above = export(&sim, &access, |body| {
        body["filters"]["dateRange"]["restrictToPermanentStorageHwmDate"] = json!(false);
    });
    assert_eq!(above.package()["invoiceCount"], 3);
    let mark = above.package()["permanentStorageHwmDate"].as_str().unwrap().to_owned();
    assert!(mark < noon().to_rfc3339(), "{mark}");
    let out_of_reach = export(&sim, &access, |body| {
        body["filters"]["dateRange"]["from"] = json!((noon()).to_rfc3339_opts(SecondsFormat::Secs, true));
    });
    assert_eq!(out_of_reach.status["status"]["code"], 420);
}

#[test]
fn what_a_start_is_refused_for() {
    let (sim, access) = Sim::explicit_with_login();
    let key = SessionKey::generate(&OsRandomness);
    let body = start_body(&sim, &key, "Subject1");
    let refused = |change: &dyn Fn(&mut Value)| {
        let mut body = body.clone();
        change(&mut body);
        sim.post("/invoices/exports", Some(&access), &body).expect(400).exception().0
    };
    assert_eq!(refused(&|body| body["filters"]["dateRange"]["from"] = json!("2026-01-01T00:00:00Z")), 21405);
    assert_eq!(refused(&|body| body["encryption"]["publicKeyId"] = json!(hash(b"other"))), 21470);
    assert_eq!(refused(&|body| body["filters"]["subjectType"] = json!("Subject9")), 21405);
    for _ in 0..10 {
        start(&sim, &access, &body);
    }
    assert_eq!(refused(&|_| {}), 21182);
    sim.control().step(&StepTarget::All).unwrap();
    let reference = start(&sim, &access, &body);
    assert_eq!(look(&sim, &access, &reference)["status"]["code"], 100);
    let nothing = "20261123-EH-0123456789-ABCDEF0123-4E";
    assert_eq!(
        sim.get(&format!("/invoices/exports/{nothing}"), Some(&access)).expect(400).exception().0,
        21175
    );
}

#[test]
fn every_status_and_the_end_of_a_package() {
    let sim = Sim::start();
    let (access, refresh) = sim.login_with(&[Permission::InvoiceRead, Permission::InvoiceWrite]);
    sent(&sim, &access, 1);
    for code in [415, 420, 500, 550] {
        sim.control().end_next(Ending::Export { code }).unwrap();
        assert_eq!(export(&sim, &access, |_| {}).status["status"]["code"], code);
    }
    let broken = export(&sim, &access, |body| {
        body["encryption"]["encryptedSymmetricKey"] = json!(base64::encode(&[7; 256]));
    });
    assert_eq!(broken.status["status"]["code"], 415);
    let key = SessionKey::generate(&OsRandomness);
    let reference = start(&sim, &access, &start_body(&sim, &key, "Subject1"));
    let address = look(&sim, &access, &reference)["package"]["parts"][0]["url"].as_str().unwrap().to_owned();
    sim.send(&address, "GET", Some(&access), &[], None).unwrap().expect(403);
    sim.send(&address, "GET", None, &[], None).unwrap().expect(200);
    sim.control().advance(Duration::minutes(61));
    sim.send(&address, "GET", None, &[], None).unwrap().expect(403);
    let again = || {
        let tokens = sim.post_empty("/auth/token/refresh", Some(&refresh)).expect(200).json();
        tokens["accessToken"]["token"].as_str().unwrap().to_owned()
    };
    let access = again();
    let renewed = look(&sim, &access, &reference)["package"]["parts"][0]["url"].as_str().unwrap().to_owned();
    sim.send(&renewed, "GET", None, &[], None).unwrap().expect(200);
    sim.control().advance(Duration::hours(72));
    let access = again();
    let expired = look(&sim, &access, &reference);
    assert_eq!((expired["status"]["code"].clone(), expired.get("package")), (json!(210), None));
    sim.control().advance(Duration::days(5));
    let access = sim.login();
    sim.get(&format!("/invoices/exports/{reference}"), Some(&access)).expect(410);
}
