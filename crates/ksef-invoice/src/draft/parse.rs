//! What people type, read generously: numbers, days, identifiers, accounts.

use chrono::NaiveDate;
use rust_decimal::Decimal;

/// White space of any kind, and what is pasted along with it.
fn is_space(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}')
}

/// Without white space and marks around it.
pub(crate) fn trimmed(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// A decimal number: comma or point before the fraction; spaces of any kind, apostrophes, or the other of comma and point
/// between thousands. `None` when it is no number or has more than 28 digits.
pub(crate) fn number(text: &str) -> Option<Decimal> {
    let text = trimmed(text);
    if text.len() <= 18 && text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
        // The usual case first: invoices have thousands of them.
        return text.parse::<i64>().ok().map(Decimal::from);
    }
    let (negative, digits) = match text.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
        Some(rest) => (true, trimmed(rest)),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = divided(digits);
    let mut plain = String::with_capacity(digits.len() + 1);
    if negative {
        plain.push('-');
    }
    push_whole(whole, &mut plain)?;
    if let Some(fraction) = fraction {
        if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        plain.push('.');
        plain.push_str(fraction);
    }
    let mut number = Decimal::from_str_exact(&plain).ok()?;
    if number.is_zero() {
        number.set_sign_positive(true);
    }
    Some(number)
}

/// The part before and the part after the mark of decimals.
fn divided(text: &str) -> (&str, Option<&str>) {
    let Some(last) = text.rfind([',', '.']) else { return (text, None) };
    let mark = &text[last..=last];
    // A mark that comes twice stands between thousands.
    if text.matches(mark).count() > 1 { (text, None) } else { (&text[..last], Some(&text[last + 1..])) }
}

/// Digits, in groups of three where they are grouped at all.
fn push_whole(text: &str, plain: &mut String) -> Option<()> {
    let is_between =
        |character: char| is_space(character) || matches!(character, ',' | '.' | '\'' | '\u{2019}');
    let mut groups = text.split(is_between);
    let first = groups.next()?;
    let is_digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(first) {
        return None;
    }
    plain.push_str(first);
    for group in groups {
        if group.len() != 3 || !is_digits(group) || first.len() > 3 {
            return None;
        }
        plain.push_str(group);
    }
    Some(())
}

/// A day: `2026-11-21`, `21.11.2026`, `21-11-2026`, `21/11/2026`, `21 11 2026`, `20261121`.
pub(crate) fn date(text: &str) -> Option<NaiveDate> {
    let text = trimmed(text);
    if !text.is_ascii() {
        return None;
    }
    let parts: Vec<&str> = text.split(['-', '.', '/', ' ']).filter(|part| !part.is_empty()).collect();
    let digits = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => (*year, *month, *day),
        [day, month, year] if year.len() == 4 => (*year, *month, *day),
        [whole] if whole.len() == 8 => (&whole[..4], &whole[4..6], &whole[6..]),
        _ => return None,
    };
    if !digits || month.len() > 2 || day.len() > 2 {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// Without spaces and the dashes, dots and slashes that identifiers are written with, in capitals.
pub(crate) fn compact(text: &str) -> String {
    text.chars()
        .filter(|&character| {
            !is_space(character)
                && !matches!(character, '-' | '.' | '/' | ':' | '\u{2010}'..='\u{2015}' | '\u{2212}')
        })
        .flat_map(char::to_uppercase)
        .collect()
}

/// The ten digits of a NIP in any spelling; its check digit is not looked at.
pub(crate) fn nip(text: &str) -> Option<String> {
    let compact = compact(text);
    let digits = compact.strip_prefix("NIP").unwrap_or(&compact);
    let digits = digits.strip_prefix("PL").unwrap_or(digits);
    (digits.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.to_owned())
}

/// A VAT number of the European Union: prefix and the rest. Greece may be written `GR`.
pub(crate) fn vat_ue(text: &str) -> Option<(String, String)> {
    let compact: String = compact(text);
    let compact = compact.strip_prefix("VAT").unwrap_or(&compact);
    let (prefix, rest) = compact.split_at_checked(2)?;
    let letters = prefix.bytes().all(|byte| byte.is_ascii_uppercase());
    let prefix = if prefix == "GR" { "EL" } else { prefix };
    (letters && !rest.is_empty()).then(|| (prefix.to_owned(), rest.to_owned()))
}

/// An internal identifier: NIP, dash, five digits.
pub(crate) fn internal(text: &str) -> Option<String> {
    let digits = compact(text);
    let digits = digits.strip_prefix("PL").unwrap_or(&digits);
    let plain = digits.len() == 15 && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| format!("{}-{}", &digits[..10], &digits[10..]))
}

/// A bank account without spaces and dashes, in capitals.
pub(crate) fn account(text: &str) -> String {
    let compact = compact(text);
    compact.strip_prefix("IBAN").unwrap_or(&compact).to_owned()
}

/// An amount or a share: `10 %` is a percentage.
pub(crate) fn percent(text: &str) -> Option<&str> {
    trimmed(text).strip_suffix('%').map(trimmed)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_as_people_type_them() {
        for (text, value) in [
            ("1234", "1234"),
            ("1 234,50", "1234.50"),
            ("1\u{a0}234,50", "1234.50"),
            ("1\u{202f}234\u{202f}567,5", "1234567.5"),
            ("1.234,50", "1234.50"),
            ("1,234.50", "1234.50"),
            ("1'234.50", "1234.50"),
            ("1.234.567", "1234567"),
            ("0,10", "0.10"),
            (" -5 ", "-5"),
            ("\u{2212} 5,5", "-5.5"),
            ("+7", "7"),
            ("-0", "0"),
            ("0012", "12"),
        ] {
            assert_eq!(number(text).map(|number| number.to_string()).as_deref(), Some(value), "{text}");
        }
        for text in
            ["", " ", "abc", "1,2,3", "12 34", "1 2345", "1,", ",5", "5-", "1e5", "1_000", "--5", "٣", "12%"]
        {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn days_as_people_type_them() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 7);
        for text in ["2026-03-07", "7.03.2026", "07-03-2026", "7/3/2026", "20260307", " 07.03.2026 "] {
            assert_eq!(date(text), day, "{text}");
        }
        for text in
            ["", "2026-02-30", "7.3.26", "wczoraj", "2026-3", "31.04.2026", "1.2.3.2026", "-2026-03-07x"]
        {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn identifiers_in_any_shape() {
        for text in [
            "5265877635",
            "526-587-76-35",
            "PL 526 587 76 35",
            "NIP: PL5265877635",
            "nip 526\u{a0}587\u{2013}76\u{2013}35",
        ] {
            assert_eq!(nip(text).as_deref(), Some("5265877635"), "{text}");
        }
        assert_eq!(nip("526587763"), None);
        assert_eq!(vat_ue("de 123.456.789"), Some(("DE".to_owned(), "123456789".to_owned())));
        assert_eq!(vat_ue("GR123456789"), Some(("EL".to_owned(), "123456789".to_owned())));
        assert_eq!(vat_ue("123456789"), None);
        assert_eq!(vat_ue("DE"), None);
        assert_eq!(internal("526-587-76-35-00012").as_deref(), Some("5265877635-00012"));
        assert_eq!(account("PL 61 1090 1014 0000 0712 1981 2874"), "PL61109010140000071219812874");
        assert_eq!(percent("10 %"), Some("10"));
        assert_eq!(percent("10"), None);
    }

    proptest! {
        #[test]
        fn a_written_number_is_read(units in any::<i64>(), places in 0u32..8) {
            let number_written = Decimal::new(units, places);
            prop_assert_eq!(number(&number_written.to_string()), Some(number_written));
            prop_assert_eq!(number(&number_written.to_string().replace('.', ",")), Some(number_written));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,40}") {
            let _ = (number(&text), date(&text), nip(&text), vat_ue(&text), internal(&text), account(&text));
        }
    }
}
