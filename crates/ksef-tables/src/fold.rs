//! Texts compared as people mean them.

/// Without case, Polish signs, and everything that is no letter and no digit: `Nabywca – NIP` is `nabywcanip`.
pub(crate) fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(plain).filter(|letter| letter.is_alphanumeric()).collect()
}

/// A Polish letter without its sign.
const fn plain(letter: char) -> char {
    match letter {
        'ą' => 'a',
        'ć' => 'c',
        'ę' => 'e',
        'ł' => 'l',
        'ń' => 'n',
        'ó' => 'o',
        'ś' => 's',
        'ż' | 'ź' => 'z',
        other => other,
    }
}

/// Without blanks at both ends, the unbreakable ones and a stray byte order mark among them.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}')
}
