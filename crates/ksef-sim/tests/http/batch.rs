use std::io::{Cursor, Write as _};

use chrono::Duration;
use ksef_crypto::{OsRandomness, SessionKey, base64};
use ksef_sim::{Ending, Operation, StepTarget};
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

use crate::harness::{Sim, hash, invoice};

/// A ZIP of named files.
pub(crate) fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A TarGz of named files; names are written as they are, whatever they lead to.
pub(crate) fn tarred(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive =
        tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default()));
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_cksum();
        archive.append(&header, *bytes).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap()
}

/// A batch that was opened, with the bytes of its parts.
pub(crate) struct Batch {
    pub(crate) reference: String,
    pub(crate) requests: Vec<Value>,
    pub(crate) parts: Vec<Vec<u8>>,
}

/// The body of an opening, and the encrypted parts.
pub(crate) fn opening(sim: &Sim, key: &SessionKey, package: &[u8], parts: usize) -> (Value, Vec<Vec<u8>>) {
    let (ministry, id) = sim.ministry_key("SymmetricKeyEncryption");
    let encrypted: Vec<Vec<u8>> =
        package.chunks(package.len().div_ceil(parts)).map(|part| key.encrypt(part).unwrap()).collect();
    let listed: Vec<Value> = encrypted
        .iter()
        .zip(1..)
        .map(|(part, ordinal)| json!({ "ordinalNumber": ordinal, "fileSize": part.len(), "fileHash": hash(part) }))
        .collect();
    let body = json!({
        "formCode": { "systemCode": "FA (3)", "schemaVersion": "1-0E", "value": "FA" },
        "batchFile": { "fileSize": package.len(), "fileHash": hash(package), "fileParts": listed },
        "encryption": {
            "encryptedSymmetricKey": base64::encode(&key.wrap(&ministry).unwrap()),
            "initializationVector": base64::encode(key.iv()),
            "publicKeyId": id,
        },
    });
    (body, encrypted)
}

impl Sim {
    pub(crate) fn open_batch(&self, access: &str, body: &Value, parts: Vec<Vec<u8>>) -> Batch {
        let opened = self.post("/sessions/batch", Some(access), body).expect(201).json();
        Batch {
            reference: opened["referenceNumber"].as_str().unwrap().to_owned(),
            requests: opened["partUploadRequests"].as_array().unwrap().clone(),
            parts,
        }
    }

    /// Sends one part as it was asked for.
    pub(crate) fn upload(&self, request: &Value, bytes: Vec<u8>) -> crate::harness::Answer {
        let headers: Vec<(&str, &str)> = request["headers"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
            .collect();
        let method = request["method"].as_str().unwrap();
        self.send(request["url"].as_str().unwrap(), method, None, &headers, Some(bytes)).unwrap()
    }

    pub(crate) fn close_batch(&self, access: &str, reference: &str) -> crate::harness::Answer {
        self.post_empty(&format!("/sessions/batch/{reference}/close"), Some(access))
    }

    pub(crate) fn session_status(&self, access: &str, reference: &str) -> Value {
        self.get(&format!("/sessions/{reference}"), Some(access)).expect(200).json()
    }

    /// The whole way of a package; the status of the session and the statuses of its documents.
    fn batch_outcome(
        &self,
        access: &str,
        package: &[u8],
        change: impl FnOnce(&mut Value),
    ) -> (Value, Vec<Value>) {
        let key = SessionKey::generate(&OsRandomness);
        let (mut body, parts) = opening(self, &key, package, 1);
        change(&mut body);
        let batch = self.open_batch(access, &body, parts);
        for (request, part) in batch.requests.iter().zip(&batch.parts) {
            self.upload(request, part.clone()).expect(201);
        }
        self.close_batch(access, &batch.reference).expect(204);
        let status = self.session_status(access, &batch.reference);
        let path = format!("/sessions/{}/invoices?pageSize=100", batch.reference);
        let list = self.get(&path, Some(access)).expect(200).json()["invoices"].as_array().unwrap().clone();
        (status, list)
    }
}

fn targz(body: &mut Value) {
    body["batchFile"]["compressionType"] = json!("TarGz");
}

#[test]
fn a_package_in_three_parts_to_its_upo() {
    let sim = Sim::start();
    let access = sim.login();
    let documents: Vec<Vec<u8>> = (0..4).map(|number| invoice(&format!("B {number}"))).collect();
    let package = zipped(&[
        ("a.xml", &documents[0]),
        ("2026/b.xml", &documents[1]),
        ("c.xml", &documents[2]),
        ("again.xml", &documents[0]),
        ("rubbish.xml", b"nothing"),
    ]);
    let key = SessionKey::generate(&OsRandomness);
    let (body, parts) = opening(&sim, &key, &package, 3);
    let batch = sim.open_batch(&access, &body, parts);
    assert_eq!(batch.requests.len(), 3);
    assert_eq!(sim.session_status(&access, &batch.reference)["status"]["code"], 100);
    for (request, part) in batch.requests.iter().zip(&batch.parts).rev() {
        sim.upload(request, part.clone()).expect(201);
    }
    sim.close_batch(&access, &batch.reference).expect(204);
    let status = sim.session_status(&access, &batch.reference);
    assert_eq!(status["status"]["code"], 200, "{status}");
    assert_eq!(
        (
            status["invoiceCount"].clone(),
            status["successfulInvoiceCount"].clone(),
            status["failedInvoiceCount"].clone()
        ),
        (json!(5), json!(3), json!(2))
    );
    let path = format!("/sessions/{}/invoices", batch.reference);
    let list = sim.get(&path, Some(&access)).expect(200).json();
    let found: Vec<(String, u64)> = list["invoices"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (row["invoiceFileName"].as_str().unwrap().to_owned(), row["status"]["code"].as_u64().unwrap())
        })
        .collect();
    let expected =
        [("a.xml", 200), ("2026/b.xml", 200), ("c.xml", 200), ("again.xml", 440), ("rubbish.xml", 430)];
    assert_eq!(found, expected.map(|(name, code)| (name.to_owned(), code)));
    assert_eq!(list["invoices"][0]["invoiceHash"], json!(hash(&documents[0])));
    let number = list["invoices"][0]["ksefNumber"].as_str().unwrap();
    assert_eq!(sim.get(&format!("/invoices/ksef/{number}"), Some(&access)).expect(200).body, documents[0]);
    let page = status["upo"]["pages"][0]["referenceNumber"].as_str().unwrap();
    let upo = sim.get(&format!("/sessions/{}/upo/{page}", batch.reference), Some(&access)).expect(200);
    assert!(upo.text().contains(number));
    let sessions =
        sim.get("/sessions?sessionType=Batch&statuses=Succeeded", Some(&access)).expect(200).json();
    assert_eq!(sessions["sessions"][0]["referenceNumber"], json!(batch.reference));
    let online = sim.get("/sessions?sessionType=Online", Some(&access)).expect(200).json();
    assert_eq!(online["sessions"], json!([]));
    assert_eq!(sim.close_batch(&access, &batch.reference).expect(400).exception().0, 21180);
}

#[test]
fn a_targz_of_offline_documents() {
    let sim = Sim::start();
    let access = sim.login();
    let documents: Vec<Vec<u8>> = (0..3).map(|number| invoice(&format!("T {number}"))).collect();
    let package = tarred(&[("1.xml", &documents[0]), ("2.xml", &documents[1]), ("3.xml", &documents[2])]);
    let (status, list) = sim.batch_outcome(&access, &package, |body| {
        targz(body);
        body["offlineMode"] = json!(true);
    });
    assert_eq!(status["status"]["code"], 200, "{status}");
    assert!(list.iter().all(|row| row["invoicingMode"] == "Offline" && row["status"]["code"] == 200));
    let (status, _) = sim.batch_outcome(&access, &package, |_| {});
    assert_eq!(status["status"]["code"], 430, "a TarGz is no ZIP");
}

#[test]
fn what_an_opening_is_refused_for() {
    let sim = Sim::start();
    let access = sim.login();
    let key = SessionKey::generate(&OsRandomness);
    let (body, _) = opening(&sim, &key, &zipped(&[("a.xml", &invoice("O"))]), 1);
    let refused = |change: &dyn Fn(&mut Value)| {
        let mut body = body.clone();
        change(&mut body);
        sim.post("/sessions/batch", Some(&access), &body).expect(400).exception().0
    };
    let part = body["batchFile"]["fileParts"][0].clone();
    let many: Vec<Value> = (1..=51)
        .map(|ordinal| {
            let mut part = part.clone();
            part["ordinalNumber"] = json!(ordinal);
            part
        })
        .collect();
    assert_eq!(refused(&|body| body["batchFile"]["fileParts"] = json!(many)), 21161);
    assert_eq!(refused(&|body| body["batchFile"]["fileParts"] = json!([])), 21405);
    assert_eq!(refused(&|body| body["batchFile"]["fileParts"][0]["fileSize"] = json!(100_000_017)), 21157);
    assert_eq!(refused(&|body| body["batchFile"]["fileParts"][0]["ordinalNumber"] = json!(2)), 21405);
    assert_eq!(refused(&|body| body["batchFile"]["fileSize"] = json!(5_000_000_001_u64)), 21405);
    assert_eq!(refused(&|body| body["formCode"]["systemCode"] = json!("PEF (3)")), 21405);
    assert_eq!(refused(&|body| body["encryption"]["publicKeyId"] = json!(hash(b"other"))), 21470);
    assert_eq!(refused(&|body| body["encryption"]["initializationVector"] = json!("AAAA")), 21405);
}

#[test]
fn addresses_of_parts() {
    let sim = Sim::start();
    let access = sim.login();
    let key = SessionKey::generate(&OsRandomness);
    let package = zipped(&[("a.xml", &invoice("A"))]);
    let (body, parts) = opening(&sim, &key, &package, 2);
    let batch = sim.open_batch(&access, &body, parts);
    let request = &batch.requests[0];
    let address = request["url"].as_str().unwrap();
    let put = |address: &str, token: Option<&str>, headers: &[(&str, &str)]| {
        sim.send(address, "PUT", token, headers, Some(batch.parts[0].clone())).unwrap().status
    };
    let headers = [("x-ms-blob-type", "BlockBlob")];
    assert_eq!(put(address, None, &[]), 400, "without the headers");
    assert_eq!(put(address, Some(&access), &headers), 401, "with a token");
    assert_eq!(put(&address.replace("/1?", "/2?"), None, &headers), 401, "the signature is of another part");
    assert_eq!(put(&address.replace("sig=", "sig=0"), None, &headers), 401);
    assert_eq!(sim.upload(request, Vec::new()).status, 400);
    sim.upload(request, b"something else".to_vec()).expect(201);
    let (code, detail) = sim.close_batch(&access, &batch.reference).expect(400).exception();
    assert_eq!((code, detail.contains("'1'")), (21157, true), "{detail}");
    sim.upload(request, batch.parts[0].clone()).expect(201);
    let (code, detail) = sim.close_batch(&access, &batch.reference).expect(400).exception();
    assert_eq!((code, detail.contains("'2'")), (21205, true), "{detail}");
    // Two parts have forty minutes each.
    sim.control().advance(Duration::minutes(39));
    sim.upload(&batch.requests[1], batch.parts[1].clone()).expect(201);
    sim.control().advance(Duration::minutes(2));
    assert_eq!(sim.upload(request, batch.parts[0].clone()).status, 403);
    let access = sim.login();
    assert_eq!(sim.close_batch(&access, &batch.reference).expect(400).exception().0, 21208);
    let status = sim.session_status(&access, &batch.reference)["status"].clone();
    assert_eq!(
        (status["code"].clone(), status["details"][0].clone()),
        (json!(440), json!("Przekroczono czas wysyłki"))
    );
    let nothing = "20261123-SB-0123456789-ABCDEF0123-4E";
    assert_eq!(sim.close_batch(&access, nothing).expect(400).exception().0, 21173);
    let online = sim.open(&access);
    assert_eq!(sim.close_batch(&access, &online.reference).expect(400).exception().0, 21173);
}

#[test]
fn packages_that_are_not_what_was_declared() {
    let sim = Sim::start();
    let access = sim.login();
    let package = zipped(&[("a.xml", &invoice("D"))]);
    let code = |change: &dyn Fn(&mut Value)| {
        sim.batch_outcome(&access, &package, change).0["status"]["code"].as_u64().unwrap()
    };
    assert_eq!(code(&|body| body["batchFile"]["fileHash"] = json!(hash(b"other"))), 405);
    assert_eq!(code(&|body| body["batchFile"]["fileSize"] = json!(7)), 405);
    assert_eq!(code(&|body| body["batchFile"]["fileParts"][0]["fileHash"] = json!(hash(b"other"))), 405);
    let other = SessionKey::generate(&OsRandomness);
    let (wrapped, _) = opening(&sim, &other, &package, 1);
    let undecryptable = code(&|body| {
        body["encryption"]["encryptedSymmetricKey"] = wrapped["encryption"]["encryptedSymmetricKey"].clone();
    });
    assert!(matches!(undecryptable, 435 | 405), "a wrong key seldom leaves right padding: {undecryptable}");
    let (status, _) = sim.batch_outcome(&access, &zipped(&[]), |_| {});
    assert_eq!(status["status"]["details"], json!(["Nie przesłano faktur"]));
    let (status, list) = sim.batch_outcome(&access, &zipped(&[("a.xml", b"nothing")]), |_| {});
    assert_eq!((status["status"]["code"].clone(), list.len()), (json!(445), 1));
}

#[test]
fn a_key_that_cannot_be_opened() {
    let sim = Sim::start();
    let access = sim.login();
    let key = SessionKey::generate(&OsRandomness);
    let (mut body, parts) = opening(&sim, &key, b"PK", 1);
    body["encryption"]["encryptedSymmetricKey"] = json!(base64::encode(&[7; 256]));
    let batch = sim.open_batch(&access, &body, parts);
    assert_eq!(sim.session_status(&access, &batch.reference)["status"]["code"], 415);
    assert_eq!(sim.close_batch(&access, &batch.reference).expect(400).exception().0, 21180);
}

#[test]
fn hostile_archives() {
    let sim = Sim::start();
    let access = sim.login();
    let good = invoice("H");
    let code = |package: &[u8], tar: bool| {
        let change = |body: &mut Value| {
            if tar {
                targz(body);
            }
        };
        sim.batch_outcome(&access, package, change).0["status"]["code"].as_u64().unwrap()
    };
    for name in ["../a.xml", "/etc/a.xml", "a\\b.xml", &"x".repeat(129)] {
        assert_eq!(code(&zipped(&[(name, &good)]), false), 430, "{name}");
    }
    assert_eq!(code(&tarred(&[("../a.xml", &good)]), true), 430);
    let whole = zipped(&[("a.xml", &good)]);
    assert_eq!(code(&whole[..whole.len() - 30], false), 430, "cut off");
    let whole = tarred(&[("a.xml", &good)]);
    assert_eq!(code(&whole[..whole.len() - 10], true), 430, "cut off");
    assert_eq!(code(b"Dzien dobry", false), 430);
    // Nothing, in a package of some kilobytes.
    let bomb = vec![0; 6_000_000];
    assert_eq!(code(&zipped(&[("a.xml", &bomb)]), false), 430, "ratio");
    assert_eq!(code(&tarred(&[("a.xml", &bomb), ("b.xml", &bomb)]), true), 430, "ratio");
    let mut link =
        tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default()));
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::Symlink);
    header.set_size(0);
    link.append_link(&mut header, "a.xml", "/etc/passwd").unwrap();
    assert_eq!(code(&link.into_inner().unwrap().finish().unwrap(), true), 430, "a link");
    let large = vec![b' '; 3_000_001];
    let (status, list) = sim.batch_outcome(&access, &zipped(&[("a.xml", &large), ("b.xml", &good)]), |_| {});
    assert_eq!(status["status"]["code"], 200);
    assert_eq!(list[0]["status"]["code"], 430);
}

#[test]
fn every_ending_of_a_batch_can_be_ordered() {
    let sim = Sim::start();
    let access = sim.login();
    for code in [405, 415, 420, 430, 435, 440, 445, 500] {
        sim.control().end_next(Ending::Batch { code }).unwrap();
        let package = zipped(&[("a.xml", &invoice(&format!("E {code}")))]);
        let (status, list) = sim.batch_outcome(&access, &package, |_| {});
        assert_eq!(status["status"]["code"], code, "{status}");
        let documents: Vec<u64> = list.iter().map(|row| row["status"]["code"].as_u64().unwrap()).collect();
        assert_eq!(documents, if code == 500 { vec![405] } else { vec![] });
    }
    assert!(sim.control().end_next(Ending::Batch { code: 477 }).is_err());
}

#[test]
fn step_by_step() {
    let (sim, access) = Sim::explicit_with_login();
    let key = SessionKey::generate(&OsRandomness);
    let (body, parts) = opening(&sim, &key, &zipped(&[("a.xml", &invoice("S"))]), 1);
    let batch = sim.open_batch(&access, &body, parts);
    sim.upload(&batch.requests[0], batch.parts[0].clone()).expect(201);
    sim.close_batch(&access, &batch.reference).expect(204);
    let look = || sim.session_status(&access, &batch.reference);
    assert_eq!((look()["status"]["code"].clone(), look()["invoiceCount"].clone()), (json!(150), json!(0)));
    sim.control().step(&StepTarget::All).unwrap();
    assert_eq!((look()["status"]["code"].clone(), look()["invoiceCount"].clone()), (json!(150), json!(1)));
    sim.control().step(&StepTarget::UntilNothingMoves).unwrap();
    assert_eq!(look()["status"]["code"], 200);
    let arrived = sim.control().arrived().unwrap();
    assert_eq!(arrived.count(Operation::UploadPart), 1);
}
