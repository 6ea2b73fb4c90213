use ksef_invoice::FindingCode;
use ksef_invoice::fa3::{
    DaneIdentyfikacyjne3, Faktura, IdNabywcy, IdPodmiotu3, KodKraju, KodUe, Podmiot3, Rejestry,
    RodzajFaktury, Rola, RolaPodmiotu3, StawkaPodatku, Stopka,
};

use super::base::{kwota, one_line, refuses, right, warns};

fn third(role: RolaPodmiotu3) -> Podmiot3 {
    let id = IdPodmiotu3::Nip("7980332920".into());
    Podmiot3::new(DaneIdentyfikacyjne3 { id, nazwa: Some("Szkoła".into()) }, Rola::Znana(role))
}

#[test]
fn local_government_and_vat_groups() {
    right(|i| {
        i.podmiot2.jst = true;
        i.podmiot2.gv = true;
        i.podmiot3 = vec![third(RolaPodmiotu3::JstOdbiorca), third(RolaPodmiotu3::GrupaVatOdbiorca)];
    });
    refuses(FindingCode::JstWithoutUnit, "Podmiot2/JST", |i| i.podmiot2.jst = true);
    refuses(FindingCode::GroupWithoutMember, "Podmiot2/GV", |i| i.podmiot2.gv = true);
    warns(FindingCode::UnitWithoutJst, "Podmiot3[1]/Rola", |i| {
        i.podmiot3 = vec![third(RolaPodmiotu3::JstOdbiorca)];
    });
    warns(FindingCode::MemberWithoutGroup, "Podmiot3[2]/Rola", |i| {
        i.podmiot3 = vec![third(RolaPodmiotu3::Faktor), third(RolaPodmiotu3::GrupaVatOdbiorca)];
    });
    warns(FindingCode::UnitWithoutId, "Podmiot3[1]/DaneIdentyfikacyjne", |i| {
        i.podmiot2.jst = true;
        i.podmiot3 = vec![third(RolaPodmiotu3::JstOdbiorca)];
        i.podmiot3[0].dane_identyfikacyjne.id = IdPodmiotu3::Brak;
    });
}

#[test]
fn numbers_of_parties() {
    refuses(FindingCode::NipCheckDigit, "Podmiot1/DaneIdentyfikacyjne/NIP", |i| {
        i.podmiot1.dane_identyfikacyjne.nip = "5265877636".into();
    });
    refuses(FindingCode::NipCheckDigit, "Podmiot2/DaneIdentyfikacyjne/NIP", |i| {
        i.podmiot2.dane_identyfikacyjne.id = IdNabywcy::Nip("7980332921".into());
    });
    refuses(FindingCode::NipCheckDigit, "Podmiot3[1]/DaneIdentyfikacyjne/NIP", |i| {
        i.podmiot3 = vec![third(RolaPodmiotu3::Faktor)];
        i.podmiot3[0].dane_identyfikacyjne.id = IdPodmiotu3::Nip("7980332921".into());
    });
    refuses(FindingCode::InternalId, "Podmiot3[1]/DaneIdentyfikacyjne/IDWew", |i| {
        i.podmiot3 = vec![third(RolaPodmiotu3::Odbiorca)];
        i.podmiot3[0].dane_identyfikacyjne.id = IdPodmiotu3::IdWew("7980332921-00001".into());
    });
    warns(FindingCode::GlnCheckDigit, "Podmiot2/Adres/GLN", |i| {
        i.podmiot2.adres.as_mut().unwrap().gln = Some("5901234123458".into());
    });
    right(|i| i.podmiot2.adres.as_mut().unwrap().gln = Some("5901234123457".into()));
    let footer = |regon: &str| Stopka {
        rejestry: vec![Rejestry { regon: Some(regon.into()), ..Rejestry::default() }],
        ..Stopka::default()
    };
    right(|i| i.stopka = Some(footer("123456785")));
    warns(FindingCode::RegonCheckDigit, "Stopka/Rejestry[1]/REGON", |i| i.stopka = Some(footer("123456786")));
}

fn eu(country: &str, number: &str) -> IdNabywcy {
    IdNabywcy::VatUe { kod_ue: KodUe::of(country).unwrap(), nr_vat_ue: number.into() }
}

#[test]
fn numbers_of_buyers_abroad() {
    right(|i| i.podmiot2.dane_identyfikacyjne.id = eu("DE", "123456789"));
    let field = "Podmiot2/DaneIdentyfikacyjne/NrVatUE";
    warns(FindingCode::EuVatShape, field, |i| i.podmiot2.dane_identyfikacyjne.id = eu("DE", "12345678"));
    warns(FindingCode::EuVatPrefix, field, |i| i.podmiot2.dane_identyfikacyjne.id = eu("DE", "DE123456789"));
    warns(FindingCode::NipInWrongField, field, |i| {
        i.podmiot2.dane_identyfikacyjne.id = eu("PL", "7980332920")
    });
    let other = |country: Option<&str>, number: &str| IdNabywcy::Inny {
        kod_kraju: country.map(|country| KodKraju::of(country).unwrap()),
        nr_id: number.into(),
    };
    right(|i| i.podmiot2.dane_identyfikacyjne.id = other(Some("US"), "7980332920"));
    warns(FindingCode::NipInWrongField, "Podmiot2/DaneIdentyfikacyjne/NrID", |i| {
        i.podmiot2.dane_identyfikacyjne.id = other(None, "7980332920");
    });
}

/// One line at a rate without tax.
fn untaxed(i: &mut Faktura, rate: StawkaPodatku) {
    one_line(i, "100", "0", "100");
    i.fa.sumy_1 = None;
    i.fa.fa_wiersz[0].p_12 = Some(rate);
    let total = Some(kwota("100"));
    match rate {
        StawkaPodatku::S0Wdt => i.fa.p_13_6_2 = total,
        StawkaPodatku::S0Ex => i.fa.p_13_6_3 = total,
        _ => i.fa.p_13_9 = total,
    }
}

#[test]
fn sales_abroad_need_a_buyer_abroad() {
    let field = "Podmiot2/DaneIdentyfikacyjne/NrVatUE";
    right(|i| {
        untaxed(i, StawkaPodatku::S0Wdt);
        i.podmiot2.dane_identyfikacyjne.id = eu("FR", "12345678901");
    });
    warns(FindingCode::WdtBuyer, field, |i| untaxed(i, StawkaPodatku::S0Wdt));
    warns(FindingCode::EuServiceBuyer, field, |i| untaxed(i, StawkaPodatku::NpII));
    warns(FindingCode::ExportBuyer, "Podmiot2/DaneIdentyfikacyjne/NIP", |i| untaxed(i, StawkaPodatku::S0Ex));
}

#[test]
fn the_triangular_procedure() {
    let triangular = |i: &mut Faktura| {
        untaxed(i, StawkaPodatku::NpII);
        i.podmiot1.prefiks_podatnika = true;
        i.podmiot2.dane_identyfikacyjne.id = eu("FR", "12345678901");
        i.fa.adnotacje.p_23 = true;
        i.fa.adnotacje.p_18 = true;
    };
    right(triangular);
    warns(FindingCode::TriangularIncomplete, "Podmiot1/PrefiksPodatnika", |i| {
        triangular(i);
        i.podmiot1.prefiks_podatnika = false;
    });
}

#[test]
fn who_the_buyer_is() {
    warns(FindingCode::BuyerIncomplete, "Podmiot2/DaneIdentyfikacyjne/Nazwa", |i| {
        i.podmiot2.dane_identyfikacyjne.nazwa = None;
    });
    warns(FindingCode::BuyerIncomplete, "Podmiot2/Adres", |i| i.podmiot2.adres = None);
    right(|i| {
        i.podmiot2.dane_identyfikacyjne.id = IdNabywcy::Brak;
        i.podmiot2.adres = None;
    });
}

#[test]
fn shares_of_buyers() {
    let sharing = |i: &mut Faktura, shares: &[&str], role| {
        i.podmiot3 = shares
            .iter()
            .map(|share| Podmiot3 { udzial: Some(share.parse().unwrap()), ..third(role) })
            .collect();
    };
    right(|i| sharing(i, &["50", "50"], RolaPodmiotu3::DodatkowyNabywca));
    warns(FindingCode::Shares, "Podmiot3[2]/Udzial", |i| {
        sharing(i, &["50", "50.5"], RolaPodmiotu3::DodatkowyNabywca);
    });
    warns(FindingCode::Shares, "Podmiot3[1]/Udzial", |i| sharing(i, &["50"], RolaPodmiotu3::Faktor));
}

#[test]
fn simplified_invoices() {
    let simplified = |i: &mut Faktura, net: &str, tax: &str, total: &str| {
        one_line(i, net, tax, total);
        i.fa.rodzaj_faktury = RodzajFaktury::Upr;
    };
    right(|i| simplified(i, "365.85", "84.15", "450"));
    warns(FindingCode::SimplifiedLimit, "Fa/P_15", |i| simplified(i, "365.86", "84.15", "450.01"));
    warns(FindingCode::SimplifiedLimit, "Fa/P_15", |i| {
        simplified(i, "100", "23", "123");
        i.fa.kod_waluty = ksef_invoice::fa3::KodWaluty::of("EUR").unwrap();
        i.fa.fa_wiersz[0].kurs_waluty = Some("4".parse().unwrap());
        i.fa.sumy_1.as_mut().unwrap().p_14_1w = Some(kwota("92"));
    });
    warns(FindingCode::SimplifiedBuyer, "Podmiot2/DaneIdentyfikacyjne", |i| {
        simplified(i, "100", "23", "123");
        i.podmiot2.dane_identyfikacyjne.id = IdNabywcy::Brak;
    });
}
