//! In which letters a CSV file is written.

use std::borrow::Cow;

use encoding_rs::{Encoding, ISO_8859_2, UTF_16BE, UTF_16LE, WINDOWS_1250};

use crate::finding::RowProblem;

/// UTF-8 with or without a byte order mark, UTF-16 with one, else what Polish programs for Windows write.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, RowProblem> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE => encoding.decode(bytes).0,
        Some((_, length)) => utf8_or_polish(&bytes[length..]),
        None => utf8_or_polish(bytes),
    };
    if text
        .chars()
        .any(|letter| letter.is_control() && !matches!(letter, '\t' | '\r' | '\n' | '\u{80}'..='\u{9f}'))
    {
        return Err(RowProblem::NotText);
    }
    Ok(text)
}

fn utf8_or_polish(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => polish(bytes).decode_without_bom_handling(bytes).0,
    }
}

/// Windows-1250 and ISO-8859-2 differ in ą, ś, ź. What is one of these letters in the one is a sign that no Polish text has in the
/// other.
fn polish(bytes: &[u8]) -> &'static Encoding {
    let count = |letters: &[u8]| bytes.iter().filter(|byte| letters.contains(byte)).count();
    let windows = count(&[0xB9, 0x9C, 0x9F, 0xA5, 0x8C, 0x8F]);
    let iso = count(&[0xB1, 0xB6, 0xBC, 0xA1, 0xA6, 0xAC]);
    if iso > windows { ISO_8859_2 } else { WINDOWS_1250 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Zażółć gęślą jaźń;ŻÓŁĆ ŚĄŹ";

    #[test]
    fn polish_letters_survive_every_encoding() {
        let with_mark = [b"\xEF\xBB\xBF", TEXT.as_bytes()].concat();
        let mut wide = vec![0xFF, 0xFE];
        wide.extend(TEXT.encode_utf16().flat_map(u16::to_le_bytes));
        let windows = WINDOWS_1250.encode(TEXT).0;
        let iso = ISO_8859_2.encode(TEXT).0;
        for bytes in [TEXT.as_bytes(), &with_mark, &wide, &windows, &iso] {
            assert_eq!(decode(bytes).unwrap(), TEXT);
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert_eq!(decode(&[0, 1, 2, 3]), Err(RowProblem::NotText));
    }
}
