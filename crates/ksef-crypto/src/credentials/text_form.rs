//! Files that are text: what encoding an editor gave them, and what a web page looks like.

use ksef_types::SecretText;

/// The file as text; `None` when it is binary. It may hold an unencrypted key, hence a secret.
pub(crate) fn as_text(bytes: &[u8]) -> Option<SecretText> {
    utf16(bytes).or_else(|| utf8(bytes)).or_else(|| old_code_page(bytes)).map(SecretText::new)
}

/// Whether there is nothing but white space, zeros and byte order marks.
pub(crate) fn is_blank(bytes: &[u8]) -> bool {
    bytes
        .iter()
        .all(|byte| byte.is_ascii_whitespace() || matches!(byte, 0 | 0xEF | 0xBB | 0xBF | 0xFF | 0xFE))
}

/// Whether it is a web page: what a browser saves when it was not logged in any more.
pub(crate) fn is_html(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(1024).collect::<String>().to_ascii_lowercase();
    let markup = start.starts_with('<');
    markup && ["<!doctype html", "<html", "<head", "<body", "<script"].iter().any(|mark| start.contains(mark))
}

fn utf8(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).ok().filter(|text| !text.contains(is_binary)).map(str::to_owned)
}

/// UTF-16 as Notepad saves it ("Unicode"), with a byte order mark, and without one where every second byte is zero.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (little_endian, bytes) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (true, rest),
        [0xFE, 0xFF, rest @ ..] => (false, rest),
        [b'-' | b'M' | b'<', 0, _, 0, ..] => (true, bytes),
        [0, b'-' | b'M' | b'<', 0, _, ..] => (false, bytes),
        _ => return None,
    };
    let order = if little_endian { u16::from_le_bytes } else { u16::from_be_bytes };
    // A cut-off file may end in half a character.
    let units = bytes.chunks_exact(2).map(|pair| order([pair[0], pair[1]]));
    let mut text = String::with_capacity(bytes.len());
    for character in char::decode_utf16(units) {
        text.push(character.ok()?);
    }
    (!text.contains(is_binary)).then_some(text)
}

/// PEM with remarks in a code page older than UTF-8 around it; the blocks themselves are ASCII.
fn old_code_page(bytes: &[u8]) -> Option<String> {
    let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    (holds(b"-----BEGIN ") || holds(b"-----END "))
        .then(|| bytes.iter().map(|&byte| char::from(byte)).collect())
}

fn is_binary(character: char) -> bool {
    character.is_ascii_control() && !matches!(character, '\t' | '\r' | '\n' | '\u{c}' | '\u{1a}')
}
