//! Passwords of key files by KSeF's rules: made here, or typed by a person and looked at.
//!
//! Source: the portal's form for a certificate: 15 to 32 characters with a small and a capital letter, a digit and one
//! of `!@#$%^&*()-_+=`; no Polish letters.

use ksef_types::{Randomness, SecretText};

/// The fewest characters.
pub const LEAST: usize = 15;
/// The most characters.
pub const MOST: usize = 32;
/// The characters of which one at least is needed.
pub const SPECIAL: &str = "!@#$%^&*()-_+=";

/// What is wrong with a typed password; no variant carries a piece of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordProblem {
    /// Fewer than [`LEAST`] characters.
    #[error("a password has at least {LEAST} characters")]
    TooShort,
    /// More than [`MOST`] characters.
    #[error("a password has at most {MOST} characters")]
    TooLong,
    /// No letter from a to z.
    #[error("no small letter")]
    NoSmallLetter,
    /// No letter from A to Z.
    #[error("no capital letter")]
    NoCapitalLetter,
    /// No digit.
    #[error("no digit")]
    NoDigit,
    /// None of [`SPECIAL`].
    #[error("none of {SPECIAL}")]
    NoSpecial,
    /// A Polish letter, a space, or another character that KSeF's rules do not know.
    #[error("a character that the rules do not allow")]
    ForeignCharacter,
}

/// Everything that stands against a password; empty when it keeps the rules.
#[must_use]
pub fn problems(password: &SecretText) -> Vec<PasswordProblem> {
    // Exposed to be looked at.
    let text = password.expose();
    let length = text.chars().count();
    let has = |wanted: fn(char) -> bool| text.chars().any(wanted);
    let checks = [
        (length < LEAST, PasswordProblem::TooShort),
        (length > MOST, PasswordProblem::TooLong),
        (!has(|c| c.is_ascii_lowercase()), PasswordProblem::NoSmallLetter),
        (!has(|c| c.is_ascii_uppercase()), PasswordProblem::NoCapitalLetter),
        (!has(|c| c.is_ascii_digit()), PasswordProblem::NoDigit),
        (!has(is_special), PasswordProblem::NoSpecial),
        (has(|c| !c.is_ascii_alphanumeric() && !is_special(c)), PasswordProblem::ForeignCharacter),
    ];
    checks.into_iter().filter_map(|(wrong, problem)| wrong.then_some(problem)).collect()
}

fn is_special(character: char) -> bool {
    SPECIAL.contains(character)
}

/// How long a made password is.
const LENGTH: usize = 24;
/// Characters that are not taken for one another when a password is read off paper: no `0O`, `1lI`, nor the like.
const ALPHABET: &[u8] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!@#$%^&*()-_+=";

/// Makes a password that keeps the rules: 24 characters, each as likely as any other, more than 140 bits.
#[must_use]
pub fn make(random: &dyn Randomness) -> SecretText {
    // A draw that misses a kind of character is thrown away whole, so that no place is more likely to hold one.
    loop {
        let drawn = SecretText::from(draw(random));
        if problems(&drawn).is_empty() {
            return drawn;
        }
    }
}

fn draw(random: &dyn Randomness) -> String {
    // Bytes above the last whole multiple of the alphabet would make its first characters likelier.
    let usable = u8::MAX - u8::MAX % u8::try_from(ALPHABET.len()).unwrap_or(u8::MAX);
    let mut text = String::with_capacity(LENGTH);
    while text.len() < LENGTH {
        let mut byte = [0];
        random.fill(&mut byte);
        if byte[0] < usable {
            text.push(char::from(ALPHABET[usize::from(byte[0]) % ALPHABET.len()]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OsRandomness;
    use proptest::prelude::*;

    fn of(text: &str) -> Vec<PasswordProblem> {
        problems(&SecretText::from(text.to_owned()))
    }

    #[test]
    fn each_fault_has_its_own_reason() {
        use PasswordProblem::*;
        assert_eq!(of("Tajne-Haslo-2026!"), []);
        assert_eq!(of("Tajne-Haslo-26"), [TooShort]);
        assert_eq!(of(&format!("Tajne-Haslo-2026!{}", "a".repeat(16))), [TooLong]);
        assert_eq!(of("TAJNE-HASLO-2026!"), [NoSmallLetter]);
        assert_eq!(of("tajne-haslo-2026!"), [NoCapitalLetter]);
        assert_eq!(of("Tajne-Haslo-bez-cyfr!"), [NoDigit]);
        assert_eq!(of("TajneHaslo20262026"), [NoSpecial]);
        assert_eq!(of("Tajne-Hasło-2026!"), [ForeignCharacter]);
        assert_eq!(of("Tajne Haslo-2026!"), [ForeignCharacter]);
        assert_eq!(of(""), [TooShort, NoSmallLetter, NoCapitalLetter, NoDigit, NoSpecial]);
    }

    #[test]
    fn made_passwords_keep_the_rules_and_differ() {
        let made: std::collections::BTreeSet<String> =
            // Exposed to be compared.
            (0..500).map(|_| make(&OsRandomness).expose().clone()).collect();
        assert_eq!(made.len(), 500);
        for password in &made {
            assert_eq!(of(password), [], "{password}");
            assert!(!password.contains(['0', 'O', '1', 'l', 'I', 'o']), "{password}");
        }
        let used: std::collections::BTreeSet<char> =
            made.iter().flat_map(|password| password.chars()).collect();
        assert!(used.len() > 60, "the whole alphabet is used: {used:?}");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,50}") {
            let _ = of(&text);
        }
    }
}
