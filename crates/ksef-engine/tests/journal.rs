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
    for needle in [secret.as_str(), password.as_str(), "eyJ", "PRIVATE"] {
        assert!(!csv.contains(needle));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_filters_and_a_changed_line() {
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
