//! Sentences about single values.

use super::Both;
use super::words::{MOST_LISTED, both, cut, field, label};
use crate::finding::Problem;
use crate::structure::{Path, Primitive, Simple, ValueFault};

pub(super) fn value(problem: Problem<'_>, path: Path<'_>) -> Both {
    let (field_pl, field_en) = field(path);
    match problem {
        Problem::Value(found, fault, simple) => value_fault(&field_pl, &field_en, found, fault, simple),
        Problem::Fixed(found, fixed) => must_be(&field_pl, &field_en, found, fixed),
        Problem::AttributeValue(name, found, fault, simple) => {
            let (pl, en) = label(name);
            value_fault(&pl, &en, found, fault, simple)
        }
        Problem::AttributeFixed(name, found, fixed) => {
            let (pl, en) = label(name);
            must_be(&pl, &en, found, fixed)
        }
        Problem::Nil => (
            format!("{field_pl} ma atrybut xsi:nil, którego FA(3) nie zna: pole puste po prostu się pomija."),
            format!(
                "{field_en} has the attribute xsi:nil, which FA(3) does not know: leave an empty field out."
            ),
        ),
        Problem::Type(found) => (
            format!("{field_pl} ma xsi:type „{}”, a takiego typu nie może mieć.", cut(found)),
            format!("{field_en} has the xsi:type \"{}\", which it may not have.", cut(found)),
        ),
        _ => Both::default(),
    }
}

/// A single value that does not fit its type, in a form.
pub(crate) fn field_value(name: &str, found: &str, fault: ValueFault, simple: &Simple) -> Both {
    let (polish, english) = label(name);
    value_fault(&polish, &english, found, fault, simple)
}

/// A single value that should be another.
pub(crate) fn field_fixed(name: &str, found: &str, fixed: &str) -> Both {
    let (polish, english) = label(name);
    must_be(&polish, &english, found, fixed)
}

/// An element that takes no value, or that does not exist.
pub(crate) fn no_value(name: &str) -> Both {
    let (polish, english) = label(name);
    (format!("{polish} nie jest polem FA(3)."), format!("{english} is no field of FA(3)."))
}

fn must_be(pl: &str, en: &str, found: &str, wanted: &str) -> Both {
    let found = cut(found);
    (
        format!("pole {pl} ma wartość „{found}”, a powinno mieć „{wanted}”."),
        format!("the field {en} has the value \"{found}\" and should have \"{wanted}\"."),
    )
}

pub(super) fn value_fault(pl: &str, en: &str, found: &str, fault: ValueFault, simple: &Simple) -> Both {
    let (rule_pl, rule_en) = allowed_values(fault, simple);
    if found.trim().is_empty() {
        return (
            format!("pole {pl} jest puste, a powinno mieć {rule_pl}."),
            format!("the field {en} is empty and should have {rule_en}."),
        );
    }
    let found = cut(found);
    (
        format!("pole {pl} ma wartość „{found}”, a powinno mieć {rule_pl}."),
        format!("the field {en} has the value \"{found}\" and should have {rule_en}."),
    )
}

fn allowed_values(fault: ValueFault, simple: &Simple) -> Both {
    if !simple.values.is_empty() {
        let shown = simple.values.iter().take(MOST_LISTED).copied().collect::<Vec<_>>().join(", ");
        let more = if simple.values.len() > MOST_LISTED { ", …" } else { "" };
        return match simple.values {
            [only] => (format!("„{only}”"), format!("\"{only}\"")),
            _ => (format!("jedną z: {shown}{more}"), format!("one of: {shown}{more}")),
        };
    }
    match fault {
        ValueFault::TooShort(least) => {
            (format!("co najmniej {least} znaków"), format!("at least {least} characters"))
        }
        ValueFault::TooLong(most, found) => (
            format!("najwyżej {most} znaków (ma {found})"),
            format!("at most {most} characters (it has {found})"),
        ),
        ValueFault::TotalDigits(most) => (format!("najwyżej {most} cyfr"), format!("at most {most} digits")),
        ValueFault::FractionDigits(most) => {
            (format!("najwyżej {most} cyfr po kropce"), format!("at most {most} digits after the point"))
        }
        ValueFault::OutOfRange => range(simple),
        _ => kind(simple),
    }
}

fn range(simple: &Simple) -> Both {
    let shown = |bound: i128| match simple.primitive {
        Primitive::Date => format!("{:04}-{:02}-{:02}", bound / 10_000, bound / 100 % 100, bound % 100),
        Primitive::DateTime => i64::try_from(bound)
            .ok()
            .and_then(|seconds| chrono::DateTime::from_timestamp(seconds, 0))
            .map_or_else(String::new, |moment| moment.format("%Y-%m-%dT%H:%M:%SZ").to_string()),
        _ => bound.to_string(),
    };
    let exclusive = if simple.min_is_exclusive { 1 } else { 0 };
    match (simple.min.map(|min| shown(min + exclusive)), simple.max.map(shown)) {
        (Some(min), Some(max)) => (format!("od {min} do {max}"), format!("between {min} and {max}")),
        (Some(min), None) => (format!("co najmniej {min}"), format!("at least {min}")),
        (None, Some(max)) => (format!("najwyżej {max}"), format!("at most {max}")),
        (None, None) => both("inną wartość", "another value"),
    }
}

/// What values of a type look like, in words.
fn kind(simple: &Simple) -> Both {
    let decimals = simple.fraction_digits.unwrap_or(0);
    match (simple.name.map(|(_, name)| name), simple.primitive) {
        (Some("TNrNIP"), _) => {
            both("NIP: 10 cyfr bez kresek i spacji", "a NIP: 10 digits without dashes and spaces")
        }
        (Some("TNIPIdWew"), _) => both("identyfikator NIP-ddddd", "an identifier NIP-ddddd"),
        (Some("TNrVatUE"), _) => both(
            "od 1 do 12 cyfr, wielkich liter lub znaków + i *, bez kodu kraju",
            "1 to 12 digits, capital letters or the signs + and *, without the country code",
        ),
        (Some("TNumerKSeF"), _) => {
            both("numer KSeF: NIP-RRRRMMDD-XXXXXXXXXXXX-XX", "a KSeF number: NIP-YYYYMMDD-XXXXXXXXXXXX-XX")
        }
        (Some("TAdresEmail"), _) => both("adres e-mail ze znakiem @", "an e-mail address with an @"),
        (Some("SWIFT_Type"), _) => both(
            "kod SWIFT: 8 lub 11 wielkich liter i cyfr",
            "a SWIFT code: 8 or 11 capital letters and digits",
        ),
        (Some("TNrKRS"), _) => both("10 cyfr", "10 digits"),
        (Some("TNrREGON"), _) => both("9 lub 14 cyfr", "9 or 14 digits"),
        (_, Primitive::Date) => both("istniejącą datę RRRR-MM-DD", "an existing date YYYY-MM-DD"),
        (_, Primitive::DateTime) => {
            both("datę i godzinę RRRR-MM-DDTGG:MM:SSZ", "a date and time YYYY-MM-DDThh:mm:ssZ")
        }
        (_, Primitive::Decimal) => (
            format!("liczbę z kropką i najwyżej {decimals} cyframi po niej, bez spacji i zer na początku"),
            format!(
                "a number with a point and at most {decimals} digits after it, no spaces, no leading zeros"
            ),
        ),
        (_, Primitive::Integer) => both("liczbę całkowitą", "a whole number"),
        (_, Primitive::Text) if simple.patterns.is_empty() => (
            format!("od {} do {} znaków", simple.min_length, simple.max_length.unwrap_or(u32::MAX)),
            format!("{} to {} characters", simple.min_length, simple.max_length.unwrap_or(u32::MAX)),
        ),
        (_, Primitive::Text) if simple.max_length == Some(13) => {
            both("3 cyfry i 10 liter lub cyfr", "3 digits and 10 letters or digits")
        }
        (_, Primitive::Text) if simple.max_length == Some(512) => {
            both("adres https:// z parametrem IPKSeF", "an https:// address with the parameter IPKSeF")
        }
        _ => both("wartość w innym zapisie", "a value of another shape"),
    }
}
