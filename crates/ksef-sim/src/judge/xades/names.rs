//! Names of issuers as text (RFC 2253, RFC 4514), compared part by part and not letter by letter: every library
//! writes them a little differently.

use openssl::asn1::{Asn1Object, Asn1ObjectRef};
use openssl::nid::Nid;
use openssl::x509::X509NameRef;

/// Keywords that libraries write for attribute types, and the types.
const KEYWORDS: [(&str, &str); 24] = [
    ("CN", "2.5.4.3"),
    ("SURNAME", "2.5.4.4"),
    ("SN", "2.5.4.4"),
    ("SERIALNUMBER", "2.5.4.5"),
    ("C", "2.5.4.6"),
    ("L", "2.5.4.7"),
    ("ST", "2.5.4.8"),
    ("S", "2.5.4.8"),
    ("STREET", "2.5.4.9"),
    ("O", "2.5.4.10"),
    ("OU", "2.5.4.11"),
    ("T", "2.5.4.12"),
    ("TITLE", "2.5.4.12"),
    ("POSTALCODE", "2.5.4.17"),
    ("GIVENNAME", "2.5.4.42"),
    ("GN", "2.5.4.42"),
    ("G", "2.5.4.42"),
    ("INITIALS", "2.5.4.43"),
    ("DNQUALIFIER", "2.5.4.46"),
    ("ORGANIZATIONIDENTIFIER", "2.5.4.97"),
    ("UID", "0.9.2342.19200300.100.1.1"),
    ("DC", "0.9.2342.19200300.100.1.25"),
    ("E", "1.2.840.113549.1.9.1"),
    ("EMAILADDRESS", "1.2.840.113549.1.9.1"),
];

/// Whether `text` is the name, last part first, as RFC 2253 wants it.
pub(super) fn is_name(text: &str, name: &X509NameRef) -> bool {
    let Some(mut written) = parse(text) else { return false };
    written.reverse();
    let entries: Vec<_> = name.entries().collect();
    written.len() == entries.len()
        && written.iter().zip(entries).all(|(part, entry)| {
            let value = entry.data().to_string();
            is_kind(entry.object(), &part.kind) && value.is_ok_and(|value| part.says(&value))
        })
}

/// Whether the object is the one with this dotted identifier.
pub(in crate::judge) fn is_kind(object: &Asn1ObjectRef, dotted: &str) -> bool {
    Asn1Object::from_str(dotted).is_ok_and(|wanted| match wanted.nid() {
        // What OpenSSL has no name for it writes in dotted form.
        Nid::UNDEF => wanted.to_string() == object.to_string(),
        known => known == object.nid(),
    })
}

struct Part {
    kind: String,
    value: Value,
}

enum Value {
    Text(String),
    /// `#` and the value's DER in hex.
    Encoded(Vec<u8>),
}

impl Part {
    fn says(&self, expected: &str) -> bool {
        match &self.value {
            Value::Text(text) => collapse(text) == collapse(expected),
            // Tag, length below 128, and the bytes of a string type that is a subset of UTF-8.
            Value::Encoded(der) => match der.as_slice() {
                [0x0c | 0x12 | 0x13 | 0x16, length, bytes @ ..] => {
                    usize::from(*length) == bytes.len() && bytes == expected.as_bytes()
                }
                _ => false,
            },
        }
    }
}

fn parse(text: &str) -> Option<Vec<Part>> {
    split(text)?.into_iter().map(|part| read_part(&part)).collect()
}

/// Splits at commas, semicolons and plus signs that are neither escaped nor quoted.
fn split(text: &str) -> Option<Vec<String>> {
    let mut parts = vec![String::new()];
    let (mut escaped, mut quoted) = (false, false);
    for character in text.chars() {
        if !escaped && !quoted && matches!(character, ',' | ';' | '+') {
            parts.push(String::new());
            continue;
        }
        if !escaped && character == '"' {
            quoted = !quoted;
        }
        escaped = !escaped && character == '\\';
        parts.last_mut()?.push(character);
    }
    (!escaped && !quoted).then_some(parts)
}

fn read_part(part: &str) -> Option<Part> {
    let (kind, value) = part.split_once('=')?;
    let kind = kind_of(kind.trim())?;
    let value = value.trim_start();
    let value = match value.trim_end().strip_prefix('#') {
        Some(digits) => Value::Encoded(hex::decode(digits).ok()?),
        None => Value::Text(unescape(value)?),
    };
    Some(Part { kind, value })
}

fn kind_of(text: &str) -> Option<String> {
    let upper = text.to_ascii_uppercase();
    let dotted = upper.strip_prefix("OID.").unwrap_or(&upper);
    if dotted.starts_with(|first: char| first.is_ascii_digit()) {
        return dotted.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.').then(|| dotted.to_owned());
    }
    KEYWORDS.iter().find(|(keyword, _)| *keyword == upper).map(|(_, kind)| (*kind).to_owned())
}

/// `\,` and the like, `\C5\81` for the bytes of a letter, and a value in quotation marks.
fn unescape(value: &str) -> Option<String> {
    let trimmed = value.trim_end();
    if let Some(inside) = trimmed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return unescape_bytes(inside);
    }
    // An escaped space at the end belongs to the value.
    if trimmed.ends_with('\\') { unescape_bytes(&format!("{trimmed} ")) } else { unescape_bytes(trimmed) }
}

fn unescape_bytes(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        if byte != b'\\' {
            bytes.push(byte);
            rest = after;
            continue;
        }
        match after {
            [high, low, after @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                bytes.extend(hex::decode([*high, *low]).ok()?);
                rest = after;
            }
            [character, after @ ..] => {
                bytes.push(*character);
                rest = after;
            }
            [] => return None,
        }
    }
    String::from_utf8(bytes).ok()
}

fn collapse(text: &str) -> String {
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
