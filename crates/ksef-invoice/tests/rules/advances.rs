use ksef_invoice::FindingCode;
use ksef_invoice::fa3::{Faktura, FakturaZaliczkowa, RodzajFaktury, ZaliczkaCzesciowa};

use super::base::{day, kwota, one_line, order, right, warns};

/// 1230 of an order of 2460.
fn advance(i: &mut Faktura) {
    one_line(i, "1000", "230", "1230");
    i.fa.fa_wiersz.clear();
    i.fa.rodzaj_faktury = RodzajFaktury::Zal;
    i.fa.zamowienie = Some(order("2000", "460", "2460"));
}

#[test]
fn the_order() {
    right(advance);
    warns(FindingCode::OrderMissing, "Fa/Zamowienie", |i| {
        advance(i);
        i.fa.zamowienie = None;
    });
    warns(FindingCode::OrderTotal, "Fa/Zamowienie/WartoscZamowienia", |i| {
        advance(i);
        i.fa.zamowienie = Some(order("2000", "460", "2500"));
    });
    warns(FindingCode::AdvanceAboveOrder, "Fa/P_15", |i| {
        advance(i);
        i.fa.zamowienie = Some(order("900", "207", "1107"));
    });
}

#[test]
fn payments_of_an_advance() {
    let paid = |amounts: &[&str]| -> Vec<ZaliczkaCzesciowa> {
        amounts
            .iter()
            .map(|amount| ZaliczkaCzesciowa {
                p_6z: day("2026-11-19"),
                p_15z: kwota(amount),
                kurs_waluty_zw: None,
            })
            .collect()
    };
    right(|i| {
        advance(i);
        i.fa.zaliczka_czesciowa = paid(&["1000", "230"]);
    });
    warns(FindingCode::AdvanceParts, "Fa/P_15", |i| {
        advance(i);
        i.fa.zaliczka_czesciowa = paid(&["1000", "200"]);
    });
    // Of a final invoice they are a part.
    let last = |i: &mut Faktura| {
        one_line(i, "1000", "230", "1230");
        i.fa.rodzaj_faktury = RodzajFaktury::Roz;
        i.fa.faktura_zaliczkowa = vec![FakturaZaliczkowa::PozaKsef("FZ/1".into())];
    };
    for amounts in [&["200"][..], &["1000", "230"]] {
        right(|i| {
            last(i);
            i.fa.zaliczka_czesciowa = paid(amounts);
        });
    }
    warns(FindingCode::AdvanceParts, "Fa/P_15", |i| {
        last(i);
        i.fa.zaliczka_czesciowa = paid(&["1000", "230.01"]);
    });
}

#[test]
fn final_invoices_name_advances() {
    let own = || FakturaZaliczkowa::Ksef("5265877635-20250826-0100001AF629-AF".into());
    right(|i| {
        i.fa.rodzaj_faktury = RodzajFaktury::Roz;
        i.fa.faktura_zaliczkowa = vec![own(), FakturaZaliczkowa::PozaKsef("FZ/1".into())];
    });
    warns(FindingCode::AdvanceMissing, "Fa/FakturaZaliczkowa[1]", |i| {
        i.fa.rodzaj_faktury = RodzajFaktury::Roz
    });
    warns(FindingCode::AdvanceUnexpected, "Fa/FakturaZaliczkowa[1]", |i| {
        i.fa.faktura_zaliczkowa = vec![own()]
    });
    warns(FindingCode::AdvanceTwice, "Fa/FakturaZaliczkowa[2]/NrKSeFFaZaliczkowej", |i| {
        i.fa.rodzaj_faktury = RodzajFaktury::Roz;
        i.fa.faktura_zaliczkowa = vec![own(), own()];
    });
    warns(FindingCode::KsefNumberOfOther, "Fa/FakturaZaliczkowa[1]/NrKSeFFaZaliczkowej", |i| {
        i.fa.rodzaj_faktury = RodzajFaktury::Roz;
        i.fa.faktura_zaliczkowa = vec![FakturaZaliczkowa::Ksef("7980332920-20260512-9BF1CA118783-1D".into())];
    });
}
