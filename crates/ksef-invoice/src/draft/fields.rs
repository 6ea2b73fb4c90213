//! Single fields: from a typed text to a value of FA(3), or a finding beside the field.

use chrono::{Datelike as _, NaiveDate};
use rust_decimal::Decimal;

use super::notes::{Field, Notes, label};
use super::parse;
use crate::FindingCode;
use crate::fa3::{Cena, Ilosc, Kwota, Procent, Tekstowy, Znakowy};
use crate::totals::{Group, to_grosz};
use crate::xml::{discouraged, forbidden};

/// How many digits a number of FA(3) has before and after the point.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Digits {
    whole: u32,
    fraction: u32,
}

/// `TKwotowy`.
pub(crate) const MONEY: Digits = Digits { whole: 16, fraction: 2 };
/// `TKwotowy2`.
pub(crate) const PRICE: Digits = Digits { whole: 14, fraction: 8 };
/// `TIlosci`.
pub(crate) const QUANTITY: Digits = Digits { whole: 16, fraction: 6 };
/// `TProcentowy`.
pub(crate) const PERCENT: Digits = Digits { whole: 3, fraction: 6 };

/// The first and the last year of a kind of days.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Days(&'static str, &'static str);

/// `TDataT`: days of supply and of issuing.
pub(crate) const DAY: Days = Days("2006-01-01", "2050-01-01");
/// `TData`: days of payment.
pub(crate) const PAY_DAY: Days = Days("2016-07-01", "2050-01-01");

impl Notes {
    /// A text of up to so many characters; nothing for an empty one. `element` names it in sentences.
    pub(crate) fn text(
        &mut self,
        field: &Field<'_>,
        element: &'static str,
        most: usize,
        typed: &str,
    ) -> Option<Znakowy> {
        let typed = parse::trimmed(typed);
        if typed.is_empty() || !self.is_writable(field, element, typed) {
            return None;
        }
        let text = Znakowy::from(typed);
        // A character takes a byte at least.
        if text.len() > most {
            let found = text.chars().count();
            if found > most {
                let (pl, en) = label(element);
                self.error(
                    field,
                    FindingCode::TooLong,
                    format!("Pole „{pl}” może mieć najwyżej {most} znaków, a ma {found}."),
                    format!("“{en}” may have at most {most} characters; it has {found}."),
                );
                return None;
            }
        }
        Some(text)
    }

    /// A text that must be there.
    pub(crate) fn needed(
        &mut self,
        field: &Field<'_>,
        element: &'static str,
        most: usize,
        typed: &str,
    ) -> Option<Znakowy> {
        if parse::trimmed(typed).is_empty() {
            self.missing(field, element);
            return None;
        }
        self.text(field, element, most, typed)
    }

    /// A text of lines.
    pub(crate) fn lines_of_text(
        &mut self,
        field: &Field<'_>,
        path: &'static str,
        element: &'static str,
        typed: &str,
    ) -> Option<Tekstowy> {
        let typed = parse::trimmed(typed);
        let fits =
            !typed.is_empty() && self.is_writable(field, element, typed) && self.fits(field, path, typed);
        fits.then(|| Tekstowy::from(typed))
    }

    /// A text of a shape of its own, held against the type at this path of FA(3).
    pub(crate) fn shaped(&mut self, field: &Field<'_>, path: &'static str, value: &str) -> bool {
        let element = path.rsplit('/').next().unwrap_or(path);
        self.is_writable(field, element, value) && self.fits(field, path, value)
    }

    /// Characters that XML or KSeF refuses.
    fn is_writable(&mut self, field: &Field<'_>, element: &'static str, text: &str) -> bool {
        let (code, character) = match (forbidden(text), discouraged(text)) {
            (Some((_, character)), _) => (FindingCode::ForbiddenCharacter, character),
            (_, Some((_, character))) => (FindingCode::DiscouragedCharacter, character),
            _ => return true,
        };
        let (pl, en) = label(element);
        let number = u32::from(character);
        self.error(
            field,
            code,
            format!("Pole „{pl}” zawiera znak U+{number:04X}, którego KSeF nie przyjmuje. Usuń go."),
            format!("“{en}” has the character U+{number:04X}, which KSeF refuses. Remove it."),
        );
        false
    }

    /// A number; nothing for an empty field.
    pub(crate) fn number(
        &mut self,
        field: &Field<'_>,
        element: &'static str,
        digits: Digits,
        typed: &str,
    ) -> Option<Decimal> {
        if parse::trimmed(typed).is_empty() {
            return None;
        }
        let Some(number) = parse::number(typed) else {
            let (pl, en) = label(element);
            let example = if digits.fraction > 2 { "1 234,5" } else { "1 234,50" };
            self.error(
                field,
                FindingCode::NotNumber,
                format!("Pole „{pl}” to liczba, na przykład {example}."),
                format!("“{en}” is a number, such as {example}."),
            );
            return None;
        };
        let number = number.normalize();
        let fits = number.scale() <= digits.fraction && number.trunc().abs() < ten_to(digits.whole);
        if !fits {
            let (pl, en) = label(element);
            let Digits { whole, fraction } = digits;
            self.error(
                field,
                FindingCode::Digits,
                format!(
                    "Pole „{pl}” może mieć najwyżej {whole} cyfr przed przecinkiem i {fraction} po przecinku."
                ),
                format!(
                    "“{en}” may have at most {whole} digits before and {fraction} after the decimal point."
                ),
            );
            return None;
        }
        Some(number)
    }

    /// A number that must be there.
    pub(crate) fn needed_number(
        &mut self,
        field: &Field<'_>,
        element: &'static str,
        digits: Digits,
        typed: &str,
    ) -> Option<Decimal> {
        if parse::trimmed(typed).is_empty() {
            self.missing(field, element);
        }
        self.number(field, element, digits, typed)
    }

    /// A rate of exchange: more than zero.
    pub(crate) fn exchange(
        &mut self,
        field: &Field<'_>,
        element: &'static str,
        typed: &str,
    ) -> Option<Decimal> {
        let rate = self.number(field, element, QUANTITY, typed)?;
        if rate > Decimal::ZERO {
            return Some(rate);
        }
        self.error(
            field,
            FindingCode::OutOfRange,
            "Kurs waluty musi być większy od zera.",
            "The exchange rate must be more than zero.",
        );
        None
    }

    /// A day; nothing for an empty field.
    pub(crate) fn day(
        &mut self,
        field: &Field<'_>,
        element: &'static str,
        days: Days,
        typed: &str,
    ) -> Option<NaiveDate> {
        if parse::trimmed(typed).is_empty() {
            return None;
        }
        let (pl, en) = label(element);
        let Some(day) = parse::date(typed) else {
            self.error(
                field,
                FindingCode::NotDate,
                format!("Pole „{pl}” to data, na przykład 2026-11-21."),
                format!("“{en}” is a date, such as 2026-11-21."),
            );
            return None;
        };
        let Days(first, last) = days;
        let text = day.to_string();
        if (1000..=9999).contains(&day.year()) && text.as_str() >= first && text.as_str() <= last {
            return Some(day);
        }
        self.error(
            field,
            FindingCode::OutOfRange,
            format!("Pole „{pl}” to data od {first} do {last}."),
            format!("“{en}” is a date from {first} to {last}."),
        );
        None
    }

    /// A day that must be there.
    pub(crate) fn needed_day(
        &mut self,
        field: &Field<'_>,
        element: &'static str,
        days: Days,
        typed: &str,
    ) -> Option<NaiveDate> {
        if parse::trimmed(typed).is_empty() {
            self.missing(field, element);
        }
        self.day(field, element, days, typed)
    }

    /// One of a list of codes; nothing for an empty field.
    pub(crate) fn code<T: Copy>(
        &mut self,
        field: &Field<'_>,
        path: &'static str,
        typed: &str,
        of: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let typed = parse::trimmed(typed);
        if typed.is_empty() {
            return None;
        }
        let code = of(typed);
        if code.is_none() && self.fits(field, path, typed) {
            // The type takes it in another writing (` 1`): it is not one of ours.
            self.error(
                field,
                FindingCode::NotAllowed,
                "Wybierz wartość z listy.",
                "Choose a value of the list.",
            );
        }
        code
    }
}

/// 10 to a power of at most 16.
fn ten_to(power: u32) -> Decimal {
    (0..power).fold(Decimal::ONE, |product, _| product * Decimal::TEN)
}

/// An amount as documents have it: two places, a point.
pub(crate) fn money(amount: Decimal) -> Kwota {
    let mut amount = to_grosz(amount);
    amount.rescale(2);
    Kwota::from(amount)
}

/// The same as text.
pub(crate) fn money_text(amount: Decimal) -> String {
    Decimal::from(money(amount)).to_string()
}

/// A price as documents have it: at least two places.
pub(crate) fn price(price: Decimal) -> Cena {
    let mut price = price.normalize();
    if price.scale() < 2 {
        price.rescale(2);
    }
    Cena::from(price)
}

/// A quantity or an exchange rate without zeros at the end.
pub(crate) fn quantity(quantity: Decimal) -> Ilosc {
    Ilosc::from(quantity.normalize())
}

/// A percentage without zeros at the end.
pub(crate) fn percent(percent: Decimal) -> Procent {
    Procent::from(percent.normalize())
}

/// The rate under which drafts know a sum of FA(3).
pub(crate) fn rate_text(group: Group) -> String {
    group.as_str().to_owned()
}
