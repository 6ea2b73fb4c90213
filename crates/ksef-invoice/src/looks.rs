//! What bytes that are no XML look like, so that a person learns which file was picked instead.

use crate::finding::Looks;

/// `None` if the bytes begin as XML does.
pub(crate) fn other_than_xml(bytes: &[u8]) -> Option<Looks> {
    let known = match bytes {
        [b'%', b'P', b'D', b'F', ..] => Some(Looks::Pdf),
        [b'P', b'K', 3 | 5, ..]
        | [0x1F, 0x8B, ..]
        | [b'7', b'z', 0xBC, 0xAF, ..]
        | [b'R', b'a', b'r', b'!', ..] => Some(Looks::Archive),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Some(Looks::OldOffice),
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] | [b'G', b'I', b'F', b'8', ..] => {
            Some(Looks::Picture)
        }
        _ => None,
    };
    if known.is_some() {
        return known;
    }
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    match text.first() {
        Some(b'<') => is_html(text).then_some(Looks::Html),
        Some(b'{' | b'[') => Some(Looks::Json),
        Some(_) if text.starts_with(b"-----BEGIN ") => Some(Looks::Pem),
        // Letters before the root element are a slip in an XML file rather than another kind of file.
        _ if text.windows(5).take(1000).any(|window| window == b"<?xml") => None,
        _ if text.iter().take(1000).any(|&byte| byte < b' ' && !byte.is_ascii_whitespace()) => {
            Some(Looks::Binary)
        }
        _ => Some(Looks::Text),
    }
}

fn is_html(text: &[u8]) -> bool {
    [&b"<!doctype html"[..], b"<html"]
        .iter()
        .any(|start| text.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start)))
}
