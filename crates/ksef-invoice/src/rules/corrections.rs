//! Corrections and what they correct. Art. 106j.

use std::collections::{HashMap, HashSet};

use super::review::Review;
use super::spot::Spot;
use crate::fa3::{DaneFaKorygowanej, NumerKsefKorygowanej, RodzajFaktury};
use crate::finding::FindingCode;

/// A correction names the corrected invoice (art. 106j ust. 2 pkt 3), and only a correction does: kind and data that
/// disagree contradict each other. The schema leaves both to each other.
pub(super) fn kind(review: &mut Review<'_>) {
    let kind = review.kind().code();
    match (review.is_correction(), &review.fa.korekta) {
        (true, None) => review.refuse(
            FindingCode::CorrectsNothing,
            Spot::fa().nth("DaneFaKorygowanej", 0),
            &format!("faktura rodzaju {kind} musi wskazać fakturę korygowaną: jej datę, numer i numer KSeF. Uzupełnij te dane."),
            &format!("an invoice of kind {kind} must name the corrected one: its date, number and KSeF number. Complete these data."),
        ),
        (false, Some(_)) => review.refuse(
            FindingCode::NotACorrection,
            Spot::fa().at("RodzajFaktury"),
            &format!("faktura ma dane faktury korygowanej, a jej rodzaj to {kind}. Zmień rodzaj na KOR albo usuń te dane."),
            &format!("the invoice has data of a corrected one, and its kind is {kind}. Change the kind to KOR or remove these data."),
        ),
        _ => {}
    }
}

/// Each corrected invoice once, not later than the correction, of the same seller, and another than the correction.
pub(super) fn references(review: &mut Review<'_>) {
    let fa = review.fa;
    let Some(correction) = &fa.korekta else { return };
    let mut numbers = HashSet::new();
    let mut ksef_numbers = HashSet::new();
    for (index, corrected) in correction.dane_fa_korygowanej.iter().enumerate() {
        let spot = || Spot::fa().nth("DaneFaKorygowanej", index);
        if corrected.data_wyst_fa_korygowanej > fa.p_1 {
            let (found, own) = (corrected.data_wyst_fa_korygowanej, fa.p_1);
            review.refuse(
                FindingCode::CorrectedLater,
                spot().at("DataWystFaKorygowanej"),
                &format!("faktura korygowana jest z {found}, a korekta z {own}: nie można korygować faktury późniejszej. Popraw jedną z dat."),
                &format!("the corrected invoice is of {found}, the correction of {own}: a later invoice cannot be corrected. Correct one of the dates."),
            );
        }
        if corrected.nr_fa_korygowanej == *fa.p_2 {
            review.warn(
                FindingCode::CorrectsItself,
                spot().at("NrFaKorygowanej"),
                &format!("korekta ma ten sam numer co faktura korygowana ({}). Nadaj korekcie jej własny numer.", fa.p_2),
                &format!("the correction has the same number as the corrected invoice ({}). Give the correction a number of its own.", fa.p_2),
            );
        }
        let by_number = (corrected.nr_fa_korygowanej.as_str(), corrected.data_wyst_fa_korygowanej);
        let is_known = !numbers.insert(by_number);
        let is_known = match &corrected.ksef {
            NumerKsefKorygowanej::Ksef(number) => !ksef_numbers.insert(number.as_str()) || is_known,
            NumerKsefKorygowanej::PozaKsef => is_known,
        };
        if is_known {
            review.warn(
                FindingCode::CorrectedTwice,
                spot(),
                "tę samą fakturę wskazano już wyżej. Usuń powtórzenie.",
                "the same invoice is named above already. Remove the repetition.",
            );
        }
        ksef_number_is_own(review, corrected, spot);
    }
}

/// A KSeF number begins with the seller's NIP; the corrected seller may have been another (Podmiot1K).
fn ksef_number_is_own(review: &mut Review<'_>, corrected: &DaneFaKorygowanej, spot: impl Fn() -> Spot) {
    let NumerKsefKorygowanej::Ksef(number) = &corrected.ksef else { return };
    let seller = review.invoice.podmiot1.dane_identyfikacyjne.nip.as_str();
    let before = review.fa.korekta.as_ref().and_then(|correction| correction.podmiot1k.as_ref());
    let is_own = number.starts_with(seller)
        || before.is_some_and(|before| number.starts_with(before.dane_identyfikacyjne.nip.as_str()));
    if !is_own {
        review.warn(
            FindingCode::KsefNumberOfOther,
            spot().at("NrKSeFFaKorygowanej"),
            &format!("{} to numer faktury innego sprzedawcy: zaczyna się od jego NIP, a nie od {seller}. Sprawdź numer.", number.as_str()),
            &format!("{} is the number of another seller's invoice: it begins with that NIP, not with {seller}. Check the number.", number.as_str()),
        );
    }
}

/// P_15ZK: what was paid, or remained to be paid, before the correction of an advance or final invoice; nothing else has
/// it. FA(3), description of P_15ZK.
pub(super) fn paid_before(review: &mut Review<'_>) {
    let Some(correction) = &review.fa.korekta else { return };
    let wants = matches!(review.kind(), RodzajFaktury::KorZal | RodzajFaktury::KorRoz);
    let spot = Spot::fa().at("P_15ZK");
    match (wants, correction.przed_korekta) {
        (true, None) => review.warn(
            FindingCode::PaidBeforeCorrection,
            spot,
            "brakuje kwoty zapłaty przed korektą, którą podaje się w korekcie faktury zaliczkowej i rozliczeniowej.",
            "the amount paid before the correction is missing, which a correction of an advance or final invoice states.",
        ),
        (false, Some(_)) => review.warn(
            FindingCode::PaidBeforeCorrection,
            spot,
            "kwotę zapłaty przed korektą podaje się tylko w korekcie faktury zaliczkowej (KOR_ZAL) i rozliczeniowej (KOR_ROZ). Usuń ją albo zmień rodzaj.",
            "the amount paid before belongs to corrections of advance (KOR_ZAL) and final (KOR_ROZ) invoices only. Remove it or change the kind.",
        ),
        _ => {}
    }
}

/// Lines before a correction stand on corrections only, each with the same line after it; one that was removed has a
/// quantity of zero after. FA(3), description of StanPrzed.
pub(super) fn pairs(review: &mut Review<'_>) {
    let fa = review.fa;
    let mut after: HashMap<u64, usize> = HashMap::new();
    for line in fa.fa_wiersz.iter().filter(|line| !line.stan_przed) {
        *after.entry(line.nr_wiersza_fa).or_default() += 1;
    }
    for (index, line) in fa.fa_wiersz.iter().enumerate().filter(|(_, line)| line.stan_przed) {
        let spot = Spot::line(index).at("StanPrzed");
        if !review.is_correction() {
            review.warn(
                FindingCode::BeforeWithoutCorrection,
                spot,
                "pozycja jest oznaczona jako stan przed korektą, a faktura nie jest korektą. Usuń oznaczenie albo zmień rodzaj faktury.",
                "the line is marked as the state before a correction, and the invoice is none. Remove the mark or change the kind.",
            );
        } else if !after.contains_key(&line.nr_wiersza_fa) {
            let number = line.nr_wiersza_fa;
            review.warn(
                FindingCode::BeforeWithoutAfter,
                spot,
                &format!("pozycja {number} jest tylko w stanie przed korektą. Dodaj ją także po korekcie (usuniętą z ilością i wartością 0)."),
                &format!("line {number} is there only as before the correction. Add it as after the correction too (a removed one with quantity and value 0)."),
            );
        }
    }
}
