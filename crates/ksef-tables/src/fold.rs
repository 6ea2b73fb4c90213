//! Texts compared as people mean them.

use ksef_types::without_mark;

/// Without case, Polish signs, and everything that is no letter and no digit: `Nabywca – NIP` is `nabywcanip`.
pub(crate) fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(without_mark)
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

/// Without blanks at both ends, the unbreakable ones and a stray byte order mark among them.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}')
}
