//! Simple values against their types.

use super::model::{LONG_LIST, Primitive, Simple, WhiteSpace};
use super::moment;
use super::table::{PATTERNS, SIMPLE};

/// Why a value does not fit its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ValueFault {
    /// Nothing where something must stand.
    Empty,
    /// Fewer characters than this.
    TooShort(u32),
    /// More characters than this; the second is how many there are.
    TooLong(u32, usize),
    /// Not one of the allowed values.
    NotListed,
    /// Another shape.
    Shape,
    /// No decimal number.
    NotNumber,
    /// No whole number.
    NotInteger,
    /// More digits than this.
    TotalDigits(u32),
    /// More digits after the point than this.
    FractionDigits(u32),
    /// No day, or one that no calendar has.
    NotDate,
    /// No moment.
    NotDateTime,
    /// Below the least or above the greatest value.
    OutOfRange,
}

/// A number of digits that libxml2, and so the agreement test, does not go beyond; .NET's limit is 28.
const MOST_DIGITS: usize = 24;

/// Checks a value. `scratch` is room for a normalised copy, used only when one is needed.
pub(crate) fn check(simple: &Simple, value: &str, scratch: &mut String) -> Result<(), ValueFault> {
    check_normalised(simple, normalised(simple.white_space, value, scratch), value)
}

/// Checks a value whose white space has been treated; `raw` is the one as written.
pub(crate) fn check_normalised(simple: &Simple, value: &str, raw: &str) -> Result<(), ValueFault> {
    match simple.primitive {
        Primitive::Text => text(simple, value)?,
        Primitive::Decimal => number(simple, value, ValueFault::NotNumber)?,
        Primitive::Integer => number(simple, value, ValueFault::NotInteger)?,
        Primitive::Date => date(simple, value)?,
        Primitive::DateTime => moment::check(simple, raw)?,
        Primitive::Union(members) => union(members, value)?,
    }
    let fits = |pattern: &u16| PATTERNS[usize::from(*pattern)].matches(value);
    if simple.patterns.iter().all(fits) { Ok(()) } else { Err(ValueFault::Shape) }
}

fn union(members: &[u16], value: &str) -> Result<(), ValueFault> {
    let mut scratch = String::new();
    let mut fits = |member: &u16| check(&SIMPLE[usize::from(*member)], value, &mut scratch).is_ok();
    match members.iter().any(&mut fits) {
        true => Ok(()),
        false if value.is_empty() => Err(ValueFault::Empty),
        false => Err(ValueFault::Shape),
    }
}

/// The value as its type sees it.
pub(crate) fn normalised<'v>(white_space: WhiteSpace, value: &'v str, scratch: &'v mut String) -> &'v str {
    let is_special = |byte: u8| matches!(byte, b'\t' | b'\n' | b'\r');
    match white_space {
        WhiteSpace::Preserve => value,
        WhiteSpace::Replace if !value.bytes().any(is_special) => value,
        WhiteSpace::Replace => {
            scratch.clear();
            scratch.extend(
                value
                    .chars()
                    .map(|character| if matches!(character, '\t' | '\n' | '\r') { ' ' } else { character }),
            );
            scratch
        }
        WhiteSpace::Collapse if is_collapsed(value.as_bytes()) => value,
        WhiteSpace::Collapse => {
            scratch.clear();
            for word in value.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()) {
                if !scratch.is_empty() {
                    scratch.push(' ');
                }
                scratch.push_str(word);
            }
            scratch
        }
    }
}

fn is_collapsed(bytes: &[u8]) -> bool {
    let mut previous = b' ';
    for &byte in bytes {
        if byte <= b' ' && (byte != b' ' || previous == b' ') {
            return false;
        }
        previous = byte;
    }
    previous != b' ' || bytes.is_empty()
}

fn text(simple: &Simple, value: &str) -> Result<(), ValueFault> {
    if !simple.values.is_empty() {
        return if is_listed(simple.values, value) { Ok(()) } else { Err(ValueFault::NotListed) };
    }
    // Bytes are never fewer than characters: most values are settled without counting.
    let bytes = value.len();
    if let Some(most) = simple.max_length.filter(|most| bytes > *most as usize) {
        let found = value.chars().count();
        if found > most as usize {
            return Err(ValueFault::TooLong(most, found));
        }
    }
    match simple.min_length {
        0 => Ok(()),
        _ if bytes == 0 => Err(ValueFault::Empty),
        least if value.chars().take(least as usize).count() < least as usize => {
            Err(ValueFault::TooShort(least))
        }
        _ => Ok(()),
    }
}

fn is_listed(values: &[&str], value: &str) -> bool {
    if values.len() > LONG_LIST { values.binary_search(&value).is_ok() } else { values.contains(&value) }
}

/// A number taken apart.
struct Number {
    /// The greatest whole number that is not above it.
    floor: i128,
    has_fraction: bool,
    total_digits: usize,
    fraction_digits: usize,
}

fn number(simple: &Simple, value: &str, fault: ValueFault) -> Result<(), ValueFault> {
    if value.is_empty() {
        return Err(ValueFault::Empty);
    }
    let number = parse(value, simple.primitive == Primitive::Decimal).ok_or(fault)?;
    if let Some(most) = simple.total_digits.filter(|most| number.total_digits > *most as usize) {
        return Err(ValueFault::TotalDigits(most));
    }
    if let Some(most) = simple.fraction_digits.filter(|most| number.fraction_digits > *most as usize) {
        return Err(ValueFault::FractionDigits(most));
    }
    let above = simple.min.is_none_or(|min| {
        number.floor > min || (number.floor == min && (number.has_fraction || !simple.min_is_exclusive))
    });
    let below =
        simple.max.is_none_or(|max| number.floor < max || (number.floor == max && !number.has_fraction));
    if !above || !below {
        return Err(ValueFault::OutOfRange);
    }
    let listed =
        simple.numbers.is_empty() || simple.numbers.iter().any(|&known| i128::from(known) == number.floor);
    if listed { Ok(()) } else { Err(ValueFault::NotListed) }
}

fn parse(value: &str, decimal: bool) -> Option<Number> {
    let (negative, unsigned) = match value.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let point = unsigned.iter().position(|&byte| byte == b'.');
    let (whole, fraction) = match point {
        Some(_) if !decimal => return None,
        Some(place) => (&unsigned[..place], &unsigned[place + 1..]),
        None => (unsigned, &[][..]),
    };
    let digits = whole.iter().chain(fraction);
    if whole.len() + fraction.len() == 0 || !digits.clone().all(u8::is_ascii_digit) {
        return None;
    }
    let whole = &whole[whole.iter().take_while(|&&digit| digit == b'0').count()..];
    if whole.len() + fraction.len() > MOST_DIGITS {
        return None;
    }
    let fraction =
        &fraction[..fraction.len() - fraction.iter().rev().take_while(|&&digit| digit == b'0').count()];
    // Nearly every number fits into a machine word.
    let magnitude = match whole.len() {
        0..=18 => i128::from(whole.iter().fold(0_i64, |sum, digit| sum * 10 + i64::from(digit - b'0'))),
        _ => whole.iter().fold(0_i128, |sum, digit| sum * 10 + i128::from(digit - b'0')),
    };
    let has_fraction = !fraction.is_empty();
    let floor = if negative { -magnitude - i128::from(has_fraction) } else { magnitude };
    Some(Number {
        floor,
        has_fraction,
        total_digits: whole.len() + fraction.len(),
        fraction_digits: fraction.len(),
    })
}

/// Only days without a time zone: every type of the schema has a pattern that asks for that.
fn date(simple: &Simple, value: &str) -> Result<(), ValueFault> {
    if value.is_empty() {
        return Err(ValueFault::Empty);
    }
    let key = moment::day_key(value).ok_or(ValueFault::NotDate)?;
    let in_range = simple.min.is_none_or(|min| key >= min) && simple.max.is_none_or(|max| key <= max);
    if in_range { Ok(()) } else { Err(ValueFault::OutOfRange) }
}
