//! Elements in another order, number or namespace; attributes.

use super::super::chance::Chance;
use super::super::fa3_table::content::Table;
use super::super::tree::{Child, Node};
use super::super::values::ATTRIBUTES;
use super::Kind;
use super::seeds::Seed;

const FA3: &str = "http://crd.gov.pl/wzor/2025/06/25/13775/";

/// A mutation of the smallest document with an element, near that element more often than elsewhere.
pub(super) fn mutate(kind: Kind, seed: &Seed, table: &Table, chance: &mut Chance) -> (String, Node) {
    let mut root = seed.root.clone();
    let places = root.places();
    let near: Vec<Vec<usize>> =
        (0..=seed.place().len()).map(|length| seed.place()[..length].to_vec()).collect();
    let among = if chance.one_in(3) { &places } else { &near };
    let place = among[chance.below(among.len())].clone();
    let what = match kind {
        Kind::Order => order(&mut root, &place, chance),
        Kind::Occurrence => occurrence(&mut root, &place, table, chance),
        Kind::Namespace => namespace(&mut root, &place, chance),
        _ => attribute(&mut root, &place, chance),
    };
    (format!("{} at {place:?}: {what}", seed.path), root)
}

/// Elements of the same parent change places, or one goes to another parent.
fn order(root: &mut Node, place: &[usize], chance: &mut Chance) -> String {
    let parent = match place.split_last() {
        Some((_, parent)) if root.at(place).children.len() < 2 => parent,
        _ => place,
    };
    let many = root.at(parent).children.len();
    let (one, other) = (chance.below(many), chance.below(many));
    if many > 0 && chance.one_in(3) {
        let moved = root.at(parent).children.remove(one);
        let places = root.places();
        let to = &places[chance.below(places.len())];
        let at = chance.below(root.at(to).children.len() + 1);
        root.at(to).children.insert(at, moved);
        return format!("child {one} of {parent:?} moved to {to:?}");
    }
    match chance.below(3) {
        0 => root.at(parent).children.reverse(),
        1 if many > 0 => root.at(parent).children.rotate_left(one),
        _ if many > 0 => root.at(parent).children.swap(one, other),
        _ => {}
    }
    format!("children of {parent:?}: {one} and {other}")
}

/// An element removed, repeated up to its most and beyond, or another of the schema's put in.
fn occurrence(root: &mut Node, place: &[usize], table: &Table, chance: &mut Chance) -> String {
    let Some((&index, parent)) = place.split_last() else {
        root.children.clear();
        return "emptied".to_owned();
    };
    let name = root.at(place).name.clone();
    let most = table
        .complexes
        .iter()
        .flat_map(|complex| &complex.particles)
        .find(|particle| particle.name == name)
        .map_or(1, |particle| particle.most);
    let one = root.at(parent).children[index].clone();
    let siblings = &mut root.at(parent).children;
    match chance.below(4) {
        0 => drop(siblings.remove(index)),
        1 => {
            let times = (most.min(120) + chance.below(3)).saturating_sub(1).max(2);
            (1..times).for_each(|_| siblings.insert(index, one.clone()));
        }
        2 => (0..=chance.below(3)).for_each(|_| siblings.insert(index, one.clone())),
        _ => {
            let complex = &table.complexes[chance.below(table.complexes.len())];
            let Some(particle) = complex.particles.get(chance.below(complex.particles.len().max(1))) else {
                return "nothing".to_owned();
            };
            let at = chance.below(siblings.len() + 1);
            siblings.insert(at, Child::Node(Node::leaf(&particle.name, "1")));
            return format!("{} put in at {at}", particle.name);
        }
    }
    let many = siblings.len();
    format!("{name} now among {many}")
}

fn namespace(root: &mut Node, place: &[usize], chance: &mut Chance) -> String {
    let uri = *chance.pick(&[
        &FA3,
        &FA3,
        &FA3,
        &"http://crd.gov.pl/wzor/2023/06/29/12648/",
        &"http://crd.gov.pl/wzor/2025/06/25/13775",
        &"HTTP://crd.gov.pl/wzor/2025/06/25/13775/",
        &"urn:q",
        &"http://www.w3.org/2001/XMLSchema",
    ]);
    let prefix = *chance.pick(&[&"q", &"tns", &"a-b", &"ż", &"_"]);
    let node = root.at(place);
    match chance.below(5) {
        0 => node.attributes = without_default(&node.attributes, &format!(" xmlns=\"{uri}\"")),
        1 => node.attributes = without_default(&node.attributes, " xmlns=\"\""),
        2 => {
            node.name = format!("{prefix}:{}", node.name);
            node.attributes.push_str(&format!(" xmlns:{prefix}=\"{uri}\""));
        }
        3 => {
            // Bound above, for everything below too.
            prefixed(node, prefix);
            root.attributes.push_str(&format!(" xmlns:{prefix}=\"{uri}\""));
        }
        _ => node.name = format!("{prefix}:{}", node.name),
    }
    format!("{prefix} {uri}")
}

fn without_default(attributes: &str, instead: &str) -> String {
    format!("{}{instead}", attributes.replace(&format!(" xmlns=\"{FA3}\""), ""))
}

fn prefixed(node: &mut Node, prefix: &str) {
    node.name = format!("{prefix}:{}", node.name);
    for child in &mut node.children {
        if let Child::Node(child) = child {
            prefixed(child, prefix);
        }
    }
}

fn attribute(root: &mut Node, place: &[usize], chance: &mut Chance) -> String {
    let others = [
        " kodSystemowy=\"FA (3)\"",
        " wersjaSchemy=\"1-0E\"",
        " Typ=\"txt\"",
        " Typ=\"\"",
        " typ=\"txt\"",
        " kodSystemowy=\"\"",
    ];
    let attribute = if chance.one_in(4) { chance.pick(&others) } else { chance.pick(ATTRIBUTES) };
    if !root.attributes.contains("xmlns:xsi") {
        root.attributes.push_str(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"");
    }
    let node = root.at(place);
    if chance.one_in(5) {
        node.attributes.clear();
    }
    node.attributes.push_str(attribute);
    attribute.to_owned()
}
