use std::fmt;
use std::str::FromStr;

/// NIP, the tax identification number of a Polish taxpayer: ten digits, the last one a check digit.
///
/// Parsing accepts any spelling that people use or paste: spaces, dashes, dots, invisible characters, the words
/// `NIP` and `PL` in front (`NIP: PL 526-587-76-35`).
/// Source: schema type `TNrNIP` (pattern) and the tax office's check digit (weights 6 5 7 2 3 4 5 6 7, modulo 11).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Nip([u8; 10]);

/// Why a text is no NIP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidNip {
    /// Nothing but white space.
    #[error("the NIP is empty")]
    Empty,
    /// A character other than a digit, a separator or the prefix PL.
    #[error("a NIP has digits only, found {0:?}")]
    Character(char),
    /// Another number of digits than ten.
    #[error("a NIP has 10 digits, found {0}")]
    Length(usize),
    /// Ten digits that no tax office hands out (the check digit, or the pattern of the schema).
    #[error("the check digit of the NIP does not match")]
    CheckDigit,
}

const WEIGHTS: [u32; 9] = [6, 5, 7, 2, 3, 4, 5, 6, 7];

impl Nip {
    /// The ten digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only ASCII digits are ever stored.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The digits as people read them: `526-587-76-35`.
    #[must_use]
    pub fn formatted(&self) -> String {
        let digits = self.as_str();
        format!("{}-{}-{}-{}", &digits[..3], &digits[3..6], &digits[6..8], &digits[8..])
    }

    fn from_digits(digits: [u8; 10]) -> Result<Self, InvalidNip> {
        let value = |index: usize| u32::from(digits[index] - b'0');
        let sum: u32 = WEIGHTS.iter().enumerate().map(|(index, weight)| weight * value(index)).sum();
        // TNrNIP: [1-9]((\d[1-9])|([1-9]\d))\d{7}
        let pattern = value(0) != 0 && (value(1) != 0 || value(2) != 0);
        if sum % 11 == value(9) && pattern { Ok(Self(digits)) } else { Err(InvalidNip::CheckDigit) }
    }
}

/// What people, web pages and scanners put between and around the digits.
fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '-' | '.' | '/' | '\u{2010}'..='\u{2015}' | '\u{2212}')
        || is_invisible(character)
}

/// Soft hyphen, zero-width characters, marks of direction, byte order mark.
const fn is_invisible(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}')
}

/// Without a word in front, and without the colon behind it.
fn without_word<'a>(text: &'a str, word: &str) -> &'a str {
    let text = text.trim_matches(|character: char| character.is_whitespace() || is_invisible(character));
    match text.get(..word.len()) {
        Some(prefix) if prefix.eq_ignore_ascii_case(word) => {
            let rest = text[word.len()..].trim_start();
            rest.strip_prefix(':').unwrap_or(rest)
        }
        _ => text,
    }
}

impl FromStr for Nip {
    type Err = InvalidNip;

    fn from_str(text: &str) -> Result<Self, InvalidNip> {
        let text = without_word(without_word(text, "NIP"), "PL");
        let mut digits = Vec::with_capacity(10);
        for character in text.chars() {
            match character {
                '0'..='9' => digits.push(character as u8),
                separator if is_separator(separator) => {}
                other => return Err(InvalidNip::Character(other)),
            }
        }
        if digits.is_empty() {
            return Err(InvalidNip::Empty);
        }
        let found = digits.len();
        let digits = digits.try_into().map_err(|_| InvalidNip::Length(found))?;
        Self::from_digits(digits)
    }
}

impl fmt::Display for Nip {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for Nip {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Nip({self})")
    }
}

crate::text::serde_as_text!(Nip);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn any_spelling_is_the_same_nip() {
        for spelling in [
            "5265877635",
            "526-587-76-35",
            " PL 526 587 76 35 ",
            "pl5265877635",
            "526–587–76–35",
            "NIP: 526-587-76-35",
            "NIP:5265877635",
            "nip 5265877635",
            "NIP PL5265877635",
            "NIP: PL 526\u{a0}587\u{a0}76\u{a0}35\n",
            "\u{feff}526\u{200b}5877635\t",
            "526/587/76/35",
            "526\u{2212}587\u{2212}76\u{2212}35",
        ] {
            assert_eq!(spelling.parse::<Nip>().map(|nip| nip.to_string()), Ok("5265877635".to_owned()));
        }
        assert_eq!("5265877635".parse::<Nip>().map(|nip| nip.formatted()), Ok("526-587-76-35".to_owned()));
    }

    #[test]
    fn each_fault_has_its_own_reason() {
        assert_eq!("".parse::<Nip>(), Err(InvalidNip::Empty));
        assert_eq!("NIP: ".parse::<Nip>(), Err(InvalidNip::Empty));
        assert_eq!("DE123456789".parse::<Nip>(), Err(InvalidNip::Character('D')));
        assert_eq!("NIPY5265877635".parse::<Nip>(), Err(InvalidNip::Character('Y')));
        assert_eq!("52658776a5".parse::<Nip>(), Err(InvalidNip::Character('a')));
        assert_eq!("526587763".parse::<Nip>(), Err(InvalidNip::Length(9)));
        assert_eq!("5265877636".parse::<Nip>(), Err(InvalidNip::CheckDigit));
        assert_eq!("0000000000".parse::<Nip>(), Err(InvalidNip::CheckDigit));
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_always_noticed(place in 0usize..9, digit in 0u8..10) {
            let mut digits = *b"5265877635";
            prop_assume!(digits[place] != b'0' + digit);
            digits[place] = b'0' + digit;
            let text = String::from_utf8_lossy(&digits).into_owned();
            prop_assert!(text.parse::<Nip>().is_err());
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,40}") {
            let _ = text.parse::<Nip>();
        }
    }
}
