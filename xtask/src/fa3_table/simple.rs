//! Simple types with all that their bases say.

use super::Problem;
use super::pattern::{self, Automaton};
use super::xsd::{Node, QName, Schemas, XSD};

/// How white space is treated before anything is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WhiteSpace {
    Preserve,
    Replace,
    Collapse,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Primitive {
    Text,
    Decimal,
    Integer,
    Date,
    DateTime,
    Union(Vec<usize>),
}

/// A simple type, its facets put together with those of its bases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Simple {
    /// Name; `None` for a type without one.
    pub name: Option<QName>,
    /// The type that it restricts.
    pub base: Option<usize>,
    pub primitive: Primitive,
    pub white_space: WhiteSpace,
    pub min_length: usize,
    pub max_length: Option<usize>,
    /// Each must match.
    pub patterns: Vec<usize>,
    pub values: Vec<String>,
    pub total_digits: Option<usize>,
    pub fraction_digits: Option<usize>,
    /// Numbers, `YYYYMMDD` for dates, seconds since 1970 for moments.
    pub min: Option<i128>,
    pub min_is_exclusive: bool,
    pub max: Option<i128>,
}

/// The simple types of a table.
#[derive(Debug, Default)]
pub(crate) struct Simples {
    pub(crate) types: Vec<Simple>,
    pub patterns: Vec<(String, Automaton)>,
}

impl Simples {
    /// The index of a named type, built-in or the schema's.
    pub(crate) fn named(&mut self, schemas: &Schemas, name: &QName) -> Result<usize, Problem> {
        if let Some(known) = self.types.iter().position(|simple| simple.name.as_ref() == Some(name)) {
            return Ok(known);
        }
        if name.0 == XSD {
            return self.built_in(name);
        }
        let node = schemas.simple.get(name);
        let node = node.ok_or_else(|| Problem::Unsupported(format!("unknown type {}", name.1)))?;
        self.add(schemas, node, Some(name.clone()))
    }

    /// A type without a name.
    pub(crate) fn anonymous(&mut self, schemas: &Schemas, node: &Node) -> Result<usize, Problem> {
        self.add(schemas, node, None)
    }

    fn add(&mut self, schemas: &Schemas, node: &Node, name: Option<QName>) -> Result<usize, Problem> {
        node.allow(&["name", "id"], &["restriction", "union"])?;
        let mut simple = match (node.child("restriction"), node.child("union")) {
            (Some(restriction), None) => self.restricted(schemas, restriction)?,
            (None, Some(union)) => self.united(schemas, union)?,
            _ => return Err(Problem::Unsupported("a simple type of two kinds".to_owned())),
        };
        simple.name = name;
        self.types.push(simple);
        Ok(self.types.len() - 1)
    }

    fn united(&mut self, schemas: &Schemas, union: &Node) -> Result<Simple, Problem> {
        union.allow(&[], &["simpleType"])?;
        let members =
            union.children.iter().map(|member| self.anonymous(schemas, member)).collect::<Result<_, _>>()?;
        // White space is the business of each member.
        Ok(Simple { primitive: Primitive::Union(members), ..text(WhiteSpace::Preserve) })
    }

    fn restricted(&mut self, schemas: &Schemas, restriction: &Node) -> Result<Simple, Problem> {
        restriction.allow(
            &["base"],
            &[
                "enumeration",
                "pattern",
                "minLength",
                "maxLength",
                "length",
                "totalDigits",
                "fractionDigits",
                "minInclusive",
                "minExclusive",
                "maxInclusive",
                "whiteSpace",
            ],
        )?;
        let base = self.named(schemas, &restriction.qname(restriction.need("base")?)?)?;
        let mut simple = Simple { base: Some(base), name: None, ..self.types[base].clone() };
        let values: Vec<String> = facets(restriction, "enumeration").map(str::to_owned).collect();
        if !values.is_empty() {
            simple.values = values;
        }
        let patterns: Vec<&str> = facets(restriction, "pattern").collect();
        if !patterns.is_empty() {
            let joined = patterns.iter().map(|pattern| format!("({pattern})")).collect::<Vec<_>>().join("|");
            simple.patterns.push(self.pattern(if patterns.len() == 1 { patterns[0] } else { &joined })?);
        }
        for facet in restriction
            .children
            .iter()
            .filter(|facet| !matches!(facet.kind.as_str(), "enumeration" | "pattern"))
        {
            facet.allow(&["value"], &[])?;
            tighten(&mut simple, &facet.kind, facet.need("value")?)?;
        }
        Ok(simple)
    }

    fn pattern(&mut self, text: &str) -> Result<usize, Problem> {
        if let Some(known) = self.patterns.iter().position(|(known, _)| known == text) {
            return Ok(known);
        }
        self.patterns.push((text.to_owned(), pattern::compile(text)?));
        Ok(self.patterns.len() - 1)
    }

    fn built_in(&mut self, name: &QName) -> Result<usize, Problem> {
        let simple = match name.1.as_str() {
            "string" => text(WhiteSpace::Preserve),
            "normalizedString" => text(WhiteSpace::Replace),
            "token" => text(WhiteSpace::Collapse),
            "decimal" => Simple { primitive: Primitive::Decimal, ..text(WhiteSpace::Collapse) },
            "date" => Simple { primitive: Primitive::Date, ..text(WhiteSpace::Collapse) },
            "dateTime" => Simple { primitive: Primitive::DateTime, ..text(WhiteSpace::Collapse) },
            other => return self.integer(other),
        };
        let base = match name.1.as_str() {
            "normalizedString" => Some("string"),
            "token" => Some("normalizedString"),
            _ => None,
        };
        let base = base.map(|base| self.built_in_named(base)).transpose()?;
        self.types.push(Simple { name: Some(name.clone()), base, ..simple });
        Ok(self.types.len() - 1)
    }

    fn built_in_named(&mut self, name: &str) -> Result<usize, Problem> {
        let name = (XSD.to_owned(), name.to_owned());
        match self.types.iter().position(|simple| simple.name.as_ref() == Some(&name)) {
            Some(known) => Ok(known),
            None => self.built_in(&name),
        }
    }

    fn integer(&mut self, name: &str) -> Result<usize, Problem> {
        let known = INTEGERS.iter().find(|known| known.0 == name);
        let &(_, base, min, max) =
            known.ok_or_else(|| Problem::Unsupported(format!("built-in type {name}")))?;
        let base = self.built_in_named(base)?;
        self.types.push(Simple {
            name: Some((XSD.to_owned(), name.to_owned())),
            base: Some(base),
            primitive: Primitive::Integer,
            min,
            max,
            ..text(WhiteSpace::Collapse)
        });
        Ok(self.types.len() - 1)
    }
}

type Integer = (&'static str, &'static str, Option<i128>, Option<i128>);

/// The integers of XML Schema: name, base, least, greatest.
pub(crate) const INTEGERS: [Integer; 13] = [
    ("integer", "decimal", None, None),
    ("nonPositiveInteger", "integer", None, Some(0)),
    ("negativeInteger", "nonPositiveInteger", None, Some(-1)),
    ("long", "integer", Some(i64::MIN as i128), Some(i64::MAX as i128)),
    ("int", "long", Some(i32::MIN as i128), Some(i32::MAX as i128)),
    ("short", "int", Some(i16::MIN as i128), Some(i16::MAX as i128)),
    ("byte", "short", Some(i8::MIN as i128), Some(i8::MAX as i128)),
    ("nonNegativeInteger", "integer", Some(0), None),
    ("unsignedLong", "nonNegativeInteger", Some(0), Some(u64::MAX as i128)),
    ("unsignedInt", "unsignedLong", Some(0), Some(u32::MAX as i128)),
    ("unsignedShort", "unsignedInt", Some(0), Some(u16::MAX as i128)),
    ("unsignedByte", "unsignedShort", Some(0), Some(u8::MAX as i128)),
    ("positiveInteger", "nonNegativeInteger", Some(1), None),
];

fn text(white_space: WhiteSpace) -> Simple {
    Simple {
        name: None,
        base: None,
        primitive: Primitive::Text,
        white_space,
        min_length: 0,
        max_length: None,
        patterns: Vec::new(),
        values: Vec::new(),
        total_digits: None,
        fraction_digits: None,
        min: None,
        min_is_exclusive: false,
        max: None,
    }
}

fn facets<'n>(restriction: &'n Node, kind: &'n str) -> impl Iterator<Item = &'n str> {
    restriction.children.iter().filter(move |facet| facet.kind == kind).filter_map(|facet| facet.get("value"))
}

fn tighten(simple: &mut Simple, kind: &str, value: &str) -> Result<(), Problem> {
    let unsupported = || Problem::Unsupported(format!("{kind} {value}"));
    let count = || value.parse::<usize>().map_err(|_| unsupported());
    let bound = || bound(&simple.primitive, value).ok_or_else(unsupported);
    match kind {
        "minLength" => simple.min_length = simple.min_length.max(count()?),
        "maxLength" => {
            simple.max_length =
                Some(simple.max_length.map_or(count()?, |known| known.min(value.parse().unwrap_or(known))))
        }
        "length" => (simple.min_length, simple.max_length) = (count()?, Some(count()?)),
        "totalDigits" => simple.total_digits = Some(count()?.min(simple.total_digits.unwrap_or(usize::MAX))),
        "fractionDigits" => {
            simple.fraction_digits = Some(count()?.min(simple.fraction_digits.unwrap_or(usize::MAX)))
        }
        "minInclusive" => (simple.min, simple.min_is_exclusive) = (Some(bound()?), false),
        "minExclusive" => (simple.min, simple.min_is_exclusive) = (Some(bound()?), true),
        "maxInclusive" => simple.max = Some(bound()?),
        "whiteSpace" => {
            simple.white_space = match value {
                "preserve" => WhiteSpace::Preserve,
                "replace" => WhiteSpace::Replace,
                "collapse" => WhiteSpace::Collapse,
                _ => return Err(unsupported()),
            };
        }
        _ => return Err(unsupported()),
    }
    Ok(())
}

fn bound(primitive: &Primitive, value: &str) -> Option<i128> {
    match primitive {
        Primitive::Decimal | Primitive::Integer => value.parse().ok(),
        Primitive::Date => {
            let digits: String = value.split('-').collect();
            (digits.len() == 8).then(|| digits.parse().ok())?
        }
        Primitive::DateTime => moment(value),
        Primitive::Text | Primitive::Union(_) => None,
    }
}

/// Seconds since 1970 of `YYYY-MM-DDTHH:MM:SSZ`.
fn moment(value: &str) -> Option<i128> {
    let parts: Vec<i128> = value
        .strip_suffix('Z')?
        .split(['-', 'T', ':'])
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let &[year, month, day, hour, minute, second] = parts.as_slice() else { return None };
    // Days of the Gregorian calendar, years counted from March.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1 - 719_468;
    Some(((days * 24 + hour) * 60 + minute) * 60 + second)
}
