//! A whole document as a draft.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use super::lines::{self, groups_of};
use super::parties::{self, text};
use super::payment;
use crate::draft::compose::{TABLE_KEY, declared, settle};
use crate::draft::fields::money_text;
use crate::draft::{
    AdvanceAmount, AdvanceDraft, AdvancePartDraft, AdvanceReference, AnnotationsDraft, CorrectedReference,
    CorrectionDraft, CorrectionMethod, DescriptionDraft, DraftKind, ExemptionBasis, FieldTree, InvoiceDraft,
    MarginScheme, SaleMoment, parse,
};
use crate::fa3::{
    Adnotacje, DataDostawy, DodatkowyOpis, Fa, Faktura, FakturaZaliczkowa, Korekta, NoweSrodkiTransportu,
    NumerKsefKorygowanej, PMarzy, Podmiot2K, PodstawaZwolnienia, ProceduraMarzy, RodzajFaktury, Rozliczenie,
    Zwolnienie,
};
use crate::totals::{Amounts, Group};

pub(super) fn read(invoice: &Faktura) -> InvoiceDraft {
    let fa = &invoice.fa;
    let mut draft = InvoiceDraft {
        kind: kind(fa.rodzaj_faktury),
        issue_date: fa.p_1.to_string(),
        issue_place: text(&fa.p_1m),
        number: fa.p_2.to_string(),
        series: None,
        sale: sale(fa),
        delivery_notes: fa.wz.iter().map(ToString::to_string).collect(),
        buyer: parties::buyer(&invoice.podmiot2),
        others: invoice.podmiot3.iter().map(parties::other).collect(),
        currency: fa.kod_waluty.as_str().to_owned(),
        annotations: annotations(&fa.adnotacje),
        payment: fa.platnosc.as_ref().map(payment::payment).unwrap_or_default(),
        settles: fa.faktura_zaliczkowa.iter().map(settled).collect(),
        notes: notes(invoice),
        to_receipt: fa.fp,
        related_parties: fa.tp,
        excise_refund: fa.zwrot_akcyzy,
        extras: extras(invoice),
        ..InvoiceDraft::default()
    };
    lines::read(fa, &mut draft);
    read_descriptions(fa, &mut draft);
    read_advance(fa, &mut draft);
    if let Some(corrected) = &fa.korekta {
        read_correction(invoice, corrected, &mut draft);
    }
    if draft.kind == DraftKind::Roz {
        read_advances_taken_off(fa, &mut draft);
    }
    draft
}

const fn kind(kind: RodzajFaktury) -> DraftKind {
    match kind {
        RodzajFaktury::Vat => DraftKind::Vat,
        RodzajFaktury::Kor => DraftKind::Kor,
        RodzajFaktury::Zal => DraftKind::Zal,
        RodzajFaktury::Roz => DraftKind::Roz,
        RodzajFaktury::Upr => DraftKind::Upr,
        RodzajFaktury::KorZal => DraftKind::KorZal,
        RodzajFaktury::KorRoz => DraftKind::KorRoz,
    }
}

fn sale(fa: &Fa) -> SaleMoment {
    match &fa.data_dostawy {
        None => SaleMoment::Unsaid,
        Some(DataDostawy::P6(day)) => SaleMoment::Day { date: day.to_string() },
        Some(DataDostawy::OkresFa(period)) => {
            SaleMoment::Period { from: period.p_6_od.to_string(), to: period.p_6_do.to_string() }
        }
    }
}

fn annotations(annotations: &Adnotacje) -> AnnotationsDraft {
    let (exemption, exemption_text) = match &annotations.zwolnienie {
        Zwolnienie::Brak => (ExemptionBasis::None, String::new()),
        Zwolnienie::Jest(PodstawaZwolnienia::Ustawa(text)) => (ExemptionBasis::Act, text.to_string()),
        Zwolnienie::Jest(PodstawaZwolnienia::Dyrektywa(text)) => {
            (ExemptionBasis::Directive, text.to_string())
        }
        Zwolnienie::Jest(PodstawaZwolnienia::Inna(text)) => (ExemptionBasis::Other, text.to_string()),
    };
    AnnotationsDraft {
        cash_method: annotations.p_16,
        self_billing: annotations.p_17,
        reverse_charge: annotations.p_18,
        split_payment: annotations.p_18a,
        triangular: annotations.p_23,
        exemption,
        exemption_text,
        margin: match &annotations.pmarzy {
            PMarzy::Brak => MarginScheme::None,
            PMarzy::Jest(ProceduraMarzy::BiuraPodrozy) => MarginScheme::Travel,
            PMarzy::Jest(ProceduraMarzy::TowaryUzywane) => MarginScheme::UsedGoods,
            PMarzy::Jest(ProceduraMarzy::DzielaSztuki) => MarginScheme::Art,
            PMarzy::Jest(ProceduraMarzy::AntykiIPrzedmiotyKolekcjonerskie) => MarginScheme::Antiques,
        },
    }
}

fn notes(invoice: &Faktura) -> String {
    let texts: Vec<&str> = invoice
        .stopka
        .iter()
        .flat_map(|footer| &footer.informacje)
        .filter_map(|part| part.stopka_faktury.as_deref())
        .collect();
    texts.join("\n")
}

fn settled(reference: &FakturaZaliczkowa) -> AdvanceReference {
    match reference {
        FakturaZaliczkowa::PozaKsef(number) => {
            AdvanceReference { number: number.to_string(), ..AdvanceReference::default() }
        }
        FakturaZaliczkowa::Ksef(number) => {
            AdvanceReference { ksef_number: number.to_string(), ..AdvanceReference::default() }
        }
    }
}

/// Descriptions; the last one may be the table of the exchange rate.
fn read_descriptions(fa: &Fa, draft: &mut InvoiceDraft) {
    let mut list = fa.dodatkowy_opis.as_slice();
    if let [before @ .., last] = list
        && let Some((table, day)) = table_note(last, &draft.currency, &draft.exchange.rate)
    {
        draft.exchange.table = table;
        draft.exchange.day = day;
        list = before;
    }
    draft.descriptions = list
        .iter()
        .map(|description| DescriptionDraft {
            line: description.nr_wiersza.map(|line| line.to_string()).unwrap_or_default(),
            key: description.klucz.to_string(),
            value: description.wartosc.to_string(),
        })
        .collect();
}

/// Table and day of `1 EUR = 4.2617 PLN, tabela 226/A/NBP/2026 z 2026-11-20`.
fn table_note(description: &DodatkowyOpis, currency: &str, rate: &str) -> Option<(String, String)> {
    if description.klucz != TABLE_KEY || description.nr_wiersza.is_some() || rate.is_empty() {
        return None;
    }
    let table = description.wartosc.strip_prefix(format!("1 {currency} = {rate} PLN, tabela ").as_str())?;
    match table.rsplit_once(" z ") {
        Some((table, day)) if parse::date(day).is_some() => Some((table.to_owned(), day.to_owned())),
        _ => Some((table.to_owned(), String::new())),
    }
}

fn read_advance(fa: &Fa, draft: &mut InvoiceDraft) {
    let received = match draft.kind {
        DraftKind::Zal | DraftKind::KorZal => {
            let before = fa.korekta.as_ref().and_then(|korekta| korekta.przed_korekta);
            let before = before.map(|before| before.p_15zk.decimal()).unwrap_or_default();
            money_text(before.checked_add(fa.p_15.decimal()).unwrap_or_default())
        }
        DraftKind::Roz if !fa.zaliczka_czesciowa.is_empty() => String::new(),
        _ => return,
    };
    draft.advance = Some(AdvanceDraft {
        received,
        parts: fa
            .zaliczka_czesciowa
            .iter()
            .map(|part| AdvancePartDraft {
                date: part.p_6z.to_string(),
                amount: part.p_15z.to_string(),
                exchange_rate: part.kurs_waluty_zw.map(|rate| rate.to_string()).unwrap_or_default(),
            })
            .collect(),
    });
}

fn read_correction(invoice: &Faktura, corrected: &Korekta, draft: &mut InvoiceDraft) {
    let has_before = draft.lines.iter().any(|line| line.before.is_some());
    let before = corrected.przed_korekta;
    let mut correction = CorrectionDraft {
        reason: text(&corrected.przyczyna_korekty),
        effect: corrected.typ_korekty.map(|effect| effect.code().to_owned()).unwrap_or_default(),
        corrected: corrected
            .dane_fa_korygowanej
            .iter()
            .map(|reference| CorrectedReference {
                number: reference.nr_fa_korygowanej.to_string(),
                issue_date: reference.data_wyst_fa_korygowanej.to_string(),
                ksef_number: match &reference.ksef {
                    NumerKsefKorygowanej::Ksef(number) => number.to_string(),
                    NumerKsefKorygowanej::PozaKsef => String::new(),
                },
            })
            .collect(),
        period: text(&corrected.okres_fa_korygowanej),
        right_number: text(&corrected.nr_fa_korygowany),
        method: if has_before || draft.lines.is_empty() {
            CorrectionMethod::BeforeAndAfter
        } else {
            CorrectionMethod::Difference
        },
        amount_before: before.map(|before| before.p_15zk.to_string()).unwrap_or_default(),
        exchange_before: before
            .and_then(|before| before.kurs_waluty_zk)
            .map(|rate| rate.to_string())
            .unwrap_or_default(),
        seller_before: corrected.podmiot1k.as_ref().map(parties::seller_before),
        ..CorrectionDraft::default()
    };
    correction.buyer_before = buyer_before(invoice).map(parties::buyer_before);
    draft.correction = Some(correction);
    let written = without_zeros(groups_of(&invoice.fa));
    if declared(draft).map(without_zeros).as_ref() != Some(&written)
        && let Some(correction) = &mut draft.correction
    {
        correction.sums = amounts(&written);
    }
}

/// Podmiot2K where it is the buyer's alone: tied to it by the same key.
fn buyer_before(invoice: &Faktura) -> Option<&Podmiot2K> {
    let before = invoice.fa.korekta.as_ref().map(|korekta| korekta.podmiot2k.as_slice());
    match before? {
        [only] if only.id_nabywcy == invoice.podmiot2.id_nabywcy => Some(only),
        _ => None,
    }
}

fn without_zeros(groups: BTreeMap<Group, Amounts>) -> BTreeMap<Group, Amounts> {
    groups.into_iter().filter(|(_, amounts)| !amounts.net.is_zero() || !amounts.vat.is_zero()).collect()
}

/// Sums by rate as typed.
pub(super) fn amounts(groups: &BTreeMap<Group, Amounts>) -> Vec<AdvanceAmount> {
    groups
        .iter()
        .map(|(group, amounts)| AdvanceAmount {
            rate: group.as_str().to_owned(),
            net: money_text(amounts.net),
            vat: money_text(amounts.vat),
        })
        .collect()
}

/// What advances had confirmed: the lines without what the final invoice declares.
fn read_advances_taken_off(fa: &Fa, draft: &mut InvoiceDraft) {
    let Some(mut taken) = declared(draft) else { return };
    for (group, left) in groups_of(fa) {
        let amounts = taken.entry(group).or_default();
        amounts.net = amounts.net.checked_sub(left.net).unwrap_or(Decimal::ZERO);
        amounts.vat = amounts.vat.checked_sub(left.vat).unwrap_or(Decimal::ZERO);
    }
    if let Some(first) = draft.settles.first_mut() {
        first.amounts = amounts(&without_zeros(taken));
    }
}

/// What drafts have no fields for.
fn extras(invoice: &Faktura) -> BTreeMap<String, FieldTree> {
    let fa = &invoice.fa;
    let mut extras = BTreeMap::new();
    let mut put = |path: &str, tree: Option<FieldTree>| {
        if let Some(tree) = tree {
            extras.insert(path.to_owned(), tree);
        }
    };
    put("Fa/WarunkiTransakcji", fa.warunki_transakcji.as_ref().and_then(tree));
    put("Fa/Rozliczenie", fa.rozliczenie.as_ref().and_then(|settlement| settled_by_itself(settlement, fa)));
    if let new @ NoweSrodkiTransportu::Jest { .. } = &fa.adnotacje.nowe_srodki_transportu {
        put("Fa/Adnotacje/NoweSrodkiTransportu", tree(new));
    }
    put("Zalacznik", invoice.zalacznik.as_ref().and_then(tree));
    put("PodmiotUpowazniony", invoice.podmiot_upowazniony.as_ref().and_then(tree));
    let before = fa.korekta.as_ref().map(|korekta| korekta.podmiot2k.as_slice()).unwrap_or_default();
    if !before.is_empty() && buyer_before(invoice).is_none() {
        put("Fa/Podmiot2K", tree(before));
    }
    extras
}

fn tree<T: Serialize + ?Sized>(part: &T) -> Option<FieldTree> {
    serde_json::to_value(part).and_then(serde_json::from_value).ok()
}

/// A settlement without the sums that are computed.
fn settled_by_itself(settlement: &Rozliczenie, fa: &Fa) -> Option<FieldTree> {
    let bare = Rozliczenie { suma_obciazen: None, suma_odliczen: None, wynik: None, ..settlement.clone() };
    let mut filled = bare.clone();
    settle(&mut filled, fa.p_15.decimal());
    let is_bare = filled == *settlement && bare != Rozliczenie::default();
    tree(if is_bare { &bare } else { settlement })
}
