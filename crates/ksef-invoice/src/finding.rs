use std::fmt;

use serde::Serialize;

use crate::messages;
use crate::structure::{Path, Simple, ValueFault};
use crate::summary::Form;
use crate::xml::{FaultKind, Lines};

/// Whether a finding stops sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look; the document can be sent.
    Warning,
    /// KSeF would refuse the document: it is not sent.
    Error,
}

/// Where in the document something was found.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Path of elements such as `/Faktura/Fa/FaWiersz[3]/P_12`; empty outside the root element.
    pub path: String,
}

/// What kind of thing was found. The interface branches on it; people read the messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum FindingCode {
    /// Not one byte.
    Empty,
    /// Larger than KSeF takes.
    TooLarge,
    /// Not XML at all: text, HTML, PDF, an archive, a picture ...
    NotXml,
    /// XML, but not well-formed.
    NotWellFormed,
    /// Starts with a byte order mark.
    Bom,
    /// Declares another encoding than UTF-8, or is written in UTF-16 or UTF-32.
    Encoding,
    /// Bytes that are no UTF-8.
    NotUtf8,
    /// Declares another version of XML than 1.0.
    XmlVersion,
    /// A DTD.
    Dtd,
    /// An entity other than XML's own five.
    Entity,
    /// A processing instruction.
    ProcessingInstruction,
    /// A character that XML does not allow.
    ForbiddenCharacter,
    /// A character that XML allows and KSeF does not.
    DiscouragedCharacter,
    /// Deeper, or with more attributes, than any invoice.
    Unreasonable,
    /// An invoice of another form or version: FA(1), FA(2), FA_RR, PEF.
    OtherForm,
    /// No invoice.
    NotAnInvoice,
    /// An element that the form does not have at that place.
    UnknownElement,
    /// An element in a wrong namespace.
    WrongNamespace,
    /// An element in a wrong order.
    OutOfPlace,
    /// A missing element.
    Missing,
    /// An element too many times.
    TooMany,
    /// Text between elements.
    TextBetween,
    /// An element inside a value.
    ChildInText,
    /// An attribute that the form does not have there.
    UnknownAttribute,
    /// A missing attribute.
    MissingAttribute,
    /// `xsi:nil`, which the form does not allow.
    Nil,
    /// `xsi:type` with a type that may not stand there.
    Type,
    /// Nothing where a value must stand.
    EmptyValue,
    /// Too few characters.
    TooShort,
    /// Too many characters.
    TooLong,
    /// Not one of the allowed values.
    NotAllowed,
    /// A value of another shape.
    Shape,
    /// No number.
    NotNumber,
    /// Too many digits.
    Digits,
    /// No date, or one that the calendar does not have.
    NotDate,
    /// Below the least or above the greatest value.
    OutOfRange,
    /// P_1 later than today.
    IssueDateInFuture,
    /// The check digit of a NIP.
    NipCheckDigit,
    /// The NIP inside an internal identifier.
    InternalId,
    /// The checksum of a KSeF number.
    KsefNumberChecksum,
    /// The seller is not the company that sends.
    OtherSeller,
    /// Attachments can be sent in batch sessions only.
    AttachmentNeedsBatch,
}

/// One thing to know about a document, with a sentence in two languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What kind of thing.
    pub code: FindingCode,
    /// Whether it stops sending.
    pub severity: Severity,
    /// Where; `None` for what concerns the file as a whole.
    pub place: Option<Place>,
    pub(crate) polish: String,
    pub(crate) english: String,
}

impl Finding {
    /// The sentence in Polish, with the line, naming the field and what is allowed.
    #[must_use]
    pub fn message_pl(&self) -> &str {
        &self.polish
    }

    /// The sentence in English.
    #[must_use]
    pub fn message_en(&self) -> &str {
        &self.english
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{} {}", self.line, self.column, self.path)
    }
}

/// Something found, with what its sentence needs.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Problem<'p> {
    Empty,
    /// Limit in bytes, and whether it is the one for documents with attachments.
    TooLarge(usize, bool),
    /// What the bytes look like.
    NotXml(Looks),
    Bom,
    /// The declared encoding, or the one that the bytes are in.
    Encoding(&'p str),
    NotUtf8,
    XmlVersion(&'p str),
    Instruction(&'p str),
    Discouraged(char),
    Xml(&'p FaultKind),
    OtherForm(&'p Form),
    /// Found, and what might stand there.
    UnknownElement(&'p str, &'p [&'static str]),
    WrongNamespace(&'p str),
    OutOfPlace(&'p str, &'p [&'static str]),
    TooMany(&'p str, u32),
    /// Found, required before it, any of these.
    MissingBefore(&'p str, &'p [&'static str], &'p [&'static str]),
    MissingAtEnd(&'p [&'static str], &'p [&'static str]),
    TextBetween(&'p str),
    ChildInText(&'p str),
    UnknownAttribute(&'p str, &'p [&'p str]),
    MissingAttribute(&'static str),
    AttributeValue(&'static str, &'p str, ValueFault, &'static Simple),
    AttributeFixed(&'static str, &'p str, &'static str),
    Nil,
    Type(&'p str),
    Value(&'p str, ValueFault, &'static Simple),
    Fixed(&'p str, &'static str),
    FutureDate(&'p str, chrono::NaiveDate),
    /// The NIP, and whether the environment refuses it.
    Nip(&'p str, bool),
    InternalId(&'p str, bool),
    KsefNumber(&'p str),
    /// The seller's NIP, the company's.
    OtherSeller(&'p str, ksef_types::Nip),
    Attachment,
}

/// What bytes that are no XML look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Looks {
    Html,
    Pdf,
    Archive,
    Json,
    Picture,
    OldOffice,
    Pem,
    Text,
    Binary,
}

impl Problem<'_> {
    fn code(&self) -> FindingCode {
        use FindingCode as Code;
        match self {
            Self::Empty => Code::Empty,
            Self::TooLarge(..) => Code::TooLarge,
            Self::NotXml(_) => Code::NotXml,
            Self::Bom => Code::Bom,
            Self::Encoding(_) => Code::Encoding,
            Self::NotUtf8 => Code::NotUtf8,
            Self::XmlVersion(_) => Code::XmlVersion,
            Self::Instruction(_) => Code::ProcessingInstruction,
            Self::Discouraged(_) => Code::DiscouragedCharacter,
            Self::Xml(kind) => match kind {
                FaultKind::Dtd => Code::Dtd,
                FaultKind::UnknownEntity(_) => Code::Entity,
                FaultKind::Character(_) => Code::ForbiddenCharacter,
                FaultKind::TooDeep | FaultKind::TooManyAttributes => Code::Unreasonable,
                _ => Code::NotWellFormed,
            },
            Self::OtherForm(Form::Upo | Form::Other { .. }) => Code::NotAnInvoice,
            Self::OtherForm(_) => Code::OtherForm,
            Self::UnknownElement(..) => Code::UnknownElement,
            Self::WrongNamespace(_) => Code::WrongNamespace,
            Self::OutOfPlace(..) => Code::OutOfPlace,
            Self::TooMany(..) => Code::TooMany,
            Self::MissingBefore(..) | Self::MissingAtEnd(..) => Code::Missing,
            Self::TextBetween(_) => Code::TextBetween,
            Self::ChildInText(_) => Code::ChildInText,
            Self::UnknownAttribute(..) => Code::UnknownAttribute,
            Self::MissingAttribute(_) => Code::MissingAttribute,
            Self::Nil => Code::Nil,
            Self::Type(_) => Code::Type,
            Self::AttributeValue(_, _, fault, _) | Self::Value(_, fault, _) => code_of_value(*fault),
            Self::AttributeFixed(..) | Self::Fixed(..) => Code::NotAllowed,
            Self::FutureDate(..) => Code::IssueDateInFuture,
            Self::Nip(..) => Code::NipCheckDigit,
            Self::InternalId(..) => Code::InternalId,
            Self::KsefNumber(_) => Code::KsefNumberChecksum,
            Self::OtherSeller(..) => Code::OtherSeller,
            Self::Attachment => Code::AttachmentNeedsBatch,
        }
    }

    const fn severity(&self) -> Severity {
        match self {
            Self::Nip(_, false) | Self::InternalId(_, false) | Self::KsefNumber(_) | Self::Attachment => {
                Severity::Warning
            }
            _ => Severity::Error,
        }
    }
}

pub(crate) const fn code_of_value(fault: ValueFault) -> FindingCode {
    match fault {
        ValueFault::Empty => FindingCode::EmptyValue,
        ValueFault::TooShort(_) => FindingCode::TooShort,
        ValueFault::TooLong(..) => FindingCode::TooLong,
        ValueFault::NotListed => FindingCode::NotAllowed,
        ValueFault::Shape => FindingCode::Shape,
        ValueFault::NotNumber | ValueFault::NotInteger => FindingCode::NotNumber,
        ValueFault::TotalDigits(_) | ValueFault::FractionDigits(_) => FindingCode::Digits,
        ValueFault::NotDate | ValueFault::NotDateTime => FindingCode::NotDate,
        ValueFault::OutOfRange => FindingCode::OutOfRange,
    }
}

/// More findings than a person reads: the search ends there.
const MOST_FINDINGS: usize = 100;

/// The findings of a document while it is read.
#[derive(Debug)]
pub(crate) struct Findings<'a> {
    list: Vec<Finding>,
    lines: Lines<'a>,
}

impl<'a> Findings<'a> {
    pub(crate) const fn new(lines: Lines<'a>) -> Self {
        Self { list: Vec::new(), lines }
    }

    /// Enough was found.
    pub(crate) fn is_full(&self) -> bool {
        self.list.len() >= MOST_FINDINGS
    }

    /// Adds one; `offset` in bytes, `None` for what concerns the file as a whole.
    #[cold]
    pub(crate) fn push(&mut self, problem: Problem<'_>, offset: Option<usize>, path: Path<'_>) {
        if self.is_full() {
            return;
        }
        let place = offset.map(|offset| {
            let (line, column) = self.lines.locate(offset);
            Place { line, column, path: path.render() }
        });
        let (mut polish, mut english) = messages::sentence(problem, path);
        if let Some(place) = &place {
            polish = format!("Wiersz {}: {polish}", place.line);
            english = format!("Line {}: {english}", place.line);
        }
        let (code, severity) = (problem.code(), problem.severity());
        self.list.push(Finding { code, severity, place, polish, english });
    }

    pub(crate) fn into_vec(self) -> Vec<Finding> {
        self.list
    }
}
