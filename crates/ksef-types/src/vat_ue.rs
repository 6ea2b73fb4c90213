use std::fmt;
use std::str::FromStr;

/// The VAT number of a firm of another country of the Union (and of Northern Ireland, `XI`), with the country in front.
///
/// Parsing accepts small letters, spaces, dashes and dots. Source: OpenAPI, the pattern of `vatUeIdentifier`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VatUe(String);

/// Why a text is no such number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidVatUe {
    /// Nothing but white space.
    #[error("the VAT number is empty")]
    Empty,
    /// It does not begin with a country of the Union other than Poland.
    #[error("the VAT number does not begin with a country of the Union")]
    Country,
    /// It begins with `PL`: a Polish firm is named by its NIP.
    #[error("a Polish firm is named by its NIP")]
    Poland,
    /// What follows the country has another shape than that country's numbers.
    #[error("not the shape of a VAT number of {country}")]
    Shape {
        /// The two letters in front.
        country: String,
    },
}

/// The shapes of a country's numbers, behind its two letters: `9` a digit, `A` a letter, `X` either, `*` either or one
/// of `+*`, anything else itself.
const SHAPES: [(&str, &[&str]); 28] = [
    ("AT", &["U99999999"]),
    ("BE", &["0999999999", "1999999999"]),
    ("BG", &["999999999", "9999999999"]),
    ("CY", &["99999999A"]),
    ("CZ", &["99999999", "999999999", "9999999999"]),
    ("DE", &["999999999"]),
    ("DK", &["99999999"]),
    ("EE", &["999999999"]),
    ("EL", &["999999999"]),
    ("ES", &["A99999999", "99999999A", "A9999999A"]),
    ("FI", &["99999999"]),
    ("FR", &["XX999999999"]),
    ("HR", &["99999999999"]),
    ("HU", &["99999999"]),
    ("IE", &["9999999AA", "9*99999A"]),
    ("IT", &["99999999999"]),
    ("LT", &["999999999", "999999999999"]),
    ("LU", &["99999999"]),
    ("LV", &["99999999999"]),
    ("MT", &["99999999"]),
    ("NL", &["************"]),
    ("PT", &["999999999"]),
    ("RO", &["99", "999", "9999", "99999", "999999", "9999999", "99999999", "999999999", "9999999999"]),
    ("SE", &["999999999999"]),
    ("SI", &["99999999"]),
    ("SK", &["9999999999"]),
    ("XI", &["999999999", "999999999999", "GD999", "HA999"]),
    ("PL", &[]),
];

impl VatUe {
    /// The number with its country.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The two letters of the country.
    #[must_use]
    pub fn country(&self) -> &str {
        &self.0[..2]
    }
}

impl FromStr for VatUe {
    type Err = InvalidVatUe;

    fn from_str(text: &str) -> Result<Self, InvalidVatUe> {
        let compact: String = text
            .chars()
            .filter(|character| !character.is_whitespace() && !matches!(character, '-' | '.'))
            .map(|character| character.to_ascii_uppercase())
            .collect();
        if compact.is_empty() {
            return Err(InvalidVatUe::Empty);
        }
        let (country, rest) = compact.split_at_checked(2).ok_or(InvalidVatUe::Country)?;
        let (_, shapes) = SHAPES.iter().find(|(known, _)| *known == country).ok_or(InvalidVatUe::Country)?;
        if shapes.is_empty() {
            return Err(InvalidVatUe::Poland);
        }
        if shapes.iter().any(|shape| fits(rest, shape)) {
            Ok(Self(compact))
        } else {
            Err(InvalidVatUe::Shape { country: country.to_owned() })
        }
    }
}

fn fits(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).enumerate().all(|(place, (found, wanted))| match wanted {
            b'9' => found.is_ascii_digit(),
            b'A' if place == 1 && shape.starts_with("HA") => found == b'A',
            b'A' => found.is_ascii_uppercase(),
            b'X' => found.is_ascii_uppercase() || found.is_ascii_digit(),
            b'*' => found.is_ascii_uppercase() || found.is_ascii_digit() || matches!(found, b'+' | b'*'),
            fixed => found == fixed,
        })
}

impl fmt::Display for VatUe {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for VatUe {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "VatUe({self})")
    }
}

crate::text::serde_as_text!(VatUe);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_of_each_country() {
        for number in [
            "ATU12345678",
            "BE0123456789",
            "BE1123456789",
            "BG123456789",
            "BG1234567890",
            "CY12345678X",
            "CZ12345678",
            "CZ1234567890",
            "DE123456789",
            "DK12345678",
            "EE123456789",
            "EL123456789",
            "ESX12345678",
            "ES12345678X",
            "ESX1234567X",
            "FI12345678",
            "FRXX123456789",
            "FR12123456789",
            "HR12345678901",
            "HU12345678",
            "IE1234567WA",
            "IE1A23456A",
            "IE1+23456A",
            "IT12345678901",
            "LT123456789",
            "LT123456789012",
            "LU12345678",
            "LV12345678901",
            "MT12345678",
            "NL123456789B01",
            "PT123456789",
            "RO12",
            "RO1234567890",
            "SE123456789012",
            "SI12345678",
            "SK1234567890",
            "XI123456789",
            "XI123456789012",
            "XIGD123",
            "XIHA123",
        ] {
            assert_eq!(number.parse::<VatUe>().map(|read| read.to_string()).as_deref(), Ok(number));
        }
        assert_eq!(
            "de 123-456-789".parse::<VatUe>().map(|read| read.country().to_owned()).as_deref(),
            Ok("DE")
        );
    }

    #[test]
    fn each_fault_has_its_own_reason() {
        assert_eq!("".parse::<VatUe>(), Err(InvalidVatUe::Empty));
        assert_eq!("PL5265877635".parse::<VatUe>(), Err(InvalidVatUe::Poland));
        assert_eq!("US123456789".parse::<VatUe>(), Err(InvalidVatUe::Country));
        assert_eq!("ż1".parse::<VatUe>(), Err(InvalidVatUe::Country));
        for (country, number) in
            [("DE", "DE12345678"), ("BE", "BE2123456789"), ("XI", "XIHB123"), ("RO", "RO1")]
        {
            assert_eq!(number.parse::<VatUe>(), Err(InvalidVatUe::Shape { country: country.to_owned() }));
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,20}") {
            let _ = text.parse::<VatUe>();
        }
    }
}
