//! Documents walked at random through the schema, so that every element and type is met, not only those of the
//! samples. The walk mostly obeys the schema and sometimes does not.

use super::chance::Chance;
use super::fa3_table::content::{Content, Table};
use super::fa3_table::simple::Primitive;
use super::oracle::Case;
use super::tree::{Child, Node};
use super::values::probes;

pub(crate) fn all() -> Vec<Case> {
    // From walks without a fault to walks with many.
    some(77, 2500, &[0, 1, 1, 2, 3])
}

/// So many walks, with at most so many faults in turn.
pub(crate) fn some(seed: u64, count: usize, faults: &[usize]) -> Vec<Case> {
    let table = super::fa3_table::table().expect("the schema is readable");
    let mut chance = Chance::new(seed);
    (0..count)
        .map(|number| {
            let mut walker =
                Walker { table: &table, chance: &mut chance, faults: faults[number % faults.len()] };
            let mut root = walker.element(&table.root.0, Content::Complex(table.root.1), 0);
            root.attributes.push_str(&format!(" xmlns=\"{}\"", table.target));
            Case::new(format!("walk {number}"), root.to_xml())
        })
        .collect()
}

struct Walker<'t, 'c> {
    table: &'t Table,
    chance: &'c mut Chance,
    faults: usize,
}

impl Walker<'_, '_> {
    fn fault(&mut self, one_in: usize) -> bool {
        let now = self.faults > 0 && self.chance.one_in(one_in);
        self.faults -= usize::from(now);
        now
    }

    fn element(&mut self, name: &str, content: Content, depth: usize) -> Node {
        let mut node = Node { name: name.to_owned(), ..Node::default() };
        match content {
            Content::Simple(simple) => node = Node::leaf(name, &self.value(simple)),
            Content::Complex(index) => {
                let table = self.table;
                let complex = &table.complexes[index];
                for attribute in &complex.attributes {
                    if !self.fault(60) {
                        let value = attribute.fixed.clone().unwrap_or_else(|| self.value(attribute.simple));
                        node.attributes.push_str(&format!(
                            " {}=\"{}\"",
                            attribute.name,
                            value.replace(['<', '"'], "")
                        ));
                    }
                }
                match complex.text {
                    Some(simple) => node.children.push(Child::Raw(self.value(simple))),
                    None => self.children(index, &mut node, depth),
                }
            }
        }
        node
    }

    fn children(&mut self, index: usize, node: &mut Node, depth: usize) {
        let complex = &self.table.complexes[index];
        let (mut allowed, mut may_end) = (complex.start, complex.may_be_empty);
        loop {
            let choices: Vec<usize> =
                (0..complex.particles.len()).filter(|at| allowed & (1 << at) != 0).collect();
            let wants_end = choices.is_empty() || self.chance.one_in(if depth < 2 { 12 } else { 3 });
            if (may_end && wants_end) || choices.is_empty() || self.fault(80) {
                return;
            }
            // Near choices more often than far ones, so that walks are long.
            let reach = 1 + self.chance.below(choices.len().min(if depth < 2 { 3 } else { 5 }));
            let mut at = choices[self.chance.below(reach)];
            if self.fault(80) {
                at = self.chance.below(complex.particles.len());
            }
            let particle = &complex.particles[at];
            let times = if particle.most > 1 && self.chance.one_in(3) {
                1 + self.chance.below(particle.most.min(3))
            } else {
                1
            };
            let times = times + usize::from(self.fault(80));
            for _ in 0..times {
                let child = self.element(&particle.name, particle.content, depth + 1);
                node.children.push(Child::Node(child));
            }
            (allowed, may_end) = (particle.next, particle.last);
        }
    }

    fn value(&mut self, simple: usize) -> String {
        if self.fault(40) {
            let probes = probes("1");
            return probes[self.chance.below(probes.len())].clone();
        }
        let simple = &self.table.simples[simple];
        if !simple.values.is_empty() {
            return simple.values[self.chance.below(simple.values.len())].clone();
        }
        let name = simple.name.as_ref().map_or("", |name| name.1.as_str());
        let among: &[&str] = match (name, &simple.primitive) {
            ("TNrNIP", _) => &["5265877635", "9999999999", "1010000000"],
            ("TNIPIdWew", _) => &["5265877635-12345"],
            ("TNrVatUE", _) => &["123456789", "U12+*"],
            ("TAdresEmail", _) => &["a@b", "jan.kowalski@example.pl"],
            ("TNumerKSeF", _) => &["5265877635-20260101-0200A0D6723E-C2"],
            ("SWIFT_Type", _) => &["ABCDPLPW", "ABCDPLPWXXX"],
            ("TNrKRS", _) => &["0000099999"],
            (_, Primitive::Union(_)) => &["123456789", "12345678901234"],
            (_, Primitive::Date) => &["2026-02-28", "2024-02-29", "2016-07-01", "2050-01-01"],
            (_, Primitive::DateTime) => {
                &["2026-01-01T10:00:00Z", "2026-01-01T10:00:00", "2030-01-01T10:00:00.123+02:00"]
            }
            (_, Primitive::Decimal) => &["0", "1", "12.5", "0.01", "99.99", "-0"],
            (_, Primitive::Integer) => &["1", "7", "+12", "0099"],
            (_, Primitive::Text) if simple.max_length == Some(13) && !simple.patterns.is_empty() => {
                &["123abcdefghij"]
            }
            (_, Primitive::Text) if !simple.patterns.is_empty() => &["https://a.pl/x?IPKSeF=123abcdefghij"],
            (_, Primitive::Text) if simple.min_length == 10 => &["PL61109010140000071219812874"],
            (_, Primitive::Text) => &["Zażółć", "a", " a  b ", "a &amp; b", "<![CDATA[a < b]]>"],
        };
        self.chance.pick(among).to_owned()
    }
}
