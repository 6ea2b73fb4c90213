//! As much of DER as is needed to write names, requests and encrypted keys.

const INTEGER: u8 = 0x02;
const OCTET_STRING: u8 = 0x04;
const NULL: u8 = 0x05;
const OBJECT_IDENTIFIER: u8 = 0x06;
const UTF8_STRING: u8 = 0x0C;
const PRINTABLE_STRING: u8 = 0x13;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const CONTEXT: u8 = 0xA0;

/// An element with this tag and content.
pub(crate) fn with_tag(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut element = vec![tag];
    match u8::try_from(content.len()) {
        Ok(short @ 0..=0x7F) => element.push(short),
        _ => {
            let bytes = content.len().to_be_bytes();
            let digits: Vec<u8> = bytes.into_iter().skip_while(|&byte| byte == 0).collect();
            element.push(0x80 | u8::try_from(digits.len()).unwrap_or(0x7F));
            element.extend(digits);
        }
    }
    element.extend_from_slice(content);
    element
}

pub(crate) fn sequence(elements: &[Vec<u8>]) -> Vec<u8> {
    with_tag(SEQUENCE, &elements.concat())
}

/// A set of one element; several would have to be sorted.
pub(crate) fn set(element: &[Vec<u8>; 1]) -> Vec<u8> {
    with_tag(SET, &element.concat())
}

/// `[number]`, constructed.
pub(crate) fn context(number: u8, elements: &[Vec<u8>]) -> Vec<u8> {
    with_tag(CONTEXT | number, &elements.concat())
}

pub(crate) fn integer(number: u32) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    let mut digits: Vec<u8> = bytes.into_iter().skip_while(|&byte| byte == 0).collect();
    // A first bit that is set would mean a negative number.
    if digits.first().is_none_or(|first| first & 0x80 != 0) {
        digits.insert(0, 0);
    }
    with_tag(INTEGER, &digits)
}

pub(crate) fn octets(bytes: &[u8]) -> Vec<u8> {
    with_tag(OCTET_STRING, bytes)
}

pub(crate) fn null() -> Vec<u8> {
    vec![NULL, 0]
}

/// From the dotted form; a piece that is no number counts as 0.
pub(crate) fn object_identifier(dotted: &str) -> Vec<u8> {
    let arcs: Vec<u64> = dotted.split('.').map(|arc| arc.parse().unwrap_or_default()).collect();
    let (first, rest) = arcs.split_at(arcs.len().min(2));
    let top = first.iter().fold(0, |sum, arc| sum * 40 + arc);
    let content: Vec<u8> = [top].iter().chain(rest).flat_map(|&arc| base_128(arc)).collect();
    with_tag(OBJECT_IDENTIFIER, &content)
}

fn base_128(arc: u64) -> Vec<u8> {
    let mut digits = vec![u8::try_from(arc & 0x7F).unwrap_or_default()];
    let mut rest = arc >> 7;
    while rest > 0 {
        digits.insert(0, 0x80 | u8::try_from(rest & 0x7F).unwrap_or_default());
        rest >>= 7;
    }
    digits
}

pub(crate) fn utf8(value: &str) -> Vec<u8> {
    with_tag(UTF8_STRING, value.as_bytes())
}

/// PrintableString where its small alphabet is enough, else UTF8String.
pub(crate) fn text(value: &str) -> Vec<u8> {
    let printable = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&byte));
    if printable { with_tag(PRINTABLE_STRING, value.as_bytes()) } else { utf8(value) }
}

#[cfg(test)]
mod tests {
    use super::super::der::{Reader, tag};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn by_hand() {
        assert_eq!(object_identifier("2.5.4.97"), [6, 3, 0x55, 4, 0x61]);
        assert_eq!(
            object_identifier("1.2.840.113549.1.5.13"),
            [6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 5, 0x0D]
        );
        assert_eq!(integer(0), [2, 1, 0]);
        assert_eq!(integer(128), [2, 2, 0, 128]);
        assert_eq!(integer(600_000), [2, 3, 9, 39, 192]);
        assert_eq!(text("PL"), [0x13, 2, b'P', b'L']);
        assert_eq!(text("P_L")[0], 0x0C);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(number: u32, bytes in proptest::collection::vec(any::<u8>(), 0..70_000)) {
            let written = sequence(&[integer(number), octets(&bytes)]);
            let mut inside = Reader::new(&written).expect(tag::SEQUENCE).unwrap().inside();
            prop_assert_eq!(inside.next().unwrap().number(), Some(u64::from(number)));
            prop_assert_eq!(inside.expect(tag::OCTET_STRING).unwrap().content, bytes.as_slice());
            prop_assert!(inside.is_empty());
        }
    }
}
