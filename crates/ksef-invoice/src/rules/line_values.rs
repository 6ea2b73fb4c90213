//! What a single line says.

use rust_decimal::Decimal;

use super::review::Review;
use super::spot::Spot;
use super::totals::{Bucket, rounded};
use crate::fa3::RodzajFaktury;
use crate::finding::FindingCode;

/// Lines, with a value and a rate each, where the kind of invoice needs them. Corrections may leave out what does not
/// change, advances have an order instead, simplified invoices need no amounts (art. 106e ust. 5 pkt 3).
pub(super) fn presence(review: &mut Review<'_>) {
    let kind = review.kind();
    let needs_lines = matches!(kind, RodzajFaktury::Vat | RodzajFaktury::Roz | RodzajFaktury::Upr);
    if needs_lines && review.fa.fa_wiersz.is_empty() {
        review.warn(
            FindingCode::NoLines,
            Spot::fa().nth("FaWiersz", 0),
            "na fakturze nie ma żadnej pozycji. Dodaj towar lub usługę.",
            "the invoice has no line. Add goods or a service.",
        );
    }
    for (index, line) in review.fa.fa_wiersz.iter().enumerate() {
        if line.p_12.is_some() && line.p_12_xii.is_some() {
            review.warn(
                FindingCode::TwoRates,
                Spot::line(index).at("P_12_XII"),
                "pozycja ma i stawkę polską (P_12), i stawkę OSS. Zostaw jedną.",
                "the line has a Polish rate (P_12) and an OSS rate. Leave one.",
            );
        }
        if !matches!(kind, RodzajFaktury::Vat | RodzajFaktury::Roz) {
            continue;
        }
        if line.p_11.is_none() && line.p_11a.is_none() {
            review.warn(
                FindingCode::LineWithoutValue,
                Spot::line(index).at("P_11"),
                "pozycja nie ma wartości netto ani brutto. Podaj jedną z nich.",
                "the line has neither a net nor a gross value. Give one of them.",
            );
        }
        if Bucket::of(line, review.fa).is_none() {
            review.warn(
                FindingCode::LineWithoutRate,
                Spot::line(index).at("P_12"),
                "pozycja nie ma stawki podatku. Podaj stawkę albo zaznacz procedurę marży.",
                "the line has no tax rate. Give the rate or mark the margin procedure.",
            );
        }
    }
}

/// Value = quantity × price − discount, where a discount may be one of the unit or of the line: both are written.
/// Art. 106e ust. 1 pkt 8–11. Differences of a correction multiply to nothing, so they are left alone.
pub(super) fn products(review: &mut Review<'_>) {
    let fa = review.fa;
    if !review.is_correction() || fa.fa_wiersz.iter().any(|line| line.stan_przed) {
        for (index, line) in fa.fa_wiersz.iter().enumerate() {
            let discount = line.p_10.map(Decimal::from).unwrap_or_default();
            let quantity = line.p_8b.map(Decimal::from);
            let net = (quantity, line.p_9a.map(Decimal::from), line.p_11.map(Decimal::from));
            let gross = (quantity, line.p_9b.map(Decimal::from), line.p_11a.map(Decimal::from));
            product(review, || Spot::line(index).at("P_11"), net, discount);
            product(review, || Spot::line(index).at("P_11A"), gross, discount);
        }
    }
    let order = fa.zamowienie.iter().flat_map(|order| &order.zamowienie_wiersz);
    if !review.is_correction() || order.clone().any(|line| line.stan_przed_z) {
        for (index, line) in order.enumerate() {
            let net = (
                line.p_8bz.map(Decimal::from),
                line.p_9az.map(Decimal::from),
                line.p_11netto_z.map(Decimal::from),
            );
            product(review, || Spot::order_line(index).at("P_11NettoZ"), net, Decimal::ZERO);
        }
    }
}

fn product(
    review: &mut Review<'_>,
    spot: impl FnOnce() -> Spot,
    (quantity, price, value): (Option<Decimal>, Option<Decimal>, Option<Decimal>),
    discount: Decimal,
) {
    let (Some(quantity), Some(price), Some(value)) = (quantity, price, value) else { return };
    let Some(product) = quantity.checked_mul(price) else { return };
    let of_units = quantity.checked_mul(discount).unwrap_or(discount);
    // A price is often a rounded one: half of its last place for each unit, and a hundredth for the value.
    let places = price.normalize().scale().max(2);
    let half = Decimal::try_new(5, places + 1).unwrap_or_default();
    let tolerance = quantity.abs() * half + Decimal::new(1, 2);
    let fits = |expected: Decimal| (expected - value).abs() <= tolerance;
    if !fits(product - discount) && !fits(product - of_units) {
        review.differs(
            FindingCode::LineValue,
            spot(),
            (value, rounded(product - discount)),
            ("ilość razy cena minus rabat", "quantity times price less discount"),
        );
    }
}

/// P_11Vat fits the line's value and rate. Art. 106e ust. 10.
pub(super) fn taxes(review: &mut Review<'_>) {
    for (index, line) in review.fa.fa_wiersz.iter().enumerate() {
        let Some(stated) = line.p_11vat.map(Decimal::from) else { continue };
        let percent = Bucket::percent(line);
        let from_net = line.p_11.map(|net| net.decimal() * percent / Decimal::ONE_HUNDRED);
        let from_gross = line.p_11a.map(|gross| gross.decimal() * percent / (Decimal::ONE_HUNDRED + percent));
        let Some(expected) = from_net.or(from_gross) else { continue };
        let fits = |tax: Decimal| (tax - stated).abs() <= Decimal::new(1, 2);
        if ![from_net, from_gross].into_iter().flatten().any(fits) {
            review.differs(
                FindingCode::LineTax,
                Spot::line(index).at("P_11Vat"),
                (stated, rounded(expected)),
                ("podatek od wartości pozycji", "the tax of the line's value"),
            );
        }
    }
}
