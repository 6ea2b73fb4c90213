use ksef_invoice::FindingCode;
use ksef_invoice::fa3::{Faktura, PMarzy, PodstawaZwolnienia, ProceduraMarzy, StawkaPodatku, Zwolnienie};

use super::base::{kwota, one_line, refuses, right, warns};

fn exempt(i: &mut Faktura) {
    one_line(i, "100", "0", "100");
    i.fa.sumy_1 = None;
    i.fa.p_13_7 = Some(kwota("100"));
    i.fa.fa_wiersz[0].p_12 = Some(StawkaPodatku::Zw);
}

fn basis() -> Zwolnienie {
    Zwolnienie::Jest(PodstawaZwolnienia::Ustawa("art. 43 ust. 1 pkt 37".into()))
}

#[test]
fn exemption() {
    right(|i| {
        exempt(i);
        i.fa.adnotacje.zwolnienie = basis();
    });
    refuses(FindingCode::ExemptionWithoutBasis, "Fa/Adnotacje/Zwolnienie/P_19N", exempt);
    warns(FindingCode::ExemptionUnused, "Fa/Adnotacje/Zwolnienie/P_19", |i| {
        i.fa.adnotacje.zwolnienie = basis()
    });
}

#[test]
fn reverse_charge() {
    let reversed = |i: &mut Faktura| {
        one_line(i, "100", "0", "100");
        i.fa.sumy_1 = None;
        i.fa.p_13_10 = Some(kwota("100"));
        i.fa.fa_wiersz[0].p_12 = Some(StawkaPodatku::Oo);
    };
    right(|i| {
        reversed(i);
        i.fa.adnotacje.p_18 = true;
    });
    refuses(FindingCode::ReverseChargeUnmarked, "Fa/Adnotacje/P_18", reversed);
    warns(FindingCode::ReverseChargeUnused, "Fa/Adnotacje/P_18", |i| i.fa.adnotacje.p_18 = true);
}

#[test]
fn margin() {
    refuses(FindingCode::MarginUnmarked, "Fa/Adnotacje/PMarzy/P_PMarzyN", |i| {
        // A correction without lines, so that nothing else is amiss.
        super::corrections::make(i, ksef_invoice::fa3::RodzajFaktury::Kor);
        i.fa.fa_wiersz.clear();
        i.fa.p_13_11 = Some(kwota("100"));
        i.fa.p_15 = kwota("561.98");
    });
    warns(FindingCode::MarginUnused, "Fa/Adnotacje/PMarzy/P_PMarzy", |i| {
        i.fa.adnotacje.pmarzy = PMarzy::Jest(ProceduraMarzy::DzielaSztuki);
    });
}

#[test]
fn split_payment() {
    let large = |i: &mut Faktura| {
        one_line(i, "15000", "3450", "18450");
        i.fa.fa_wiersz[0].p_12_zal_15 = true;
    };
    right(|i| {
        large(i);
        i.fa.adnotacje.p_18a = true;
    });
    warns(FindingCode::SplitPaymentMissing, "Fa/Adnotacje/P_18A", large);
    // 12 195.12 net is 15 000 gross: not above.
    right(|i| {
        one_line(i, "12195.12", "2804.88", "15000");
        i.fa.fa_wiersz[0].p_12_zal_15 = true;
    });
    // 4000 EUR at 4.25 is above.
    warns(FindingCode::SplitPaymentMissing, "Fa/Adnotacje/P_18A", |i| {
        one_line(i, "4000", "920", "4920");
        i.fa.fa_wiersz[0].p_12_zal_15 = true;
        i.fa.kod_waluty = ksef_invoice::fa3::KodWaluty::of("EUR").unwrap();
        i.fa.fa_wiersz[0].kurs_waluty = Some("4.25".parse().unwrap());
        i.fa.sumy_1.as_mut().unwrap().p_14_1w = Some(kwota("3910"));
    });
    warns(FindingCode::SplitPaymentUnfounded, "Fa/Adnotacje/P_18A", |i| i.fa.adnotacje.p_18a = true);
}
