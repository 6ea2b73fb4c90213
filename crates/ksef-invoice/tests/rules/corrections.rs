use ksef_invoice::FindingCode;
use ksef_invoice::fa3::{
    DaneFaKorygowanej, Faktura, Korekta, NumerKsefKorygowanej, PrzedKorekta, RodzajFaktury,
};

use super::base::{day, kwota, one_line, refuses, right, warns};

/// Makes it a correction of one invoice of May.
pub(crate) fn make(i: &mut Faktura, kind: RodzajFaktury) {
    i.fa.rodzaj_faktury = kind;
    i.fa.korekta = Some(Korekta {
        dane_fa_korygowanej: vec![DaneFaKorygowanej {
            data_wyst_fa_korygowanej: day("2026-05-12"),
            nr_fa_korygowanej: "FV/9/2026".into(),
            ksef: NumerKsefKorygowanej::Ksef("5265877635-20250826-0100001AF629-AF".into()),
        }],
        ..Korekta::default()
    });
}

fn correction(i: &mut Faktura) -> &mut DaneFaKorygowanej {
    make(i, RodzajFaktury::Kor);
    &mut i.fa.korekta.as_mut().unwrap().dane_fa_korygowanej[0]
}

#[test]
fn kind_and_data_belong_together() {
    right(|i| make(i, RodzajFaktury::Kor));
    refuses(FindingCode::CorrectsNothing, "Fa/DaneFaKorygowanej[1]", |i| {
        i.fa.rodzaj_faktury = RodzajFaktury::Kor
    });
    refuses(FindingCode::NotACorrection, "Fa/RodzajFaktury", |i| make(i, RodzajFaktury::Vat));
}

#[test]
fn references() {
    let at = |field: &str| format!("Fa/DaneFaKorygowanej[1]/{field}");
    refuses(FindingCode::CorrectedLater, &at("DataWystFaKorygowanej"), |i| {
        correction(i).data_wyst_fa_korygowanej = day("2026-11-21");
    });
    right(|i| correction(i).data_wyst_fa_korygowanej = day("2026-11-20"));
    warns(FindingCode::CorrectsItself, &at("NrFaKorygowanej"), |i| {
        correction(i).nr_fa_korygowanej = "FV/1/2026".into();
    });
    warns(FindingCode::KsefNumberChecksum, &at("NrKSeFFaKorygowanej"), |i| {
        correction(i).ksef = NumerKsefKorygowanej::Ksef("5265877635-20250826-0100001AF629-AE".into());
    });
    warns(FindingCode::KsefNumberOfOther, &at("NrKSeFFaKorygowanej"), |i| {
        correction(i).ksef = NumerKsefKorygowanej::Ksef("7980332920-20260512-9BF1CA118783-1D".into());
    });
    warns(FindingCode::CorrectedTwice, "Fa/DaneFaKorygowanej[2]", |i| {
        let mut again = correction(i).clone();
        again.nr_fa_korygowanej = "FV/10/2026".into();
        i.fa.korekta.as_mut().unwrap().dane_fa_korygowanej.push(again);
    });
    right(|i| {
        let mut other = correction(i).clone();
        other.nr_fa_korygowanej = "FV/10/2026".into();
        other.ksef = NumerKsefKorygowanej::PozaKsef;
        i.fa.korekta.as_mut().unwrap().dane_fa_korygowanej.push(other);
    });
}

#[test]
fn what_was_paid_before() {
    let before = Some(PrzedKorekta { p_15zk: kwota("100"), kurs_waluty_zk: None });
    warns(FindingCode::PaidBeforeCorrection, "Fa/P_15ZK", |i| make(i, RodzajFaktury::KorRoz));
    right(|i| {
        make(i, RodzajFaktury::KorRoz);
        i.fa.korekta.as_mut().unwrap().przed_korekta = before;
    });
    warns(FindingCode::PaidBeforeCorrection, "Fa/P_15ZK", |i| {
        make(i, RodzajFaktury::Kor);
        i.fa.korekta.as_mut().unwrap().przed_korekta = before;
    });
}

#[test]
fn lines_before_and_after() {
    warns(FindingCode::BeforeWithoutAfter, "Fa/FaWiersz[1]/StanPrzed", |i| {
        one_line(i, "100", "-23", "-123");
        make(i, RodzajFaktury::Kor);
        i.fa.fa_wiersz[0].stan_przed = true;
        i.fa.sumy_1.as_mut().unwrap().p_13_1 = kwota("-100");
    });
    warns(FindingCode::BeforeWithoutCorrection, "Fa/FaWiersz[1]/StanPrzed", |i| {
        one_line(i, "100", "-23", "-123");
        i.fa.fa_wiersz[0].stan_przed = true;
        i.fa.sumy_1.as_mut().unwrap().p_13_1 = kwota("-100");
    });
}
