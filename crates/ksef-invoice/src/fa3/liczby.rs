//! Amounts, prices, quantities, percentages: decimal, with the places as they were written.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::content::{Content, Leaf, Sink, Source};
use super::leaf::trimmed;

/// A text that is no decimal number, or one of more than 28 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number")]
pub struct NotDecimal;

/// A kind of number.
macro_rules! decimal {
    ($(#[$meta:meta])* pub struct $name:ident) => {
        $(#[$meta])*
        ///
        /// The places after the point come back as they were: `100.00` stays `100.00`. A zero has no sign.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
        pub struct $name(Decimal);

        impl $name {
            /// The number.
            #[must_use]
            pub const fn decimal(self) -> Decimal {
                self.0
            }
        }

        impl From<Decimal> for $name {
            fn from(value: Decimal) -> Self {
                Self(unsigned_zero(value))
            }
        }

        impl From<$name> for Decimal {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl FromStr for $name {
            type Err = NotDecimal;

            fn from_str(text: &str) -> Result<Self, NotDecimal> {
                parse(text).map(Self).ok_or(NotDecimal)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl Leaf for $name {
            fn parse(value: &str) -> Option<Self> {
                parse(trimmed(value)).map(Self)
            }

            fn write<K: Sink>(&self, sink: &mut K) {
                sink.plain(&self.0);
            }
        }

        leaf_content!($name);
    };
}

decimal! {
    /// An amount of money: up to 16 digits before and 2 after the point (`TKwotowy`).
    pub struct Kwota
}

decimal! {
    /// A price of one unit, or a discount: up to 14 digits before and 8 after the point (`TKwotowy2`).
    pub struct Cena
}

decimal! {
    /// A quantity or a rate of exchange: up to 16 digits before and 6 after the point (`TIlosci`).
    pub struct Ilosc
}

decimal! {
    /// A part of a hundred: 0 to 100, up to 6 places (`TProcentowy`).
    pub struct Procent
}

fn unsigned_zero(mut value: Decimal) -> Decimal {
    if value.is_zero() {
        value.set_sign_positive(true);
    }
    value
}

fn parse(text: &str) -> Option<Decimal> {
    // Decimal takes more than XML does: underscores and exponents.
    let is_plain = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+');
    if !text.bytes().all(is_plain) {
        return None;
    }
    Decimal::from_str_exact(text.strip_suffix('.').unwrap_or(text)).ok().map(unsigned_zero)
}
