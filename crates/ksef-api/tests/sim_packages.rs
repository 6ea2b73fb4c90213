//! Packages of invoices against the simulator: the batch session up, the export down; and what belongs to many invoices.
#![expect(clippy::unwrap_used, reason = "what fails must stop the test")]

mod world;

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _, Write as _};

use bytes::Bytes;
use ksef_api::{
    AccessToken, BatchFile, BatchPart, BatchSession, CollectiveIdentifiersQuery, Compression, ContextLimits,
    DateKind, DateRange, ErrorKind, ExportStatus, FormCode, InvoicePackage, InvoiceQuery, InvoiceToPay,
    OpenBatchSession, PackageCompression, PageOf, PartFile, Payment, SessionLimits, SessionLimitsOverride,
    SessionStatus, StartExport, SubjectKind,
};
use ksef_crypto::{SessionKey, sha256};
use ksef_sim::{ExportLimits, Quirk};
use ksef_types::{Clock as _, KsefNumber, ReferenceNumber, SystemClock};
use tokio_util::sync::CancellationToken;
use world::{World, document, encrypted, quick};

fn zipped(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn tarred(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    let mut archive = tar::Builder::new(gzip);
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, name, bytes.as_slice()).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap()
}

fn documents(kind: &str, count: usize) -> Vec<(String, Vec<u8>)> {
    (1..=count).map(|at| (format!("f{at}.xml"), document(&format!("{kind}/{at}")))).collect()
}

/// A session that waits for these parts.
async fn opened(
    world: &World,
    access: &AccessToken,
    package: &[u8],
    compression: Compression,
) -> (BatchSession, Vec<Vec<u8>>) {
    let (key, encryption) = world.session_key().await;
    let parts: Vec<Vec<u8>> =
        package.chunks(package.len().div_ceil(3)).map(|part| key.encrypt(part).unwrap()).collect();
    let described = parts.iter().zip(1..).map(|(part, ordinal_number)| BatchPart {
        ordinal_number,
        file_size: part.len() as u64,
        file_hash: sha256(part),
    });
    let batch_file = BatchFile {
        file_size: package.len() as u64,
        file_hash: sha256(package),
        compression,
        parts: described.collect(),
    };
    let request =
        OpenBatchSession { form_code: FormCode::fa3(), batch_file, encryption, offline_mode: false };
    (world.client.open_batch_session(access, &request).await.unwrap().into_value(), parts)
}

async fn upload(world: &World, session: &BatchSession, parts: &[Vec<u8>]) {
    let uploads = session.uploads.iter().map(|upload| {
        let part = &parts[upload.ordinal_number as usize - 1];
        world.client.upload_batch_part(upload, Bytes::from(part.clone()))
    });
    for outcome in futures::future::join_all(uploads).await {
        outcome.unwrap();
    }
}

async fn closed(world: &World, access: &AccessToken, session: &ReferenceNumber) -> SessionStatus {
    world.client.close_batch_session(access, session).await.unwrap();
    let waited = world.client.await_session(access, session, &quick(), &CancellationToken::new()).await;
    waited.unwrap().into_value()
}

async fn sent(world: &World, access: &AccessToken, files: &[(String, Vec<u8>)]) -> Vec<KsefNumber> {
    let (session, parts) = opened(world, access, &zipped(files), Compression::Zip).await;
    upload(world, &session, &parts).await;
    let status = closed(world, access, &session.reference_number).await;
    assert!(status.status.is_done(), "{status:?}");
    let list = world.client.session_invoices(access, &session.reference_number, 1000, None).await.unwrap();
    list.invoices.iter().map(|invoice| invoice.ksef_number.clone().unwrap()).collect()
}

#[tokio::test]
async fn a_batch_in_either_form_in_three_parts_at_once() {
    let world = World::start().await;
    let access = world.access().await;
    for (kind, compression) in [("ZIP", Compression::Zip), ("TAR", Compression::TarGz)] {
        let files = documents(kind, 4);
        let package = if compression == Compression::Zip { zipped(&files) } else { tarred(&files) };
        let (session, parts) = opened(&world, &access, &package, compression).await;
        assert_eq!(session.uploads.len(), 3);
        upload(&world, &session, &parts).await;
        let status = closed(&world, &access, &session.reference_number).await;
        assert!(status.status.is_done(), "{status:?}");
        assert_eq!((status.invoice_count, status.successful_invoice_count), (Some(4), Some(4)));
        let list = world.client.session_invoices(&access, &session.reference_number, 10, None).await.unwrap();
        let names: BTreeSet<_> =
            list.invoices.iter().filter_map(|one| one.invoice_file_name.clone()).collect();
        assert_eq!(names.len(), 4, "each is found by its file: {names:?}");
        let page = &status.upo.unwrap().pages[0];
        let upo = world.client.download_upo(&page.download_url).await.unwrap();
        assert!(
            String::from_utf8_lossy(&upo.xml)
                .contains(list.invoices[0].ksef_number.as_ref().unwrap().as_str())
        );
    }
    world.running.stop().await;
}

#[tokio::test]
async fn a_batch_from_files() {
    let world = World::start().await;
    let access = world.access().await;
    let (session, parts) = opened(&world, &access, &zipped(&documents("PLIK", 5)), Compression::Zip).await;
    let folder = tempfile::tempdir().unwrap();
    for upload in &session.uploads {
        let path = folder.path().join(upload.ordinal_number.to_string());
        std::fs::write(&path, &parts[upload.ordinal_number as usize - 1]).unwrap();
        let file = PartFile::of(path).await.unwrap();
        world.client.upload_batch_part_from(upload, &file).await.unwrap();
    }
    let status = closed(&world, &access, &session.reference_number).await;
    assert_eq!(status.successful_invoice_count, Some(5), "{status:?}");
    world.running.stop().await;
}

#[tokio::test]
async fn a_batch_that_lacks_a_part_cannot_be_closed_and_can_be_completed() {
    let world = World::start().await;
    let access = world.access().await;
    let package = zipped(&documents("LUKA", 2));
    let (mut session, parts) = opened(&world, &access, &package, Compression::Zip).await;
    let missing = session.uploads.pop().unwrap();
    upload(&world, &session, &parts).await;
    let error = world.client.close_batch_session(&access, &session.reference_number).await.unwrap_err();
    assert!(error.has_code(21205), "{error:?}");
    let part = parts[missing.ordinal_number as usize - 1].clone();
    world.client.upload_batch_part(&missing, Bytes::from(part)).await.unwrap();
    assert!(closed(&world, &access, &session.reference_number).await.status.is_done());
    world.running.stop().await;
}

#[tokio::test]
async fn field_note_02_a_closed_batch_that_stays_at_100_is_waited_for() {
    let world = World::start().await;
    let access = world.access().await;
    world.running.control().quirk(Quirk::ClosedBatchStaysAt100, true);
    let (session, parts) = opened(&world, &access, &zipped(&documents("STO", 1)), Compression::Zip).await;
    upload(&world, &session, &parts).await;
    let reference = session.reference_number.clone();
    world.client.close_batch_session(&access, &reference).await.unwrap();
    let status = world.client.session_status(&access, &reference).await.unwrap();
    assert!(status.status.is_under_way(), "{status:?}");
    world.running.control().quirk(Quirk::ClosedBatchStaysAt100, false);
    let cancel = CancellationToken::new();
    let waited = world.client.await_session(&access, &reference, &quick(), &cancel).await.unwrap();
    assert!(waited.status.is_done(), "{waited:?}");
    world.running.stop().await;
}

fn everything() -> InvoiceQuery {
    let now = SystemClock.now();
    let date_range = DateRange {
        date_type: DateKind::PermanentStorage,
        from: now - chrono::TimeDelta::days(1),
        to: None,
        restrict_to_permanent_storage_hwm_date: Some(true),
    };
    InvoiceQuery::new(SubjectKind::Subject1, date_range)
}

async fn exported(
    world: &World,
    access: &AccessToken,
    filters: InvoiceQuery,
    compression: Compression,
) -> (SessionKey, ExportStatus) {
    let (key, encryption) = world.session_key().await;
    let request = StartExport { encryption, only_metadata: false, filters, compression };
    let started = world.client.start_export(access, &request).await.unwrap();
    let cancel = CancellationToken::new();
    let waited = world.client.await_export(access, &started.reference_number, &quick(), &cancel).await;
    (key, waited.unwrap().into_value())
}

/// Fetched, checked, decrypted, put together.
async fn package(world: &World, key: &SessionKey, package: &InvoicePackage) -> Vec<u8> {
    let mut whole = Vec::new();
    for part in &package.parts {
        let plain = key.decrypt(&world.client.fetch_part(part).await.unwrap()).unwrap();
        assert_eq!((plain.len() as u64, sha256(&plain)), (part.part_size, part.part_hash));
        whole.extend_from_slice(&plain);
    }
    whole
}

fn names(zip: &[u8]) -> BTreeSet<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    (0..archive.len()).map(|at| archive.by_index(at).unwrap().name().unwrap().into_owned()).collect()
}

#[tokio::test]
async fn an_export_in_many_parts_holds_what_was_sent() {
    let world = World::start().await;
    let access = world.access().await;
    let numbers = sent(&world, &access, &documents("EKSPORT", 5)).await;
    world.running.control().limit_exports(ExportLimits { part_bytes: 500, ..ExportLimits::default() });
    let (key, status) = exported(&world, &access, everything(), Compression::Zip).await;
    let found = status.package.unwrap();
    assert!(status.status.is_done() && !found.is_truncated);
    assert_eq!(found.invoice_count, 5);
    assert!(found.parts.len() > 1, "{found:?}");
    assert_eq!(found.compression, Some(PackageCompression::Zip));
    assert_eq!(found.next_from(), found.permanent_storage_hwm_date);
    let zip = package(&world, &key, &found).await;
    let mut wanted: BTreeSet<String> = numbers.iter().map(|number| format!("{number}.xml")).collect();
    wanted.insert("_metadata.json".to_owned());
    assert_eq!(names(&zip), wanted);
    world.running.stop().await;
}

#[tokio::test]
async fn an_export_that_was_cut_goes_on_where_it_ended() {
    let world = World::start().await;
    let access = world.access().await;
    let numbers: BTreeSet<KsefNumber> =
        sent(&world, &access, &documents("CIECIE", 5)).await.into_iter().collect();
    world.running.control().limit_exports(ExportLimits { invoices: 2, ..ExportLimits::default() });
    let (mut filters, mut seen, mut rounds) = (everything(), BTreeSet::new(), 0);
    loop {
        rounds += 1;
        assert!(rounds < 10, "it does not end");
        let (key, status) = exported(&world, &access, filters.clone(), Compression::TarGz).await;
        let found = status.package.unwrap();
        if !found.parts.is_empty() {
            let whole = package(&world, &key, &found).await;
            let mut plain = Vec::new();
            flate2::read::GzDecoder::new(whole.as_slice()).read_to_end(&mut plain).unwrap();
            let mut archive = tar::Archive::new(plain.as_slice());
            for entry in archive.entries().unwrap() {
                let name = entry.unwrap().path().unwrap().display().to_string();
                seen.extend(name.strip_suffix(".xml").and_then(|number| number.parse::<KsefNumber>().ok()));
            }
        }
        if !found.is_truncated {
            break;
        }
        let next = found.next_from().unwrap();
        assert!(next >= filters.date_range.from);
        filters.date_range.from = next;
    }
    assert!(rounds > 1);
    assert_eq!(seen, numbers);
    world.running.stop().await;
}

#[tokio::test]
async fn a_collective_identifier_is_made_found_and_read_in_both_ways() {
    let world = World::start().await;
    let client = &world.client;
    let access = world.access_with(world.owner_token()).await;
    let numbers = sent(&world, &access, &documents("ZBIORCZY", 2)).await;
    let payment = Payment { amount: "246.00".parse().unwrap(), currency: "PLN".to_owned() };
    let to_pay: Vec<InvoiceToPay> = numbers
        .iter()
        .map(|number| InvoiceToPay {
            ksef_number: number.clone(),
            payment: Some(payment.clone()),
            description: Some("Zamówienie".parse().unwrap()),
        })
        .collect();
    let made = client.make_collective_identifier(&access, &to_pay).await.unwrap().into_value();
    let now = SystemClock.now();
    let query = CollectiveIdentifiersQuery::between(
        now - chrono::TimeDelta::days(1),
        now + chrono::TimeDelta::minutes(1),
    );
    let listed = client.collective_identifiers(&access, &query, 10, None).await.unwrap();
    assert_eq!(
        (&listed.collective_identifiers[0].number, listed.collective_identifiers[0].invoice_count),
        (&made, Some(2))
    );
    let by_invoice = client.collective_identifiers_of_invoice(&access, &numbers[0], 10, None).await.unwrap();
    assert_eq!(by_invoice.collective_identifiers[0].number, made);
    let older = client.invoices_of_collective_identifier(&access, &made, 10, None).await.unwrap();
    let newer =
        client.collective_identifier_invoices(&access, std::slice::from_ref(&made), 10, None).await.unwrap();
    assert_eq!((older.invoices.len(), newer.invoices.len()), (2, 2));
    assert_eq!(newer.invoices[0].collective_identifier_number, Some(made));
    assert!(older.invoices.iter().all(|one| one.payment.as_ref() == Some(&payment) && !one.details_hidden));

    let twice = vec![to_pay[0].clone(), to_pay[0].clone()];
    let error = client.make_collective_identifier(&access, &twice).await.unwrap_err();
    assert!(error.has_code(ksef_api::code::COLLECTIVE_REPEATED), "{error:?}");
    world.running.stop().await;
}

#[tokio::test]
async fn providers_of_peppol_are_listed_without_access() {
    let world = World::start().await;
    world.running.control().make_peppol_provider("PPL123456", "Dostawca").unwrap();
    let page = world.client.peppol_providers(PageOf::FIRST).await.unwrap();
    assert_eq!((page.peppol_providers[0].id.as_str(), page.has_more), ("PPL123456", false));
    world.running.stop().await;
}

async fn limits(world: &World, access: &AccessToken) -> ContextLimits {
    world.client.context_limits(access).await.unwrap().into_value()
}

#[tokio::test]
async fn limits_are_set_felt_and_reset() {
    let world = World::start().await;
    let access = world.access().await;
    let before = limits(&world, &access).await;
    let data = world.client.test_data().unwrap();
    let small =
        SessionLimits { max_invoice_megabytes: 1, max_invoice_with_attachment_megabytes: 3, max_invoices: 1 };
    let wanted =
        SessionLimitsOverride { online_session: small, batch_session: small, collective_identifier: None };
    data.set_session_limits(&access, &wanted).await.unwrap();
    assert_eq!(limits(&world, &access).await.online_session, small);
    let (key, session) = world.open(&access).await.unwrap();
    let send = async |number: &str| {
        world.client.send_invoice(&access, &session, &encrypted(&key, &document(number))).await
    };
    send("LIMIT/1").await.unwrap();
    let error = send("LIMIT/2").await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Refused(_)), "{error:?}");
    data.reset_session_limits(&access).await.unwrap();
    assert_eq!(limits(&world, &access).await, before);
    world.running.stop().await;
}

#[tokio::test]
async fn a_context_that_was_blocked_lets_nobody_in_until_it_is_unblocked() {
    let world = World::start().await;
    let (seal, data) = (world.seal(), world.client.test_data().unwrap());
    let context = world::SELLER.parse::<ksef_types::Nip>().unwrap().into();
    data.block(&context).await.unwrap();
    assert_eq!(world.signed_in(&seal, world::SELLER).await.status.code, 480);
    data.unblock(&context).await.unwrap();
    assert_eq!(world.signed_in(&seal, world::SELLER).await.status.code, 200);
    world.running.stop().await;
}
