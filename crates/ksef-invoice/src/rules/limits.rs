//! Amounts at which the law asks for something.

use rust_decimal::Decimal;

use super::review::{Review, amount};
use super::spot::Spot;
use crate::fa3::{IdNabywcy, RodzajFaktury};
use crate::finding::FindingCode;

/// Above this, in złoty and gross, split payment is compulsory for annex 15. Art. 108a ust. 1a, art. 106e ust. 1 pkt 18a.
const SPLIT_PAYMENT: i64 = 15_000;
/// A simplified invoice has no more than this in złoty. Art. 106e ust. 5 pkt 3.
const SIMPLIFIED_PLN: i64 = 450;
/// Or this in euro.
const SIMPLIFIED_EUR: i64 = 100;

/// The total in złoty, by the first rate of exchange that stands on the invoice; `None` without one.
fn total_in_pln(review: &Review<'_>) -> Option<Decimal> {
    let fa = review.fa;
    let total = fa.p_15.decimal();
    if review.is_in_pln() {
        return Some(total);
    }
    let rate = fa.kurs_waluty_z.or_else(|| fa.fa_wiersz.iter().find_map(|line| line.kurs_waluty))?;
    total.checked_mul(rate.decimal())
}

/// Goods or services of annex 15 above 15 000 zł to a taxpayer: "mechanizm podzielonej płatności". Corrections state
/// differences, which say nothing about the limit.
pub(super) fn split_payment(review: &mut Review<'_>) {
    if review.is_correction() {
        return;
    }
    let fa = review.fa;
    let order = fa.zamowienie.iter().flat_map(|order| &order.zamowienie_wiersz);
    let has_annex_15 =
        fa.fa_wiersz.iter().any(|line| line.p_12_zal_15) || order.clone().any(|line| line.p_12z_zal_15);
    let has_lines = !fa.fa_wiersz.is_empty() || order.count() > 0;
    let is_taxpayer = matches!(review.invoice.podmiot2.dane_identyfikacyjne.id, IdNabywcy::Nip(_));
    let is_above = total_in_pln(review).is_some_and(|total| total > Decimal::from(SPLIT_PAYMENT));
    let spot = Spot::fa().at("Adnotacje").at("P_18A");
    if has_annex_15 && is_above && is_taxpayer && !fa.adnotacje.p_18a {
        review.warn(
            FindingCode::SplitPaymentMissing,
            spot,
            "faktura przekracza 15 000 zł brutto i ma towar lub usługę z załącznika nr 15, więc wymaga adnotacji „mechanizm podzielonej płatności”. Zaznacz ją.",
            "the invoice exceeds 15,000 zł gross and has goods or services of annex 15, so it needs the annotation of split payment. Mark it.",
        );
    } else if fa.adnotacje.p_18a && has_lines && !has_annex_15 {
        review.warn(
            FindingCode::SplitPaymentUnfounded,
            spot,
            "zaznaczono mechanizm podzielonej płatności, a żadna pozycja nie jest z załącznika nr 15. Oznacz pozycje albo odznacz adnotację, jeśli nie jest dobrowolna.",
            "split payment is marked, and no line is of annex 15. Mark the lines, or unmark the annotation if it is not voluntary.",
        );
    }
}

/// A simplified invoice: at most 450 zł, or 100 EUR if it is in euro, and the buyer's NIP on it.
pub(super) fn simplified(review: &mut Review<'_>) {
    if review.kind() != RodzajFaktury::Upr {
        return;
    }
    let total = review.fa.p_15.decimal();
    let is_in_euro = review.fa.kod_waluty == "EUR";
    let (counted, limit, unit) = match is_in_euro {
        true => (Some(total), SIMPLIFIED_EUR, "EUR"),
        false => (total_in_pln(review), SIMPLIFIED_PLN, "zł"),
    };
    if let Some(counted) = counted.filter(|counted| *counted > Decimal::from(limit)) {
        let (polish, english) = amount(counted);
        review.warn(
            FindingCode::SimplifiedLimit,
            Spot::fa().at("P_15"),
            &format!("faktura uproszczona może mieć najwyżej {limit} {unit}, a ta ma {polish} {unit}. Zmień rodzaj faktury na VAT."),
            &format!("a simplified invoice may have {limit} {unit} at most, and this one has {english} {unit}. Change the kind to VAT."),
        );
    }
    if !matches!(review.invoice.podmiot2.dane_identyfikacyjne.id, IdNabywcy::Nip(_)) {
        review.warn(
            FindingCode::SimplifiedBuyer,
            Spot::root().at("Podmiot2").at("DaneIdentyfikacyjne"),
            "faktura uproszczona musi mieć NIP nabywcy. Podaj go albo zmień rodzaj faktury na VAT.",
            "a simplified invoice must have the buyer's NIP. Give it or change the kind to VAT.",
        );
    }
}
