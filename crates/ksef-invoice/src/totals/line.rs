use rust_decimal::Decimal;

use super::{Rate, TooLarge, held, vat_of_gross, vat_of_net};

/// What prices are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Basis {
    /// Net: VAT is added.
    #[default]
    Net,
    /// Gross: VAT is inside (art. 106e ust. 7 and 8).
    Gross,
}

/// Where VAT is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Rounding {
    /// Once, on the sum of each rate.
    #[default]
    PerRate,
    /// At each line; the VAT of a rate is the sum of its lines (art. 106e ust. 10).
    PerLine,
}

/// A discount of a whole line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Discount {
    /// None.
    #[default]
    None,
    /// So much off.
    Amount(Decimal),
    /// So many percent off.
    Percent(Decimal),
}

/// A line as it is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Its rate. A line of a margin scheme is gross whatever the basis is.
    pub rate: Rate,
    /// How many.
    pub quantity: Decimal,
    /// Price of one.
    pub unit_price: Decimal,
    /// Discount.
    pub discount: Discount,
    /// The value where it is given rather than computed.
    pub amount: Option<Decimal>,
    /// The VAT where it is given rather than computed; counts with [`Rounding::PerLine`] only.
    pub vat: Option<Decimal>,
}

/// What a line comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LineSum {
    /// The value that the price gives: net or gross, as the basis is.
    pub value: Decimal,
    /// Net.
    pub net: Decimal,
    /// VAT.
    pub vat: Decimal,
    /// Gross.
    pub gross: Decimal,
    /// The discount as an amount.
    pub discount: Decimal,
}

impl Line {
    /// One piece at a price.
    #[must_use]
    pub const fn new(rate: Rate, quantity: Decimal, unit_price: Decimal) -> Self {
        Self { rate, quantity, unit_price, discount: Discount::None, amount: None, vat: None }
    }

    /// The basis that holds for it.
    #[must_use]
    pub fn basis(&self, basis: Basis) -> Basis {
        if self.rate == Rate::Margin { Basis::Gross } else { basis }
    }

    /// What it comes to.
    ///
    /// # Errors
    /// An amount that FA(3) cannot hold.
    pub fn sum(&self, basis: Basis) -> Result<LineSum, TooLarge> {
        let (computed, discount) = self.computed()?;
        let value = match self.amount {
            Some(amount) => held(Some(amount))?,
            None => held(Some(computed))?,
        };
        let given = self.vat.map(|vat| held(Some(vat))).transpose()?;
        let (net, vat, gross) = match self.basis(basis) {
            Basis::Net => {
                let vat = given.map_or_else(|| vat_of_net(value, self.rate), Ok)?;
                (value, vat, held(value.checked_add(vat))?)
            }
            Basis::Gross => {
                let vat = given.map_or_else(|| vat_of_gross(value, self.rate), Ok)?;
                (held(value.checked_sub(vat))?, vat, value)
            }
        };
        Ok(LineSum { value, net, vat, gross, discount })
    }

    /// Quantity times price less discount, not rounded, and the discount.
    fn computed(&self) -> Result<(Decimal, Decimal), TooLarge> {
        let full = self.quantity.checked_mul(self.unit_price).ok_or(TooLarge)?;
        let discount = match self.discount {
            Discount::None => Decimal::ZERO,
            Discount::Amount(amount) => amount,
            Discount::Percent(percent) => {
                held(full.checked_mul(percent).and_then(|amount| amount.checked_div(Decimal::ONE_HUNDRED)))?
            }
        };
        Ok((full.checked_sub(discount).ok_or(TooLarge)?, discount))
    }
}
