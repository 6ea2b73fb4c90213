use rust_decimal::Decimal;

use super::{Amounts, Rate, Sums, TooLarge, held, vat_of_gross};

/// What an advance comes to by rate (art. 106f ust. 1 pkt 3): the received amount is divided over the rates of the order in
/// proportion to their gross values, each part rounded to a grosz; what rounding leaves over goes to the rate with the
/// largest value, the first in the order of FA(3) where two are equal. VAT of a part is part × rate / (100 + rate).
///
/// Nothing for an order of no value.
///
/// # Errors
/// An amount that FA(3) cannot hold.
pub fn split(order: &Sums, received: Decimal) -> Result<Option<Sums>, TooLarge> {
    let total = order.gross()?;
    if total.is_zero() {
        return Ok(None);
    }
    let mut parts: Vec<(Rate, Decimal, Decimal)> = Vec::new();
    let mut left = held(Some(received))?;
    for (rate, amounts) in order.rates() {
        let gross = amounts.gross()?;
        let part = held(share(received, gross, total))?;
        left = held(left.checked_sub(part))?;
        parts.push((rate, gross, part));
    }
    let largest = parts.iter().map(|(_, gross, _)| gross.abs()).max().unwrap_or_default();
    if let Some((_, _, part)) = parts.iter_mut().find(|(_, gross, _)| gross.abs() == largest) {
        *part = held(part.checked_add(left))?;
    }
    let mut sums = Sums::default();
    for (rate, _, part) in parts {
        let vat = vat_of_gross(part, rate)?;
        sums.add(rate, Amounts { net: held(part.checked_sub(vat))?, vat })?;
    }
    Ok(Some(sums))
}

/// `received × gross ÷ total`, in the order that does not overflow where the answer fits.
fn share(received: Decimal, gross: Decimal, total: Decimal) -> Option<Decimal> {
    match received.checked_mul(gross) {
        Some(product) => product.checked_div(total),
        None => gross.checked_div(total)?.checked_mul(received),
    }
}
