//! Batches at the size of their limits: ten thousand documents, fifty parts, five gigabytes.

use std::io::{Cursor, Write as _};

use ksef_crypto::{OsRandomness, SessionKey};
use serde_json::{Value, json};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use crate::batch::opening;
use crate::harness::{Sim, hash, invoice};

const MOST: usize = 10_000;
const PLACEHOLDER: &str = "NUMER-FAKTURY";

/// Small invoices of one template, each with a number of its own.
fn documents(prefix: &str, count: usize) -> impl Iterator<Item = (String, Vec<u8>)> {
    let template = String::from_utf8(invoice(PLACEHOLDER)).unwrap();
    let prefix = prefix.to_owned();
    (0..count).map(move |place| {
        let number = format!("{prefix} {place}");
        (format!("{place}.xml"), template.replace(PLACEHOLDER, &number).into_bytes())
    })
}

/// Packed without compression, which is what would take the time.
fn zipped(documents: impl Iterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in documents {
        archive.start_file(name, stored).unwrap();
        archive.write_all(&bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn tarred(documents: impl Iterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    let mut archive = tar::Builder::new(gzip);
    for (name, bytes) in documents {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        archive.append_data(&mut header, name, bytes.as_slice()).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap()
}

/// The status of the session that a package in so many parts comes to.
fn sent(sim: &Sim, package: &[u8], parts: usize, compression: &str) -> Value {
    let access = sim.login();
    let key = SessionKey::generate(&OsRandomness);
    let (mut body, parts) = opening(sim, &key, package, parts);
    body["batchFile"]["compressionType"] = json!(compression);
    let batch = sim.open_batch(&access, &body, parts);
    for (request, part) in batch.requests.iter().zip(&batch.parts) {
        sim.upload(request, part.clone()).expect(201);
    }
    sim.close_batch(&access, &batch.reference).expect(204);
    // The work is done by whoever looks next: not within the patience of an HTTP client.
    sim.control().companies().unwrap();
    sim.session_status(&access, &batch.reference)
}

fn counts(status: &Value) -> [u64; 4] {
    let number = |field: &str| status[field].as_u64().unwrap();
    [
        status["status"]["code"].as_u64().unwrap(),
        number("invoiceCount"),
        number("successfulInvoiceCount"),
        number("failedInvoiceCount"),
    ]
}

/// Files that are no invoices: where only their number counts.
fn rubbish(count: usize) -> impl Iterator<Item = (String, Vec<u8>)> {
    (0..count).map(|place| (format!("nic {place}.xml"), b"nic".to_vec()))
}

#[test]
fn ten_thousand_documents_in_a_zip_of_fifty_parts() {
    let sim = Sim::start();
    let status = sent(&sim, &zipped(documents("Z", MOST)), 50, "Zip");
    assert_eq!(counts(&status), [200, 10_000, 10_000, 0]);
    assert_eq!(status["upo"]["pages"].as_array().unwrap().len(), 1);
    assert_eq!(sim.control().invoices().unwrap().len(), MOST);
}

/// Most of them small for the sake of time: unpacking costs by the byte, without optimisation.
#[test]
fn ten_thousand_documents_in_a_targz() {
    const GOOD: usize = 1_000;
    let sim = Sim::start();
    let package = tarred(documents("T", GOOD).chain(rubbish(MOST - GOOD)));
    let status = sent(&sim, &package, 3, "TarGz");
    assert_eq!(counts(&status), [200, 10_000, 1_000, 9_000]);
}

#[test]
fn one_document_more_and_nothing_is_taken() {
    let sim = Sim::start();
    let too_many = || documents("Z", 1).chain(rubbish(MOST));
    for (package, compression) in [(zipped(too_many()), "Zip"), (tarred(too_many()), "TarGz")] {
        assert_eq!(counts(&sent(&sim, &package, 2, compression)), [420, 0, 0, 0]);
    }
    assert_eq!(sim.control().invoices().unwrap().len(), 0);
}

#[test]
fn five_gigabytes_by_declaration() {
    let sim = Sim::start();
    let access = sim.login();
    let key = SessionKey::generate(&OsRandomness);
    let (body, _) = opening(&sim, &key, b"PK", 1);
    let declared = |file_size: u64, parts: u64, part_size: u64| {
        let listed: Vec<Value> = (1..=parts)
            .map(|ordinal| json!({ "ordinalNumber": ordinal, "fileSize": part_size, "fileHash": hash(b"part") }))
            .collect();
        let mut body = body.clone();
        body["batchFile"] = json!({ "fileSize": file_size, "fileHash": hash(b"file"), "fileParts": listed });
        sim.post("/sessions/batch", Some(&access), &body)
    };
    // A hundred megabytes before encryption, and the block that it adds.
    const PART: u64 = 100_000_016;
    let opened = declared(5_000_000_000, 50, PART).expect(201).json();
    assert_eq!(opened["partUploadRequests"].as_array().unwrap().len(), 50);
    assert_eq!(declared(5_000_000_001, 50, PART).expect(400).exception().0, 21405);
    assert_eq!(declared(5_000_000_000, 50, PART + 1).expect(400).exception().0, 21157);
    assert_eq!(declared(5_000_000_000, 51, PART).expect(400).exception().0, 21161);
    // What was declared and never came.
    let reference = opened["referenceNumber"].as_str().unwrap();
    assert_eq!(sim.close_batch(&access, reference).expect(400).exception().0, 21205);
    // More than was declared is seen when the batch is closed, as with a storage of blobs.
    let small = declared(10, 1, 16).expect(201).json();
    sim.upload(&small["partUploadRequests"][0], vec![7; 1_000_000]).expect(201);
    let reference = small["referenceNumber"].as_str().unwrap();
    assert_eq!(sim.close_batch(&access, reference).expect(400).exception().0, 21157);
}
