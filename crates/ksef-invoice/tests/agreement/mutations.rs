//! Mutations of samples.

use std::collections::HashSet;

use super::chance::Chance;
use super::oracle::Case;
use super::tree::{Child, Node, parse};
use super::values::{ATTRIBUTES, BETWEEN, probes};

const FA3: &str = "http://crd.gov.pl/wzor/2025/06/25/13775/";

pub(crate) fn all(samples: &[(String, String)]) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut chance = Chance::new(2026);
    let mut seen = HashSet::new();
    for (name, text) in samples {
        let mut root = parse(text);
        for place in root.places() {
            let path = root.path(&place);
            // Each kind of place once among all samples, with every mutation a few times.
            if !seen.insert(path.clone()) {
                continue;
            }
            let about = format!("{name} {path}");
            if root.at(&place).is_leaf() {
                leaf(&mut root, &place, &about, &mut chance, &mut cases);
            }
            around(&mut root, &place, &about, &mut chance, &mut cases);
        }
        bytes(name, text, &mut chance, &mut cases);
        whole(name, &mut root, &mut cases);
    }
    cases
}

/// Other values; a third of all probes at each leaf, so that every type meets every probe in one place or another.
fn leaf(root: &mut Node, place: &[usize], about: &str, chance: &mut Chance, cases: &mut Vec<Case>) {
    // AGREEMENT_FULL=1 asks about every probe at every leaf: some ten minutes.
    let thinning = if std::env::var_os("AGREEMENT_FULL").is_some() { 1 } else { 6 };
    let own = root.at(place).text();
    for probe in probes(own.trim()) {
        if !chance.one_in(thinning) {
            continue;
        }
        let mut mutated = root.clone();
        mutated.at(place).children = vec![Child::Raw(probe.clone())];
        let shown: String = probe.chars().take(50).collect();
        cases.push(Case::new(format!("{about} = {shown:?}"), mutated.to_xml()));
    }
}

fn around(root: &mut Node, place: &[usize], about: &str, chance: &mut Chance, cases: &mut Vec<Case>) {
    let mut push =
        |what: &str, mutated: &Node| cases.push(Case::new(format!("{about}: {what}"), mutated.to_xml()));
    for _ in 0..4 {
        let attribute = chance.pick(ATTRIBUTES);
        let mut mutated = root.clone();
        declare_instance(&mut mutated);
        mutated.at(place).attributes.push_str(attribute);
        push(&format!("attribute {attribute}"), &mutated);
    }
    for _ in 0..2 {
        let between = chance.pick(BETWEEN);
        let mut mutated = root.clone();
        let at = mutated.at(place);
        let index = chance.below(at.children.len() + 1);
        at.children.insert(index, Child::Raw(between.to_owned()));
        push(&format!("put in {between:?}"), &mutated);
    }
    let Some((&index, parent)) = place.split_last() else { return };
    let mut mutated = root.clone();
    let removed = mutated.at(parent).children.remove(index);
    push("removed", &mutated);
    let siblings = mutated.at(parent).children.len();
    mutated.at(parent).children.insert(chance.below(siblings + 1), removed.clone());
    push("moved", &mutated);
    let mut mutated = root.clone();
    mutated.at(parent).children.insert(index, removed);
    push("doubled", &mutated);
    let mut mutated = root.clone();
    mutated.at(place).name.push('X');
    push("renamed", &mutated);
    let mut mutated = root.clone();
    mutated.at(place).children.clear();
    push("emptied", &mutated);
    let mut mutated = root.clone();
    let name = format!("q:{}", mutated.at(place).name);
    *mutated.at(place) = Node { name, ..mutated.at(place).clone() };
    let namespace = if chance.one_in(4) { "urn:q" } else { FA3 };
    mutated.attributes.push_str(&format!(" xmlns:q=\"{namespace}\""));
    push(&format!("prefixed {namespace}"), &mutated);
}

fn declare_instance(root: &mut Node) {
    if !root.attributes.contains("xmlns:xsi") {
        root.attributes.push_str(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"");
    }
}

/// Faults of form: cut off, a byte changed, dropped or doubled.
fn bytes(name: &str, text: &str, chance: &mut Chance, cases: &mut Vec<Case>) {
    for _ in 0..12 {
        let cut =
            (0..=chance.below(text.len())).rev().find(|&place| text.is_char_boundary(place)).unwrap_or(0);
        cases.push(Case::new(format!("{name} cut at {cut}"), &text.as_bytes()[..cut]));
    }
    for _ in 0..60 {
        let place = chance.below(text.len());
        let mut bytes = text.as_bytes().to_vec();
        match chance.below(4) {
            0 => drop(bytes.remove(place)),
            1 => bytes.insert(place, bytes[place]),
            2 => {
                bytes[place] = chance
                    .pick(&[
                        "<", ">", "&", "\"", "'", "/", "=", " ", "-", "0", "a", "\n", "?", "!", "[", ":",
                        "]", ";", "#",
                    ])
                    .as_bytes()[0]
            }
            _ => bytes[place] = bytes[place].wrapping_add(1),
        }
        // xmllint guesses at other encodings than the declared one; the technical checks refuse them.
        if std::str::from_utf8(&bytes).is_ok() && !changes_declaration(text.as_bytes(), &bytes) {
            cases.push(Case::new(format!("{name} changed at {place}"), bytes));
        }
    }
}

fn changes_declaration(before: &[u8], after: &[u8]) -> bool {
    let end = before.windows(2).position(|pair| pair == b"?>").unwrap_or(0) + 2;
    before.get(..end) != after.get(..end)
}

fn whole(name: &str, root: &mut Node, cases: &mut Vec<Case>) {
    let xml = root.to_xml();
    let body = xml.split_once("?>").map_or("", |(_, body)| body);
    for (what, text) in [
        ("BOM", format!("\u{feff}{xml}")),
        ("two BOMs", format!("\u{feff}\u{feff}{xml}")),
        ("no declaration", body.to_owned()),
        ("space before the declaration", format!(" {xml}")),
        ("comment before", format!("<!-- x -->{body}")),
        ("comment after", format!("{xml}<!-- x -->\n")),
        ("text after", format!("{xml}x")),
        ("root after", format!("{xml}<x/>")),
        ("instruction before", format!("<?x y?>{body}")),
        ("standalone", format!("<?xml version=\"1.0\" standalone=\"yes\"?>{body}")),
        ("standalone wrong", format!("<?xml version=\"1.0\" standalone=\"maybe\"?>{body}")),
        ("no version", format!("<?xml encoding=\"UTF-8\"?>{body}")),
        ("single quotes", format!("<?xml version='1.0' encoding='utf-8' ?>{body}")),
        ("two declarations", format!("<?xml version=\"1.0\"?>{xml}")),
        ("cdata after", format!("{xml}<![CDATA[]]>")),
        ("reference after", format!("{xml}&#32;")),
        ("carriage returns", xml.replace('\n', "\r\n")),
        ("other namespace", xml.replace(FA3, "http://crd.gov.pl/wzor/2023/06/29/12648/")),
        ("no namespace", xml.replace(&format!("xmlns=\"{FA3}\""), "")),
        ("spaces in tags", xml.replace("</NIP>", "</NIP >").replace("<NIP>", "<NIP\n>")),
        ("space before the name", xml.replacen("</NIP>", "</ NIP>", 1)),
    ] {
        cases.push(Case::new(format!("{name}: {what}"), text));
    }
    for attribute in [
        "kodSystemowy=\"FA (2)\"",
        "kodSystemowy=\"FA  (3)\"",
        "kodSystemowy=\"FA&#32;(3)\"",
        "kodSystemowy='FA (3)'",
        "kodSystemowy=\"FA\n(3)\"",
        "",
    ] {
        cases.push(Case::new(
            format!("{name}: {attribute}"),
            xml.replace("kodSystemowy=\"FA (3)\"", attribute),
        ));
    }
    repeated(name, root, cases);
}

/// Elements up to and beyond their greatest number.
fn repeated(name: &str, root: &mut Node, cases: &mut Vec<Case>) {
    for (element, most) in [
        ("DaneKontaktowe", 3),
        ("Podmiot3", 100),
        ("WZ", 1000),
        ("Rejestry", 100),
        ("Informacje", 3),
        ("TerminPlatnosci", 100),
        ("RachunekBankowy", 100),
        ("ZaliczkaCzesciowa", 31),
        ("Wiersz", 1000),
        ("WKom", 20),
        ("Akapit", 10),
    ] {
        let places = root.places();
        let Some(place) = places.iter().find(|place| root.clone().at(place).name == element) else {
            continue;
        };
        let Some((&index, parent)) = place.split_last() else { continue };
        for times in [most, most + 1] {
            let mut mutated = root.clone();
            let siblings = &mut mutated.at(parent).children;
            let one = siblings[index].clone();
            let known = siblings
                .iter()
                .filter(|child| matches!(child, Child::Node(node) if node.name == element))
                .count();
            (known..times).for_each(|_| siblings.insert(index, one.clone()));
            cases.push(Case::new(format!("{name}: {times} × {element}"), mutated.to_xml()));
        }
    }
}
