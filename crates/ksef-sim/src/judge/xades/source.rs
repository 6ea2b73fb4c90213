//! From bytes to the text that is parsed: everything that an XML processor settles before there is a tree.

use std::borrow::Cow;

use crate::judge::refusal::Exception;

/// A request is 4 kB, with a qualified certificate's chain and timestamps some 50 kB.
const MAX_BYTES: usize = 512 * 1024;

/// Checks size, encoding and forbidden constructs, and normalises line ends and attribute values (XML 1.0, 2.11 and
/// 3.3.3).
///
/// The parser below leaves a literal tab or line break in an attribute's value as it is, and would so compute another
/// canonical form than signers do; normalised here, it has nothing to get wrong.
pub(super) fn prepare(bytes: &[u8]) -> Result<String, Exception> {
    if bytes.len() > MAX_BYTES {
        return Err(Exception::document());
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Exception::encoding())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.chars().all(is_xml_character) {
        return Err(Exception::encoding());
    }
    let (declaration, body) = split_declaration(text)?;
    check_declaration(declaration)?;
    normalise(&line_ends(body))
}

/// Production `Char` of XML 1.0.
fn is_xml_character(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn split_declaration(text: &str) -> Result<(&str, &str), Exception> {
    let starts = text.strip_prefix("<?xml").is_some_and(|rest| rest.starts_with([' ', '\t', '\r', '\n']));
    if !starts {
        return Ok(("", text));
    }
    let end = text.find("?>").ok_or_else(Exception::unreadable)?;
    Ok(text.split_at(end + 2))
}

/// XML 1.0 in UTF-8; the declaration is not part of any canonical form.
fn check_declaration(declaration: &str) -> Result<(), Exception> {
    if declaration.is_empty() {
        return Ok(());
    }
    let inside = declaration.trim_start_matches("<?xml").trim_end_matches("?>");
    let mut fields = Vec::new();
    let mut rest = inside.trim_start();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=').ok_or_else(Exception::unreadable)?;
        let after = after.trim_start();
        let quote = after
            .chars()
            .next()
            .filter(|quote| matches!(quote, '"' | '\''))
            .ok_or_else(Exception::unreadable)?;
        let (value, after) = after[1..].split_once(quote).ok_or_else(Exception::unreadable)?;
        fields.push((name.trim_end(), value));
        rest = after.trim_start();
    }
    let (names, values): (Vec<_>, Vec<_>) = fields.into_iter().unzip();
    let known = matches!(
        names.as_slice(),
        ["version"]
            | ["version", "encoding"]
            | ["version", "standalone"]
            | ["version", "encoding", "standalone"]
    );
    if !known || values.first() != Some(&"1.0") {
        return Err(Exception::unreadable());
    }
    let encoding = names.iter().zip(&values).find(|(name, _)| **name == "encoding");
    match encoding {
        Some((_, value)) if !value.eq_ignore_ascii_case("utf-8") => Err(Exception::encoding()),
        _ => Ok(()),
    }
}

fn line_ends(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

/// Walks through the markup without a tree: comments and CDATA are copied, tags have their attribute values
/// normalised, and what could carry entities or instructions is refused.
fn normalise(text: &str) -> Result<String, Exception> {
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
            // A document type: entities, defaults for attributes, other names for identifiers.
            return Err(Exception::unreadable());
        } else if rest.starts_with("<?") {
            return Err(Exception::document());
        } else {
            copy_tag(&mut out, rest)?
        };
        rest = &rest[end..];
    }
    out.push_str(rest);
    Ok(out)
}

fn copy_until(out: &mut String, text: &str, end: &str) -> Result<usize, Exception> {
    let end = text.find(end).ok_or_else(Exception::unreadable)? + end.len();
    out.push_str(&text[..end]);
    Ok(end)
}

fn copy_tag(out: &mut String, text: &str) -> Result<usize, Exception> {
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
    Err(Exception::unreadable())
}
