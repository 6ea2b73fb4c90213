use ksef_invoice::FindingCode;
use ksef_invoice::fa3::{Faktura, FakturaZaliczkowa, KodWaluty, RodzajFaktury, StawkaPodatku};

use super::base::{kwota, one_line, order, refuses, right, warns};

/// 1000 EUR net at 4.2500.
fn in_euro(i: &mut Faktura) {
    one_line(i, "1000", "230", "1230");
    i.fa.kod_waluty = KodWaluty::of("EUR").unwrap();
    i.fa.fa_wiersz[0].kurs_waluty = Some("4.2500".parse().unwrap());
    i.fa.sumy_1.as_mut().unwrap().p_14_1w = Some(kwota("977.50"));
}

#[test]
fn tax_in_zloty() {
    right(in_euro);
    warns(FindingCode::TaxInPln, "Fa/P_14_1W", |i| {
        in_euro(i);
        i.fa.sumy_1.as_mut().unwrap().p_14_1w = Some(kwota("978.50"));
    });
    warns(FindingCode::TaxInPlnMissing, "Fa/P_14_1W", |i| {
        in_euro(i);
        i.fa.sumy_1.as_mut().unwrap().p_14_1w = None;
    });
    warns(FindingCode::TaxInPlnOnPln, "Fa/P_14_1W", |i| {
        i.fa.sumy_1.as_mut().unwrap().p_14_1w = Some(kwota("46.00"));
    });
}

#[test]
fn tax_in_zloty_of_what_advances_leave() {
    let half = |i: &mut Faktura, in_zloty: &str| {
        in_euro(i);
        i.fa.rodzaj_faktury = RodzajFaktury::Roz;
        i.fa.faktura_zaliczkowa = vec![FakturaZaliczkowa::PozaKsef("FZ/1".into())];
        let sums = i.fa.sumy_1.as_mut().unwrap();
        (sums.p_13_1, sums.p_14_1, sums.p_14_1w) = (kwota("500"), kwota("115"), Some(kwota(in_zloty)));
        i.fa.p_15 = kwota("615");
    };
    right(|i| half(i, "488.75"));
    warns(FindingCode::TaxInPln, "Fa/P_14_1W", |i| half(i, "977.50"));
}

#[test]
fn each_line_by_its_own_rate() {
    right(|i| {
        in_euro(i);
        let mut second = i.fa.fa_wiersz[0].clone();
        second.nr_wiersza_fa = 2;
        second.kurs_waluty = Some("4.3000".parse().unwrap());
        i.fa.fa_wiersz.push(second);
        let sums = i.fa.sumy_1.as_mut().unwrap();
        (sums.p_13_1, sums.p_14_1, sums.p_14_1w) = (kwota("2000"), kwota("460"), Some(kwota("1966.50")));
        i.fa.p_15 = kwota("2460");
    });
}

#[test]
fn rates_of_exchange() {
    warns(FindingCode::ExchangeRateMissing, "Fa/FaWiersz[1]/KursWaluty", |i| {
        in_euro(i);
        i.fa.fa_wiersz[0].kurs_waluty = None;
    });
    // Without tax there is nothing to convert.
    right(|i| {
        in_euro(i);
        i.fa.fa_wiersz[0].kurs_waluty = None;
        i.fa.fa_wiersz[0].p_12 = Some(StawkaPodatku::S0Ex);
        i.fa.sumy_1 = None;
        i.fa.p_13_6_3 = Some(kwota("1000"));
        i.fa.p_15 = kwota("1000");
        i.podmiot2.adres.as_mut().unwrap().kod_kraju = ksef_invoice::fa3::KodKraju::of("US").unwrap();
    });
    warns(FindingCode::ExchangeRateInPln, "Fa/FaWiersz[1]/KursWaluty", |i| {
        i.fa.fa_wiersz.iter_mut().for_each(|line| line.kurs_waluty = Some("4.25".parse().unwrap()));
    });
    refuses(FindingCode::ExchangeRate, "Fa/FaWiersz[1]/KursWaluty", |i| {
        i.fa.fa_wiersz[0].kurs_waluty = Some("0".parse().unwrap());
    });
}

#[test]
fn advances_have_one_rate() {
    let advance = |i: &mut Faktura| {
        in_euro(i);
        i.fa.rodzaj_faktury = RodzajFaktury::Zal;
        i.fa.fa_wiersz.clear();
        i.fa.kurs_waluty_z = Some("4.25".parse().unwrap());
        i.fa.zamowienie = Some(order("2000", "460", "2460"));
    };
    right(advance);
    warns(FindingCode::ExchangeRateMissing, "Fa/KursWalutyZ", |i| {
        advance(i);
        i.fa.kurs_waluty_z = None;
    });
}

#[test]
fn codes_that_are_no_money() {
    refuses(FindingCode::NoCurrency, "Fa/KodWaluty", |i| {
        in_euro(i);
        i.fa.kod_waluty = KodWaluty::of("XXX").unwrap();
    });
    warns(FindingCode::NoCurrency, "Fa/KodWaluty", |i| {
        in_euro(i);
        i.fa.kod_waluty = KodWaluty::of("XAU").unwrap();
    });
}
