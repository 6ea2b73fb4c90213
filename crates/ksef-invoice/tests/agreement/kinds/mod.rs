//! Mutations by kind: at least two thousand different ones of each, on the smallest documents that have the element
//! in question, so that every element and type of the schema is met.

mod seeds;
mod shape;
mod values;

use std::collections::{BTreeMap, HashSet};

use super::chance::Chance;
use super::fa3_table::content::Table;
use super::oracle::Case;
use seeds::Seed;

/// What a mutation is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Enumeration,
    Pattern,
    LeastLength,
    MostLengthInCharacters,
    TotalDigits,
    FractionDigits,
    Digit,
    Bounds,
    WhiteSpace,
    Date,
    Order,
    Occurrence,
    Namespace,
    Attribute,
}

impl Kind {
    pub(crate) const ALL: [Self; 14] = [
        Self::Enumeration,
        Self::Pattern,
        Self::LeastLength,
        Self::MostLengthInCharacters,
        Self::TotalDigits,
        Self::FractionDigits,
        Self::Digit,
        Self::Bounds,
        Self::WhiteSpace,
        Self::Date,
        Self::Order,
        Self::Occurrence,
        Self::Namespace,
        Self::Attribute,
    ];

    const fn is_about_values(self) -> bool {
        !matches!(self, Self::Order | Self::Occurrence | Self::Namespace | Self::Attribute)
    }
}

/// How many different mutations of each kind.
pub(crate) const OF_EACH: usize = 2000;

/// The smallest document for each element with a value.
pub(crate) fn seeds() -> (Table, Vec<Seed>) {
    let table = super::fa3_table::table().expect("the schema is readable");
    let seeds = seeds::all(&table);
    (table, seeds)
}

/// All mutations of a kind.
pub(crate) fn of(kind: Kind, table: &Table, seeds: &[Seed]) -> Vec<Case> {
    let mut chance = Chance::new(4000 + kind as u64);
    let mut seen = HashSet::new();
    let mut cases = Vec::new();
    let fitting: Vec<&Seed> = seeds
        .iter()
        .filter(|seed| !kind.is_about_values() || values::concerns(kind, table, seed.simple))
        .collect();
    assert!(!fitting.is_empty(), "{kind:?} concerns nothing");
    let mut tries = 0;
    while cases.len() < OF_EACH {
        // Every place in turn.
        let seed = fitting[tries % fitting.len()];
        tries += 1;
        assert!(tries < OF_EACH * 100, "{kind:?}: too few different mutations: {}", cases.len());
        let (about, root) = match kind.is_about_values() {
            true => {
                let value = values::probe(kind, table, seed.simple, &mut chance);
                (format!("{} = {value:?}", seed.path), seed.with(&value))
            }
            false => shape::mutate(kind, seed, table, &mut chance),
        };
        let xml = root.to_xml();
        if seen.insert(xml.clone()) {
            cases.push(Case::new(format!("{kind:?} {}", about.chars().take(150).collect::<String>()), xml));
        }
    }
    cases
}

/// How many of each kind, for people.
pub(crate) fn counts(counts: &BTreeMap<Kind, (usize, usize)>) -> String {
    let line = |(kind, (all, accepted)): (&Kind, &(usize, usize))| {
        format!("{:>24}: {all} mutations, {accepted} accepted", format!("{kind:?}"))
    };
    counts.iter().map(line).collect::<Vec<_>>().join("\n")
}
