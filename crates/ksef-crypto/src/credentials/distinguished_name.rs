//! Names of owners and issuers: read from DER, written by RFC 2253.

use super::der::{Element, Reader, tag};

/// An attribute of a name, by its object identifier.
pub(super) struct Attribute;

impl Attribute {
    pub(super) const COMMON_NAME: &'static str = "2.5.4.3";
    pub(super) const SURNAME: &'static str = "2.5.4.4";
    pub(super) const SERIAL_NUMBER: &'static str = "2.5.4.5";
    pub(super) const ORGANIZATION: &'static str = "2.5.4.10";
    pub(super) const GIVEN_NAME: &'static str = "2.5.4.42";
    pub(super) const ORGANIZATION_IDENTIFIER: &'static str = "2.5.4.97";
}

/// The names that RFC 2253, section 2.3, gives to attributes; every other one is written with dots.
const SHORT_NAMES: [(&str, &str); 9] = [
    ("2.5.4.3", "CN"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("2.5.4.6", "C"),
    ("2.5.4.9", "STREET"),
    ("0.9.2342.19200300.100.1.25", "DC"),
    ("0.9.2342.19200300.100.1.1", "UID"),
];

#[derive(Clone)]
struct Pair {
    attribute: String,
    /// `None` for a value that is no text.
    text: Option<String>,
    /// The value with its tag, as it stands in the certificate.
    value: Vec<u8>,
}

/// A name: groups of attributes in the order of the certificate, the broadest first.
#[derive(Clone)]
pub(crate) struct DistinguishedName(Vec<Vec<Pair>>);

impl DistinguishedName {
    pub(crate) fn from_der(der: &[u8]) -> Option<Self> {
        let mut outer = Reader::new(der);
        let mut sets = outer.expect(tag::SEQUENCE)?.inside();
        let mut groups = Vec::new();
        while !sets.is_empty() {
            let mut members = sets.expect(tag::SET)?.inside();
            let mut group = Vec::new();
            while !members.is_empty() {
                group.push(Pair::read(&members.expect(tag::SEQUENCE)?)?);
            }
            groups.push(group);
        }
        outer.is_empty().then_some(Self(groups))
    }

    /// The text of the first attribute of this kind, trimmed; `None` where it is missing or empty.
    pub(crate) fn first(&self, attribute: &str) -> Option<String> {
        self.texts(attribute).find(|text| !text.is_empty())
    }

    /// The texts of all attributes of this kind.
    pub(crate) fn texts<'a>(&'a self, attribute: &'a str) -> impl Iterator<Item = String> + 'a {
        self.0
            .iter()
            .flatten()
            .filter(move |pair| pair.attribute == attribute)
            .filter_map(|pair| pair.text.as_deref().map(|text| text.trim().to_owned()))
    }

    /// RFC 2253: the last group first, commas between groups, plus signs inside one.
    pub(super) fn rfc2253(&self) -> String {
        let groups = self.0.iter().rev();
        groups
            .map(|group| group.iter().map(Pair::rfc2253).collect::<Vec<_>>().join("+"))
            .collect::<Vec<_>>()
            .join(",")
    }
}

impl Pair {
    fn read(pair: &Element<'_>) -> Option<Self> {
        let mut inside = pair.inside();
        let attribute = inside.next()?.object_identifier()?;
        let value = inside.next()?;
        Some(Self { attribute, text: text_of(&value), value: value.whole.to_vec() })
    }

    fn rfc2253(&self) -> String {
        let short = SHORT_NAMES.iter().find(|(identifier, _)| *identifier == self.attribute);
        match (short, &self.text) {
            (Some((_, name)), Some(text)) => format!("{name}={}", escape(text)),
            (Some((_, name)), None) => format!("{name}=#{}", hex::encode(&self.value)),
            // Section 2.4: a value under a dotted name is the hex of its encoding.
            (None, _) => format!("{}=#{}", self.attribute, hex::encode(&self.value)),
        }
    }
}

fn text_of(value: &Element<'_>) -> Option<String> {
    const UTF8: u8 = 0x0C;
    const NUMERIC: u8 = 0x12;
    const PRINTABLE: u8 = 0x13;
    const T61: u8 = 0x14;
    const IA5: u8 = 0x16;
    const UNIVERSAL: u8 = 0x1C;
    const BMP: u8 = 0x1E;
    match value.tag {
        UTF8 => std::str::from_utf8(value.content).ok().map(str::to_owned),
        NUMERIC | PRINTABLE | IA5 if value.content.is_ascii() => {
            std::str::from_utf8(value.content).ok().map(str::to_owned)
        }
        // In practice Latin-1, in which every byte is the character of that number.
        T61 => Some(value.content.iter().map(|&byte| char::from(byte)).collect()),
        BMP if value.content.len().is_multiple_of(2) => {
            let units = value.content.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).collect::<Result<String, _>>().ok()
        }
        UNIVERSAL if value.content.len().is_multiple_of(4) => value
            .content
            .chunks_exact(4)
            .map(|four| char::from_u32(u32::from_be_bytes([four[0], four[1], four[2], four[3]])))
            .collect(),
        _ => None,
    }
}

/// RFC 2253, section 2.4. What XML cannot hold is written as hex pairs too, which the same section allows.
fn escape(text: &str) -> String {
    let last = text.chars().count().saturating_sub(1);
    let mut escaped = String::with_capacity(text.len());
    for (place, character) in text.chars().enumerate() {
        let outer_space = character == ' ' && (place == 0 || place == last);
        match character {
            ',' | '+' | '"' | '\\' | '<' | '>' | ';' => escaped.extend(['\\', character]),
            '#' if place == 0 => escaped.push_str("\\#"),
            ' ' if outer_space => escaped.push_str("\\ "),
            other if needs_hex(other) => {
                let mut buffer = [0; 4];
                let bytes = other.encode_utf8(&mut buffer).bytes();
                escaped.extend(bytes.map(|byte| format!("\\{byte:02X}")));
            }
            other => escaped.push(other),
        }
    }
    escaped
}

const fn needs_hex(character: char) -> bool {
    matches!(character, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(pairs: &[(&[u8], u8, &[u8])]) -> DistinguishedName {
        let element = |tag: u8, content: &[u8]| {
            let mut whole = vec![tag, u8::try_from(content.len()).unwrap()];
            whole.extend_from_slice(content);
            whole
        };
        let sets: Vec<u8> = pairs
            .iter()
            .flat_map(|(identifier, tag, value)| {
                let pair = [element(6, identifier), element(*tag, value)].concat();
                element(0x31, &element(0x30, &pair))
            })
            .collect();
        DistinguishedName::from_der(&element(0x30, &sets)).unwrap()
    }

    const CN: &[u8] = &[0x55, 4, 3];

    #[test]
    fn last_first_and_unknown_ones_with_dots() {
        let issuer =
            name(&[(&[0x55, 4, 6], 0x13, b"PL"), (CN, 0x0C, b"CCK MF"), (&[0x55, 4, 0x61], 0x0C, b"VATPL")]);
        assert_eq!(issuer.rfc2253(), "2.5.4.97=#0c05564154504c,CN=CCK MF,C=PL");
    }

    #[test]
    fn special_characters() {
        let written = |text: &str| name(&[(CN, 0x0C, text.as_bytes())]).rfc2253();
        assert_eq!(written(r#"a,b+c"d\e<f>g;h"#), r#"CN=a\,b\+c\"d\\e\<f\>g\;h"#);
        assert_eq!(written(" a b "), r"CN=\ a b\ ");
        assert_eq!(written("#1#"), r"CN=\#1#");
        assert_eq!(written("a\rb\u{ffff}"), r"CN=a\0Db\EF\BF\BF");
        assert_eq!(written("Żółć & S-ka"), "CN=Żółć & S-ka");
    }

    #[test]
    fn old_kinds_of_text() {
        assert_eq!(
            name(&[(CN, 0x1E, &[1, 0x7B, 0, b'a'])]).first(Attribute::COMMON_NAME).as_deref(),
            Some("Ża")
        );
        assert_eq!(name(&[(CN, 0x14, &[0xF3])]).first(Attribute::COMMON_NAME).as_deref(), Some("ó"));
        assert_eq!(name(&[(CN, 0x05, &[])]).rfc2253(), "CN=#0500");
    }
}
