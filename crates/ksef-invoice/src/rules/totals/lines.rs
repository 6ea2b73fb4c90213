//! The sums of lines by rate.

use rust_decimal::Decimal;

use super::bucket::{Bucket, tax_inside};
use crate::fa3::{Fa, FaWiersz};

/// The lines of one rate, added up in each way that the law allows: by net values, by gross values, by stated taxes.
/// `None` where some line does not say enough.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sums {
    pub(crate) lines: u32,
    pub(crate) by_net: Option<Amounts>,
    pub(crate) by_gross: Option<Amounts>,
    stated_tax: Option<Decimal>,
}

/// Net and tax, the tax not rounded.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Amounts {
    pub(crate) net: Decimal,
    pub(crate) tax: Decimal,
}

/// The sums of all rates. `None` when some line has no value or no rate, so that nothing can be said.
pub(crate) fn sums(fa: &Fa) -> Option<Vec<(Bucket, Sums)>> {
    let mut sums = Bucket::ALL.map(|bucket| (bucket, Sums::default()));
    for line in &fa.fa_wiersz {
        if line.p_11.is_none() && line.p_11a.is_none() {
            return None;
        }
        let bucket = Bucket::of(line, fa)?;
        sums.iter_mut().filter(|(known, _)| *known == bucket).for_each(|(_, sums)| sums.add(line, bucket));
    }
    Some(sums.into())
}

impl Default for Sums {
    fn default() -> Self {
        let none = Some(Amounts::default());
        Self { lines: 0, by_net: none, by_gross: none, stated_tax: Some(Decimal::ZERO) }
    }
}

impl Sums {
    /// Adds a line; one that was before a correction is taken away.
    fn add(&mut self, line: &FaWiersz, bucket: Bucket) {
        let sign = if line.stan_przed { Decimal::NEGATIVE_ONE } else { Decimal::ONE };
        let percent = Bucket::percent(line);
        // The total of margin sales is a gross one.
        let net = if bucket == Bucket::Margin { line.p_11.or(line.p_11a) } else { line.p_11 };
        self.lines += 1;
        self.by_net = self.by_net.zip(net).map(|(sum, net)| {
            let net = sign * net.decimal();
            Amounts { net: sum.net + net, tax: sum.tax + net * percent / Decimal::ONE_HUNDRED }
        });
        self.by_gross = self.by_gross.zip(line.p_11a).map(|(sum, gross)| {
            let gross = sign * gross.decimal();
            let tax = tax_inside(gross, percent);
            Amounts { net: sum.net + gross - tax, tax: sum.tax + tax }
        });
        self.stated_tax = self.stated_tax.zip(line.p_11vat).map(|(sum, tax)| sum + sign * tax.decimal());
    }

    /// Half of a hundredth for each line, as rounding may leave, and one more for the total.
    pub(crate) fn tolerance(&self) -> Decimal {
        Decimal::new(5, 3) * Decimal::from(self.lines) + Decimal::new(1, 2)
    }

    /// The net total that the lines give, if the stated one is none of those that the law allows.
    pub(crate) fn other_net(&self, stated: Decimal) -> Option<Decimal> {
        let hundredth = Decimal::new(1, 2);
        let fits_net = self.by_net.is_some_and(|sums| (sums.net - stated).abs() <= hundredth);
        let fits_gross = self.by_gross.is_some_and(|sums| (sums.net - stated).abs() <= self.tolerance());
        let expected = self.by_net.or(self.by_gross)?.net;
        (!fits_net && !fits_gross).then(|| rounded(expected))
    }

    /// The tax that the lines give, if the stated one is none of those that the law allows.
    pub(crate) fn other_tax(&self, stated: Decimal) -> Option<Decimal> {
        let fits = |tax: Decimal| (tax - stated).abs() <= self.tolerance();
        let ways = [self.by_net.map(|sums| sums.tax), self.by_gross.map(|sums| sums.tax), self.stated_tax];
        let expected = self.by_net.or(self.by_gross)?.tax;
        (!ways.into_iter().flatten().any(fits)).then(|| rounded(expected))
    }
}

pub(crate) fn rounded(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
}
