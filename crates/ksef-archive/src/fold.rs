use ksef_types::without_mark;

/// Folds a text for searching: lower case, Polish letters without their marks (ł too), white space to single spaces.
///
/// SQLite's own folding leaves ł alone and knows ASCII only.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase) {
        let plain = if character.is_whitespace() { ' ' } else { without_mark(character) };
        if plain != ' ' || !(folded.is_empty() || folded.ends_with(' ')) {
            folded.push(plain);
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The pattern of LIKE (with `\` as escape) that finds a folded text anywhere.
pub(crate) fn anywhere(text: &str) -> String {
    let mut pattern = String::from("%");
    for character in fold(text).chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polish_letters_lose_their_marks() {
        assert_eq!(fold("  ZAŻÓŁĆ\t gęślą  JAŹŃ "), "zazolc gesla jazn");
        assert_eq!(anywhere("50%_a\\Ł"), "%50\\%\\_a\\\\l%");
    }
}
