use std::fmt;

use rust_decimal::Decimal;

/// A rate of a line, in the order of FA(3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rate {
    /// 23 %.
    S23,
    /// 22 %.
    S22,
    /// 8 %.
    S8,
    /// 7 %.
    S7,
    /// 5 %.
    S5,
    /// 4 %, lump sum of taxis.
    S4,
    /// 3 %, lump sum of taxis.
    S3,
    /// One Stop Shop: the rate of another country in percent.
    Oss(Decimal),
    /// 0 % within the country.
    ZeroKr,
    /// 0 %, supply within the Union.
    ZeroWdt,
    /// 0 %, export.
    ZeroEx,
    /// Exempt.
    Zw,
    /// Outside the country.
    NpI,
    /// Services of art. 100 ust. 1 pkt 4.
    NpII,
    /// Reverse charge within the country.
    Oo,
    /// A margin scheme: the amount is gross, its VAT is not shown.
    Margin,
}

/// The sums of FA(3) that a rate belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// P_13_1, P_14_1: 23 and 22 %.
    Basic,
    /// P_13_2, P_14_2: 8 and 7 %.
    Reduced1,
    /// P_13_3, P_14_3: 5 %.
    Reduced2,
    /// P_13_4, P_14_4: taxis.
    Taxi,
    /// P_13_5, P_14_5: One Stop Shop.
    Oss,
    /// P_13_6_1.
    ZeroKr,
    /// P_13_6_2.
    ZeroWdt,
    /// P_13_6_3.
    ZeroEx,
    /// P_13_7.
    Zw,
    /// P_13_8.
    NpI,
    /// P_13_9.
    NpII,
    /// P_13_10.
    Oo,
    /// P_13_11.
    Margin,
}

impl Rate {
    /// The rate as drafts write it; `oss` needs its percentage. Case and a percent sign do not matter.
    #[must_use]
    pub fn parse(text: &str, oss: Option<Decimal>) -> Option<Self> {
        let plain: String =
            text.trim().trim_end_matches('%').split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        Some(match plain.as_str() {
            "23" => Self::S23,
            "22" => Self::S22,
            "8" => Self::S8,
            "7" => Self::S7,
            "5" => Self::S5,
            "4" => Self::S4,
            "3" => Self::S3,
            "oss" => Self::Oss(oss?.normalize()),
            "0 kr" => Self::ZeroKr,
            "0 wdt" => Self::ZeroWdt,
            "0 ex" => Self::ZeroEx,
            "zw" => Self::Zw,
            "np i" => Self::NpI,
            "np ii" => Self::NpII,
            "oo" => Self::Oo,
            "marza" | "marża" => Self::Margin,
            _ => return None,
        })
    }

    /// As drafts write it; One Stop Shop without its percentage.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::S23 => "23",
            Self::S22 => "22",
            Self::S8 => "8",
            Self::S7 => "7",
            Self::S5 => "5",
            Self::S4 => "4",
            Self::S3 => "3",
            Self::Oss(_) => "oss",
            Self::ZeroKr => "0 KR",
            Self::ZeroWdt => "0 WDT",
            Self::ZeroEx => "0 EX",
            Self::Zw => "zw",
            Self::NpI => "np I",
            Self::NpII => "np II",
            Self::Oo => "oo",
            Self::Margin => "marza",
        }
    }

    /// Percent of VAT; zero where the invoice shows no VAT.
    #[must_use]
    pub const fn percent(self) -> Decimal {
        match self {
            Self::S23 => Decimal::from_parts(23, 0, 0, false, 0),
            Self::S22 => Decimal::from_parts(22, 0, 0, false, 0),
            Self::S8 => Decimal::from_parts(8, 0, 0, false, 0),
            Self::S7 => Decimal::from_parts(7, 0, 0, false, 0),
            Self::S5 => Decimal::from_parts(5, 0, 0, false, 0),
            Self::S4 => Decimal::from_parts(4, 0, 0, false, 0),
            Self::S3 => Decimal::from_parts(3, 0, 0, false, 0),
            Self::Oss(percent) => percent,
            _ => Decimal::ZERO,
        }
    }

    /// The sums that it belongs to.
    #[must_use]
    pub const fn group(self) -> Group {
        match self {
            Self::S23 | Self::S22 => Group::Basic,
            Self::S8 | Self::S7 => Group::Reduced1,
            Self::S5 => Group::Reduced2,
            Self::S4 | Self::S3 => Group::Taxi,
            Self::Oss(_) => Group::Oss,
            Self::ZeroKr => Group::ZeroKr,
            Self::ZeroWdt => Group::ZeroWdt,
            Self::ZeroEx => Group::ZeroEx,
            Self::Zw => Group::Zw,
            Self::NpI => Group::NpI,
            Self::NpII => Group::NpII,
            Self::Oo => Group::Oo,
            Self::Margin => Group::Margin,
        }
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Oss(percent) => write!(f, "oss {percent}"),
            other => f.write_str(other.as_str()),
        }
    }
}

impl Group {
    /// All groups in the order of FA(3).
    pub const ALL: [Self; 13] = [
        Self::Basic,
        Self::Reduced1,
        Self::Reduced2,
        Self::Taxi,
        Self::Oss,
        Self::ZeroKr,
        Self::ZeroWdt,
        Self::ZeroEx,
        Self::Zw,
        Self::NpI,
        Self::NpII,
        Self::Oo,
        Self::Margin,
    ];

    /// Its name as drafts write rates; `23`, `8` and `4` stand for both of their rates.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Basic => "23",
            Self::Reduced1 => "8",
            Self::Reduced2 => "5",
            Self::Taxi => "4",
            Self::Oss => "oss",
            Self::ZeroKr => "0 KR",
            Self::ZeroWdt => "0 WDT",
            Self::ZeroEx => "0 EX",
            Self::Zw => "zw",
            Self::NpI => "np I",
            Self::NpII => "np II",
            Self::Oo => "oo",
            Self::Margin => "marza",
        }
    }

    /// Whether FA(3) has VAT in PLN for it (P_14_…W).
    #[must_use]
    pub const fn has_vat_in_pln(self) -> bool {
        matches!(self, Self::Basic | Self::Reduced1 | Self::Reduced2 | Self::Taxi)
    }

    /// Whether VAT is charged at all.
    #[must_use]
    pub const fn has_vat(self) -> bool {
        self.has_vat_in_pln() || matches!(self, Self::Oss)
    }
}
