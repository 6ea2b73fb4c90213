/// Text as exclusive canonical form writes it: `&`, `<`, `>` and the carriage return; quotes stay as they are.
///
/// Source: Canonical XML 1.0, section 2.3, text nodes. Characters that XML cannot hold are the caller's to keep out.
pub(super) fn escape_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\r' => escaped.push_str("&#xD;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_stay_and_the_carriage_return_does_not() {
        assert_eq!(escape_text("a&b<c>d\"e'f\rg\nh"), "a&amp;b&lt;c&gt;d\"e'f&#xD;g\nh");
    }
}
