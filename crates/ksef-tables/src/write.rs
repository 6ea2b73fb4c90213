//! CSV as a Polish Excel opens it: UTF-8 with a byte order mark, semicolons, CRLF.

/// Writes rows of texts.
pub(crate) fn csv(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut bytes = b"\xEF\xBB\xBF".to_vec();
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(&mut bytes);
    for row in rows {
        // Writing into memory does not fail, and rows of any length are allowed.
        let _ = writer.write_record(row.iter().map(|text| guard(text)));
    }
    drop(writer);
    bytes
}

/// Keeps a spreadsheet from taking a text for a formula: an apostrophe goes in front. [`unguard`] takes it off again, so that what
/// is written is what is read.
fn guard(text: &str) -> String {
    if is_dangerous(text.trim_start_matches('\'')) { format!("'{text}") } else { text.to_owned() }
}

/// The text without the apostrophe that [`guard`] put there.
pub(crate) fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_dangerous(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

/// Whether a spreadsheet would compute it. A negative number is what it is.
fn is_dangerous(text: &str) -> bool {
    let number = |rest: &str| {
        rest.starts_with(|sign: char| sign.is_ascii_digit())
            && rest
                .chars()
                .all(|sign| sign.is_ascii_digit() || matches!(sign, ',' | '.' | ' ' | '\u{a0}' | '%'))
    };
    match text.chars().next() {
        Some('=' | '+' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => true,
        Some('-') => !number(&text[1..]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_defused_and_numbers_are_not() {
        for text in
            ["=1+1", "+48 600 100 200", "@SUM(A1)", "-2+3", "-cmd|' /C calc'!A0", "\t=1", "'=1", "＝1"]
        {
            assert_eq!(guard(text), format!("'{text}"));
        }
        for text in ["-12,50", "-1 234.5", "O'Neil", "'s Hertogenbosch", "10%", ""] {
            assert_eq!(guard(text), text);
        }
    }

    proptest! {
        #[test]
        fn what_is_guarded_comes_back(text in "[-='+@a1 ]{0,8}") {
            let guarded = guard(&text);
            prop_assert_eq!(unguard(&guarded), text);
        }
    }
}
