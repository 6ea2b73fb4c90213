//! An invoice without a fault, to break.

use chrono::{DateTime, NaiveDate};
use ksef_invoice::fa3::{self, FaWiersz, Faktura, Kwota, Sumy1, Sumy2, Zamowienie, ZamowienieWiersz};
use ksef_invoice::sample::{self, SampleInvoice, SampleLine, SampleParty, SampleRate};
use ksef_invoice::{Finding, FindingCode, RuleOptions, Severity, rules};
use ksef_types::Environment;
use rust_decimal::Decimal;

pub(crate) const SELLER: &str = "5265877635";

/// 2 × 99.995 at 23 % and at 8 %, issued on 2026-11-20 in złoty.
pub(crate) fn invoice() -> Faktura {
    let party = |nip: &str, name: &str| SampleParty {
        nip: nip.parse().unwrap(),
        name: name.to_owned(),
        address: "ul. Prosta 1, 00-001 Warszawa".to_owned(),
    };
    let line = SampleLine {
        name: "Usługa".to_owned(),
        unit: "szt.".to_owned(),
        quantity: "2".parse().unwrap(),
        unit_price: "99.995".parse().unwrap(),
        rate: SampleRate::Vat23,
    };
    let bytes = sample::fa3(&SampleInvoice {
        seller: party(SELLER, "Okienko sp. z o.o."),
        buyer: party("7980332920", "Nabywca S.A."),
        number: "FV/1/2026".to_owned(),
        issue_date: day("2026-11-20"),
        created: DateTime::from_timestamp(1_795_000_000, 0).unwrap(),
        lines: vec![line.clone(), SampleLine { rate: SampleRate::Vat8, ..line }],
    });
    fa3::read(&bytes).unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn kwota(text: &str) -> Kwota {
    text.parse().unwrap()
}

pub(crate) fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub(crate) fn findings(invoice: &Faktura) -> Vec<Finding> {
    rules(invoice, &RuleOptions { environment: Environment::Production })
}

fn changed(change: impl FnOnce(&mut Faktura)) -> Faktura {
    let mut invoice = invoice();
    change(&mut invoice);
    invoice
}

/// The changed invoice has nothing to find.
#[track_caller]
pub(crate) fn right(change: impl FnOnce(&mut Faktura)) {
    assert_eq!(findings(&changed(change)), []);
}

/// The changed invoice has one finding, of this kind, at this place below the root.
#[track_caller]
fn only(code: FindingCode, severity: Severity, path: &str, change: impl FnOnce(&mut Faktura)) {
    let found = findings(&changed(change));
    let [finding] = found.as_slice() else { panic!("not one finding: {found:#?}") };
    assert_eq!((finding.code, finding.severity), (code, severity), "{finding:?}");
    let place = finding.place.as_ref().unwrap();
    assert_eq!(place.path, format!("/Faktura/{path}"));
    assert!(ksef_invoice::describe::describe(&place.path).is_some(), "{} is no element", place.path);
    assert!(finding.message_pl().len() > 30 && finding.message_en().len() > 30, "{finding:?}");
}

#[track_caller]
pub(crate) fn warns(code: FindingCode, path: &str, change: impl FnOnce(&mut Faktura)) {
    only(code, Severity::Warning, path, change);
}

#[track_caller]
pub(crate) fn refuses(code: FindingCode, path: &str, change: impl FnOnce(&mut Faktura)) {
    only(code, Severity::Error, path, change);
}

/// Only the first line, at a rate of the basic bucket.
pub(crate) fn one_line(invoice: &mut Faktura, net: &str, tax: &str, total: &str) -> usize {
    let fa = &mut invoice.fa;
    fa.fa_wiersz.truncate(1);
    fa.fa_wiersz[0] = FaWiersz {
        nr_wiersza_fa: 1,
        p_7: Some("Usługa".into()),
        p_11: Some(kwota(net)),
        p_12: Some(fa3::StawkaPodatku::S23),
        ..FaWiersz::default()
    };
    fa.sumy_1 = Some(Sumy1 { p_13_1: kwota(net), p_14_1: kwota(tax), p_14_1w: None });
    fa.sumy_2 = None;
    fa.p_15 = kwota(total);
    0
}

/// Totals of two rates and the grand total, as texts.
pub(crate) fn totals(invoice: &mut Faktura, basic: (&str, &str), reduced: (&str, &str), total: &str) {
    invoice.fa.sumy_1 = Some(Sumy1 { p_13_1: kwota(basic.0), p_14_1: kwota(basic.1), p_14_1w: None });
    invoice.fa.sumy_2 = Some(Sumy2 { p_13_2: kwota(reduced.0), p_14_2: kwota(reduced.1), p_14_2w: None });
    invoice.fa.p_15 = kwota(total);
}

/// An order of one line, with tax.
pub(crate) fn order(net: &str, tax: &str, value: &str) -> Zamowienie {
    Zamowienie {
        wartosc_zamowienia: kwota(value),
        zamowienie_wiersz: vec![ZamowienieWiersz {
            nr_wiersza_zam: 1,
            p_7z: Some("Dom".into()),
            p_11netto_z: Some(kwota(net)),
            p_11vat_z: Some(kwota(tax)),
            p_12z: Some(fa3::StawkaPodatku::S23),
            ..ZamowienieWiersz::default()
        }],
    }
}

#[test]
fn the_base_is_right() {
    right(|_| {});
}
