use std::fmt;
use std::str::FromStr;

/// The name under which a certificate stands in KSeF's list: 5 to 50 characters, letters (Polish ones too), digits, spaces,
/// dashes and underscores.
///
/// Source: OpenAPI `EnrollCertificateRequest` (the alphabet, up to 100 characters); the portal allows 50, and so does
/// this type.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CertificateName(String);

/// Why a text is no name for a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCertificateName {
    /// Fewer than five characters.
    #[error("a name has at least {LEAST} characters, found {0}", LEAST = CertificateName::LEAST)]
    TooShort(usize),
    /// More than fifty characters.
    #[error("a name has at most {MOST} characters, found {0}", MOST = CertificateName::MOST)]
    TooLong(usize),
    /// A character that KSeF does not take.
    #[error("a name has letters, digits, spaces, dashes and underscores only, found {0:?}")]
    Character(char),
}

impl CertificateName {
    /// The fewest characters of a name.
    pub const LEAST: usize = 5;
    /// The most characters of a name.
    pub const MOST: usize = 50;

    /// The name as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Makes a name of any text: other characters become spaces, what is too long is cut, what is too short gets `KSeF` in
    /// front.
    #[must_use]
    pub fn suggest(text: &str) -> Self {
        let mut words = String::with_capacity(text.len());
        for character in text.chars().map(|character| if is_allowed(character) { character } else { ' ' }) {
            if character != ' ' || !(words.is_empty() || words.ends_with(' ')) {
                words.push(character);
            }
        }
        let mut name = words.trim().to_owned();
        if name.chars().count() < Self::LEAST {
            name = format!("KSeF {name}");
        }
        if name.trim().chars().count() < Self::LEAST {
            name.push_str("certyfikat");
        }
        let cut: String = name.chars().take(Self::MOST).collect();
        Self(cut.trim().to_owned())
    }
}

/// The pattern `^[a-zA-Z0-9_\-\ ąćęłńóśźżĄĆĘŁŃÓŚŹŻ]+$`.
fn is_allowed(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || matches!(character, '_' | '-' | ' ')
        || "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ".contains(character)
}

impl FromStr for CertificateName {
    type Err = InvalidCertificateName;

    /// White space around the name is dropped.
    fn from_str(text: &str) -> Result<Self, InvalidCertificateName> {
        let text = text.trim();
        if let Some(foreign) = text.chars().find(|&character| !is_allowed(character)) {
            return Err(InvalidCertificateName::Character(foreign));
        }
        match text.chars().count() {
            found if found < Self::LEAST => Err(InvalidCertificateName::TooShort(found)),
            found if found > Self::MOST => Err(InvalidCertificateName::TooLong(found)),
            _ => Ok(Self(text.to_owned())),
        }
    }
}

impl fmt::Display for CertificateName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for CertificateName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "CertificateName({self})")
    }
}

crate::text::serde_as_text!(CertificateName);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_fault_has_its_own_reason() {
        assert_eq!(" abcd ".parse::<CertificateName>(), Err(InvalidCertificateName::TooShort(4)));
        assert_eq!("ż".repeat(51).parse::<CertificateName>(), Err(InvalidCertificateName::TooLong(51)));
        assert_eq!("Okienko/1".parse::<CertificateName>(), Err(InvalidCertificateName::Character('/')));
        assert_eq!(
            "Zażółć 1_2-3".parse::<CertificateName>().map(|name| name.to_string()).as_deref(),
            Ok("Zażółć 1_2-3")
        );
    }

    #[test]
    fn suggestions_of_odd_texts() {
        assert_eq!(CertificateName::suggest("„Łąka” sp. z o.o.").as_str(), "Łąka sp z o o");
        assert_eq!(CertificateName::suggest("ABC").as_str(), "KSeF ABC");
        assert_eq!(CertificateName::suggest("!").as_str(), "KSeF certyfikat");
    }

    proptest! {
        #[test]
        fn every_suggestion_is_a_name(text in ".{0,120}") {
            let name = CertificateName::suggest(&text);
            prop_assert_eq!(name.as_str().parse::<CertificateName>(), Ok(name.clone()));
        }
    }
}
