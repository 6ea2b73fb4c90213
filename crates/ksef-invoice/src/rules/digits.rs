//! Check digits and shapes of numbers that other registers hand out. No rule here: only arithmetic.

/// What is wrong with a bank account's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AccountFault {
    /// A Polish number has 26 digits; this many were found.
    Length(usize),
    /// The two check digits do not fit.
    CheckDigits,
}

/// A bank account's number: an IBAN with its country, or a Polish number (NRB) of 26 digits.
///
/// Check digits by ISO 13616 (modulo 97). A number that is neither is of a country without IBAN: nobody can check
/// it. Spaces are passed over.
pub(super) fn account(text: &str) -> Result<(), AccountFault> {
    let number: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    let (country, national) = match number.as_bytes() {
        [a, b, c, d, ..]
            if [a, b].iter().all(|byte| byte.is_ascii_uppercase())
                && [c, d].iter().all(|byte| byte.is_ascii_digit()) =>
        {
            number.split_at(2)
        }
        _ if number.bytes().all(|byte| byte.is_ascii_digit()) => ("PL", number.as_str()),
        _ => return Ok(()),
    };
    let is_polish_iban = number.starts_with("PL");
    if country == "PL" && national.len() != 26 {
        // Digits alone may also be a foreign number: only what is as long as a Polish one, or nearly, is taken for it.
        let nearly = is_polish_iban || (23..=28).contains(&national.len());
        return if nearly { Err(AccountFault::Length(national.len())) } else { Ok(()) };
    }
    if !national.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(());
    }
    let (check, rest) = national.split_at(2);
    match modulo_97([rest, country, check].into_iter().flat_map(str::bytes)) {
        1 => Ok(()),
        _ => Err(AccountFault::CheckDigits),
    }
}

/// Letters count as two digits: A is 10, Z is 35.
fn modulo_97(characters: impl Iterator<Item = u8>) -> u32 {
    characters.fold(0, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        letter => (rest * 100 + u32::from(letter.to_ascii_uppercase() - b'A') + 10) % 97,
    })
}

/// GTIN (8, 12, 13 or 14 digits) or GLN (13): GS1's check digit, modulo 10 with weights 3 and 1 from the right.
pub(super) fn gs1(text: &str) -> bool {
    let Some(digits) = digits(text) else { return false };
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| digit * if place % 2 == 1 { 3 } else { 1 })
        .sum();
    sum.is_multiple_of(10)
}

/// REGON of 9 or 14 digits: weights 8 9 2 3 4 5 6 7, and 2 4 8 5 0 9 7 3 6 1 2 4 8 for the long one, modulo 11, 10
/// counts as 0.
pub(super) fn regon(text: &str) -> bool {
    let fits = |digits: &[u32], weights: &[u32]| {
        let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
        digits.get(weights.len()) == Some(&(sum % 11 % 10))
    };
    const SHORT: [u32; 8] = [8, 9, 2, 3, 4, 5, 6, 7];
    const LONG: [u32; 13] = [2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8];
    match digits(text) {
        Some(digits) if digits.len() == 9 => fits(&digits, &SHORT),
        Some(digits) if digits.len() == 14 => fits(&digits[..9], &SHORT) && fits(&digits, &LONG),
        _ => false,
    }
}

fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|character| character.to_digit(10)).collect()
}

/// How a country of the Union writes its VAT numbers, without the country code.
///
/// `9` a digit, `A` a capital letter, `*` either, `+` either or one of `+` and `*`; other characters stand for
/// themselves. Source: the Commission's VIES, "VAT identification number structure".
const VAT_NUMBERS: &[(&str, &[&str])] = &[
    ("AT", &["U99999999"]),
    ("BE", &["0999999999", "1999999999"]),
    ("BG", &["999999999", "9999999999"]),
    ("CY", &["99999999A"]),
    ("CZ", &["99999999", "999999999", "9999999999"]),
    ("DE", &["999999999"]),
    ("DK", &["99999999"]),
    ("EE", &["999999999"]),
    ("EL", &["999999999"]),
    ("ES", &["*9999999*"]),
    ("FI", &["99999999"]),
    ("FR", &["**999999999"]),
    ("HR", &["99999999999"]),
    ("HU", &["99999999"]),
    ("IE", &["9+99999A", "9999999A", "9999999AA"]),
    ("IT", &["99999999999"]),
    ("LT", &["999999999", "999999999999"]),
    ("LU", &["99999999"]),
    ("LV", &["99999999999"]),
    ("MT", &["99999999"]),
    ("NL", &["++++++++++++"]),
    ("PL", &["9999999999"]),
    ("PT", &["999999999"]),
    ("RO", &["99", "999", "9999", "99999", "999999", "9999999", "99999999", "999999999", "9999999999"]),
    ("SE", &["999999999999"]),
    ("SI", &["99999999"]),
    ("SK", &["9999999999"]),
    ("XI", &["999999999", "999999999999", "GD999", "HA999"]),
];

/// How numbers of a country look, when this one does not: `None` when it fits, or the country is not of the Union.
pub(super) fn vat_number(country: &str, number: &str) -> Option<&'static [&'static str]> {
    let shapes = VAT_NUMBERS.iter().find(|(known, _)| *known == country)?.1;
    (!shapes.iter().any(|shape| has_shape(shape, number))).then_some(shapes)
}

fn has_shape(shape: &str, number: &str) -> bool {
    shape.len() == number.len()
        && shape.bytes().zip(number.bytes()).all(|(wanted, found)| match wanted {
            b'9' => found.is_ascii_digit(),
            b'A' => found.is_ascii_uppercase(),
            b'*' => found.is_ascii_digit() || found.is_ascii_uppercase(),
            b'+' => found.is_ascii_digit() || found.is_ascii_uppercase() || matches!(found, b'+' | b'*'),
            other => found == other,
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn accounts() {
        for right in [
            "61109010140000071219812874",
            "PL61109010140000071219812874",
            "61 1090 1014 0000 0712 1981 2874",
            "GB82WEST12345698765432",
            "DE89370400440532013000",
            "1234567890",
            "US-123456789-00",
        ] {
            assert_eq!(account(right), Ok(()), "{right}");
        }
        assert_eq!(account("61109010140000071219812875"), Err(AccountFault::CheckDigits));
        assert_eq!(account("GB82WEST12345698765433"), Err(AccountFault::CheckDigits));
        assert_eq!(account("6110901014000007121981287"), Err(AccountFault::Length(25)));
        assert_eq!(account("PL611090101400000712198"), Err(AccountFault::Length(21)));
    }

    #[test]
    fn gs1_numbers() {
        for right in ["5901234123457", "96385074", "012345678905", "10614141000415", "5900000000008"] {
            assert!(gs1(right), "{right}");
        }
        assert!(!gs1("5901234123458") && !gs1("a"));
    }

    #[test]
    fn regons() {
        assert!(regon("123456785") && regon("12345678512347"));
        assert!(!regon("123456786") && !regon("12345678512348") && !regon("1234"));
    }

    #[test]
    fn vat_numbers_by_country() {
        for (country, right, wrong) in [
            ("DE", "123456789", "12345678"),
            ("AT", "U12345678", "12345678"),
            ("ES", "X1234567L", "12345678"),
            ("NL", "123456789B01", "123456789B0"),
            ("IE", "1+23456A", "1-23456A"),
            ("XI", "GD123", "GX123"),
        ] {
            assert_eq!(vat_number(country, right), None, "{country} {right}");
            assert!(vat_number(country, wrong).is_some(), "{country} {wrong}");
        }
        assert_eq!(vat_number("US", "1"), None);
        assert_eq!(VAT_NUMBERS.len(), 28);
    }

    proptest! {
        #[test]
        fn one_wrong_digit_of_an_account_is_always_noticed(place in 0usize..26, digit in 0u8..10) {
            let mut number = *b"61109010140000071219812874";
            prop_assume!(number[place] != b'0' + digit);
            number[place] = b'0' + digit;
            prop_assert!(account(std::str::from_utf8(&number).unwrap()).is_err());
        }

        #[test]
        fn no_text_makes_them_panic(text in ".{0,40}") {
            let _ = (account(&text), gs1(&text), regon(&text), vat_number("DE", &text));
        }
    }
}
