//! The document piece by piece.

use super::attributes::{self, Attribute, split_name};
use super::characters::{forbidden, is_name, is_plain_name_byte, is_space, is_xml_char};
use super::namespaces::Namespaces;
use super::pieces::{Kind, Pieces};
use super::{FaultKind, XmlFault};
use crate::structure::NamespaceId;

/// Deeper than any invoice, UPO or signature around one.
const MOST_DEPTH: usize = 64;

/// A name with its namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Name<'a> {
    /// Namespace.
    pub(crate) namespace: NamespaceId,
    /// Prefix; empty for none.
    pub(crate) prefix: &'a str,
    /// Local name.
    pub(crate) local: &'a str,
}

/// What `<?xml …?>` says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Declaration {
    /// `1.0`.
    pub(crate) version: String,
    /// As written.
    pub(crate) encoding: Option<String>,
}

/// A piece. Kept small: what is rare or large stays in the scanner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// An element begins; see [`Scanner::name`] and [`Scanner::attributes`].
    Start,
    /// The innermost element ends.
    End,
    /// Text inside an element, as written: line ends are not normalised.
    Text(&'a str),
    /// A CDATA section inside an element, its content as written.
    CData(&'a str),
    /// A resolved reference inside an element.
    Character(char),
    /// `<?xml …?>`; see [`Scanner::declaration`].
    Declaration,
    /// A processing instruction, its target.
    Instruction(&'a str),
    /// The end of a well-formed document.
    Eof,
}

/// Reads a document; after a fault it must not be asked again.
pub(crate) struct Scanner<'a> {
    text: &'a str,
    pieces: Pieces<'a>,
    /// Bytes before the text that the reader sees.
    base: usize,
    /// Where the last piece starts.
    start: usize,
    /// Where it starts without the white space before it.
    markup: usize,
    /// A piece that waits until the white space before it has been taken.
    pending: Option<Kind>,
    /// Since the last end tag came nothing but comments.
    after_end: bool,
    depth: usize,
    root_seen: bool,
    close_empty: bool,
    has_cdata_end: bool,
    namespaces: Namespaces<'a>,
    attributes: Vec<Attribute<'a>>,
    name: Name<'a>,
    declaration: Declaration,
}

impl<'a> Scanner<'a> {
    /// Starts at the beginning of a text; `base` is added to every place.
    ///
    /// Characters that XML does not allow are looked for at once.
    pub(crate) fn new(text: &'a str, base: usize) -> Result<Self, XmlFault> {
        if let Some((place, character)) = forbidden(text) {
            return Err(FaultKind::Character(u32::from(character)).at(base + place));
        }
        if text.starts_with('\u{feff}') {
            return Err(FaultKind::TextOutside.at(base));
        }
        let has_cdata_end = text.contains("]]>");
        Ok(Self {
            text,
            pieces: Pieces::new(text),
            base,
            start: 0,
            markup: 0,
            pending: None,
            after_end: false,
            depth: 0,
            root_seen: false,
            close_empty: false,
            has_cdata_end,
            namespaces: Namespaces::default(),
            attributes: Vec::new(),
            name: Name { namespace: NamespaceId::None, prefix: "", local: "" },
            declaration: Declaration::default(),
        })
    }

    /// Where the last piece starts, in bytes.
    pub(crate) const fn offset(&self) -> usize {
        self.base + self.start
    }

    /// The name of the element that began last.
    pub(crate) const fn name(&self) -> Name<'a> {
        self.name
    }

    /// What `<?xml …?>` says.
    pub(crate) const fn declaration(&self) -> &Declaration {
        &self.declaration
    }

    /// Attributes of the element that began last, without namespace declarations.
    pub(crate) fn attributes(&self) -> &[Attribute<'a>] {
        &self.attributes
    }

    /// The namespaces in force.
    pub(crate) const fn namespaces(&self) -> &Namespaces<'a> {
        &self.namespaces
    }

    /// The next piece.
    #[inline]
    pub(crate) fn next(&mut self) -> Result<Token<'a>, XmlFault> {
        if self.close_empty {
            self.close_empty = false;
            self.after_end = true;
            self.close();
            return Ok(Token::End);
        }
        loop {
            let kind = match self.pending.take() {
                Some(kind) => kind,
                None => self.read_kind()?,
            };
            if kind != Kind::Text && self.start < self.markup {
                let gap = self.text.get(self.start..self.markup).unwrap_or_default();
                self.start = self.markup;
                // White space before a child, or after one before the end, means nothing to anybody.
                let is_content =
                    self.depth > 0 && !self.after_end && !matches!(kind, Kind::Start | Kind::Empty);
                if is_content {
                    self.pending = Some(kind);
                    return Ok(Token::Text(gap));
                }
            }
            self.after_end = kind == Kind::End || (self.after_end && kind == Kind::Comment);
            match kind {
                Kind::Start => return self.open(),
                Kind::Empty => {
                    self.close_empty = true;
                    return self.open();
                }
                Kind::End => {
                    self.close();
                    return Ok(Token::End);
                }
                Kind::Text => {
                    if let Some(token) = self.text_piece(self.piece())? {
                        return Ok(token);
                    }
                }
                Kind::CData if self.depth == 0 => return Err(self.outside()),
                Kind::CData => {
                    let piece = self.piece();
                    return Ok(Token::CData(&piece["<![CDATA[".len()..piece.len() - "]]>".len()]));
                }
                Kind::Reference if self.depth == 0 => return Err(self.outside()),
                Kind::Reference => {
                    let piece = self.piece();
                    let resolved = character_reference(&piece[1..piece.len() - 1]);
                    return resolved.map(Token::Character).map_err(|fault| fault.at(self.offset()));
                }
                Kind::Comment => {}
                Kind::Declaration => return self.read_declaration(),
                Kind::Instruction => return self.instruction(),
                Kind::DocType => return Err(FaultKind::Dtd.at(self.offset())),
                Kind::Eof if self.depth > 0 || !self.root_seen => {
                    return Err(FaultKind::CutOff.at(self.offset()));
                }
                Kind::Eof => return Ok(Token::Eof),
            }
        }
    }

    /// Finds the next piece. White space before markup belongs to it; `start` is before that.
    fn read_kind(&mut self) -> Result<Kind, XmlFault> {
        let kind = self.pieces.next();
        (self.start, self.markup) = (self.pieces.start(), self.pieces.markup());
        kind.map_err(|broken| self.fault_of(*broken))
    }

    /// The last piece as written.
    fn piece(&self) -> &'a str {
        self.text.get(self.start..self.pieces.end()).unwrap_or_default()
    }

    fn outside(&self) -> XmlFault {
        let kind = if self.root_seen { FaultKind::AfterRoot } else { FaultKind::TextOutside };
        kind.at(self.offset())
    }

    fn text_piece(&self, text: &'a str) -> Result<Option<Token<'a>>, XmlFault> {
        if self.depth == 0 {
            return match text.bytes().position(|byte| !is_space(byte)) {
                None => Ok(None),
                Some(place) => {
                    let mut fault = self.outside();
                    fault.offset += place;
                    Err(fault)
                }
            };
        }
        match if self.has_cdata_end { text.find("]]>") } else { None } {
            Some(place) => Err(FaultKind::Form("]]>").at(self.offset() + place)),
            None => Ok(Some(Token::Text(text))),
        }
    }

    fn open(&mut self) -> Result<Token<'a>, XmlFault> {
        if self.depth == 0 && self.root_seen {
            return Err(FaultKind::AfterRoot.at(self.offset()));
        }
        self.root_seen = true;
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err(FaultKind::TooDeep.at(self.offset()));
        }
        let piece = self.piece();
        let tag = &piece[1..piece.len() - if self.close_empty { 2 } else { 1 }];
        let plain = tag.bytes().take_while(|&byte| is_plain_name_byte(byte)).count();
        let (name_end, prefix, local) = match tag.as_bytes().first() {
            Some(first) if plain == tag.len() && !first.is_ascii_digit() => (plain, "", tag),
            _ => self.split_tag(tag)?,
        };
        let rest = &tag[name_end..];
        self.attributes.clear();
        if !rest.is_empty() {
            attributes::read(rest, self.offset() + 1 + name_end, &mut self.attributes)?;
            self.bind_namespaces()?;
        }
        let namespace = self.resolve(prefix, self.offset() + 1)?;
        self.name = Name { namespace, prefix, local };
        Ok(Token::Start)
    }

    /// The slow way for names with a prefix, attributes or unusual letters: where the name ends, and its parts.
    fn split_tag(&self, tag: &'a str) -> Result<(usize, &'a str, &'a str), XmlFault> {
        let name_end = tag.bytes().position(is_space).unwrap_or(tag.len());
        let (prefix, local) = split_name(&tag[..name_end]).map_err(|fault| fault.at(self.offset() + 1))?;
        Ok((name_end, prefix, local))
    }

    fn close(&mut self) {
        self.namespaces.leave(self.depth);
        self.depth -= 1;
    }

    /// Takes the namespace declarations out of the attributes and checks the prefixes of the others.
    fn bind_namespaces(&mut self) -> Result<(), XmlFault> {
        let (namespaces, depth) = (&mut self.namespaces, self.depth);
        let mut bound = Ok(());
        self.attributes.retain(|attribute| {
            let prefix = match (attribute.prefix, attribute.local) {
                ("", "xmlns") => "",
                ("xmlns", prefix) => prefix,
                _ => return true,
            };
            let binding = namespaces.bind(prefix, attribute.value.clone(), depth, attribute.offset);
            bound = std::mem::replace(&mut bound, Ok(())).and(binding);
            false
        });
        bound?;
        for (index, attribute) in self.attributes.iter().enumerate() {
            if attribute.prefix.is_empty() {
                continue;
            }
            self.resolve(attribute.prefix, attribute.offset)?;
            let uri = self.namespaces.uri(attribute.prefix);
            let same = |known: &Attribute<'_>| {
                known.local == attribute.local
                    && !known.prefix.is_empty()
                    && self.namespaces.uri(known.prefix) == uri
            };
            if self.attributes[..index].iter().any(same) {
                return Err(FaultKind::DoubleAttribute(attribute.local.to_owned()).at(attribute.offset));
            }
        }
        Ok(())
    }

    fn resolve(&self, prefix: &str, at: usize) -> Result<NamespaceId, XmlFault> {
        self.namespaces.resolve(prefix).ok_or_else(|| FaultKind::UnboundPrefix(prefix.to_owned()).at(at))
    }

    fn read_declaration(&mut self) -> Result<Token<'a>, XmlFault> {
        let at = self.offset();
        let malformed = || FaultKind::Form("declaration").at(at);
        if self.start > 0 {
            return Err(malformed());
        }
        let piece = self.piece();
        let mut found = Vec::new();
        attributes::read(&piece["<?xml".len()..piece.len() - "?>".len()], self.offset() + 5, &mut found)?;
        let mut rest = found
            .iter()
            .map(|attribute| (attribute.prefix, attribute.local, attribute.value.as_ref()))
            .peekable();
        let mut take = |name: &str| {
            rest.next_if(|&(prefix, local, _)| prefix.is_empty() && local == name).map(|found| found.2)
        };
        let version = take("version").ok_or_else(malformed)?;
        let encoding = take("encoding");
        let standalone = take("standalone");
        let numbered = version
            .strip_prefix("1.")
            .is_some_and(|minor| !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit()));
        if rest.next().is_some() || !numbered || !matches!(standalone, None | Some("yes" | "no")) {
            return Err(malformed());
        }
        self.declaration = Declaration { version: version.to_owned(), encoding: encoding.map(str::to_owned) };
        Ok(Token::Declaration)
    }

    fn instruction(&self) -> Result<Token<'a>, XmlFault> {
        let piece = self.piece();
        let content = &piece[2..piece.len() - 2];
        let target = content.split([' ', '\t', '\r', '\n']).next().unwrap_or_default();
        if is_name(target) && !target.eq_ignore_ascii_case("xml") {
            Ok(Token::Instruction(target))
        } else {
            Err(FaultKind::Form("instruction").at(self.offset()))
        }
    }

    fn fault_of(&self, (place, kind): (usize, FaultKind)) -> XmlFault {
        kind.at(self.base + place)
    }
}

/// The character that `name` of `&name;` stands for. Only XML's own five names and numbers are known: others
/// would need a DTD.
pub(crate) fn character_reference(name: &str) -> Result<char, FaultKind> {
    let Some(number) = name.strip_prefix('#') else {
        return match name {
            "amp" => Ok('&'),
            "lt" => Ok('<'),
            "gt" => Ok('>'),
            "quot" => Ok('"'),
            "apos" => Ok('\''),
            other if is_name(other) => Err(FaultKind::UnknownEntity(other.to_owned())),
            _ => Err(FaultKind::Form("reference")),
        };
    };
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |hex| (hex, 16));
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return Err(FaultKind::Form("reference"));
    }
    let code = u32::from_str_radix(digits, radix).unwrap_or(u32::MAX);
    char::from_u32(code).filter(|_| is_xml_char(code)).ok_or(FaultKind::Character(code))
}
