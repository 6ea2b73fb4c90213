use std::fmt;
use std::str::FromStr;

/// PESEL, the number of a person in Poland: eleven digits, the last one a check digit.
///
/// It is personal data: `Debug` and [`Pesel::masked`] show the first six digits only.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pesel([u8; 11]);

/// Why a text is no PESEL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPesel {
    /// Not eleven digits.
    #[error("a PESEL has 11 digits")]
    Shape,
    /// The check digit does not match.
    #[error("the check digit of the PESEL does not match")]
    CheckDigit,
}

const WEIGHTS: [u32; 10] = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3];

impl Pesel {
    /// The eleven digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only ASCII digits are ever stored.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// For screens and logs: `301122*****`.
    #[must_use]
    pub fn masked(&self) -> String {
        format!("{}*****", &self.as_str()[..6])
    }

    /// An identifier as it may be shown or kept: masked where it is a PESEL, else as it is.
    #[must_use]
    pub fn mask(identifier: &str) -> String {
        identifier.parse::<Self>().map_or_else(|_| identifier.to_owned(), |pesel| pesel.masked())
    }
}

impl FromStr for Pesel {
    type Err = InvalidPesel;

    fn from_str(text: &str) -> Result<Self, InvalidPesel> {
        let digits: [u8; 11] = text.trim().as_bytes().try_into().map_err(|_| InvalidPesel::Shape)?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err(InvalidPesel::Shape);
        }
        let value = |index: usize| u32::from(digits[index] - b'0');
        let sum: u32 = WEIGHTS.iter().enumerate().map(|(index, weight)| weight * value(index)).sum();
        if (10 - sum % 10) % 10 == value(10) { Ok(Self(digits)) } else { Err(InvalidPesel::CheckDigit) }
    }
}

impl fmt::Display for Pesel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for Pesel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Pesel({})", self.masked())
    }
}

crate::text::serde_as_text!(Pesel);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_decides() {
        assert!("30112206276".parse::<Pesel>().is_ok());
        assert_eq!("30112206277".parse::<Pesel>(), Err(InvalidPesel::CheckDigit));
        assert_eq!("3011220627".parse::<Pesel>(), Err(InvalidPesel::Shape));
    }

    #[test]
    fn debug_keeps_the_person_private() {
        let shown = format!("{:?}", "30112206276".parse::<Pesel>());
        assert!(shown.contains("301122*****") && !shown.contains("06276"));
    }
}
