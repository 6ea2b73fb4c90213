//! What the tables are made of.

/// The namespaces that the schema or XML itself knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NamespaceId {
    /// No namespace.
    None,
    /// FA(3).
    Fa3,
    /// The ministry's base types.
    Etd,
    /// XML Schema.
    Xsd,
    /// XML Schema instance: `xsi:type` and its like.
    Xsi,
    /// The prefix `xml`.
    Xml,
    /// Any other.
    Other,
}

/// A named type.
pub(crate) type TypeName = Option<(NamespaceId, &'static str)>;

/// A complex type: an automaton over its particles.
#[derive(Debug)]
pub(crate) struct Complex {
    /// Its name, for `xsi:type`.
    pub(crate) name: TypeName,
    /// Particles that may stand first, as bits.
    pub(crate) start: u128,
    /// No child at all is fine.
    pub(crate) may_be_empty: bool,
    /// Index of the simple type of its text; `None` for children only.
    pub(crate) text: Option<u16>,
    /// Attributes.
    pub(crate) attributes: &'static [Attribute],
    /// Elements in the order of the schema.
    pub(crate) particles: &'static [Particle],
}

/// An element where it may stand.
#[derive(Debug)]
pub(crate) struct Particle {
    /// Local name; the namespace is always that of FA(3).
    pub(crate) name: &'static str,
    /// The beginning of the name as a number: most names differ there, so that few need be compared as a whole.
    pub(crate) key: u64,
    /// Its type.
    pub(crate) content: Content,
    /// How often it may be repeated in place.
    pub(crate) most: u32,
    /// Particles that may follow it, as bits.
    pub(crate) next: u128,
    /// It may stand last.
    pub(crate) last: bool,
    /// The only value, taken also when the element is empty.
    pub(crate) fixed: Option<&'static str>,
}

/// The first eight bytes of a name as a number.
pub(crate) const fn key(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let mut key = 0;
    let mut index = 0;
    while index < 8 && index < bytes.len() {
        key = key << 8 | bytes[index] as u64;
        index += 1;
    }
    key
}

/// Index of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// In the table of simple types.
    Simple(u16),
    /// In the table of complex types.
    Complex(u16),
}

/// An attribute without a namespace.
#[derive(Debug)]
pub(crate) struct Attribute {
    /// Name.
    pub(crate) name: &'static str,
    /// Index of its simple type.
    pub(crate) simple: u16,
    /// It must be there.
    pub(crate) required: bool,
    /// The only value.
    pub(crate) fixed: Option<&'static str>,
}

/// How white space is treated before a value is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WhiteSpace {
    /// It stays.
    Preserve,
    /// Each tab and line end becomes a space.
    Replace,
    /// And runs become one, and none is left at the ends.
    Collapse,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Primitive {
    /// Text.
    Text,
    /// A decimal number.
    Decimal,
    /// A whole number.
    Integer,
    /// A day.
    Date,
    /// A moment.
    DateTime,
    /// One of these simple types.
    Union(&'static [u16]),
}

/// A simple type with the facets of its bases.
#[derive(Debug)]
pub(crate) struct Simple {
    /// Its name, for `xsi:type` and messages.
    pub(crate) name: TypeName,
    /// Index of the type that it restricts.
    pub(crate) base: Option<u16>,
    /// What a value is.
    pub(crate) primitive: Primitive,
    /// White space.
    pub(crate) white_space: WhiteSpace,
    /// In characters.
    pub(crate) min_length: u32,
    /// In characters.
    pub(crate) max_length: Option<u32>,
    /// Digits of a number.
    pub(crate) total_digits: Option<u32>,
    /// Digits after the point.
    pub(crate) fraction_digits: Option<u32>,
    /// Number, `YYYYMMDD`, or seconds since 1970.
    pub(crate) min: Option<i128>,
    /// The least value itself is not allowed.
    pub(crate) min_is_exclusive: bool,
    /// Number, `YYYYMMDD`, or seconds since 1970.
    pub(crate) max: Option<i128>,
    /// Indexes of patterns; each must match.
    pub(crate) patterns: &'static [u16],
    /// The allowed values; empty for no list. Over [`LONG_LIST`] of them are sorted.
    pub(crate) values: &'static [&'static str],
    /// The same as numbers, for numbers.
    pub(crate) numbers: &'static [i64],
}

/// Longer lists of values are sorted.
pub(crate) const LONG_LIST: usize = 20;

/// A pattern as a deterministic automaton; state 0 is dead, 1 the start.
#[derive(Debug)]
pub(crate) struct Pattern {
    /// Number of classes.
    pub(crate) width: u8,
    /// Class of each ASCII character, of another decimal digit, of any other character.
    pub(crate) classes: &'static [u8; 130],
    /// Next state by state and class.
    pub(crate) next: &'static [u8],
    /// Which states accept, 0 or 1.
    pub(crate) accepting: &'static [u8],
}

impl Pattern {
    /// Whether the whole text matches.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let width = usize::from(self.width);
        let mut state = 1_usize;
        if text.is_ascii() {
            for &byte in text.as_bytes() {
                state = usize::from(self.next[state * width + usize::from(self.classes[usize::from(byte)])]);
            }
            return self.accepting[state] == 1;
        }
        for character in text.chars() {
            let symbol = match u32::from(character) {
                ascii @ 0..128 => ascii as usize,
                _ if is_other_digit(character) => 128,
                _ => 129,
            };
            state = usize::from(self.next[state * width + usize::from(self.classes[symbol])]);
            if state == 0 {
                return false;
            }
        }
        self.accepting[state] == 1
    }
}

/// Decimal digits beyond ASCII (category Nd), as XML Schema's `\d` of Unicode 4.0 has them.
fn is_other_digit(character: char) -> bool {
    const STARTS: [u32; 18] = [
        0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040,
        0x17e0, 0x1810, 0xff10, 0x104a0,
    ];
    let code = u32::from(character);
    STARTS.iter().any(|&start| (start..start + 10).contains(&code))
        || matches!(code, 0xbe7..=0xbef | 0x1369..=0x1371 | 0x1946..=0x194f | 0x1d7ce..=0x1d7ff)
}
