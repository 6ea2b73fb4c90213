//! Which characters may stand where.

/// White space of XML.
pub(crate) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// `Char` of XML 1.0.
pub(crate) const fn is_xml_char(code: u32) -> bool {
    matches!(code, 0x9 | 0xA | 0xD | 0x20..=0xD7FF | 0xE000..=0xFFFD | 0x1_0000..=0x10_FFFF)
}

/// Characters that XML allows and KSeF refuses (the guide, "Weryfikacja XML"; the list is that of the XML
/// specification's note on compatibility characters).
pub(crate) const fn is_discouraged(code: u32) -> bool {
    matches!(code, 0x7F..=0x84 | 0x86..=0x9F | 0xFDD0..=0xFDEF) || (code > 0xFFFF && code & 0xFFFE == 0xFFFE)
}

/// `NameChar` without the colon; `first` asks for `NameStartChar`.
pub(crate) const fn is_name_char(character: char, first: bool) -> bool {
    match character {
        'a'..='z' | 'A'..='Z' | '_' => true,
        '0'..='9' | '-' | '.' => !first,
        '\0'..='\u{7f}' => false,
        '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}' => !first,
        '\u{c0}'..='\u{d6}'
        | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}'
        | '\u{37f}'..='\u{1fff}'
        | '\u{200c}'..='\u{200d}'
        | '\u{2070}'..='\u{218f}'
        | '\u{2c00}'..='\u{2fef}'
        | '\u{3001}'..='\u{d7ff}'
        | '\u{f900}'..='\u{fdcf}'
        | '\u{fdf0}'..='\u{fffd}'
        | '\u{10000}'..='\u{effff}' => true,
        _ => false,
    }
}

/// ASCII letters, digits and underscore: all that names of FA(3) are made of.
pub(super) const fn is_plain_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether a text is an `NCName`: a name without a colon.
pub(crate) fn is_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    let plain = |byte: &u8| is_plain_name_byte(*byte);
    match bytes.first() {
        None => false,
        Some(first) if bytes.iter().all(plain) => !first.is_ascii_digit(),
        Some(_) => {
            let mut characters = text.chars();
            characters.next().is_some_and(|first| is_name_char(first, true))
                && characters.all(|character| is_name_char(character, false))
        }
    }
}

/// The first character that XML does not allow, with its place in bytes.
pub(crate) fn forbidden(text: &str) -> Option<(usize, char)> {
    find(text, |code| !is_xml_char(code))
}

/// The first character that KSeF refuses although XML allows it, with its place in bytes.
pub(crate) fn discouraged(text: &str) -> Option<(usize, char)> {
    find(text, is_discouraged)
}

/// Looks at whole blocks first: invoices are nearly all plain ASCII, and Polish letters are never wanted here.
fn find(text: &str, wanted: impl Fn(u32) -> bool) -> Option<(usize, char)> {
    const BLOCK: usize = 64;
    let bytes = text.as_bytes();
    let mut from = 0;
    while from < bytes.len() {
        let mut to = (from + BLOCK).min(bytes.len());
        // 0xC2 starts U+0080–U+00BF, from 0xEF on stand U+F000 and everything beyond.
        let suspicious = bytes[from..to].iter().fold(false, |found, &byte| {
            found
                | ((byte < 0x20) & (byte != b'\n') & (byte != b'\r') & (byte != b'\t'))
                | (byte == 0x7F)
                | (byte == 0xC2)
                | (byte >= 0xEF)
        });
        if suspicious {
            while !text.is_char_boundary(from) {
                from -= 1;
            }
            while !text.is_char_boundary(to) {
                to += 1;
            }
            let hit = text[from..to].char_indices().find(|&(_, character)| wanted(u32::from(character)));
            if let Some((place, character)) = hit {
                return Some((from + place, character));
            }
        }
        from = to;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn blocks_and_single_characters_agree(text in proptest::collection::vec(
            prop_oneof![
                any::<char>(),
                proptest::char::range('a', 'z'),
                proptest::char::range('\u{70}', '\u{a0}'),
                proptest::char::range('\u{fdc0}', '\u{fe00}'),
                proptest::char::range('\u{1fff0}', '\u{20010}'),
                proptest::char::range('\0', '\u{20}'),
            ], 0..300)) {
            let text: String = text.into_iter().collect();
            let plain = |wanted: fn(u32) -> bool| text.char_indices().find(|&(_, character)| wanted(u32::from(character)));
            prop_assert_eq!(forbidden(&text), plain(|code| !is_xml_char(code)));
            prop_assert_eq!(discouraged(&text), plain(is_discouraged));
        }
    }

    #[test]
    fn the_guides_list() {
        for code in [0x7F, 0x84, 0x86, 0x9F, 0xFDD0, 0xFDEF, 0x1FFFE, 0x1FFFF, 0x10FFFE, 0x10FFFF] {
            assert!(is_discouraged(code), "{code:x}");
        }
        for code in [0x20, 0x7E, 0x85, 0xA0, 0xFDCF, 0xFDF0, 0xFFFD, 0x1FFFD, 0x20000, 0x10FFFD] {
            assert!(!is_discouraged(code), "{code:x}");
        }
    }
}
