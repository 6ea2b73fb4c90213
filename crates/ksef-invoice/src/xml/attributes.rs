//! Attributes of a tag, strictly.

use std::borrow::Cow;

use super::characters::{is_name, is_space};
use super::scanner::character_reference;
use super::{FaultKind, XmlFault};

/// More than any element of an invoice has.
const MOST_ATTRIBUTES: usize = 100;

/// An attribute as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribute<'a> {
    /// Prefix; empty for none.
    pub(crate) prefix: &'a str,
    /// Local name.
    pub(crate) local: &'a str,
    /// Value, references resolved, white space normalised.
    pub(crate) value: Cow<'a, str>,
    /// Where its name starts, in bytes.
    pub(crate) offset: usize,
}

/// Reads what stands after a tag's name into `found`.
pub(crate) fn read<'a>(raw: &'a str, offset: usize, found: &mut Vec<Attribute<'a>>) -> Result<(), XmlFault> {
    let bytes = raw.as_bytes();
    let mut at = 0;
    loop {
        let gap = spaces(bytes, at);
        if at + gap == bytes.len() {
            return Ok(());
        }
        if gap == 0 {
            return Err(FaultKind::Form("attribute").at(offset + at));
        }
        at += gap;
        let (attribute, end) = one(raw, at, offset)?;
        if found.iter().any(|known| known.prefix == attribute.prefix && known.local == attribute.local) {
            return Err(FaultKind::DoubleAttribute(attribute.local.to_owned()).at(attribute.offset));
        }
        if found.len() == MOST_ATTRIBUTES {
            return Err(FaultKind::TooManyAttributes.at(attribute.offset));
        }
        found.push(attribute);
        at = end;
    }
}

fn spaces(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().take_while(|byte| is_space(**byte)).count()
}

/// One attribute from `at`; answers where it ends.
fn one(raw: &str, at: usize, offset: usize) -> Result<(Attribute<'_>, usize), XmlFault> {
    let bytes = raw.as_bytes();
    let malformed = |place: usize| FaultKind::Form("attribute").at(offset + place);
    let length = bytes[at..].iter().position(|&byte| byte == b'=' || is_space(byte));
    let name_end = at + length.ok_or_else(|| malformed(at))?;
    let (prefix, local) = split_name(&raw[at..name_end]).map_err(|fault| fault.at(offset + at))?;
    let equals = name_end + spaces(bytes, name_end);
    if bytes.get(equals) != Some(&b'=') {
        return Err(malformed(equals));
    }
    let quote_at = equals + 1 + spaces(bytes, equals + 1);
    let quote = match bytes.get(quote_at) {
        Some(&quote @ (b'"' | b'\'')) => quote,
        _ => return Err(malformed(quote_at)),
    };
    let start = quote_at + 1;
    let length = bytes[start..].iter().position(|&byte| byte == quote).ok_or_else(|| malformed(quote_at))?;
    let value = normalised(&raw[start..start + length], offset + start)?;
    Ok((Attribute { prefix, local, value, offset: offset + at }, start + length + 1))
}

/// Splits a qualified name; the prefix is empty where there is none.
pub(crate) fn split_name(name: &str) -> Result<(&str, &str), FaultKind> {
    let (prefix, local) = match name.split_once(':') {
        Some(parts) => parts,
        None => ("", name),
    };
    let prefixed = local.len() < name.len();
    if is_name(local) && (!prefixed || is_name(prefix)) {
        Ok((prefix, local))
    } else {
        Err(FaultKind::Name(name.to_owned()))
    }
}

/// A value with references resolved and white space as XML asks (each tab and line end a space).
fn normalised(raw: &str, offset: usize) -> Result<Cow<'_, str>, XmlFault> {
    if let Some(place) = raw.bytes().position(|byte| byte == b'<') {
        return Err(FaultKind::Form("attribute").at(offset + place));
    }
    if !raw.bytes().any(|byte| matches!(byte, b'&' | b'\t' | b'\n' | b'\r')) {
        return Ok(Cow::Borrowed(raw));
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(place) = rest.find(['&', '\t', '\n', '\r']) {
        out.push_str(&rest[..place]);
        let from = &rest[place..];
        if let Some(reference) = from.strip_prefix('&') {
            let at = offset + raw.len() - from.len();
            let (name, after) =
                reference.split_once(';').ok_or_else(|| FaultKind::Form("reference").at(at))?;
            out.push(character_reference(name).map_err(|fault| fault.at(at))?);
            rest = after;
        } else {
            out.push(' ');
            rest = from.strip_prefix("\r\n").unwrap_or(&from[1..]);
        }
    }
    out.push_str(rest);
    Ok(Cow::Owned(out))
}
