//! Numbers and identifiers of lines.

use std::collections::{HashMap, HashSet};

use super::review::Review;
use super::spot::Spot;
use crate::fa3::FaWiersz;
use crate::finding::FindingCode;

/// Each number once; with corrections once before (StanPrzed) and once after, or twice where a difference takes a line back
/// at one rate and puts it at another. FA(3): NrWierszaFa, NrWierszaZam.
pub(super) fn numbers(review: &mut Review<'_>) {
    let mut seen = HashMap::new();
    for (index, line) in review.fa.fa_wiersz.iter().enumerate() {
        let first = seen.entry((line.nr_wiersza_fa, line.stan_przed)).or_insert(index);
        let moved = || review.is_correction() && moves_rate(&review.fa.fa_wiersz[*first], line);
        if *first != index && !moved() {
            twice(review, Spot::line(index).at("NrWierszaFa"), line.nr_wiersza_fa);
        }
    }
    let mut seen = HashSet::new();
    for (index, line) in review.fa.zamowienie.iter().flat_map(|order| &order.zamowienie_wiersz).enumerate() {
        if !seen.insert((line.nr_wiersza_zam, line.stan_przed_z)) {
            twice(review, Spot::order_line(index).at("NrWierszaZam"), line.nr_wiersza_zam);
        }
    }
}

/// The one is the other taken back, at another rate.
fn moves_rate(first: &FaWiersz, second: &FaWiersz) -> bool {
    let value = |line: &FaWiersz| line.p_11.or(line.p_11a).map(|value| value.decimal());
    let (Some(back), Some(anew)) = (value(first), value(second)) else { return false };
    (first.p_12 != second.p_12 || first.p_12_xii != second.p_12_xii)
        && (back.is_sign_negative() != anew.is_sign_negative() || back.is_zero() || anew.is_zero())
}

fn twice(review: &mut Review<'_>, spot: Spot, number: u64) {
    review.warn(
        FindingCode::LineNumberTwice,
        spot,
        &format!("numer {number} ma już inna pozycja. Nadaj pozycjom kolejne numery."),
        &format!("another line has the number {number} already. Number the lines one after another."),
    );
}

/// The same for universal identifiers. FA(3): UU_ID, UU_IDZ.
pub(super) fn identifiers(review: &mut Review<'_>) {
    let mut seen = HashSet::new();
    for (index, line) in review.fa.fa_wiersz.iter().enumerate() {
        if let Some(id) = line.uu_id.as_deref().filter(|&id| !seen.insert((id, line.stan_przed))) {
            same_id(review, Spot::line(index).at("UU_ID"), id);
        }
    }
    let mut seen = HashSet::new();
    for (index, line) in review.fa.zamowienie.iter().flat_map(|order| &order.zamowienie_wiersz).enumerate() {
        if let Some(id) = line.uu_idz.as_deref().filter(|&id| !seen.insert((id, line.stan_przed_z))) {
            same_id(review, Spot::order_line(index).at("UU_IDZ"), id);
        }
    }
}

fn same_id(review: &mut Review<'_>, spot: Spot, id: &str) {
    review.warn(
        FindingCode::LineIdTwice,
        spot,
        &format!("identyfikator „{id}” ma już inna pozycja, a powinien być unikalny."),
        &format!("another line has the identifier \"{id}\" already, and it should be unique."),
    );
}

/// Descriptions and new means of transport refer to lines that exist. FA(3): NrWiersza, P_NrWierszaNST.
pub(super) fn references(review: &mut Review<'_>) {
    let fa = review.fa;
    let lines = fa.fa_wiersz.iter().map(|line| line.nr_wiersza_fa);
    let order =
        fa.zamowienie.iter().flat_map(|order| &order.zamowienie_wiersz).map(|line| line.nr_wiersza_zam);
    let known: HashSet<u64> = lines.chain(order).collect();
    for (index, description) in fa.dodatkowy_opis.iter().enumerate() {
        if let Some(number) = description.nr_wiersza.filter(|number| !known.contains(number)) {
            no_such_line(review, Spot::fa().nth("DodatkowyOpis", index).at("NrWiersza"), number);
        }
    }
    let crate::fa3::NoweSrodkiTransportu::Jest { nowy_srodek_transportu, .. } =
        &fa.adnotacje.nowe_srodki_transportu
    else {
        return;
    };
    for (index, vehicle) in nowy_srodek_transportu.iter().enumerate() {
        if !known.contains(&vehicle.p_nr_wiersza_nst) {
            let vehicles = Spot::fa().at("Adnotacje").at("NoweSrodkiTransportu");
            let spot = vehicles.nth("NowySrodekTransportu", index).at("P_NrWierszaNST");
            no_such_line(review, spot, vehicle.p_nr_wiersza_nst);
        }
    }
}

fn no_such_line(review: &mut Review<'_>, spot: Spot, number: u64) {
    review.warn(
        FindingCode::NoSuchLine,
        spot,
        &format!("na fakturze nie ma pozycji o numerze {number}. Popraw numer."),
        &format!("the invoice has no line of the number {number}. Correct the number."),
    );
}
