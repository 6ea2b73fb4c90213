//! A company, a moment, and the ways to look at what comes out.

use std::path::Path;
use std::process::Command;

use chrono::{DateTime, NaiveDate, Utc};
use ksef_invoice::draft::{
    AddressDraft, BuyerDraft, Composition, DraftCheck, InvoiceDraft, IssueContext, Issuer, LineDraft,
    PartyDraft, SellerProfile, check_draft, compose, state_of,
};
use ksef_invoice::fa3::{self, Faktura};
use ksef_invoice::validate_structure;
use ksef_types::{Environment, KsefNumber, Nip};

pub(crate) fn nip() -> Nip {
    "5265877635".parse().unwrap()
}

pub(crate) fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

pub(crate) fn moment() -> DateTime<Utc> {
    "2026-11-21T10:00:00Z".parse().unwrap()
}

pub(crate) fn profile() -> SellerProfile {
    SellerProfile {
        name: "Okna Jasne sp. z o.o.".to_owned(),
        address: AddressDraft {
            line1: "ul. Kwiatowa 1".to_owned(),
            line2: "00-001 Warszawa".to_owned(),
            ..AddressDraft::default()
        },
        krs: "0000099999".to_owned(),
        regon: "123456785".to_owned(),
        issue_place: "Warszawa".to_owned(),
        ..SellerProfile::default()
    }
}

pub(crate) fn context() -> IssueContext<'static> {
    IssueContext {
        number: "FV/1/11/2026",
        issue_date: day(),
        created: moment(),
        system_info: "Okienko 0.1.0",
    }
}

pub(crate) fn composed(draft: &InvoiceDraft) -> Composition {
    let profile = profile();
    compose(draft, &Issuer { nip: nip(), profile: &profile }, &context())
}

pub(crate) fn checked(draft: &InvoiceDraft) -> DraftCheck {
    let profile = profile();
    check_draft(draft, &Issuer { nip: nip(), profile: &profile }, &context(), Environment::Production, day())
}

/// The document of a draft without a fault; says what is wrong with any other.
pub(crate) fn document(draft: &InvoiceDraft) -> Faktura {
    let composition = composed(draft);
    composition.invoice.unwrap_or_else(|| panic!("{:#?}\n{draft:#?}", composition.findings))
}

/// The bytes of a document that the structure takes.
pub(crate) fn sound(invoice: &Faktura) -> Vec<u8> {
    let bytes = fa3::write(invoice);
    let findings = validate_structure(&bytes);
    assert!(findings.is_empty(), "{findings:#?}\n{}", String::from_utf8_lossy(&bytes));
    bytes
}

pub(crate) fn buyer() -> BuyerDraft {
    BuyerDraft {
        party: PartyDraft {
            id: "PL 111-111-11-11".to_owned(),
            name: "F.H.U. Jan Kowalski".to_owned(),
            address: AddressDraft {
                line1: "ul. Polna 1, 00-001 Warszawa".to_owned(),
                ..AddressDraft::default()
            },
            ..PartyDraft::default()
        },
        ..BuyerDraft::default()
    }
}

pub(crate) fn line(name: &str, quantity: &str, price: &str, rate: &str) -> LineDraft {
    LineDraft {
        name: name.to_owned(),
        quantity: quantity.to_owned(),
        unit: "szt.".to_owned(),
        unit_price: price.to_owned(),
        rate: rate.to_owned(),
        ..LineDraft::default()
    }
}

pub(crate) fn invoice(lines: Vec<LineDraft>) -> InvoiceDraft {
    InvoiceDraft { buyer: buyer(), lines, ..InvoiceDraft::default() }
}

/// A correction of an invoice that nothing has corrected yet.
pub(crate) fn correction_of(invoice: &Faktura, ksef_number: Option<&KsefNumber>) -> InvoiceDraft {
    correction_after(invoice, ksef_number, &[])
}

/// A further correction of an invoice.
pub(crate) fn correction_after(
    invoice: &Faktura,
    ksef_number: Option<&KsefNumber>,
    corrections: &[Faktura],
) -> InvoiceDraft {
    let state = state_of(invoice, corrections).unwrap();
    ksef_invoice::draft::correction_of(invoice, ksef_number, &state)
}

/// The final invoice to advances that nothing has corrected, the newest last.
pub(crate) fn final_of(advances: &[(Faktura, Option<KsefNumber>)]) -> InvoiceDraft {
    let (newest, _) = advances.last().unwrap();
    ksef_invoice::draft::final_of(advances, &state_of(newest, &[]).unwrap())
}

/// `xmllint` takes every document. Says that it was skipped where the schemas are not there.
pub(crate) fn xmllint_accepts(documents: &[Vec<u8>]) {
    let Some(shared) = ksef_testkit::shared() else {
        return println!("skipped: no schemas beside the repository");
    };
    for (number, chunk) in documents.chunks(300).enumerate() {
        let folder = tempfile::tempdir().unwrap();
        let names: Vec<String> = (0..chunk.len()).map(|index| format!("{number}-{index}.xml")).collect();
        for (document, name) in chunk.iter().zip(&names) {
            std::fs::write(folder.path().join(name), document).unwrap();
        }
        let output = xmllint(&shared, folder.path(), &names);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "{}",
            said.lines().filter(|line| !line.ends_with(" validates")).collect::<Vec<_>>().join("\n")
        );
    }
}

fn xmllint(shared: &Path, folder: &Path, names: &[String]) -> std::process::Output {
    Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .arg(shared.join("schemas/FA/schemat_FA(3)_v1-0E.xsd"))
        .args(names)
        .env("XML_CATALOG_FILES", shared.join("schemas/catalog.xml"))
        .current_dir(folder)
        .output()
        .expect("xmllint is installed")
}
