//! The tables as Rust.

use std::fmt::Write as _;

use super::content::{Complex, Content, Table};
use super::pattern::Automaton;
use super::simple::{Primitive, Simple, WhiteSpace};
use super::xsd::{QName, XSD};

/// Longer lists of values are sorted, so that they can be searched by halves.
const LONG_LIST: usize = 20;

const HEADER: &str = "\
//! The structure of FA(3) 1-0E. Written by `cargo xtask fa3-table` from the ministry's schema: do not edit.

use super::model::{Attribute, Complex, Content, NamespaceId, Particle, Pattern, Primitive, Simple, WhiteSpace, key};
use Content::{Complex as C, Simple as S};

const fn p(name: &'static str, content: Content, most: u32, next: u128, last: bool) -> Particle {
    Particle { name, key: key(name), content, most, next, last, fixed: None }
}
";

/// Writes the module.
pub(crate) fn rust(table: &Table) -> String {
    let mut out = String::from(HEADER);
    let _ = writeln!(
        out,
        "\n/// The namespace of FA(3).\npub(super) const NAMESPACE: &str = {:?};",
        table.target
    );
    let _ = writeln!(
        out,
        "/// The root element.\npub(super) static ROOT: Particle = p({:?}, C({}), 1, 0, true);",
        table.root.0, table.root.1
    );
    let _ = writeln!(
        out,
        "\n/// Complex types.\npub(super) static COMPLEX: [Complex; {}] = [",
        table.complexes.len()
    );
    table.complexes.iter().for_each(|one| complex(&mut out, one, &table.target));
    let _ = writeln!(
        out,
        "];\n\n/// Simple types.\npub(super) static SIMPLE: [Simple; {}] = [",
        table.simples.len()
    );
    table.simples.iter().for_each(|one| simple(&mut out, one, &table.target));
    let _ = writeln!(
        out,
        "];\n\n/// Patterns.\npub(super) static PATTERNS: [Pattern; {}] = [",
        table.patterns.len()
    );
    table.patterns.iter().for_each(|(_, one)| pattern(&mut out, one));
    out.push_str("];\n");
    out
}

fn name(name: Option<&QName>, target: &str) -> String {
    match name {
        None => "None".to_owned(),
        Some((namespace, local)) if namespace == XSD => format!("Some((NamespaceId::Xsd, {local:?}))"),
        Some((namespace, local)) if namespace == target => format!("Some((NamespaceId::Fa3, {local:?}))"),
        Some((_, local)) => format!("Some((NamespaceId::Etd, {local:?}))"),
    }
}

fn complex(out: &mut String, complex: &Complex, target: &str) {
    let text = complex.text.map_or("None".to_owned(), |simple| format!("Some({simple})"));
    let _ = writeln!(
        out,
        "    Complex {{ name: {}, start: {:#x}, may_be_empty: {}, text: {text}, attributes: &[",
        name(complex.name.as_ref(), target),
        complex.start,
        complex.may_be_empty
    );
    for attribute in &complex.attributes {
        let _ = writeln!(
            out,
            "        Attribute {{ name: {:?}, simple: {}, required: {}, fixed: {:?} }},",
            attribute.name, attribute.simple, attribute.required, attribute.fixed
        );
    }
    out.push_str("    ], particles: &[\n");
    for particle in &complex.particles {
        let content = match particle.content {
            Content::Simple(index) => format!("S({index})"),
            Content::Complex(index) => format!("C({index})"),
        };
        let plain = format!(
            "p({:?}, {content}, {}, {:#x}, {})",
            particle.name, particle.most, particle.next, particle.last
        );
        let _ = match &particle.fixed {
            None => writeln!(out, "        {plain},"),
            Some(fixed) => writeln!(out, "        Particle {{ fixed: Some({fixed:?}), ..{plain} }},"),
        };
    }
    out.push_str("    ] },\n");
}

fn simple(out: &mut String, simple: &Simple, target: &str) {
    let primitive = match &simple.primitive {
        Primitive::Text => "Primitive::Text".to_owned(),
        Primitive::Decimal => "Primitive::Decimal".to_owned(),
        Primitive::Integer => "Primitive::Integer".to_owned(),
        Primitive::Date => "Primitive::Date".to_owned(),
        Primitive::DateTime => "Primitive::DateTime".to_owned(),
        Primitive::Union(members) => format!("Primitive::Union(&{members:?})"),
    };
    let white_space = match simple.white_space {
        WhiteSpace::Preserve => "Preserve",
        WhiteSpace::Replace => "Replace",
        WhiteSpace::Collapse => "Collapse",
    };
    let is_number = simple.primitive == Primitive::Integer;
    let mut values = simple.values.clone();
    if values.len() > LONG_LIST {
        values.sort();
    }
    let numbers = if is_number { values.join(", ") } else { String::new() };
    let _ = writeln!(
        out,
        "    Simple {{ name: {}, base: {:?}, primitive: {primitive}, white_space: WhiteSpace::{white_space}, min_length: {}, max_length: {:?}, total_digits: {:?}, fraction_digits: {:?}, min: {:?}, min_is_exclusive: {}, max: {:?}, patterns: &{:?}, values: &{values:?}, numbers: &[{numbers}] }},",
        name(simple.name.as_ref(), target),
        simple.base,
        simple.min_length,
        simple.max_length,
        simple.total_digits,
        simple.fraction_digits,
        simple.min,
        simple.min_is_exclusive,
        simple.max,
        simple.patterns,
    );
}

fn pattern(out: &mut String, automaton: &Automaton) {
    let width = automaton.next.first().map_or(0, Vec::len);
    let flat: Vec<String> = automaton.next.iter().flatten().map(u8::to_string).collect();
    let classes: Vec<String> = automaton.classes.iter().map(u8::to_string).collect();
    let accepting: Vec<String> =
        automaton.accepting.iter().map(|&accepts| u8::from(accepts).to_string()).collect();
    let _ = writeln!(
        out,
        "    Pattern {{ width: {width}, classes: &[{}], next: &[{}], accepting: &[{}] }},",
        classes.join(","),
        flat.join(","),
        accepting.join(",")
    );
}
