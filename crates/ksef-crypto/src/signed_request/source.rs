//! From the bytes of a file to the text that is parsed: what the file is, and what an XML processor settles before there
//! is a tree.

use super::MAX_BYTES;
use super::problem::SignedRequestProblem as Problem;
use crate::credentials::pem;
use crate::credentials::text_form::{is_blank, is_html};

/// Says what the file is if it is no XML, and normalises line ends and white space in attributes (XML 1.0, 2.11 and 3.3.3),
/// which the parser leaves as they are and signers do not.
pub(super) fn prepare(bytes: &[u8]) -> Result<String, Problem> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > MAX_BYTES {
        return Err(Problem::TooLarge { bytes: size });
    }
    if is_blank(bytes) {
        return Err(Problem::Empty);
    }
    if let Some(other) = by_first_bytes(bytes) {
        return Err(other);
    }
    let text = as_text(bytes)?;
    if let Some(other) = by_first_words(text) {
        return Err(other);
    }
    check_declaration(text)?;
    normalise(&text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn by_first_bytes(bytes: &[u8]) -> Option<Problem> {
    // Programs put a few bytes in front of a PDF; readers look for it in the first kilobyte.
    let start = &bytes[..bytes.len().min(1024)];
    if start.windows(5).any(|window| window == b"%PDF-") {
        return Some(Problem::Pdf);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Some(Problem::Container);
    }
    is_pkcs7(bytes).then_some(Problem::Pkcs7)
}

/// ContentInfo ::= SEQUENCE { 1.2.840.113549.1.7.…, … }, whose length may be unknown (BER).
fn is_pkcs7(bytes: &[u8]) -> bool {
    const PREFIX: [u8; 8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07];
    let start = &bytes[..bytes.len().min(32)];
    start.first() == Some(&0x30) && start.windows(PREFIX.len()).any(|window| window == PREFIX)
}

fn as_text(bytes: &[u8]) -> Result<&str, Problem> {
    let utf16 = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    if utf16 || bytes.starts_with(b"<\0") || bytes.starts_with(b"\0<") {
        return Err(Problem::Encoding);
    }
    let marked = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let markup = marked.trim_ascii_start().starts_with(b"<");
    std::str::from_utf8(marked).map_err(|_| if markup { Problem::Encoding } else { Problem::NotXml })
}

fn by_first_words(text: &str) -> Option<Problem> {
    if is_html(text) {
        return Some(Problem::Html);
    }
    if text.trim_start().starts_with('<') {
        return None;
    }
    if pem::looks_like_pem(text) {
        let signature = ["BEGIN PKCS7", "BEGIN CMS", "BEGIN SIGNED"].iter().any(|label| text.contains(label));
        return Some(if signature { Problem::Pkcs7 } else { Problem::Credential });
    }
    // `.p7m` and `.sig` come in Base64 as well; only the beginning is decoded.
    let start: String = text.chars().filter(|character| !character.is_whitespace()).take(64).collect();
    let decoded = pem::decode_bare(&start);
    // Exposed to see what it is; a signature is no secret.
    let pkcs7 = decoded.is_some_and(|bytes| is_pkcs7(bytes.expose()));
    Some(if pkcs7 { Problem::Pkcs7 } else { Problem::NotXml })
}

/// Another encoding that is declared is refused, whatever the bytes are.
fn check_declaration(text: &str) -> Result<(), Problem> {
    let declaration = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let Some((_, named)) = declaration.and_then(|(inside, _)| inside.split_once("encoding")) else {
        return Ok(());
    };
    let name = named.trim_start().trim_start_matches('=').trim_start();
    let name = name.split(['"', '\'']).nth(1).unwrap_or_default();
    if name.eq_ignore_ascii_case("utf-8") || name.eq_ignore_ascii_case("utf8") {
        Ok(())
    } else {
        Err(Problem::Encoding)
    }
}

/// Walks through the markup without a tree: only the values of attributes are changed.
fn normalise(text: &str) -> Result<String, Problem> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let end = if rest.starts_with("<!--") {
            copy_until(&mut out, rest, "-->")?
        } else if rest.starts_with("<![CDATA[") {
            copy_until(&mut out, rest, "]]>")?
        } else if rest.starts_with("<!") {
            return Err(Problem::Dtd);
        } else if rest.starts_with("<?") {
            copy_until(&mut out, rest, "?>")?
        } else {
            copy_tag(&mut out, rest)?
        };
        rest = &rest[end..];
    }
    out.push_str(rest);
    Ok(out)
}

fn copy_until(out: &mut String, text: &str, end: &str) -> Result<usize, Problem> {
    let end = text.find(end).ok_or(Problem::BrokenXml)? + end.len();
    out.push_str(&text[..end]);
    Ok(end)
}

fn copy_tag(out: &mut String, text: &str) -> Result<usize, Problem> {
    let mut quote = None;
    for (place, character) in text.char_indices() {
        match (quote, character) {
            (None, '>') => {
                out.push('>');
                return Ok(place + 1);
            }
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), close) if open == close => quote = None,
            (Some(_), '\t' | '\n') => {
                out.push(' ');
                continue;
            }
            _ => {}
        }
        out.push(character);
    }
    Err(Problem::BrokenXml)
}
