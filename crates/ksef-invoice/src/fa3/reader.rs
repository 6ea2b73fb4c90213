//! Reading from XML.

use super::content::{Leaf, Source};
use crate::form;
use crate::structure::NamespaceId;
use crate::summary::Form;
use crate::xml::{Attribute, FaultKind, Lines, Scanner, Token, XmlFault, is_space};

/// Why a document cannot be read into the model, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}, {path}: {fault}")]
pub struct ReadError {
    /// What is wrong.
    pub fault: ReadFault,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// The element, such as `/Faktura/Fa/FaWiersz[3]/P_12`; empty before the root.
    pub path: String,
}

/// What is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadFault {
    /// Not UTF-8.
    #[error("not UTF-8")]
    NotUtf8,
    /// Not well-formed XML.
    #[error("not well-formed XML")]
    NotXml,
    /// A DTD, or an entity that only a DTD could declare.
    #[error("a DTD")]
    Dtd,
    /// Deeper, or with more attributes, than any invoice.
    #[error("deeper or with more attributes than any invoice")]
    Unreasonable,
    /// Another document than FA(3).
    #[error("not an invoice FA(3)")]
    OtherForm(Form),
    /// An element that may not stand here.
    #[error("{0} may not stand here")]
    Unexpected(String),
    /// One of these elements must stand here.
    #[error("{} is missing", .0.join(" or "))]
    Missing(Vec<&'static str>),
    /// A value that is none of its type.
    #[error("not a value of this field: {0:?}")]
    Value(String),
    /// Text between elements.
    #[error("text between elements")]
    TextBetween,
    /// An attribute that is missing, unknown or has another value than it must.
    #[error("attribute {0}")]
    Attribute(String),
}

/// A fault and its place in bytes. Boxed, because it comes once, and its results with every element.
pub(crate) type Fault = Box<(usize, ReadFault)>;

/// What comes next in an element with children.
#[derive(Debug, Clone, Copy)]
enum Next<'a> {
    /// A child of FA(3).
    Child(&'a str),
    /// A child of another namespace.
    Foreign(&'a str),
    /// The end of the element.
    End,
}

/// A cursor on a document.
pub(crate) struct XmlSource<'a> {
    scanner: Scanner<'a>,
    next: Next<'a>,
    /// Open elements with their number among equals (0 where there can be but one).
    open: Vec<(&'static str, usize)>,
    /// Where the innermost element that was entered begins.
    entered: usize,
    /// Attributes of the entered element that were asked for.
    attributes: usize,
    joined: String,
}

impl<'a> XmlSource<'a> {
    /// Stands before the root element, which must be FA(3)'s.
    pub(crate) fn new(text: &'a str, base: usize) -> Result<Self, Fault> {
        let scanner = Scanner::new(text, base).map_err(fault)?;
        let mut source = Self {
            scanner,
            next: Next::End,
            open: Vec::with_capacity(12),
            entered: 0,
            attributes: 0,
            joined: String::new(),
        };
        source.advance()?;
        if matches!(source.next, Next::Child("Faktura")) {
            return Ok(source);
        }
        let name = source.scanner.name();
        let found = form::of_root(name.local, source.scanner.namespaces().uri(name.prefix));
        Err(source.here(ReadFault::OtherForm(found)))
    }

    /// Reads on to the end of the document.
    pub(crate) fn finish(&mut self) -> Result<(), Fault> {
        while self.scanner.next().map_err(fault)? != Token::Eof {}
        Ok(())
    }

    /// The open elements as a path.
    pub(crate) fn path(&self) -> String {
        let mut out = String::new();
        for (name, number) in &self.open {
            out.push('/');
            out.push_str(name);
            if *number > 0 {
                out.push_str(&format!("[{number}]"));
            }
        }
        out
    }

    fn here(&self, fault: ReadFault) -> Fault {
        Box::new((self.scanner.offset(), fault))
    }

    /// Finds the next child or the end.
    fn advance(&mut self) -> Result<(), Fault> {
        loop {
            match self.scanner.next().map_err(fault)? {
                Token::Start => {
                    let name = self.scanner.name();
                    self.next = match name.namespace {
                        NamespaceId::Fa3 => Next::Child(name.local),
                        _ => Next::Foreign(name.local),
                    };
                    return Ok(());
                }
                Token::End | Token::Eof => {
                    self.next = Next::End;
                    return Ok(());
                }
                Token::Text(text) if text.bytes().all(is_space) => {}
                Token::Character(character) if character.is_ascii_whitespace() => {}
                Token::Text(_) | Token::CData(_) | Token::Character(_) => {
                    return Err(self.here(ReadFault::TextBetween));
                }
                Token::Declaration | Token::Instruction(_) => {}
            }
        }
    }

    /// Leaves the innermost element, whose end was seen.
    fn pop(&mut self) -> Result<(), Fault> {
        self.open.pop();
        if self.open.is_empty() {
            return Ok(());
        }
        self.advance()
    }

    /// No attributes but those that were asked for, and XML Schema's own.
    fn check_attributes(&self) -> Result<(), Fault> {
        let attributes = self.scanner.attributes();
        if attributes.len() == self.attributes {
            return Ok(());
        }
        let mut plain = 0;
        for attribute in attributes {
            if attribute.prefix.is_empty() {
                plain += 1;
            } else if !self.is_harmless(attribute) {
                return Err(self.attribute_fault(attribute.local));
            }
        }
        if plain == self.attributes {
            return Ok(());
        }
        let name = attributes.iter().find(|attribute| attribute.prefix.is_empty());
        Err(self.attribute_fault(name.map_or("", |attribute| attribute.local)))
    }

    /// `xsi:type`, which says nothing that the model does not know, and hints where a schema is.
    fn is_harmless(&self, attribute: &Attribute<'_>) -> bool {
        self.scanner.namespaces().resolve(attribute.prefix) == Some(NamespaceId::Xsi)
            && matches!(attribute.local, "type" | "schemaLocation" | "noNamespaceSchemaLocation")
    }

    fn attribute_fault(&self, name: &str) -> Fault {
        Box::new((self.entered, ReadFault::Attribute(shortened(name))))
    }

    fn plain_attribute(&self, name: &str) -> Result<&str, Fault> {
        self.scanner
            .attributes()
            .iter()
            .find(|attribute| attribute.prefix.is_empty() && attribute.local == name)
            .map(|attribute| attribute.value.as_ref())
            .ok_or_else(|| self.attribute_fault(name))
    }

    /// The text up to the end of the innermost element: mostly one piece, which is not copied.
    fn text(&mut self) -> Result<Option<&'a str>, Fault> {
        self.joined.clear();
        let mut first = None;
        loop {
            match self.scanner.next().map_err(fault)? {
                Token::End => return Ok(if self.joined.is_empty() { first } else { None }),
                Token::Text(piece) | Token::CData(piece) => {
                    if first.is_none() && !piece.as_bytes().contains(&b'\r') {
                        first = Some(piece);
                    } else {
                        self.join(&mut first);
                        push_lines(&mut self.joined, piece);
                    }
                }
                Token::Character(character) => {
                    self.join(&mut first);
                    self.joined.push(character);
                }
                Token::Start => {
                    let name = shortened(self.scanner.name().local);
                    return Err(self.here(ReadFault::Unexpected(name)));
                }
                Token::Declaration | Token::Instruction(_) => {}
                Token::Eof => return Err(self.here(ReadFault::NotXml)),
            }
        }
    }

    /// Moves the first piece to the joined ones.
    fn join(&mut self, first: &mut Option<&'a str>) {
        if self.joined.is_empty() {
            self.joined.push_str(first.unwrap_or_default());
        }
        *first = Some("");
    }
}

/// Line ends as XML asks: CR LF and a lone CR are one LF.
pub(crate) fn push_lines(joined: &mut String, piece: &str) {
    let mut pieces = piece.split('\r');
    joined.push_str(pieces.next().unwrap_or_default());
    for after in pieces {
        joined.push('\n');
        joined.push_str(after.strip_prefix('\n').unwrap_or(after));
    }
}

impl Source for XmlSource<'_> {
    type Error = Fault;

    fn at(&self, element: &str) -> bool {
        matches!(self.next, Next::Child(name) if name == element)
    }

    fn enter(&mut self, element: &'static str, number: usize) -> Result<(), Fault> {
        if !self.at(element) {
            return Err(self.missing(&[element]));
        }
        self.open.push((element, number));
        self.entered = self.scanner.offset();
        self.attributes = 0;
        Ok(())
    }

    fn fixed_attributes(&mut self, attributes: &[(&'static str, &'static str)]) -> Result<(), Fault> {
        for (name, value) in attributes {
            if self.plain_attribute(name)? != *value {
                return Err(self.attribute_fault(name));
            }
        }
        self.attributes += attributes.len();
        Ok(())
    }

    fn attribute<T: Leaf>(&mut self, name: &'static str) -> Result<T, Fault> {
        let value = T::parse(self.plain_attribute(name)?).ok_or_else(|| self.attribute_fault(name))?;
        self.attributes += 1;
        Ok(value)
    }

    fn children(&mut self) -> Result<(), Fault> {
        self.check_attributes()?;
        self.advance()
    }

    fn leave(&mut self) -> Result<(), Fault> {
        match self.next {
            Next::End => self.pop(),
            Next::Child(name) | Next::Foreign(name) => Err(self.here(ReadFault::Unexpected(shortened(name)))),
        }
    }

    fn leaf<T: Leaf>(&mut self) -> Result<T, Fault> {
        self.check_attributes()?;
        let whole = self.text()?;
        let text = whole.unwrap_or(&self.joined);
        let value =
            T::parse(text).ok_or_else(|| Box::new((self.entered, ReadFault::Value(shortened(text)))))?;
        self.pop()?;
        Ok(value)
    }

    fn missing(&self, elements: &[&'static str]) -> Fault {
        self.here(match self.next {
            Next::Foreign(name) => ReadFault::Unexpected(shortened(name)),
            _ => ReadFault::Missing(elements.to_vec()),
        })
    }
}

#[expect(clippy::boxed_local, reason = "the scanner's faults come boxed")]
fn fault(xml: XmlFault) -> Fault {
    Box::new((xml.offset, read_fault(&xml.kind)))
}

/// What a fault of XML is to a reader.
pub(crate) const fn read_fault(kind: &FaultKind) -> ReadFault {
    match kind {
        FaultKind::Dtd | FaultKind::UnknownEntity(_) => ReadFault::Dtd,
        FaultKind::TooDeep | FaultKind::TooManyAttributes => ReadFault::Unreasonable,
        _ => ReadFault::NotXml,
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(200).collect()
}

/// Gives a fault its place as people count it.
#[cold]
pub(crate) fn error_at(bytes: &[u8], offset: usize, fault: ReadFault, path: String) -> ReadError {
    let (line, column) = Lines::new(bytes).locate(offset);
    ReadError { fault, line, column, path }
}
