//! Adnotacje, what is corrected, advances, descriptions, footer.

use rust_decimal::Decimal;

use super::line::Row;
use super::lines::Entry;
use super::origins::Origins;
use super::parties;
use super::sums::{Exchange, Part};
use crate::FindingCode;
use crate::draft::fields::{DAY, MONEY, money, quantity};
use crate::draft::notes::{Field, Notes};
use crate::draft::{
    AnnotationsDraft, CorrectedReference, CorrectionDraft, DraftKind, ExchangeDraft, ExemptionBasis,
    InvoiceDraft, MarginScheme, PartyDraft, SaleMoment, SellerProfile, parse,
};
use crate::fa3::{
    Adnotacje, DaneFaKorygowanej, DaneIdentyfikacyjne1, DaneIdentyfikacyjne2, DataDostawy, DodatkowyOpis,
    FakturaZaliczkowa, Informacje, KodWaluty, Korekta, NumerKsefKorygowanej, OkresFa, PMarzy, Podmiot1,
    Podmiot1K, Podmiot2, Podmiot2K, PodstawaZwolnienia, ProceduraMarzy, PrzedKorekta, Rejestry, Stopka,
    Tekstowy, TypKorekty, ZaliczkaCzesciowa, Znakowy, Zwolnienie,
};
use crate::totals::Rate;

/// KodWaluty.
pub(super) fn currency(draft: &InvoiceDraft, notes: &mut Notes) -> KodWaluty {
    let typed = parse::compact(&draft.currency);
    if typed.is_empty() {
        return KodWaluty::default();
    }
    notes.code(&Field::new("currency"), "Fa/KodWaluty", &typed, KodWaluty::of).unwrap_or_default()
}

/// The exchange rates of the invoice.
pub(super) fn exchange(draft: &InvoiceDraft, currency: KodWaluty, notes: &mut Notes) -> Exchange {
    let foreign = currency != KodWaluty::default();
    if !foreign {
        return Exchange::default();
    }
    let field = Field::new("exchange");
    let earlier = draft.correction.as_ref().filter(|_| draft.kind == DraftKind::KorZal);
    Exchange {
        foreign,
        rate: notes.exchange(&field.at("rate"), "KursWaluty", &draft.exchange.rate),
        before: earlier.and_then(|correction| {
            let field = Field::new("correction");
            notes.exchange(&field.at("exchangeBefore"), "KursWalutyZK", &correction.exchange_before)
        }),
    }
}

/// P_6 or OkresFa.
pub(super) fn sale(moment: &SaleMoment, notes: &mut Notes) -> Option<DataDostawy> {
    let field = Field::new("sale");
    match moment {
        SaleMoment::Unsaid => None,
        SaleMoment::Day { date } => notes.day(&field.at("date"), "P_6", DAY, date).map(DataDostawy::P6),
        SaleMoment::Period { from, to } => {
            let first = notes.needed_day(&field.at("from"), "P_6_Od", DAY, from);
            let last = notes.needed_day(&field.at("to"), "P_6_Do", DAY, to);
            Some(DataDostawy::OkresFa(OkresFa { p_6_od: first?, p_6_do: last? }))
        }
    }
}

/// Adnotacje. P_18 goes by itself with a line at `oo`.
pub(super) fn annotations(draft: &AnnotationsDraft, entries: &[Entry], notes: &mut Notes) -> Adnotacje {
    // A correction's state before counts as well: its rows stand on the invoice.
    let has = |rate: Rate| {
        let is = |row: &Row| row.rate == Some(rate);
        entries
            .iter()
            .any(|entry| entry.before.as_ref().is_some_and(is) || entry.after.as_ref().is_some_and(is))
    };
    let field = Field::new("annotations");
    Adnotacje {
        p_16: draft.cash_method,
        p_17: draft.self_billing,
        p_18: draft.reverse_charge || has(Rate::Oo),
        p_18a: draft.split_payment,
        zwolnienie: exemption(draft, has(Rate::Zw), &field, notes),
        p_23: draft.triangular,
        pmarzy: margin(draft, has(Rate::Margin), &field, notes),
        ..Adnotacje::default()
    }
}

fn exemption(draft: &AnnotationsDraft, is_needed: bool, field: &Field<'_>, notes: &mut Notes) -> Zwolnienie {
    let element = match draft.exemption {
        ExemptionBasis::None => {
            if is_needed {
                notes.error(
                    &field.at("exemption"),
                    FindingCode::Missing,
                    "Pozycja ma stawkę „zw”: podaj podstawę zwolnienia z VAT.",
                    "A line has the rate “zw”: give the ground of the exemption from VAT.",
                );
            }
            return Zwolnienie::Brak;
        }
        ExemptionBasis::Act => "P_19A",
        ExemptionBasis::Directive => "P_19B",
        ExemptionBasis::Other => "P_19C",
    };
    let Some(text) = notes.needed(&field.at("exemptionText"), element, 256, &draft.exemption_text) else {
        return Zwolnienie::Brak;
    };
    Zwolnienie::Jest(match draft.exemption {
        ExemptionBasis::Directive => PodstawaZwolnienia::Dyrektywa(text),
        ExemptionBasis::Other => PodstawaZwolnienia::Inna(text),
        ExemptionBasis::Act | ExemptionBasis::None => PodstawaZwolnienia::Ustawa(text),
    })
}

fn margin(draft: &AnnotationsDraft, is_needed: bool, field: &Field<'_>, notes: &mut Notes) -> PMarzy {
    PMarzy::Jest(match draft.margin {
        MarginScheme::None => {
            if is_needed {
                notes.error(
                    &field.at("margin"),
                    FindingCode::Missing,
                    "Pozycja jest w procedurze marży: wybierz, w której.",
                    "A line is in a margin scheme: choose which one.",
                );
            }
            return PMarzy::Brak;
        }
        MarginScheme::Travel => ProceduraMarzy::BiuraPodrozy,
        MarginScheme::UsedGoods => ProceduraMarzy::TowaryUzywane,
        MarginScheme::Art => ProceduraMarzy::DzielaSztuki,
        MarginScheme::Antiques => ProceduraMarzy::AntykiIPrzedmiotyKolekcjonerskie,
    })
}

/// A key that ties the buyer's data before and after a correction, other than those of additional buyers.
fn free_key(draft: &InvoiceDraft) -> Znakowy {
    let taken = |key: &String| draft.others.iter().any(|other| parse::trimmed(&other.buyer_key) == key);
    let free = (1..=u32::MAX).map(|number| format!("{number:04}")).find(|key| !taken(key));
    Znakowy::from(free.unwrap_or_default())
}

/// What is corrected. `buyer` gets a key where its data are corrected and it has none.
pub(super) fn correction(
    draft: &InvoiceDraft,
    seller: &Podmiot1,
    buyer: &mut Podmiot2,
    exchange: Exchange,
    notes: &mut Notes,
    origins: &mut Origins,
) -> Option<Korekta> {
    if !draft.kind.is_correction() {
        return None;
    }
    let nothing = CorrectionDraft::default();
    let correction = draft.correction.as_ref().unwrap_or(&nothing);
    let field = Field::new("correction");
    let podmiot2k = correction.buyer_before.as_ref().map(|party| {
        buyer.id_nabywcy.get_or_insert_with(|| free_key(draft));
        buyer_before(party, buyer, &field.at("buyerBefore"), notes)
    });
    let podmiot1k = correction
        .seller_before
        .as_ref()
        .map(|party| seller_before(party, seller, &field.at("sellerBefore"), notes));
    let before = notes.number(&field.at("amountBefore"), "P_15ZK", MONEY, &correction.amount_before);
    let przed_korekta = before
        .filter(|_| draft.kind != DraftKind::Kor)
        .map(|amount| PrzedKorekta { p_15zk: money(amount), kurs_waluty_zk: exchange.before.map(quantity) });
    Some(Korekta {
        przyczyna_korekty: notes.text(&field.at("reason"), "PrzyczynaKorekty", 256, &correction.reason),
        typ_korekty: notes.code(&field.at("effect"), "Fa/TypKorekty", &correction.effect, TypKorekty::of),
        dane_fa_korygowanej: corrected(correction, &field, notes, origins),
        okres_fa_korygowanej: notes.text(&field.at("period"), "OkresFaKorygowanej", 256, &correction.period),
        nr_fa_korygowany: notes.text(
            &field.at("rightNumber"),
            "NrFaKorygowany",
            256,
            &correction.right_number,
        ),
        podmiot1k,
        podmiot2k: podmiot2k.into_iter().collect(),
        przed_korekta,
    })
}

fn corrected(
    correction: &CorrectionDraft,
    field: &Field<'_>,
    notes: &mut Notes,
    origins: &mut Origins,
) -> Vec<DaneFaKorygowanej> {
    let field = field.at("corrected");
    let mut list = Vec::new();
    for (index, typed) in correction.corrected.iter().enumerate() {
        if *typed == CorrectedReference::default() && correction.corrected.len() > 1 {
            continue;
        }
        let field = field.item(index);
        let number = notes.needed(&field.at("number"), "NrFaKorygowanej", 256, &typed.number);
        let date = notes.needed_day(&field.at("issueDate"), "DataWystFaKorygowanej", DAY, &typed.issue_date);
        let ksef = match parse::trimmed(&typed.ksef_number) {
            "" => Some(NumerKsefKorygowanej::PozaKsef),
            number => notes
                .shaped(&field.at("ksefNumber"), "Fa/DaneFaKorygowanej/NrKSeFFaKorygowanej", number)
                .then(|| NumerKsefKorygowanej::Ksef(Znakowy::from(number))),
        };
        if let (Some(nr_fa_korygowanej), Some(data_wyst_fa_korygowanej), Some(ksef)) = (number, date, ksef) {
            origins.put("Fa/DaneFaKorygowanej", index);
            list.push(DaneFaKorygowanej { data_wyst_fa_korygowanej, nr_fa_korygowanej, ksef });
        }
    }
    if correction.corrected.is_empty() {
        notes.error(
            &field,
            FindingCode::Missing,
            "Podaj, którą fakturę korygujesz.",
            "Name the invoice that is corrected.",
        );
    }
    list
}

fn buyer_before(party: &PartyDraft, buyer: &Podmiot2, field: &Field<'_>, notes: &mut Notes) -> Podmiot2K {
    Podmiot2K {
        dane_identyfikacyjne: DaneIdentyfikacyjne2 {
            id: buyer.dane_identyfikacyjne.id.clone(),
            nazwa: notes.text(&field.at("name"), "Nazwa", 512, &party.name),
        },
        adres: parties::address(&party.address, &field.at("address"), notes),
        id_nabywcy: buyer.id_nabywcy.clone(),
    }
}

fn seller_before(party: &PartyDraft, seller: &Podmiot1, field: &Field<'_>, notes: &mut Notes) -> Podmiot1K {
    let nazwa = notes.needed(&field.at("name"), "Nazwa", 512, &party.name);
    let adres = parties::address(&party.address, &field.at("address"), notes);
    if parties::is_empty(&party.address) {
        notes.missing(&field.at("address").at("line1"), "AdresL1");
    }
    Podmiot1K {
        prefiks_podatnika: seller.prefiks_podatnika.then(crate::fa3::KodUe::default),
        dane_identyfikacyjne: DaneIdentyfikacyjne1 {
            nip: seller.dane_identyfikacyjne.nip.clone(),
            nazwa: nazwa.unwrap_or_default(),
        },
        adres: adres.unwrap_or_default(),
    }
}

/// ZaliczkaCzesciowa.
pub(super) fn parts(
    draft: &InvoiceDraft,
    exchange: Exchange,
    notes: &mut Notes,
    origins: &mut Origins,
) -> Vec<(Part, ZaliczkaCzesciowa)> {
    let field = Field::new("advance");
    let field = field.at("parts");
    let typed = draft.advance.as_ref().map(|advance| advance.parts.as_slice()).unwrap_or_default();
    if !matches!(draft.kind, DraftKind::Zal | DraftKind::KorZal | DraftKind::Roz) {
        return Vec::new();
    }
    let mut list = Vec::new();
    for (index, part) in typed.iter().enumerate() {
        let field = field.item(index);
        let day = notes.needed_day(&field.at("date"), "P_6Z", DAY, &part.date);
        let amount = notes.needed_number(&field.at("amount"), "P_15Z", MONEY, &part.amount);
        let own = notes
            .exchange(&field.at("exchangeRate"), "KursWalutyZW", &part.exchange_rate)
            .filter(|_| exchange.foreign);
        if let (Some(p_6z), Some(amount)) = (day, amount) {
            origins.put("Fa/ZaliczkaCzesciowa", index);
            let written = ZaliczkaCzesciowa { p_6z, p_15z: money(amount), kurs_waluty_zw: own.map(quantity) };
            list.push((Part { amount, exchange: own }, written));
        }
    }
    list
}

/// FakturaZaliczkowa.
pub(super) fn settled(
    draft: &InvoiceDraft,
    notes: &mut Notes,
    origins: &mut Origins,
) -> Vec<FakturaZaliczkowa> {
    let field = Field::new("settles");
    if !draft.kind.names_advances() {
        return Vec::new();
    }
    let mut list = Vec::new();
    for (index, reference) in draft.settles.iter().enumerate() {
        let field = field.item(index);
        let written = match parse::trimmed(&reference.ksef_number) {
            "" => notes
                .needed(&field.at("number"), "NrFaZaliczkowej", 256, &reference.number)
                .map(FakturaZaliczkowa::PozaKsef),
            number => notes
                .shaped(&field.at("ksefNumber"), "Fa/FakturaZaliczkowa/NrKSeFFaZaliczkowej", number)
                .then(|| FakturaZaliczkowa::Ksef(Znakowy::from(number))),
        };
        if let Some(written) = written {
            origins.put("Fa/FakturaZaliczkowa", index);
            list.push(written);
        }
    }
    list
}

/// DodatkowyOpis: those of the person, and the table of the exchange rate.
pub(super) fn descriptions(
    draft: &InvoiceDraft,
    currency: KodWaluty,
    rate: Option<Decimal>,
    notes: &mut Notes,
    origins: &mut Origins,
) -> Vec<DodatkowyOpis> {
    let field = Field::new("descriptions");
    let mut list = Vec::new();
    for (index, typed) in draft.descriptions.iter().enumerate() {
        let field = field.item(index);
        let empty = |text: &str| parse::trimmed(text).is_empty();
        if empty(&typed.key) && empty(&typed.value) {
            continue;
        }
        let line = parse::trimmed(&typed.line);
        let nr_wiersza = line.parse::<u64>().ok().filter(|number| *number > 0);
        if !line.is_empty() && nr_wiersza.is_none() {
            notes.fits(&field.at("line"), "Fa/DodatkowyOpis/NrWiersza", line);
        }
        let key = notes.needed(&field.at("key"), "Klucz", 256, &typed.key);
        let value = notes.needed(&field.at("value"), "Wartosc", 256, &typed.value);
        if let (Some(klucz), Some(wartosc)) = (key, value) {
            origins.put("Fa/DodatkowyOpis", index);
            list.push(DodatkowyOpis { nr_wiersza, klucz, wartosc });
        }
    }
    list.extend(table_note(&draft.exchange, currency, rate, notes));
    list
}

/// Under what name the table of the exchange rate stands among the descriptions.
pub(in crate::draft) const TABLE_KEY: &str = "Kurs waluty";

/// The sentence about the table: `1 EUR = 4.2617 PLN, tabela 226/A/NBP/2026 z 2026-11-20`.
fn table_note(
    draft: &ExchangeDraft,
    currency: KodWaluty,
    rate: Option<Decimal>,
    notes: &mut Notes,
) -> Option<DodatkowyOpis> {
    let field = Field::new("exchange");
    let rate = rate?;
    let table = notes.text(&field.at("table"), "Tabela", 200, &draft.table)?;
    let day = notes.day(&field.at("day"), "DataWaluty", DAY, &draft.day);
    let day = day.map(|day| format!(" z {day}")).unwrap_or_default();
    let wartosc = Znakowy::from(format!("1 {currency} = {} PLN, tabela {table}{day}", rate.normalize()));
    Some(DodatkowyOpis { nr_wiersza: None, klucz: Znakowy::from(TABLE_KEY), wartosc })
}

/// Stopka.
pub(super) fn footer(
    draft: &InvoiceDraft,
    profile: &SellerProfile,
    field: &Field<'_>,
    notes: &mut Notes,
) -> Option<Stopka> {
    let text = notes.lines_of_text(
        &Field::new("notes"),
        "Stopka/Informacje/StopkaFaktury",
        "StopkaFaktury",
        &draft.notes,
    );
    let registers = registers(profile, field, notes);
    let footer = Stopka {
        informacje: text.map(|text| Informacje { stopka_faktury: Some(text) }).into_iter().collect(),
        rejestry: registers.into_iter().collect(),
    };
    (footer != Stopka::default()).then_some(footer)
}

fn registers(profile: &SellerProfile, field: &Field<'_>, notes: &mut Notes) -> Option<Rejestry> {
    let mut shaped = |name, path, typed: &str| {
        let digits = parse::compact(typed);
        let fits = !digits.is_empty() && notes.shaped(&field.at(name), path, &digits);
        fits.then_some(digits)
    };
    let krs = shaped("krs", "Stopka/Rejestry/KRS", &profile.krs);
    let regon = shaped("regon", "Stopka/Rejestry/REGON", &profile.regon);
    let bdo = shaped("bdo", "Stopka/Rejestry/BDO", &profile.bdo);
    let registers = Rejestry {
        pelna_nazwa: notes.text(&field.at("fullName"), "PelnaNazwa", 256, &profile.full_name),
        krs: krs.map(Tekstowy::from),
        regon: regon.map(Tekstowy::from),
        bdo: bdo.map(Znakowy::from),
    };
    (registers != Rejestry::default()).then_some(registers)
}
