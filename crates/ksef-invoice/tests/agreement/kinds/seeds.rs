//! The smallest valid documents.

use super::super::fa3_table::content::{Complex, Content, Particle, Table};
use super::super::fa3_table::simple::Primitive;
use super::super::tree::{Child, Node};

/// A valid document and the place of a value in it.
pub(crate) struct Seed {
    pub(crate) path: String,
    pub(crate) root: Node,
    place: Vec<usize>,
    /// The type of the value.
    pub(crate) simple: usize,
}

impl Seed {
    /// The document with another value, as written.
    pub(crate) fn with(&self, raw: &str) -> Node {
        let mut root = self.root.clone();
        root.at(&self.place).children = vec![Child::Raw(raw.to_owned())];
        root
    }

    /// The place of the value.
    pub(crate) fn place(&self) -> &[usize] {
        &self.place
    }
}

/// One for each element with a value, as deep as the schema goes.
pub(super) fn all(table: &Table) -> Vec<Seed> {
    let mut seeds = Vec::new();
    walk(table, table.root.1, &mut Vec::new(), &table.root.0, &mut seeds);
    seeds
}

fn walk(table: &Table, complex: usize, chain: &mut Vec<usize>, path: &str, seeds: &mut Vec<Seed>) {
    for (index, particle) in table.complexes[complex].particles.iter().enumerate() {
        chain.push(index);
        let path = format!("{path}/{}", particle.name);
        match particle.content {
            Content::Simple(simple) => seeds.push(seed(table, chain, path, simple)),
            Content::Complex(inner) => match table.complexes[inner].text {
                Some(simple) => seeds.push(seed(table, chain, path, simple)),
                None => walk(table, inner, chain, &path, seeds),
            },
        }
        chain.pop();
    }
}

fn seed(table: &Table, chain: &[usize], path: String, simple: usize) -> Seed {
    let mut place = Vec::new();
    let mut root = element(table, &table.root.0, Content::Complex(table.root.1), chain, &mut place);
    root.attributes.push_str(&format!(" xmlns=\"{}\"", table.target));
    Seed { path, root, place, simple }
}

/// An element with as little in it as may be, on the way along `chain`.
fn element(table: &Table, name: &str, content: Content, chain: &[usize], place: &mut Vec<usize>) -> Node {
    let index = match content {
        Content::Simple(simple) => return Node::leaf(name, &value(table, simple)),
        Content::Complex(index) => index,
    };
    let complex = &table.complexes[index];
    let mut node = Node { name: name.to_owned(), ..Node::default() };
    for attribute in &complex.attributes {
        let value = attribute.fixed.clone().unwrap_or_else(|| value(table, attribute.simple));
        node.attributes.push_str(&format!(" {}=\"{value}\"", attribute.name));
    }
    if let Some(simple) = complex.text {
        node.children.push(Child::Raw(value(table, simple)));
    }
    for at in way(complex, chain.first().copied()) {
        let particle = &complex.particles[at];
        let is_on_chain = chain.first() == Some(&at);
        let rest = if is_on_chain { &chain[1..] } else { &[] };
        if is_on_chain {
            place.push(node.children.len());
        }
        let mut elsewhere = Vec::new();
        let below = if is_on_chain { &mut *place } else { &mut elsewhere };
        node.children.push(Child::Node(member(table, particle, rest, below)));
    }
    node
}

/// An element with its fixed value, or as little in it as may be.
fn member(table: &Table, particle: &Particle, chain: &[usize], place: &mut Vec<usize>) -> Node {
    match &particle.fixed {
        Some(fixed) => Node::leaf(&particle.name, fixed),
        None => element(table, &particle.name, particle.content, chain, place),
    }
}

/// The shortest way through a content model, by way of one particle if that is asked for.
fn way(complex: &Complex, through: Option<usize>) -> Vec<usize> {
    let to_end =
        |from: u128| shortest(complex, from, |at| complex.particles[at].last).expect("every type has an end");
    match through {
        None if complex.may_be_empty => Vec::new(),
        None => to_end(complex.start),
        Some(target) => {
            let mut way =
                shortest(complex, complex.start, |at| at == target).expect("every particle is reached");
            if !complex.particles[target].last {
                way.extend(to_end(complex.particles[target].next));
            }
            way
        }
    }
}

fn shortest(complex: &Complex, from: u128, is_goal: impl Fn(usize) -> bool) -> Option<Vec<usize>> {
    let bits = |set: u128| (0..128).filter(move |at| set & (1 << at) != 0);
    let mut ways: Vec<Vec<usize>> = bits(from).map(|at| vec![at]).collect();
    while !ways.is_empty() {
        if let Some(done) = ways.iter().find(|way| way.last().is_some_and(|&at| is_goal(at))) {
            return Some(done.clone());
        }
        ways = ways
            .iter()
            .flat_map(|way| {
                bits(complex.particles[way[way.len() - 1]].next).map(|at| [&way[..], &[at]].concat())
            })
            .collect();
        ways.sort_by_key(|way| way[way.len() - 1]);
        ways.dedup_by_key(|way| way[way.len() - 1]);
    }
    None
}

/// A value that fits.
pub(super) fn value(table: &Table, simple: usize) -> String {
    let simple = &table.simples[simple];
    if let Some(first) = simple.values.first() {
        return first.clone();
    }
    let name = simple.name.as_ref().map_or("", |name| name.1.as_str());
    match (name, &simple.primitive) {
        ("TNrNIP", _) => "5265877635",
        ("TNIPIdWew", _) => "5265877635-12345",
        ("TAdresEmail", _) => "a@b",
        ("TNumerKSeF", _) => "5265877635-20260101-0200A0D6723E-C2",
        ("SWIFT_Type", _) => "ABCDPLPW",
        ("TNrKRS", _) => "0000099999",
        (_, Primitive::Union(_)) => "123456789",
        (_, Primitive::Date) => "2026-02-28",
        (_, Primitive::DateTime) => "2026-01-01T10:00:00Z",
        (_, Primitive::Decimal | Primitive::Integer) => "1",
        (_, Primitive::Text) if simple.max_length == Some(13) && !simple.patterns.is_empty() => {
            "123abcdefghij"
        }
        (_, Primitive::Text) if simple.max_length == Some(512) && !simple.patterns.is_empty() => {
            "https://a.pl/x?IPKSeF=123abcdefghij"
        }
        (_, Primitive::Text) if simple.min_length == 10 => "PL61109010140000071219812874",
        (_, Primitive::Text) => "1",
    }
    .to_owned()
}
