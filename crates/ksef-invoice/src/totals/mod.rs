//! What invoices come to: VAT by rate, net first or gross first, advances and what is left after them. Decimal throughout,
//! checked throughout: an amount that FA(3) cannot hold is [`TooLarge`], never a panic.
//!
//! Rules: art. 106e ust. 1 pkt 11–15 (sums by rate), ust. 7 and 8 (gross first: VAT = gross × rate / (100 + rate)), ust. 10
//! (VAT summed from the lines), ust. 11 (rounding to a grosz, halves away from zero), art. 106f ust. 1 pkt 3 (advances),
//! ust. 3 (what is left for a final invoice).

mod advance;
mod currency;
mod line;
mod rate;
mod sums;

pub use advance::split;
pub use currency::vat_in_pln;
pub use line::{Basis, Discount, Line, LineSum, Rounding};
pub use rate::{Group, Rate};
pub use sums::{Amounts, Sums, sums_of};

use rust_decimal::{Decimal, RoundingStrategy};

/// An amount that FA(3) cannot hold: more than 16 digits before the point (`TKwotowy`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the amount has more than 16 digits before the point")]
pub struct TooLarge;

/// The first amount that is too large: 10^16.
const LIMIT: Decimal = Decimal::from_parts(0x6fc1_0000, 0x0023_86f2, 0, false, 0);

/// Rounds to a grosz, halves away from zero (art. 106e ust. 11).
#[must_use]
pub fn to_grosz(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// An amount that FA(3) can hold, rounded to a grosz.
fn held(amount: Option<Decimal>) -> Result<Decimal, TooLarge> {
    amount.map(to_grosz).filter(|amount| amount.abs() < LIMIT).ok_or(TooLarge)
}

/// VAT of a net amount.
fn vat_of_net(net: Decimal, rate: Rate) -> Result<Decimal, TooLarge> {
    held(exact_vat_of_net(net, rate))
}

/// VAT inside a gross amount: gross × rate / (100 + rate).
fn vat_of_gross(gross: Decimal, rate: Rate) -> Result<Decimal, TooLarge> {
    held(exact_vat_of_gross(gross, rate))
}

fn exact_vat_of_net(net: Decimal, rate: Rate) -> Option<Decimal> {
    net.checked_mul(rate.percent())?.checked_div(Decimal::ONE_HUNDRED)
}

fn exact_vat_of_gross(gross: Decimal, rate: Rate) -> Option<Decimal> {
    let whole = Decimal::ONE_HUNDRED.checked_add(rate.percent())?;
    gross.checked_mul(rate.percent())?.checked_div(whole)
}

#[cfg(test)]
mod tests;
