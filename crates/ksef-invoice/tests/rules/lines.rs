use ksef_invoice::FindingCode;
use ksef_invoice::fa3::{DodatkowyOpis, StawkaPodatku};

use super::base::{kwota, one_line, right, warns};

#[test]
fn value_is_quantity_times_price() {
    let line = |i: &mut ksef_invoice::fa3::Faktura, price: &str, discount: Option<&str>, value: &str| {
        one_line(i, value, "0", "0");
        let line = &mut i.fa.fa_wiersz[0];
        line.p_8b = Some("20".parse().unwrap());
        line.p_9a = Some(price.parse().unwrap());
        line.p_10 = discount.map(|discount| discount.parse().unwrap());
        line.p_12 = Some(StawkaPodatku::S0Kr);
        i.fa.sumy_1 = None;
        i.fa.p_13_6_1 = Some(kwota(value));
        i.fa.p_15 = kwota(value);
    };
    right(|i| line(i, "1000", None, "20000"));
    // The discount of a unit, and of the line.
    right(|i| line(i, "1000", Some("100"), "18000"));
    right(|i| line(i, "1000", Some("100"), "19900"));
    // A price that was rounded: 20 × 4.065 = 81.30.
    right(|i| line(i, "4.07", None, "81.30"));
    warns(FindingCode::LineValue, "Fa/FaWiersz[1]/P_11", |i| line(i, "1000", None, "20001"));
    warns(FindingCode::LineValue, "Fa/FaWiersz[1]/P_11", |i| line(i, "1000", Some("100"), "20000"));
}

#[test]
fn tax_of_a_line() {
    right(|i| i.fa.fa_wiersz[0].p_11vat = Some(kwota("46.00")));
    warns(FindingCode::LineTax, "Fa/FaWiersz[1]/P_11Vat", |i| {
        i.fa.fa_wiersz[0].p_11vat = Some(kwota("46.50"))
    });
}

#[test]
fn what_a_line_must_have() {
    warns(FindingCode::NoLines, "Fa/FaWiersz[1]", |i| i.fa.fa_wiersz.clear());
    warns(FindingCode::LineWithoutValue, "Fa/FaWiersz[2]/P_11", |i| i.fa.fa_wiersz[1].p_11 = None);
    warns(FindingCode::LineWithoutRate, "Fa/FaWiersz[2]/P_12", |i| i.fa.fa_wiersz[1].p_12 = None);
    warns(FindingCode::TwoRates, "Fa/FaWiersz[1]/P_12_XII", |i| {
        i.fa.fa_wiersz[0].p_12_xii = Some("21".parse().unwrap());
    });
}

#[test]
fn numbers_and_identifiers() {
    warns(FindingCode::LineNumberTwice, "Fa/FaWiersz[2]/NrWierszaFa", |i| {
        i.fa.fa_wiersz[1].nr_wiersza_fa = 1
    });
    right(|i| {
        i.fa.fa_wiersz[0].uu_id = Some("a".into());
        i.fa.fa_wiersz[1].uu_id = Some("b".into());
    });
    warns(FindingCode::LineIdTwice, "Fa/FaWiersz[2]/UU_ID", |i| {
        i.fa.fa_wiersz[0].uu_id = Some("a".into());
        i.fa.fa_wiersz[1].uu_id = Some("a".into());
    });
    let describe = |number| DodatkowyOpis {
        nr_wiersza: Some(number),
        klucz: "Kolor".into(),
        wartosc: "czerwony".into(),
    };
    right(|i| i.fa.dodatkowy_opis = vec![describe(2)]);
    warns(FindingCode::NoSuchLine, "Fa/DodatkowyOpis[2]/NrWiersza", |i| {
        i.fa.dodatkowy_opis = vec![describe(2), describe(3)];
    });
}

#[test]
fn goods_have_check_digits() {
    right(|i| i.fa.fa_wiersz[0].gtin = Some("5901234123457".into()));
    warns(FindingCode::GtinCheckDigit, "Fa/FaWiersz[1]/GTIN", |i| {
        i.fa.fa_wiersz[0].gtin = Some("5901234123458".into());
    });
}
