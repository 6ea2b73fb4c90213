//! FA(3) 1-0E: the table of its structure and the validator that walks over it.

mod choices;
mod expectation;
mod model;
mod moment;
#[rustfmt::skip]
mod table;
mod validator;
mod value;

pub(crate) use choices::{Membership, membership};
pub(crate) use model::{Attribute, Complex, Content, NamespaceId, Particle, Primitive, Simple};
pub(crate) use validator::{Observer, Path, Step, validate};
pub(crate) use value::{ValueFault, check as check_value};

use crate::finding::{Finding, Findings};
use crate::xml::Lines;

impl NamespaceId {
    /// The namespace with this address.
    pub(crate) fn of(uri: &str) -> Self {
        match uri {
            table::NAMESPACE => Self::Fa3,
            "" => Self::None,
            "http://crd.gov.pl/xml/schematy/dziedzinowe/mf/2022/01/05/eD/DefinicjeTypy/" => Self::Etd,
            "http://www.w3.org/2001/XMLSchema" => Self::Xsd,
            "http://www.w3.org/2001/XMLSchema-instance" => Self::Xsi,
            "http://www.w3.org/XML/1998/namespace" => Self::Xml,
            _ => Self::Other,
        }
    }
}

/// The root element.
pub(crate) fn root() -> &'static Particle {
    &table::ROOT
}

/// A complex type of the table.
pub(crate) fn complex(index: u16) -> &'static Complex {
    &table::COMPLEX[usize::from(index)]
}

/// A simple type of the table.
pub(crate) fn simple(index: u16) -> &'static Simple {
    &table::SIMPLE[usize::from(index)]
}

/// The values that a named simple type lists, sorted where they are many; empty for a type without a list.
pub(crate) fn listed(namespace: NamespaceId, name: &str) -> &'static [&'static str] {
    let found = table::SIMPLE.iter().find(|simple| simple.name == Some((namespace, name)));
    found.map_or(&[], |simple| simple.values)
}

/// Validates against FA(3) 1-0E in one pass. No finding means that the schema accepts the document.
///
/// It accepts and refuses what the XSD does; beyond it, a document with a DTD is refused, and so is one that is
/// deeper or has more attributes than any invoice could. At most a hundred findings are answered.
#[must_use]
pub fn validate_structure(bytes: &[u8]) -> Vec<Finding> {
    /// Nobody looks on.
    struct Nobody;
    impl Observer for Nobody {}

    let mut findings = Findings::new(Lines::new(bytes));
    validate(bytes, &mut Nobody, &mut findings);
    findings.into_vec()
}
