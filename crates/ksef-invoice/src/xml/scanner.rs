//! The document piece by piece.

use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::{BytesStart, Event};

use super::attributes::{self, Attribute, split_name};
use super::characters::{forbidden, is_name, is_space, is_xml_char};
use super::namespaces::Namespaces;
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Declaration {
    /// `1.0`.
    pub(crate) version: String,
    /// As written.
    pub(crate) encoding: Option<String>,
}

/// A piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// An element begins; its attributes are in [`Scanner::attributes`].
    Start(Name<'a>),
    /// The innermost element ends.
    End,
    /// Text inside an element, as written: line ends are not normalised.
    Text(&'a str),
    /// A CDATA section inside an element, its content as written.
    CData(&'a str),
    /// A resolved reference inside an element.
    Character(char),
    /// `<?xml …?>`.
    Declaration(Declaration),
    /// A processing instruction, its target.
    Instruction(&'a str),
    /// The end of a well-formed document.
    Eof,
}

/// Reads a document; after a fault it must not be asked again.
pub(crate) struct Scanner<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Bytes before the text that the reader sees.
    base: usize,
    start: usize,
    depth: usize,
    root_seen: bool,
    close_empty: bool,
    has_cdata_end: bool,
    namespaces: Namespaces<'a>,
    attributes: Vec<Attribute<'a>>,
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
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_comments = true;
        let has_cdata_end = text.contains("]]>");
        Ok(Self {
            text,
            reader,
            base,
            start: 0,
            depth: 0,
            root_seen: false,
            close_empty: false,
            has_cdata_end,
            namespaces: Namespaces::default(),
            attributes: Vec::new(),
        })
    }

    /// Where the last piece starts, in bytes.
    pub(crate) const fn offset(&self) -> usize {
        self.base + self.start
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
    pub(crate) fn next(&mut self) -> Result<Token<'a>, XmlFault> {
        if self.close_empty {
            self.close_empty = false;
            self.close();
            return Ok(Token::End);
        }
        loop {
            self.start = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => return Err(self.fault_of(&error)),
            };
            match event {
                Event::Start(tag) => return self.open(&tag).map(Token::Start),
                Event::Empty(tag) => {
                    self.close_empty = true;
                    return self.open(&tag).map(Token::Start);
                }
                Event::End(_) => {
                    self.close();
                    return Ok(Token::End);
                }
                Event::Text(_) => {
                    if let Some(token) = self.text_piece(self.piece())? {
                        return Ok(token);
                    }
                }
                Event::CData(_) if self.depth == 0 => return Err(self.outside()),
                Event::CData(_) => {
                    let piece = self.piece();
                    return Ok(Token::CData(&piece["<![CDATA[".len()..piece.len() - "]]>".len()]));
                }
                Event::GeneralRef(_) if self.depth == 0 => return Err(self.outside()),
                Event::GeneralRef(_) => {
                    let piece = self.piece();
                    let resolved = character_reference(&piece[1..piece.len() - 1]);
                    return resolved.map(Token::Character).map_err(|fault| fault.at(self.offset()));
                }
                Event::Comment(_) => {}
                Event::Decl(_) => return self.declaration(),
                Event::PI(_) => return self.instruction(),
                Event::DocType(_) => return Err(FaultKind::Dtd.at(self.offset())),
                Event::Eof if self.depth > 0 || !self.root_seen => return Err(FaultKind::CutOff.at(self.offset())),
                Event::Eof => return Ok(Token::Eof),
            }
        }
    }

    /// The last piece as written.
    fn piece(&self) -> &'a str {
        let end = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        self.text.get(self.start..end).unwrap_or_default()
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
                    let fault = self.outside();
                    Err(XmlFault { offset: fault.offset + place, ..fault })
                }
            };
        }
        match if self.has_cdata_end { text.find("]]>") } else { None } {
            Some(place) => Err(FaultKind::Form("]]>").at(self.offset() + place)),
            None => Ok(Some(Token::Text(text))),
        }
    }

    fn open(&mut self, _tag: &BytesStart<'_>) -> Result<Name<'a>, XmlFault> {
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
        let name_end = tag.bytes().position(is_space).unwrap_or(tag.len());
        let (raw, rest) = tag.split_at(name_end);
        let (prefix, local) = split_name(raw).map_err(|fault| fault.at(self.offset() + 1))?;
        self.attributes.clear();
        if !rest.is_empty() {
            attributes::read(rest, self.offset() + 1 + name_end, &mut self.attributes)?;
            self.bind_namespaces()?;
        }
        let namespace = self.resolve(prefix, self.offset() + 1)?;
        Ok(Name { namespace, prefix, local })
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
                known.local == attribute.local && !known.prefix.is_empty() && self.namespaces.uri(known.prefix) == uri
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

    fn declaration(&self) -> Result<Token<'a>, XmlFault> {
        let malformed = || FaultKind::Form("declaration").at(self.offset());
        if self.start > 0 {
            return Err(malformed());
        }
        let piece = self.piece();
        let mut found = Vec::new();
        attributes::read(&piece["<?xml".len()..piece.len() - "?>".len()], self.offset() + 5, &mut found)?;
        let mut rest = found.iter().map(|attribute| (attribute.prefix, attribute.local, attribute.value.as_ref())).peekable();
        let mut take = |name: &str| rest.next_if(|&(prefix, local, _)| prefix.is_empty() && local == name).map(|found| found.2);
        let version = take("version").ok_or_else(malformed)?;
        let encoding = take("encoding");
        let standalone = take("standalone");
        let numbered = version.strip_prefix("1.").is_some_and(|minor| !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit()));
        if rest.next().is_some() || !numbered || !matches!(standalone, None | Some("yes" | "no")) {
            return Err(malformed());
        }
        Ok(Token::Declaration(Declaration { version: version.to_owned(), encoding: encoding.map(str::to_owned) }))
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

    fn fault_of(&self, error: &Error) -> XmlFault {
        let at = usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX);
        let at = self.base + at.min(self.text.len());
        match error {
            Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
                FaultKind::EndTag { expected: Some(expected.clone()), found: found.clone() }.at(at)
            }
            Error::IllFormed(IllFormedError::UnmatchedEndTag(found)) => {
                FaultKind::EndTag { expected: None, found: found.clone() }.at(at)
            }
            Error::IllFormed(IllFormedError::DoubleHyphenInComment) => FaultKind::Form("comment").at(at),
            Error::IllFormed(IllFormedError::UnclosedReference) => FaultKind::Form("reference").at(at),
            // A DTD that is not even closed is a DTD all the same.
            _ if self.text.get(self.start..self.start + 9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype")) => {
                FaultKind::Dtd.at(self.offset())
            }
            Error::Syntax(_) => FaultKind::CutOff.at(at),
            _ => FaultKind::Form("markup").at(at),
        }
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
