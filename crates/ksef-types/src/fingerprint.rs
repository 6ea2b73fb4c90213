use std::fmt;
use std::str::FromStr;

use crate::Sha256Hash;

/// The fingerprint of a certificate: its SHA-256 as 64 upper-case hex digits, as permissions name people and firms.
///
/// Parsing accepts what people paste from other programs: lower case, spaces, colons, dashes.
/// Source: OpenAPI `CertificateSubjectIdentifier`, guide "Uprawnienia", identifiers of the kind `Fingerprint`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(Sha256Hash);

/// Why a text is no fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidFingerprint {
    /// Nothing but white space.
    #[error("the fingerprint is empty")]
    Empty,
    /// A character that is no hex digit.
    #[error("a fingerprint has hex digits only, found {0:?}")]
    Character(char),
    /// 40 digits: the SHA-1 that many programs show first.
    #[error("a SHA-1 fingerprint; KSeF wants the SHA-256 one")]
    Sha1,
    /// Another number of digits than 64.
    #[error("a fingerprint has 64 hex digits, found {0}")]
    Length(usize),
}

impl Fingerprint {
    /// The digest itself.
    #[must_use]
    pub const fn hash(&self) -> &Sha256Hash {
        &self.0
    }
}

impl From<Sha256Hash> for Fingerprint {
    fn from(hash: Sha256Hash) -> Self {
        Self(hash)
    }
}

impl FromStr for Fingerprint {
    type Err = InvalidFingerprint;

    fn from_str(text: &str) -> Result<Self, InvalidFingerprint> {
        let mut digits = Vec::with_capacity(64);
        for character in text.chars() {
            match character.to_digit(16).and_then(|digit| u8::try_from(digit).ok()) {
                Some(digit) => digits.push(digit),
                None if character.is_whitespace() || matches!(character, ':' | '-') => {}
                None => return Err(InvalidFingerprint::Character(character)),
            }
        }
        match digits.len() {
            0 => Err(InvalidFingerprint::Empty),
            40 => Err(InvalidFingerprint::Sha1),
            found => {
                let bytes: Vec<u8> =
                    digits.chunks(2).map(|pair| pair.iter().fold(0, |sum, digit| sum << 4 | digit)).collect();
                let whole = (found == 64).then(|| Sha256Hash::try_from(bytes.as_slice()).ok()).flatten();
                whole.map(Self).ok_or(InvalidFingerprint::Length(found))
            }
        }
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_bytes().iter().try_for_each(|byte| write!(formatter, "{byte:02X}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Fingerprint({self})")
    }
}

crate::text::serde_as_text!(Fingerprint);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_fault_has_its_own_reason() {
        assert_eq!(" ".parse::<Fingerprint>(), Err(InvalidFingerprint::Empty));
        assert_eq!("xyz".parse::<Fingerprint>(), Err(InvalidFingerprint::Character('x')));
        assert_eq!("AB".repeat(20).parse::<Fingerprint>(), Err(InvalidFingerprint::Sha1));
        assert_eq!("AB".repeat(31).parse::<Fingerprint>(), Err(InvalidFingerprint::Length(62)));
        assert_eq!("A".repeat(63).parse::<Fingerprint>(), Err(InvalidFingerprint::Length(63)));
    }

    proptest! {
        #[test]
        fn any_spelling_is_the_same(bytes: [u8; 32]) {
            let fingerprint = Fingerprint::from(Sha256Hash::new(bytes));
            let shown = fingerprint.to_string();
            prop_assert_eq!(shown.len(), 64);
            let pairs: Vec<&str> = (0..64).step_by(2).map(|at| &shown[at..at + 2]).collect();
            for spelling in [shown.clone(), shown.to_lowercase(), pairs.join(":"), pairs.join(" ")] {
                prop_assert_eq!(spelling.parse::<Fingerprint>(), Ok(fingerprint));
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,80}") {
            let _ = text.parse::<Fingerprint>();
        }
    }
}
