use ksef_invoice::FindingCode;
use ksef_invoice::fa3::{
    DataDostawy, Faktura, KwotaZPowodem, OkresFa, Platnosc, RachunekBankowy, Rozliczenie, TerminPlatnosci,
    WynikRozliczenia, Zaplata, ZaplataCzesciowa,
};

use super::base::{day, kwota, refuses, right, warns};

fn payment(i: &mut Faktura) -> &mut Platnosc {
    i.fa.platnosc = Some(Platnosc::default());
    i.fa.platnosc.as_mut().unwrap()
}

#[test]
fn dates_of_supply() {
    right(|i| i.fa.data_dostawy = Some(DataDostawy::P6(day("2027-01-19"))));
    warns(FindingCode::SupplyFarAhead, "Fa/P_6", |i| {
        i.fa.data_dostawy = Some(DataDostawy::P6(day("2027-01-20")))
    });
    let period = |from, to| Some(DataDostawy::OkresFa(OkresFa { p_6_od: day(from), p_6_do: day(to) }));
    right(|i| i.fa.data_dostawy = period("2026-11-01", "2026-11-01"));
    refuses(FindingCode::PeriodReversed, "Fa/OkresFa/P_6_Do", |i| {
        i.fa.data_dostawy = period("2026-11-02", "2026-11-01");
    });
    warns(FindingCode::TwoSupplyDates, "Fa/FaWiersz[2]/P_6A", |i| {
        i.fa.data_dostawy = Some(DataDostawy::P6(day("2026-11-19")));
        i.fa.fa_wiersz[1].p_6a = Some(day("2026-11-19"));
    });
}

#[test]
fn terms_and_days_of_payment() {
    let term = |date| vec![TerminPlatnosci { termin: Some(day(date)), termin_opis: None }];
    right(|i| payment(i).termin_platnosci = term("2026-11-20"));
    warns(FindingCode::TermBeforeIssue, "Fa/Platnosc/TerminPlatnosci[1]/Termin", |i| {
        payment(i).termin_platnosci = term("2026-11-19");
    });
    right(|i| payment(i).zaplata = Some(Zaplata::Calosc(day("2026-11-20"))));
    warns(FindingCode::PaidAfterIssue, "Fa/Platnosc/DataZaplaty", |i| {
        payment(i).zaplata = Some(Zaplata::Calosc(day("2026-11-21")));
    });
}

#[test]
fn partial_payments() {
    let parts = |only_a_part: bool, amounts: &[&str]| {
        Some(Zaplata::Czesci {
            znacznik_zaplaty_czesciowej: only_a_part,
            zaplata_czesciowa: amounts
                .iter()
                .map(|amount| ZaplataCzesciowa {
                    kwota_zaplaty_czesciowej: kwota(amount),
                    data_zaplaty_czesciowej: day("2026-11-20"),
                    sposob: None,
                })
                .collect(),
        })
    };
    let spot = "Fa/Platnosc/ZnacznikZaplatyCzesciowej";
    right(|i| payment(i).zaplata = parts(true, &["100", "200"]));
    right(|i| payment(i).zaplata = parts(false, &["461", "0.98"]));
    warns(FindingCode::PartialPayments, spot, |i| payment(i).zaplata = parts(true, &["461.98"]));
    warns(FindingCode::PartialPayments, spot, |i| payment(i).zaplata = parts(false, &["100"]));
}

#[test]
fn settlements() {
    let settle = |sum: &str, due: &str| {
        Some(Rozliczenie {
            obciazenia: vec![
                KwotaZPowodem { kwota: kwota("10"), powod: "Kaucja".into() },
                KwotaZPowodem { kwota: kwota("5"), powod: "Odsetki".into() },
            ],
            suma_obciazen: Some(kwota(sum)),
            odliczenia: vec![KwotaZPowodem { kwota: kwota("1.98"), powod: "Nadpłata".into() }],
            suma_odliczen: Some(kwota("1.98")),
            wynik: Some(WynikRozliczenia::DoZaplaty(kwota(due))),
        })
    };
    right(|i| i.fa.rozliczenie = settle("15", "475"));
    warns(FindingCode::Settlement, "Fa/Rozliczenie/SumaObciazen", |i| i.fa.rozliczenie = settle("16", "475"));
    warns(FindingCode::Settlement, "Fa/Rozliczenie/DoZaplaty", |i| i.fa.rozliczenie = settle("15", "476"));
}

#[test]
fn accounts() {
    let account = |number: &str, swift: Option<&str>| {
        vec![RachunekBankowy {
            nr_rb: number.into(),
            swift: swift.map(Into::into),
            ..RachunekBankowy::default()
        }]
    };
    right(|i| payment(i).rachunek_bankowy = account("61109010140000071219812874", Some("WBKPPLPP")));
    right(|i| payment(i).rachunek_bankowy = account("DE89370400440532013000", Some("COBADEFF")));
    warns(FindingCode::AccountCheckDigits, "Fa/Platnosc/RachunekBankowy[1]/NrRB", |i| {
        payment(i).rachunek_bankowy = account("61109010140000071219812875", None);
    });
    warns(FindingCode::AccountCheckDigits, "Fa/Platnosc/RachunekBankowyFaktora[1]/NrRB", |i| {
        payment(i).rachunek_bankowy_faktora = account("6110901014000007121981287", None);
    });
    warns(FindingCode::SwiftCountry, "Fa/Platnosc/RachunekBankowy[1]/SWIFT", |i| {
        payment(i).rachunek_bankowy = account("PL61109010140000071219812874", Some("COBADEFF"));
    });
}

#[test]
fn the_link_to_pay() {
    let link = |i: &mut Faktura, id: &str| {
        let payment = payment(i);
        payment.link_do_platnosci = Some("https://pay.example.pl/x?a=1&IPKSeF=123abcdefghij#x".into());
        payment.ip_ksef = Some(id.into());
    };
    right(|i| link(i, "123abcdefghij"));
    warns(FindingCode::PaymentLink, "Fa/Platnosc/LinkDoPlatnosci", |i| link(i, "123abcdefghik"));
}
