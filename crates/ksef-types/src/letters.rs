//! Polish letters, compared.

/// A small Polish letter without its mark (`ł` is `l`); any other character as it is.
#[must_use]
pub const fn without_mark(letter: char) -> char {
    match letter {
        'ą' => 'a',
        'ć' => 'c',
        'ę' => 'e',
        'ł' => 'l',
        'ń' => 'n',
        'ó' => 'o',
        'ś' => 's',
        'ź' | 'ż' => 'z',
        other => other,
    }
}
