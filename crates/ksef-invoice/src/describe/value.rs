//! A single value against its type.

use serde::Serialize;

use super::field::value_type;
use super::find::{Found, find};
use crate::FindingCode;
use crate::finding::code_of_value;
use crate::messages;
use crate::structure::{self, simple};

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ValueProblem {
    /// What kind of thing.
    pub code: FindingCode,
    /// A sentence in Polish that names the field and says what is allowed.
    pub message_pl: String,
    /// And in English.
    pub message_en: String,
}

/// Checks one field's value against its type, as the schema would. `None` when it fits.
///
/// `path` as in [`describe`](super::describe). An element that FA(3) does not have, or that has children, takes
/// no value: [`FindingCode::UnknownElement`].
#[must_use]
pub fn check_value(path: &str, text: &str) -> Option<ValueProblem> {
    let found = find(path);
    let (name, value, fixed) = match &found {
        Some(Found::Element(element)) => {
            (element.particle.name, value_type(element.particle), element.particle.fixed)
        }
        Some(Found::Attribute(_, attribute)) => {
            (attribute.name, Some(simple(attribute.simple)), attribute.fixed)
        }
        None => (path, None, None),
    };
    let Some(value) = value else {
        let (message_pl, message_en) = messages::no_value(name);
        return Some(ValueProblem { code: FindingCode::UnknownElement, message_pl, message_en });
    };
    let (code, (message_pl, message_en)) = match structure::check_value(value, text, &mut String::new()) {
        Err(fault) => (code_of_value(fault), messages::field_value(name, text, fault, value)),
        Ok(()) => match fixed.filter(|fixed| *fixed != text) {
            Some(fixed) => (FindingCode::NotAllowed, messages::field_fixed(name, text, fixed)),
            None => return None,
        },
    };
    Some(ValueProblem { code, message_pl, message_en })
}
