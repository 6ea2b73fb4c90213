//! Annotations against what is sold.

use super::foreign::has;
use super::review::Review;
use super::spot::Spot;
use super::totals::Bucket;
use crate::fa3::{PMarzy, Zwolnienie};
use crate::finding::FindingCode;

fn annotations() -> Spot {
    Spot::fa().at("Adnotacje")
}

/// Exempt sales need their ground (art. 106e ust. 1 pkt 19); P_19N says that there are none, so both at once contradict
/// each other.
pub(super) fn exemption(review: &mut Review<'_>) {
    let has_exempt = has(review, Bucket::Exempt);
    match &review.fa.adnotacje.zwolnienie {
        Zwolnienie::Brak if has_exempt => review.refuse(
            FindingCode::ExemptionWithoutBasis,
            annotations().at("Zwolnienie").at("P_19N"),
            "faktura ma sprzedaż zwolnioną, a zaznaczono, że jej nie ma. Podaj podstawę zwolnienia (przepis ustawy, dyrektywy albo inną).",
            "the invoice has exempt sales and says that it has none. Give the ground of the exemption (a provision of the act, of the directive, or another).",
        ),
        Zwolnienie::Jest(_) if !has_exempt && !review.is_correction() && has_lines_with_rates(review) => review.warn(
            FindingCode::ExemptionUnused,
            annotations().at("Zwolnienie").at("P_19"),
            "podano podstawę zwolnienia, a żadna pozycja nie jest zwolniona (zw). Zmień stawkę pozycji albo usuń podstawę.",
            "a ground of exemption is given, and no line is exempt (zw). Change the rate of a line or remove the ground.",
        ),
        _ => {}
    }
}

/// Lines that say enough to say that something is not among them.
fn has_lines_with_rates(review: &Review<'_>) -> bool {
    let lines = &review.fa.fa_wiersz;
    !lines.is_empty() && lines.iter().all(|line| Bucket::of(line, review.fa).is_some())
}

/// The rate "oo" is reverse charge, and P_18 must say so. Art. 106e ust. 1 pkt 18. The mark alone also goes with sales
/// outside the country, whose tax the buyer accounts for.
pub(super) fn reverse_charge(review: &mut Review<'_>) {
    let spot = annotations().at("P_18");
    let has_oo = has(review, Bucket::ReverseCharge);
    let may_be_abroad =
        [Bucket::Abroad, Bucket::EuServices, Bucket::Wdt].iter().any(|&bucket| has(review, bucket));
    match review.fa.adnotacje.p_18 {
        false if has_oo => review.refuse(
            FindingCode::ReverseChargeUnmarked,
            spot,
            "pozycje mają odwrotne obciążenie (oo), a adnotacja P_18 mówi, że go nie ma. Zaznacz „odwrotne obciążenie” albo zmień stawkę.",
            "lines have reverse charge (oo), and the annotation P_18 says that there is none. Mark reverse charge or change the rate.",
        ),
        true if !has_oo && !may_be_abroad && !review.is_correction() && has_lines_with_rates(review) => review.warn(
            FindingCode::ReverseChargeUnused,
            spot,
            "zaznaczono odwrotne obciążenie, a żadna pozycja go nie ma (oo, np I, np II). Zmień stawkę albo odznacz adnotację.",
            "reverse charge is marked, and no line has it (oo, np I, np II). Change the rate or unmark the annotation.",
        ),
        _ => {}
    }
}

/// P_13_11 is the total of a margin procedure, and P_PMarzyN says that there is none. Art. 106e ust. 2 i 3, art. 119, 120.
pub(super) fn margin(review: &mut Review<'_>) {
    let total = review.fa.p_13_11.filter(|total| !total.decimal().is_zero());
    let has_margin_lines =
        review.fa.fa_wiersz.iter().any(|line| line.p_12.is_none() && line.p_12_xii.is_none());
    match (&review.fa.adnotacje.pmarzy, total) {
        (PMarzy::Brak, Some(_)) => review.refuse(
            FindingCode::MarginUnmarked,
            annotations().at("PMarzy").at("P_PMarzyN"),
            "faktura ma sumę sprzedaży w procedurze marży (P_13_11), a zaznaczono, że tej procedury nie ma. Wskaż rodzaj procedury marży.",
            "the invoice has a total of margin sales (P_13_11) and says that there is no margin procedure. Say which margin procedure it is.",
        ),
        (PMarzy::Jest(_), None) if !review.is_correction() && !has_margin_lines => review.warn(
            FindingCode::MarginUnused,
            annotations().at("PMarzy").at("P_PMarzy"),
            "zaznaczono procedurę marży, a nie ma sprzedaży w tej procedurze (P_13_11). Odznacz procedurę albo usuń stawkę z jej pozycji.",
            "a margin procedure is marked, and there are no sales in it (P_13_11). Unmark it or remove the rate from its lines.",
        ),
        _ => {}
    }
}
