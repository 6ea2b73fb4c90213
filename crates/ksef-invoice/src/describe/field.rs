//! The description of one element.

use serde::Serialize;

use super::find::Element;
use crate::names;
use crate::structure::{Attribute, Content, Membership, Particle, Primitive, Simple, membership, simple};

/// An element or attribute of FA(3), as a form needs to know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct FieldDescription {
    /// Name in the document, such as `P_12`.
    pub name: String,
    /// Path from the root, such as `Faktura/Fa/FaWiersz/P_12`.
    pub path: String,
    /// What an accountant calls it, in Polish.
    pub label_pl: String,
    /// And in English.
    pub label_en: String,
    /// What may stand in it.
    pub kind: FieldKind,
    /// How many there must be, 0 or 1.
    pub least: u32,
    /// How many there may be.
    pub most: u32,
    /// Names of its siblings that never stand together with it.
    pub excludes: Vec<String>,
    /// Names of its siblings that must be there when it is, though not always.
    pub needs: Vec<String>,
    /// It, or one of those that it excludes, must be there.
    pub one_is_required: bool,
    /// The only value that it may have.
    pub fixed: Option<String>,
    /// Its attributes.
    pub attributes: Vec<FieldDescription>,
}

/// What may stand in an element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FieldKind {
    /// A line of text.
    Text {
        /// Fewest characters.
        shortest: u32,
        /// Most characters.
        longest: u32,
    },
    /// Text that wants more than a line.
    LongText {
        /// Fewest characters.
        shortest: u32,
        /// Most characters.
        longest: u32,
    },
    /// A decimal number, written with a point.
    Number {
        /// Most digits, all together.
        digits: u32,
        /// Most digits after the point.
        fraction: u32,
    },
    /// A whole number.
    WholeNumber {
        /// The least one, if there is a bound.
        least: Option<i32>,
        /// Most digits, if they are limited.
        digits: Option<u32>,
    },
    /// A day, `YYYY-MM-DD`.
    Date {
        /// The first that is allowed.
        earliest: Option<String>,
        /// The last that is allowed.
        latest: Option<String>,
    },
    /// A moment, `YYYY-MM-DDThh:mm:ssZ`.
    Moment,
    /// A mark: `1`, or the element is left out.
    Mark,
    /// `1` for yes, `2` for no.
    YesNo,
    /// One of a few values.
    List {
        /// The values.
        values: Vec<ListValue>,
    },
    /// One of many codes: countries, currencies.
    Codes {
        /// The codes, sorted.
        values: Vec<String>,
    },
    /// Other elements.
    Group {
        /// In the order in which they must be written.
        members: Vec<FieldDescription>,
    },
}

/// A value of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ListValue {
    /// As written in the document.
    pub value: String,
    /// What it means, in Polish.
    pub label_pl: String,
    /// And in English.
    pub label_en: String,
}

/// Text that is longer than this wants more than a line.
const LONGEST_LINE: u32 = 256;
/// Most characters where the schema sets no bound but a pattern.
const LONGEST_PATTERN: u32 = 35;

/// Describes an element with everything below it.
pub(super) fn of_element(element: &Element) -> FieldDescription {
    let particle = element.particle;
    let company = element.parent.map(|(parent, index)| membership(parent, index));
    let names = |pick: fn(&Membership) -> &Vec<usize>| match (element.parent, &company) {
        (Some((parent, _)), Some(company)) => {
            pick(company).iter().map(|&index| parent.particles[index].name.to_owned()).collect()
        }
        _ => Vec::new(),
    };
    let attributes = element.content().map_or(&[][..], |content| content.attributes);
    FieldDescription {
        kind: kind_of_element(element),
        least: company.as_ref().map_or(1, |company| u32::from(company.required)),
        most: particle.most,
        excludes: names(|company| &company.excludes),
        needs: names(|company| &company.needs),
        one_is_required: company.as_ref().is_some_and(|company| company.one_is_required),
        fixed: particle.fixed.map(str::to_owned),
        attributes: attributes
            .iter()
            .map(|attribute| of_attribute(&format!("{}/@{}", element.path, attribute.name), attribute))
            .collect(),
        ..named(particle.name, &element.path)
    }
}

/// Describes an attribute.
pub(super) fn of_attribute(path: &str, attribute: &'static Attribute) -> FieldDescription {
    FieldDescription {
        kind: kind_of_value(attribute.name, simple(attribute.simple)),
        least: u32::from(attribute.required),
        fixed: attribute.fixed.map(str::to_owned),
        ..named(attribute.name, path)
    }
}

fn named(name: &str, path: &str) -> FieldDescription {
    let (polish, english) = names::of(name).unwrap_or_default();
    FieldDescription {
        name: name.to_owned(),
        path: path.to_owned(),
        label_pl: polish.to_owned(),
        label_en: english.to_owned(),
        kind: FieldKind::Mark,
        least: 0,
        most: 1,
        excludes: Vec::new(),
        needs: Vec::new(),
        one_is_required: false,
        fixed: None,
        attributes: Vec::new(),
    }
}

fn kind_of_element(element: &Element) -> FieldKind {
    let name = element.particle.name;
    match (value_type(element.particle), element.content()) {
        (Some(value), _) => kind_of_value(name, value),
        (None, _) => {
            FieldKind::Group { members: element.members().map(|member| of_element(&member)).collect() }
        }
    }
}

/// The type of the text of an element; `None` for one with children.
pub(super) fn value_type(particle: &Particle) -> Option<&'static Simple> {
    match particle.content {
        Content::Simple(index) => Some(simple(index)),
        Content::Complex(index) => crate::structure::complex(index).text.map(simple),
    }
}

fn kind_of_value(name: &str, value: &'static Simple) -> FieldKind {
    if !value.values.is_empty() {
        return list(name, value);
    }
    match value.primitive {
        Primitive::Text | Primitive::Union(_) => text(value),
        Primitive::Decimal => FieldKind::Number {
            digits: value.total_digits.unwrap_or(MOST_DIGITS),
            fraction: value.fraction_digits.unwrap_or(0),
        },
        Primitive::Integer => FieldKind::WholeNumber {
            least: value
                .min
                .map(|min| min + i128::from(value.min_is_exclusive))
                .and_then(|min| i32::try_from(min).ok()),
            digits: value.total_digits,
        },
        Primitive::Date => FieldKind::Date { earliest: value.min.map(day), latest: value.max.map(day) },
        Primitive::DateTime => FieldKind::Moment,
    }
}

/// As many as the validator reads.
const MOST_DIGITS: u32 = 24;

fn day(key: i128) -> String {
    format!("{:04}-{:02}-{:02}", key / 10_000, key / 100 % 100, key % 100)
}

fn text(value: &Simple) -> FieldKind {
    let shortest = value.min_length;
    match value.max_length {
        Some(longest) if longest > LONGEST_LINE => FieldKind::LongText { shortest, longest },
        Some(longest) => FieldKind::Text { shortest, longest },
        None => FieldKind::Text { shortest, longest: LONGEST_PATTERN },
    }
}

fn list(name: &str, value: &'static Simple) -> FieldKind {
    let type_name = value.name.map_or(name, |(_, name)| name);
    match type_name {
        "TWybor1" => return FieldKind::Mark,
        "TWybor1_2" if names::value(name, "1").is_none() => return FieldKind::YesNo,
        "JST" | "GV" => return FieldKind::YesNo,
        _ => {}
    }
    // A list that reads differently in one element than elsewhere goes by the element's name.
    let known = |value: &str| names::value(name, value).or_else(|| names::value(type_name, value));
    match value.values.iter().map(|value| Some((*value, known(value)?))).collect::<Option<Vec<_>>>() {
        None => FieldKind::Codes { values: value.values.iter().map(|&code| code.to_owned()).collect() },
        Some(values) => FieldKind::List {
            values: values
                .into_iter()
                .map(|(value, (polish, english))| ListValue {
                    value: value.to_owned(),
                    label_pl: polish.to_owned(),
                    label_en: english.to_owned(),
                })
                .collect(),
        },
    }
}
