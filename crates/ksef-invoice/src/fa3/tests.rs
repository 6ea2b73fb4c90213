//! The model has every element of the schema's table, and no other.

use std::collections::BTreeSet;

use super::Faktura;
use super::content::Content as _;
use crate::structure::{Content, complex, root};

#[test]
fn every_element_of_the_table_has_a_field() {
    let mut modelled = BTreeSet::new();
    Faktura::paths("", &mut modelled);
    let mut known = BTreeSet::new();
    of_table(root().content, "", &mut known);
    assert!(known.len() > 300, "{} paths", known.len());
    let lacking: Vec<&String> = known.difference(&modelled).collect();
    let foreign: Vec<&String> = modelled.difference(&known).collect();
    assert!(lacking.is_empty() && foreign.is_empty(), "lacking {lacking:?}, foreign {foreign:?}");
}

fn of_table(content: Content, path: &str, out: &mut BTreeSet<String>) {
    let Content::Complex(index) = content else { return };
    for particle in complex(index).particles {
        let path = format!("{path}/{}", particle.name);
        of_table(particle.content, &path, out);
        out.insert(path);
    }
}
