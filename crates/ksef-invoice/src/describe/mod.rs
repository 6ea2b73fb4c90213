//! FA(3) described for forms: what each element is called, what may stand in it, how often, instead of what.
//!
//! Everything comes from the table of the structure, so that a generic form of a rarely used part of FA(3) can
//! offer exactly what the schema takes.

mod field;
mod find;
mod value;

pub use field::{FieldDescription, FieldKind, ListValue};
pub use value::{ValueProblem, check_value};

/// Describes an element with everything below it.
///
/// The path names elements from the root, such as `Fa/WarunkiTransakcji` or, as findings write it,
/// `/Faktura/Fa/FaWiersz[3]/P_12`; an attribute is written `…/Kol/@Typ`. `None` when FA(3) has no such element.
#[must_use]
pub fn describe(path: &str) -> Option<FieldDescription> {
    Some(match find::find(path)? {
        find::Found::Element(found) => field::of_element(&found),
        find::Found::Attribute(path, attribute) => field::of_attribute(&path, attribute),
    })
}

#[cfg(test)]
mod tests;
