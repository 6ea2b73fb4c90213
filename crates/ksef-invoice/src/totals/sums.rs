use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Basis, Group, LineSum, Rate, Rounding, TooLarge, held, vat_of_gross, vat_of_net};

/// Net and VAT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amounts {
    /// Net.
    pub net: Decimal,
    /// VAT.
    pub vat: Decimal,
}

impl Amounts {
    /// Net and VAT together.
    ///
    /// # Errors
    /// An amount that FA(3) cannot hold.
    pub fn gross(self) -> Result<Decimal, TooLarge> {
        held(self.net.checked_add(self.vat))
    }

    fn plus(self, other: Self) -> Result<Self, TooLarge> {
        Ok(Self { net: held(self.net.checked_add(other.net))?, vat: held(self.vat.checked_add(other.vat))? })
    }

    fn negated(self) -> Self {
        Self { net: -self.net, vat: -self.vat }
    }
}

/// Net and VAT by rate. A rate that stands on an invoice is in it even where it comes to zero.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sums(BTreeMap<Rate, Amounts>);

impl Sums {
    /// By rate, in the order of FA(3).
    pub fn rates(&self) -> impl Iterator<Item = (Rate, Amounts)> + '_ {
        self.0.iter().map(|(rate, amounts)| (*rate, *amounts))
    }

    /// By the sums of FA(3), in their order.
    ///
    /// # Errors
    /// An amount that FA(3) cannot hold.
    pub fn groups(&self) -> Result<BTreeMap<Group, Amounts>, TooLarge> {
        let mut groups = BTreeMap::new();
        for (rate, amounts) in self.rates() {
            let group: &mut Amounts = groups.entry(rate.group()).or_default();
            *group = group.plus(amounts)?;
        }
        Ok(groups)
    }

    /// Adds to a rate.
    ///
    /// # Errors
    /// An amount that FA(3) cannot hold.
    pub fn add(&mut self, rate: Rate, amounts: Amounts) -> Result<(), TooLarge> {
        let sum = self.0.entry(rate).or_default();
        *sum = sum.plus(amounts)?;
        Ok(())
    }

    /// These without the others, rate by rate.
    ///
    /// # Errors
    /// An amount that FA(3) cannot hold.
    pub fn minus(&self, others: &Self) -> Result<Self, TooLarge> {
        let mut sums = self.clone();
        for (rate, amounts) in others.rates() {
            sums.add(rate, amounts.negated())?;
        }
        Ok(sums)
    }

    /// All rates together.
    ///
    /// # Errors
    /// An amount that FA(3) cannot hold.
    pub fn whole(&self) -> Result<Amounts, TooLarge> {
        self.0.values().try_fold(Amounts::default(), |sum, amounts| sum.plus(*amounts))
    }

    /// Net and VAT of all rates: P_15.
    ///
    /// # Errors
    /// An amount that FA(3) cannot hold.
    pub fn gross(&self) -> Result<Decimal, TooLarge> {
        self.whole()?.gross()
    }

    /// Nothing at any rate.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.values().all(|amounts| amounts.net.is_zero() && amounts.vat.is_zero())
    }
}

/// The sums of lines by rate.
///
/// # Errors
/// An amount that FA(3) cannot hold.
pub fn sums_of<'l>(
    lines: impl IntoIterator<Item = (Rate, &'l LineSum)>,
    basis: Basis,
    rounding: Rounding,
) -> Result<Sums, TooLarge> {
    let mut sums = Sums::default();
    match rounding {
        Rounding::PerLine => {
            for (rate, line) in lines {
                sums.add(rate, Amounts { net: line.net, vat: line.vat })?;
            }
        }
        Rounding::PerRate => {
            let mut values: BTreeMap<Rate, Decimal> = BTreeMap::new();
            for (rate, line) in lines {
                let sum = values.entry(rate).or_default();
                *sum = held(sum.checked_add(line.value))?;
            }
            for (rate, value) in values {
                sums.add(rate, of_value(rate, value, basis)?)?;
            }
        }
    }
    Ok(sums)
}

fn of_value(rate: Rate, value: Decimal, basis: Basis) -> Result<Amounts, TooLarge> {
    Ok(match basis {
        Basis::Net => Amounts { net: value, vat: vat_of_net(value, rate)? },
        Basis::Gross => {
            let vat = vat_of_gross(value, rate)?;
            Amounts { net: held(value.checked_sub(vat))?, vat }
        }
    })
}
