//! The totals of FA(3) by rate: which line goes where, and what the invoice states.

use rust_decimal::Decimal;

use crate::fa3::{Fa, FaWiersz, Kwota, PMarzy, StawkaPodatku};

/// A pair P_13 and P_14, or a single P_13.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bucket {
    /// 23 % and 22 %.
    Basic,
    /// 8 % and 7 %.
    FirstReduced,
    /// 5 %.
    SecondReduced,
    /// 4 % and 3 %: taxis.
    Taxi,
    /// One Stop Shop.
    Oss,
    /// 0 % within the country.
    Zero,
    /// 0 % within the Union.
    Wdt,
    /// 0 % for export.
    Export,
    /// Exempt.
    Exempt,
    /// Outside the country.
    Abroad,
    /// Services of art. 100 ust. 1 pkt 4.
    EuServices,
    /// Reverse charge.
    ReverseCharge,
    /// Margin, gross.
    Margin,
}

/// What an invoice states for a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Stated {
    pub(crate) net: Option<Decimal>,
    pub(crate) tax: Option<Decimal>,
    pub(crate) tax_in_pln: Option<Decimal>,
}

impl Bucket {
    pub(crate) const ALL: [Self; 13] = [
        Self::Basic,
        Self::FirstReduced,
        Self::SecondReduced,
        Self::Taxi,
        Self::Oss,
        Self::Zero,
        Self::Wdt,
        Self::Export,
        Self::Exempt,
        Self::Abroad,
        Self::EuServices,
        Self::ReverseCharge,
        Self::Margin,
    ];

    /// Those with a field for the tax in złoty.
    pub(crate) const WITH_TAX_IN_PLN: [Self; 4] =
        [Self::Basic, Self::FirstReduced, Self::SecondReduced, Self::Taxi];

    /// Where a line goes; `None` for a line without a rate, unless the invoice is one of a margin procedure.
    pub(crate) fn of(line: &FaWiersz, fa: &Fa) -> Option<Self> {
        match (line.p_12, line.p_12_xii) {
            (Some(rate), _) => Some(Self::of_rate(rate)),
            (None, Some(_)) => Some(Self::Oss),
            (None, None) => matches!(fa.adnotacje.pmarzy, PMarzy::Jest(_)).then_some(Self::Margin),
        }
    }

    pub(crate) const fn of_rate(rate: StawkaPodatku) -> Self {
        match rate {
            StawkaPodatku::S23 | StawkaPodatku::S22 => Self::Basic,
            StawkaPodatku::S8 | StawkaPodatku::S7 => Self::FirstReduced,
            StawkaPodatku::S5 => Self::SecondReduced,
            StawkaPodatku::S4 | StawkaPodatku::S3 => Self::Taxi,
            StawkaPodatku::S0Kr => Self::Zero,
            StawkaPodatku::S0Wdt => Self::Wdt,
            StawkaPodatku::S0Ex => Self::Export,
            StawkaPodatku::Zw => Self::Exempt,
            StawkaPodatku::Oo => Self::ReverseCharge,
            StawkaPodatku::NpI => Self::Abroad,
            StawkaPodatku::NpII => Self::EuServices,
        }
    }

    /// Per cent of a rate that has some.
    pub(crate) fn percent_of(rate: StawkaPodatku) -> Option<Decimal> {
        rate.code().parse().ok()
    }

    /// Per cent of a line's tax, 0 where there is none.
    pub(crate) fn percent(line: &FaWiersz) -> Decimal {
        let oss = line.p_12_xii.map(|percent| percent.decimal());
        line.p_12.and_then(Self::percent_of).or(oss.filter(|_| line.p_12.is_none())).unwrap_or_default()
    }

    /// The tax of a line: as stated, or by its rate, not rounded.
    pub(crate) fn tax_of(line: &FaWiersz) -> Option<Decimal> {
        let percent = Self::percent(line);
        let stated = line.p_11vat.map(|tax| tax.decimal());
        let from_net = line.p_11.map(|net| net.decimal() * percent / Decimal::ONE_HUNDRED);
        stated.or(from_net).or_else(|| line.p_11a.map(|gross| tax_inside(gross.decimal(), percent)))
    }

    /// The per cents that totals of this kind may have: least and most. `None` where there is no tax, or any.
    pub(crate) fn percents(self) -> Option<(Decimal, Decimal)> {
        let percents = |least: i64, most: i64| Some((Decimal::from(least), Decimal::from(most)));
        match self {
            Self::Basic => percents(22, 23),
            Self::FirstReduced => percents(7, 8),
            Self::SecondReduced => percents(5, 5),
            Self::Taxi => percents(3, 4),
            _ => None,
        }
    }

    pub(crate) const fn net_field(self) -> &'static str {
        match self {
            Self::Basic => "P_13_1",
            Self::FirstReduced => "P_13_2",
            Self::SecondReduced => "P_13_3",
            Self::Taxi => "P_13_4",
            Self::Oss => "P_13_5",
            Self::Zero => "P_13_6_1",
            Self::Wdt => "P_13_6_2",
            Self::Export => "P_13_6_3",
            Self::Exempt => "P_13_7",
            Self::Abroad => "P_13_8",
            Self::EuServices => "P_13_9",
            Self::ReverseCharge => "P_13_10",
            Self::Margin => "P_13_11",
        }
    }

    pub(crate) const fn tax_field(self) -> Option<&'static str> {
        match self {
            Self::Basic => Some("P_14_1"),
            Self::FirstReduced => Some("P_14_2"),
            Self::SecondReduced => Some("P_14_3"),
            Self::Taxi => Some("P_14_4"),
            Self::Oss => Some("P_14_5"),
            _ => None,
        }
    }

    pub(crate) const fn pln_field(self) -> Option<&'static str> {
        match self {
            Self::Basic => Some("P_14_1W"),
            Self::FirstReduced => Some("P_14_2W"),
            Self::SecondReduced => Some("P_14_3W"),
            Self::Taxi => Some("P_14_4W"),
            _ => None,
        }
    }

    /// What the invoice states.
    pub(crate) fn stated(self, fa: &Fa) -> Stated {
        let money = |amount: Kwota| amount.decimal();
        let net = |amount: Option<Kwota>| Stated { net: amount.map(money), ..Stated::default() };
        let taxed = |net: Kwota, tax: Option<Kwota>, tax_in_pln: Option<Kwota>| Stated {
            net: Some(money(net)),
            tax: tax.map(money),
            tax_in_pln: tax_in_pln.map(money),
        };
        match self {
            Self::Basic => fa.sumy_1.map(|sums| taxed(sums.p_13_1, Some(sums.p_14_1), sums.p_14_1w)),
            Self::FirstReduced => fa.sumy_2.map(|sums| taxed(sums.p_13_2, Some(sums.p_14_2), sums.p_14_2w)),
            Self::SecondReduced => fa.sumy_3.map(|sums| taxed(sums.p_13_3, Some(sums.p_14_3), sums.p_14_3w)),
            Self::Taxi => fa.sumy_4.map(|sums| taxed(sums.p_13_4, Some(sums.p_14_4), sums.p_14_4w)),
            Self::Oss => fa.sumy_5.map(|sums| taxed(sums.p_13_5, sums.p_14_5, None)),
            Self::Zero => Some(net(fa.p_13_6_1)),
            Self::Wdt => Some(net(fa.p_13_6_2)),
            Self::Export => Some(net(fa.p_13_6_3)),
            Self::Exempt => Some(net(fa.p_13_7)),
            Self::Abroad => Some(net(fa.p_13_8)),
            Self::EuServices => Some(net(fa.p_13_9)),
            Self::ReverseCharge => Some(net(fa.p_13_10)),
            Self::Margin => Some(net(fa.p_13_11)),
        }
        .unwrap_or_default()
    }
}

/// The tax inside a gross amount, not rounded. Art. 106e ust. 7.
pub(crate) fn tax_inside(gross: Decimal, percent: Decimal) -> Decimal {
    gross * percent / (Decimal::ONE_HUNDRED + percent)
}
