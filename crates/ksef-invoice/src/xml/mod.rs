//! XML 1.0 with namespaces, strictly. libxml2 is the judge of what is taken: the agreement tests ask it about tens of
//! thousands of documents. A pull parser that checks less and copies more would cost as much again as the validation.
//!
//! DTDs are refused at once, so no entity can ever be declared. Depth, attributes and namespace bindings are
//! bounded; nothing is copied that need not be.

mod attributes;
mod characters;
mod namespaces;
mod pieces;
mod place;
mod scanner;

pub(crate) use attributes::Attribute;
pub(crate) use characters::{discouraged, forbidden, is_space};
pub(crate) use namespaces::Namespaces;
pub(crate) use place::Lines;
pub(crate) use scanner::{Declaration, Name, Scanner, Token};

/// Why a document is not taken as XML.
///
/// Boxed: it comes once, and the results that could carry it come with every piece.
pub(crate) type XmlFault = Box<FaultAt>;

/// A fault and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FaultAt {
    /// Where, in bytes.
    pub(crate) offset: usize,
    /// What.
    pub(crate) kind: FaultKind,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// A DTD, allowed by XML and refused here.
    Dtd,
    /// A reference to an entity that nobody declared.
    UnknownEntity(String),
    /// A character, or a reference to one, that XML does not allow.
    Character(u32),
    /// Deeper than any invoice.
    TooDeep,
    /// More attributes or namespace declarations than any invoice has.
    TooManyAttributes,
    /// No root element, or the document ends before its end.
    CutOff,
    /// An end tag that does not fit.
    EndTag {
        /// What was open, if anything.
        expected: Option<String>,
        /// What was closed.
        found: String,
    },
    /// Something after the root element.
    AfterRoot,
    /// Text where no root element is open.
    TextOutside,
    /// A prefix that nobody bound.
    UnboundPrefix(String),
    /// The same attribute twice.
    DoubleAttribute(String),
    /// A name that is none.
    Name(String),
    /// Any other fault of form.
    Form(&'static str),
}

impl FaultKind {
    pub(crate) fn at(self, offset: usize) -> XmlFault {
        Box::new(FaultAt { offset, kind: self })
    }
}
