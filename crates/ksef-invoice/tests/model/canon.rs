//! What a document says, told apart from how it is written: the measure of "the same infoset".
//!
//! A document becomes a tree of elements (namespace and local name), attributes and texts. Comments, prefixes, CDATA
//! sections, references, processing instructions, white space between elements, and `xsi:` attributes go; a value loses
//! what its type in the schema does not see: white space that the type collapses or replaces, the sign `+`, leading
//! zeros, the sign of zero, and an empty element with a fixed value gets it. Places after a decimal point stay.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::fa3_table::content::{Content, Table};
use super::fa3_table::simple::{Primitive, WhiteSpace};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) text: String,
    pub(crate) children: Vec<Element>,
}

/// The tree with values as their types see them.
pub(crate) fn canonical(document: &str, table: &Table) -> Element {
    let mut root = parse(document);
    normalise(&mut root, table, Content::Complex(table.root.1), None);
    root
}

fn normalise(element: &mut Element, table: &Table, content: Content, fixed: Option<&str>) {
    let simple = match content {
        Content::Simple(simple) => Some(simple),
        Content::Complex(index) => table.complexes[index].text,
    };
    if let Some(simple) = simple {
        if element.text.is_empty() {
            element.text = fixed.unwrap_or_default().to_owned();
        }
        let simple = &table.simples[simple];
        element.text = value(&element.text, simple.white_space, &simple.primitive);
        return;
    }
    let Content::Complex(index) = content else { return };
    assert!(element.text.trim().is_empty(), "text between elements: {:?}", element.text);
    element.text.clear();
    for child in &mut element.children {
        let local = child.name.rsplit('}').next().unwrap();
        let known = table.complexes[index].particles.iter().find(|particle| particle.name == local);
        let particle = known.unwrap_or_else(|| panic!("{local} in {}", element.name));
        normalise(child, table, particle.content, particle.fixed.as_deref());
    }
}

fn value(text: &str, white_space: WhiteSpace, primitive: &Primitive) -> String {
    let text = match white_space {
        WhiteSpace::Preserve => text.to_owned(),
        WhiteSpace::Replace => text.replace(['\t', '\n', '\r'], " "),
        WhiteSpace::Collapse => {
            text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
        }
    };
    match primitive {
        Primitive::Integer | Primitive::Decimal => number(&text),
        _ => text,
    }
}

fn number(text: &str) -> String {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = whole.trim_start_matches('0');
    let is_zero = whole.is_empty() && fraction.chars().all(|digit| digit == '0');
    let sign = if is_zero { "" } else { sign };
    let whole = if whole.is_empty() { "0" } else { whole };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// With namespaces resolved and pieces of text joined.
pub(crate) fn parse(document: &str) -> Element {
    let document = document.strip_prefix('\u{feff}').unwrap_or(document);
    let mut reader = Reader::from_str(document);
    let mut open = vec![element(String::new())];
    let mut bindings: Vec<Vec<(String, String)>> = vec![Vec::new()];
    loop {
        let start = reader.buffer_position() as usize;
        let event = reader.read_event().unwrap();
        let raw = &document[start..reader.buffer_position() as usize];
        match event {
            Event::Start(tag) => open.push(begin(&tag, &mut bindings)),
            Event::Empty(tag) => {
                let child = begin(&tag, &mut bindings);
                bindings.pop();
                open.last_mut().unwrap().children.push(child);
            }
            Event::End(_) => {
                bindings.pop();
                let done = open.pop().unwrap();
                open.last_mut().unwrap().children.push(done);
            }
            Event::Text(_) => open.last_mut().unwrap().text.push_str(&line_ends(raw)),
            Event::CData(_) => {
                let inside = &raw["<![CDATA[".len()..raw.len() - "]]>".len()];
                open.last_mut().unwrap().text.push_str(&line_ends(inside));
            }
            Event::GeneralRef(_) => open.last_mut().unwrap().text.push(reference(&raw[1..raw.len() - 1])),
            Event::Eof => break,
            _ => {}
        }
    }
    open.pop().unwrap().children.into_iter().next().unwrap()
}

fn element(name: String) -> Element {
    Element { name, attributes: Vec::new(), text: String::new(), children: Vec::new() }
}

fn begin(tag: &BytesStart<'_>, bindings: &mut Vec<Vec<(String, String)>>) -> Element {
    let mut bound = Vec::new();
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.unwrap();
        let name = attribute.key.0.to_owned();
        let value = unescaped(&attribute.value);
        match name.strip_prefix("xmlns") {
            Some("") => bound.push((String::new(), value)),
            Some(prefix) if prefix.starts_with(':') => bound.push((prefix[1..].to_owned(), value)),
            _ => attributes.push((name, value)),
        }
    }
    bindings.push(bound);
    let resolve = |prefix: &str| {
        let found = bindings.iter().rev().flatten().find(|(known, _)| known == prefix);
        found.map_or("", |(_, uri)| uri.as_str())
    };
    attributes.retain(|(name, _)| {
        name.split_once(':')
            .is_none_or(|(prefix, _)| resolve(prefix) != "http://www.w3.org/2001/XMLSchema-instance")
    });
    attributes.sort();
    let name = tag.name().0;
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    Element { attributes, ..element(format!("{{{}}}{local}", resolve(prefix))) }
}

fn line_ends(raw: &str) -> String {
    raw.replace("\r\n", "\n").replace('\r', "\n")
}

fn unescaped(raw: &str) -> String {
    let mut out = String::new();
    let mut rest = raw;
    while let Some(place) = rest.find('&') {
        out.push_str(&rest[..place]);
        let end = rest[place..].find(';').unwrap() + place;
        out.push(reference(&rest[place + 1..end]));
        rest = &rest[end + 1..];
    }
    out + rest
}

fn reference(name: &str) -> char {
    match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let digits = name.strip_prefix('#').unwrap();
            let code = match digits.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => digits.parse(),
            };
            char::from_u32(code.unwrap()).unwrap()
        }
    }
}
