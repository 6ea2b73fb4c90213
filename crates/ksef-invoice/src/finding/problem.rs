use super::{FindingCode, Severity};
use crate::structure::{Simple, ValueFault};
use crate::summary::Form;
use crate::xml::FaultKind;

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
    /// P_1, and today.
    PastDate(chrono::NaiveDate, chrono::NaiveDate),
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
    pub(super) fn code(&self) -> FindingCode {
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
            Self::PastDate(..) => Code::IssueDateBeforeToday,
            Self::Nip(..) => Code::NipCheckDigit,
            Self::InternalId(..) => Code::InternalId,
            Self::KsefNumber(_) => Code::KsefNumberChecksum,
            Self::OtherSeller(..) => Code::OtherSeller,
            Self::Attachment => Code::AttachmentNeedsBatch,
        }
    }

    pub(super) const fn severity(&self) -> Severity {
        match self {
            Self::PastDate(..)
            | Self::Nip(_, false)
            | Self::InternalId(_, false)
            | Self::KsefNumber(_)
            | Self::Attachment => Severity::Warning,
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
