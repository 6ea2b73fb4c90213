//! The validator accepts and refuses what `xmllint --schema` does: on the ministry's samples, on mutations of
//! them and on documents walked at random through the schema.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop where they cannot go on"
)]

mod chance;
#[path = "../../../../xtask/src/fa3_table/mod.rs"]
mod fa3_table;
mod kinds;
mod mutations;
mod oracle;
mod tree;
mod values;
mod walks;

use std::collections::BTreeMap;

use kinds::Kind;
use oracle::Case;

#[test]
#[ignore = "writes the table, as cargo xtask fa3-table does"]
fn write_the_table() {
    fa3_table::run().unwrap();
}

#[test]
fn samples() {
    let Some(shared) = ksef_testkit::shared() else {
        return println!("skipped: no samples beside the repository");
    };
    let cases: Vec<Case> =
        oracle::samples(&shared).into_iter().map(|(name, text)| Case::new(name, text)).collect();
    assert!(cases.len() >= 20, "{} samples", cases.len());
    let verdicts = oracle::compare(&shared, &cases);
    assert_eq!(verdicts.accepted, cases.len(), "the samples are valid");
}

#[test]
fn mutations_of_samples() {
    let Some(shared) = ksef_testkit::shared() else {
        return println!("skipped: no samples beside the repository");
    };
    let samples = oracle::samples(&shared);
    let cases = mutations::all(&samples);
    assert!(cases.len() >= 2000, "{} mutations", cases.len());
    let verdicts = oracle::compare(&shared, &cases);
    println!("{} mutations, {} accepted", cases.len(), verdicts.accepted);
    assert!(verdicts.accepted > 200 && verdicts.accepted < cases.len() - 1000, "mutations of both kinds");
}

#[test]
fn walks_through_the_schema() {
    let Some(shared) = ksef_testkit::shared() else {
        return println!("skipped: no schemas beside the repository");
    };
    let cases = walks::all();
    let verdicts = oracle::compare(&shared, &cases);
    println!("{} walks, {} accepted", cases.len(), verdicts.accepted);
    assert!(verdicts.accepted > 100 && verdicts.accepted < cases.len() - 100, "walks of both kinds");
}

#[test]
fn the_smallest_document_with_each_element() {
    let Some(shared) = ksef_testkit::shared() else {
        return println!("skipped: no schemas beside the repository");
    };
    let (_, seeds) = kinds::seeds();
    let cases: Vec<Case> =
        seeds.iter().map(|seed| Case::new(seed.path.clone(), seed.root.to_xml())).collect();
    let verdicts = oracle::compare(&shared, &cases);
    println!("{} elements with a value", cases.len());
    assert_eq!(verdicts.accepted, cases.len(), "the smallest documents are valid");
}

#[test]
fn two_thousand_mutations_of_each_kind() {
    let Some(shared) = ksef_testkit::shared() else {
        return println!("skipped: no schemas beside the repository");
    };
    let (table, seeds) = kinds::seeds();
    let mut counts = BTreeMap::new();
    for kind in Kind::ALL {
        let cases = kinds::of(kind, &table, &seeds);
        let verdicts = oracle::compare(&shared, &cases);
        counts.insert(kind, (cases.len(), verdicts.accepted));
    }
    println!("{}", kinds::counts(&counts));
    for (kind, (all, accepted)) in counts {
        assert!(all >= kinds::OF_EACH, "{kind:?}");
        assert!(accepted > 20 && all - accepted > 100, "{kind:?}: {accepted} of {all} accepted");
    }
}

/// Where the two differ on purpose.
#[test]
fn a_dtd_is_refused_although_the_schema_does_not_mind() {
    let Some(shared) = ksef_testkit::shared() else {
        return println!("skipped: no samples beside the repository");
    };
    let (_, sample) = oracle::samples(&shared).swap_remove(0);
    let with_dtd = sample.replacen("<Faktura", "<!DOCTYPE Faktura><Faktura", 1);
    let findings = ksef_invoice::validate_structure(with_dtd.as_bytes());
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].code, ksef_invoice::FindingCode::Dtd);
}
