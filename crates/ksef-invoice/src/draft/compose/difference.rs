//! A line before and after → lines with the difference.

use rust_decimal::Decimal;

use super::line::Row;
use crate::totals::LineSum;

/// The lines that a change is written as. Where only the price or only the quantity changed, the difference stands there
/// too; where both did, in the value alone; where the rate changed, the old line is taken back and the new one is added.
pub(super) fn between(before: Option<&Row>, after: Option<&Row>) -> Vec<Row> {
    match (before, after) {
        (None, None) => Vec::new(),
        (None, Some(after)) => vec![after.clone()],
        (Some(before), None) => vec![taken_back(before)],
        (Some(before), Some(after)) if before.rate != after.rate => vec![taken_back(before), after.clone()],
        (Some(before), Some(after)) => vec![changed(before, after)],
    }
}

/// A line that falls away, as it is after.
pub(super) fn nothing_left(row: &Row) -> Row {
    let sum = row.sum.map(|_| LineSum::default());
    match row.quantity {
        Some(_) => Row { quantity: Some(Decimal::ZERO), excise: None, sum, ..row.clone() },
        None => Row { price: row.price.map(|_| Decimal::ZERO), excise: None, sum, ..row.clone() },
    }
}

fn taken_back(row: &Row) -> Row {
    let sum = row.sum.map(|sum| minus(LineSum::default(), sum));
    match row.quantity {
        Some(quantity) => Row { quantity: Some(-quantity), sum, ..row.clone() },
        None => Row { price: row.price.map(|price| -price), sum, ..row.clone() },
    }
}

fn changed(before: &Row, after: &Row) -> Row {
    let sum = before.sum.zip(after.sum).map(|(before, after)| minus(after, before));
    let same_quantity = before.quantity == after.quantity;
    let same_price = before.price == after.price;
    let (quantity, price) = match (same_quantity, same_price) {
        // Only what is said of it has changed, or the discount.
        (true, true) => (None, None),
        // A price that doubled would read as twice the quantity: the value says it alone.
        (true, false) => match before.price.zip(after.price).map(|(old, new)| (old, new - old)) {
            Some((old, more)) if old == more => (None, None),
            difference => (after.quantity, difference.map(|(_, more)| more)),
        },
        (false, true) => (
            Some(after.quantity.unwrap_or(Decimal::ONE) - before.quantity.unwrap_or(Decimal::ONE)),
            after.price,
        ),
        (false, false) => (None, None),
    };
    let excise = match (before.excise, after.excise) {
        (None, None) => None,
        (before, after) => Some(after.unwrap_or_default() - before.unwrap_or_default()),
    };
    // Without a price there is nothing that a discount is taken from.
    let sum = sum.map(|sum| if price.is_none() { LineSum { discount: Decimal::ZERO, ..sum } } else { sum });
    Row { quantity, price, sum, excise, ..after.clone() }
}

fn minus(one: LineSum, other: LineSum) -> LineSum {
    LineSum {
        value: one.value - other.value,
        net: one.net - other.net,
        vat: one.vat - other.vat,
        gross: one.gross - other.gross,
        discount: one.discount - other.discount,
    }
}
