//! Everything that is done with credentials stands in the journal, chained, without a secret.

mod common;

use std::collections::BTreeSet;

use common::signing::{enrolled, wish};
use common::{Bench, SANDBOX, nip};
use ksef_engine::{
    Act, CertificateSlot, CredentialSlot, Deed, EnrolmentStep, ExportForm, JournalFilter, RevocationReason,
};

#[tokio::test(flavor = "multi_thread")]
async fn every_deed_is_there_and_the_chain_holds() {
    let bench = Bench::instant().await;
    let engine = &bench.engine;
    bench.sign_in(engine).await;
    engine.enrol(nip(), SANDBOX, &wish(Some("Dziennik"), None)).await.unwrap();
    let slot = CertificateSlot::Authentication;
    let first = enrolled(engine, slot, EnrolmentStep::Done).await.serial.unwrap();
    engine.renew_certificate(nip(), SANDBOX, slot).await.unwrap();
    enrolled(engine, slot, EnrolmentStep::Done).await;
    engine.credential_table(nip(), SANDBOX, true).await.unwrap();
    engine.revoke_certificate(nip(), SANDBOX, &first, RevocationReason::Superseded).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kopia");
    let exported =
        engine.export_credential(nip(), SANDBOX, slot, ExportForm::Pair, None, path).await.unwrap();
    let token = bench.make_token();
    engine.paste_token(nip(), SANDBOX, token.secret().clone()).await.unwrap();
    engine.remove_credential(nip(), SANDBOX, CredentialSlot::Token).await.unwrap();
    let page = engine.journal(&JournalFilter::default()).unwrap();
    assert_eq!(page.broken_at, None);
    let acts: BTreeSet<&str> = page.rows.iter().map(|row| row.act.as_str()).collect();
    for act in [
        Act::CompanyAdded,
        Act::SignedIn,
        Act::CertificateRequested,
        Act::CertificateReceived,
        Act::CertificateRenewed,
        Act::CertificateRevoked,
        Act::CredentialExported,
        Act::TokenPasted,
        Act::CredentialRemoved,
    ] {
        assert!(acts.contains(act.as_str()), "{act:?} in {acts:?}");
    }
    let mut csv = Vec::new();
    let count = engine.write_journal(&mut csv).unwrap().unwrap();
    assert_eq!(count, page.rows.len() as u64);
    let csv = String::from_utf8(csv).unwrap();
    assert_eq!(csv.lines().count() as u64, count + 1);
    // Exposed to be looked for.
    let secret = token.secret().expose().rsplit('|').next().unwrap().to_owned();
    let password = exported.password.unwrap().expose().clone();
    for needle in [secret.as_str(), password.as_str(), "eyJhbGciOi", "PRIVATE"] {
        assert!(!csv.contains(needle));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_and_filters() {
    let bench = Bench::instant().await;
    for number in 0..250 {
        bench.engine.record(Deed::of(Act::TokenMade, nip(), SANDBOX).object(number.to_string()));
    }
    bench.engine.record(Deed::new(Act::LockSet).failed("WrongPassword"));
    let (mut before, mut seen) = (None, Vec::new());
    loop {
        let filter = JournalFilter { company: Some(nip()), before };
        let page = bench.engine.journal(&filter).unwrap();
        seen.extend(page.rows.into_iter().filter(|row| row.act == Act::TokenMade.as_str()));
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    let objects: Vec<String> = seen.iter().map(|row| row.values["object"].clone()).collect();
    let expected: Vec<String> = (0..250).rev().map(|number| number.to_string()).collect();
    assert_eq!(objects, expected);
    let newest = bench.engine.journal(&JournalFilter::default()).unwrap().rows.remove(0);
    assert!(!newest.succeeded);
    assert_eq!(newest.problem.as_deref(), Some("WrongPassword"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_ten_thousand_entries_reads_its_own_and_what_came_since() {
    let bench = Bench::instant().await;
    let engine = &bench.engine;
    let known = engine.journal(&JournalFilter::default()).unwrap().looked_at;
    for number in 0..10_000 {
        engine.record(Deed::of(Act::TokenMade, nip(), SANDBOX).object(number.to_string()));
    }
    let first = engine.journal(&JournalFilter::default()).unwrap();
    assert_eq!((first.looked_at, first.broken_at), (10_000, None));
    // The next pages, and the first one again.
    let (mut before, mut seen) = (first.next, first.rows.len());
    while before.is_some() {
        let page = engine.journal(&JournalFilter { company: None, before }).unwrap();
        assert_eq!((page.looked_at, page.broken_at), (0, None));
        (before, seen) = (page.next, seen + page.rows.len());
    }
    assert_eq!(seen as u64, known + 10_000);
    engine.record(Deed::new(Act::LockSet));
    assert_eq!(engine.journal(&JournalFilter::default()).unwrap().looked_at, 1);
    // Another process adds an entry: nobody knows what else it did, and the whole chain is looked through once more.
    bench.restarted(common::quick()).record(Deed::new(Act::LockSet));
    let again = engine.journal(&JournalFilter::default()).unwrap();
    assert_eq!((again.looked_at, again.broken_at), (known + 10_002, None));
    assert_eq!(engine.journal(&JournalFilter::default()).unwrap().looked_at, 0);
}

#[test]
fn a_line_changed_in_the_file_is_told_on_every_page() {
    let folder = tempfile::tempdir().unwrap();
    let engine = |folder: &std::path::Path| {
        let vault = std::sync::Arc::new(ksef_vault::MemoryVault::new());
        let nowhere = "http://127.0.0.1:9/v2".parse().unwrap();
        common::engine(
            folder,
            &vault,
            std::sync::Arc::new(ksef_types::SystemClock),
            &nowhere,
            common::quick(),
        )
    };
    let writing = engine(folder.path());
    for number in 0..250 {
        writing.record(Deed::new(Act::JournalSaved).object(format!("dziennik-{number:03}.csv")));
    }
    assert_eq!(writing.journal(&JournalFilter::default()).unwrap().broken_at, None);
    // The last one out writes everything into the one file.
    drop(writing);
    let file = folder.path().join("archiwum.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let (was, becomes) = (b"dziennik-041.csv", b"dziennik-941.csv");
    let places: Vec<_> =
        (0..bytes.len() - was.len()).filter(|place| bytes[*place..].starts_with(was)).collect();
    let [place] = places[..] else { unreachable!("{places:?}") };
    bytes[place..place + was.len()].copy_from_slice(becomes);
    std::fs::write(&file, bytes).unwrap();
    let reading = engine(folder.path());
    let mut before = None;
    loop {
        let page = reading.journal(&JournalFilter { company: None, before }).unwrap();
        assert_eq!(page.broken_at, Some(42), "before {before:?}");
        before = page.next;
        if before.is_none() {
            break;
        }
    }
}
