//! Texts that the contract bounds: checked when they are made, so that no request is refused for them.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// A text of `MIN` to `MAX` characters, without control characters, trimmed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct BoundedText<const MIN: usize, const MAX: usize>(String);

/// The description of a token or a permission: 5 to 256 characters.
pub type Description = BoundedText<5, 256>;
/// The first name of a person: 2 to 30 characters.
pub type FirstName = BoundedText<2, 30>;
/// The last name of a person: 2 to 81 characters.
pub type LastName = BoundedText<2, 81>;
/// The name of a firm that is granted something: 5 to 90 characters.
pub type FirmName = BoundedText<5, 90>;
/// The full name of a firm that is known by a certificate, or of a firm of the Union: 1 to 100 characters.
pub type FullName = BoundedText<1, 100>;
/// An address in a line: 1 to 512 characters.
pub type AddressLine = BoundedText<1, 512>;
/// The description of an invoice in a collective identifier: 1 to 512 characters.
pub type PaymentDescription = BoundedText<1, 512>;

/// Why a text does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidText {
    /// Fewer characters than the contract wants.
    #[error("at least {min} characters, found {found}")]
    TooShort {
        /// At least.
        min: usize,
        /// Without white space at the ends.
        found: usize,
    },
    /// More characters than the contract allows.
    #[error("at most {max} characters, found {found}")]
    TooLong {
        /// At most.
        max: usize,
        /// Without white space at the ends.
        found: usize,
    },
    /// A character that does not belong there.
    #[error("a character that is not allowed: {0:?}")]
    Character(char),
}

impl<const MIN: usize, const MAX: usize> BoundedText<MIN, MAX> {
    /// The fewest characters.
    pub const MIN: usize = MIN;
    /// The most characters.
    pub const MAX: usize = MAX;

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MIN: usize, const MAX: usize> FromStr for BoundedText<MIN, MAX> {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        within(text, MIN, MAX).map(|text| Self(text.to_owned()))
    }
}

impl<const MIN: usize, const MAX: usize> fmt::Display for BoundedText<MIN, MAX> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn within(text: &str, min: usize, max: usize) -> Result<&str, InvalidText> {
    let text = text.trim();
    if let Some(control) = text.chars().find(|character| character.is_control()) {
        return Err(InvalidText::Character(control));
    }
    match text.chars().count() {
        found if found < min => Err(InvalidText::TooShort { min, found }),
        found if found > max => Err(InvalidText::TooLong { max, found }),
        _ => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counted_in_characters_without_the_ends() {
        assert_eq!(" żółty ".parse::<Description>().unwrap().as_str(), "żółty");
        assert_eq!("żół ".parse::<Description>(), Err(InvalidText::TooShort { min: 5, found: 3 }));
        assert!("ż".repeat(256).parse::<Description>().is_ok());
        assert_eq!(
            "ż".repeat(257).parse::<Description>(),
            Err(InvalidText::TooLong { max: 256, found: 257 })
        );
        assert_eq!("Jan\nKowalski".parse::<LastName>(), Err(InvalidText::Character('\n')));
    }
}
