//! Attributes of an open element.

use super::super::NamespaceId;
use super::super::model::{Content, Particle, Simple};
use super::super::table::{COMPLEX, SIMPLE};
use super::super::value;
use super::children::Inside;
use super::path::{Frame, Path};
use super::{Observer, Validator};
use crate::finding::Problem;
use crate::xml::{Attribute, Namespaces};

impl<O: Observer> Validator<'_, '_, '_, '_, O> {
    pub(super) fn attributes(&mut self, particle: &'static Particle) {
        let declared = match particle.content {
            Content::Simple(_) => &[][..],
            Content::Complex(index) => COMPLEX[usize::from(index)].attributes,
        };
        if declared.is_empty() && self.scanner.attributes().is_empty() {
            return;
        }
        let mut scratch = String::new();
        for attribute in self.scanner.attributes() {
            let path = Path::open(&self.frames);
            let mut report = |problem| self.findings.push(problem, Some(attribute.offset), path);
            let namespace = match attribute.prefix {
                "" => Some(NamespaceId::None),
                prefix => self.scanner.namespaces().resolve(prefix),
            };
            if namespace == Some(NamespaceId::Xsi) {
                match attribute.local {
                    "schemaLocation" | "noNamespaceSchemaLocation" => {}
                    "nil" => report(Problem::Nil),
                    "type" => match typed(particle, &attribute.value, self.scanner.namespaces()) {
                        Some(Some(simple)) => {
                            if let Some(Frame { content: Inside::Text { simple: declared, .. }, .. }) =
                                self.frames.last_mut()
                            {
                                *declared = simple;
                            }
                        }
                        Some(None) => {}
                        None => report(Problem::Type(&attribute.value)),
                    },
                    _ => report(Problem::UnknownAttribute(attribute.local, &[])),
                }
                continue;
            }
            let known = declared
                .iter()
                .find(|known| known.name == attribute.local && namespace == Some(NamespaceId::None));
            let Some(known) = known else {
                let names: Vec<&str> = declared.iter().map(|known| known.name).collect();
                report(Problem::UnknownAttribute(attribute.local, &names));
                continue;
            };
            let simple = &SIMPLE[usize::from(known.simple)];
            if let Err(fault) = value::check(simple, &attribute.value, &mut scratch) {
                report(Problem::AttributeValue(known.name, &attribute.value, fault, simple));
            } else if known.fixed.is_some_and(|fixed| fixed != attribute.value) {
                report(Problem::AttributeFixed(
                    known.name,
                    &attribute.value,
                    known.fixed.unwrap_or_default(),
                ));
            }
        }
        for missing in declared.iter().filter(|known| known.required) {
            let is_it = |found: &Attribute<'_>| found.prefix.is_empty() && found.local == missing.name;
            if !self.scanner.attributes().iter().any(is_it) {
                let path = Path::open(&self.frames);
                self.findings.push(
                    Problem::MissingAttribute(missing.name),
                    Some(self.scanner.offset()),
                    path,
                );
            }
        }
    }
}

/// What `xsi:type` puts in the place of the declared type: `Some(None)` for that type itself, `None` for a
/// type that may not stand here.
fn typed(particle: &Particle, name: &str, namespaces: &Namespaces<'_>) -> Option<Option<&'static Simple>> {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    let namespace = namespaces.resolve(prefix)?;
    let is_named = |known: Option<(NamespaceId, &str)>| known == Some((namespace, local));
    match particle.content {
        Content::Complex(index) => is_named(COMPLEX[usize::from(index)].name).then_some(None),
        Content::Simple(declared) => {
            let found = SIMPLE.iter().position(|simple| is_named(simple.name))?;
            let mut at = u16::try_from(found).ok();
            while let Some(index) = at {
                if index == declared {
                    return Some(Some(&SIMPLE[found]));
                }
                at = SIMPLE[usize::from(index)].base;
            }
            None
        }
    }
}
