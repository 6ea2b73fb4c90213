//! Complex types as automata of positions (Glushkov): which child may stand where, and what may follow it.

use super::Problem;
use super::pattern::Automaton;
use super::simple::{Simple, Simples};
use super::xsd::{Node, QName, Schemas, XSD};

/// Everything that is written out.
#[derive(Debug)]
pub(crate) struct Table {
    pub target: String,
    pub root: (String, usize),
    pub complexes: Vec<Complex>,
    pub simples: Vec<Simple>,
    pub patterns: Vec<(String, Automaton)>,
}

/// A complex type.
#[derive(Debug, Clone)]
pub(crate) struct Complex {
    pub name: Option<QName>,
    pub particles: Vec<Particle>,
    /// Which particles may stand first.
    pub start: u128,
    /// Whether there may be no child at all.
    pub may_be_empty: bool,
    /// The type of the text, for simple content.
    pub text: Option<usize>,
    pub attributes: Vec<Attribute>,
}

/// An element in the content of a complex type.
#[derive(Debug, Clone)]
pub(crate) struct Particle {
    pub name: String,
    pub content: Content,
    pub most: usize,
    /// Which particles may follow.
    pub next: u128,
    /// Whether it may stand last.
    pub last: bool,
    pub fixed: Option<String>,
}

/// The type of an element.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Content {
    Simple(usize),
    Complex(usize),
}

/// An attribute.
#[derive(Debug, Clone)]
pub(crate) struct Attribute {
    pub name: String,
    pub simple: usize,
    pub required: bool,
    pub fixed: Option<String>,
}

/// First, last and emptiness of a part of a content model.
#[derive(Debug, Clone, Copy, Default)]
struct Part {
    first: u128,
    last: u128,
    empty: bool,
}

struct Compiler<'s> {
    schemas: &'s Schemas,
    simples: Simples,
    complexes: Vec<Complex>,
}

/// Compiles the only global element of the target namespace and all that it needs.
pub(crate) fn compile(schemas: &Schemas) -> Result<Table, Problem> {
    let mut roots = schemas.elements.iter().filter(|((namespace, _), _)| *namespace == schemas.target);
    let (Some((name, root)), None) = (roots.next(), roots.next()) else {
        return Err(Problem::Unsupported("not exactly one global element".to_owned()));
    };
    let mut compiler = Compiler { schemas, simples: Simples::default(), complexes: Vec::new() };
    let Content::Complex(index) = compiler.content_of(root)? else {
        return Err(Problem::Unsupported("a root without children".to_owned()));
    };
    compiler.add_derived()?;
    Ok(Table {
        target: schemas.target.clone(),
        root: (name.1.clone(), index),
        complexes: compiler.complexes,
        simples: compiler.simples.types,
        patterns: compiler.simples.patterns,
    })
}

impl Compiler<'_> {
    /// Named types that `xsi:type` may put in the place of a used one.
    fn add_derived(&mut self) -> Result<(), Problem> {
        let used: Vec<usize> = self
            .complexes
            .iter()
            .flat_map(|complex| &complex.particles)
            .filter_map(|particle| match particle.content {
                Content::Simple(simple) => Some(simple),
                Content::Complex(_) => None,
            })
            .collect();
        let mut names: Vec<QName> = self.schemas.simple_order.clone();
        names.extend(super::simple::INTEGERS.iter().map(|known| (XSD.to_owned(), known.0.to_owned())));
        for name in names {
            let mut trial =
                Simples { types: self.simples.types.clone(), patterns: self.simples.patterns.clone() };
            // Types that are of no use here may say things that the tables cannot.
            let Ok(index) = trial.named(self.schemas, &name) else { continue };
            let mut base = Some(index);
            while let Some(at) = base {
                if used.contains(&at) {
                    self.simples = trial;
                    break;
                }
                base = trial.types[at].base;
            }
        }
        Ok(())
    }

    fn content_of(&mut self, element: &Node) -> Result<Content, Problem> {
        element
            .allow(&["name", "type", "minOccurs", "maxOccurs", "fixed"], &["complexType", "simpleType"])?;
        match (element.get("type"), element.child("simpleType"), element.child("complexType")) {
            (Some(name), None, None) => {
                let name = element.qname(name)?;
                match self.schemas.complex.get(&name) {
                    Some(node) => Ok(Content::Complex(self.complex(node, Some(name))?)),
                    None => Ok(Content::Simple(self.simples.named(self.schemas, &name)?)),
                }
            }
            (None, Some(node), None) => Ok(Content::Simple(self.simples.anonymous(self.schemas, node)?)),
            (None, None, Some(node)) => Ok(Content::Complex(self.complex(node, None)?)),
            _ => Err(Problem::Unsupported("an element without one type".to_owned())),
        }
    }

    fn complex(&mut self, node: &Node, name: Option<QName>) -> Result<usize, Problem> {
        let known = self.complexes.iter().position(|complex| name.is_some() && complex.name == name);
        if let Some(known) = known {
            return Ok(known);
        }
        let kinds = ["sequence", "choice", "attribute", "simpleContent", "complexContent"];
        node.allow(&["name"], &kinds)?;
        let mut complex = Complex {
            name,
            particles: Vec::new(),
            start: 0,
            may_be_empty: true,
            text: None,
            attributes: Vec::new(),
        };
        for child in &node.children {
            match child.kind.as_str() {
                "attribute" => complex.attributes.push(self.attribute(child)?),
                "simpleContent" => self.simple_content(child, &mut complex)?,
                "complexContent" => self.complex_content(child, &mut complex)?,
                _ => self.model(child, &mut complex)?,
            }
        }
        self.complexes.push(complex);
        Ok(self.complexes.len() - 1)
    }

    fn simple_content(&mut self, node: &Node, complex: &mut Complex) -> Result<(), Problem> {
        node.allow(&[], &["extension"])?;
        for extension in &node.children {
            extension.allow(&["base"], &["attribute"])?;
            let base = extension.qname(extension.need("base")?)?;
            complex.text = Some(self.simples.named(self.schemas, &base)?);
            for attribute in &extension.children {
                complex.attributes.push(self.attribute(attribute)?);
            }
        }
        Ok(())
    }

    /// Only extensions that add nothing: the schema has no others.
    fn complex_content(&mut self, node: &Node, complex: &mut Complex) -> Result<(), Problem> {
        node.allow(&[], &["extension"])?;
        for extension in &node.children {
            extension.allow(&["base"], &[])?;
            let base = extension.qname(extension.need("base")?)?;
            let node = self.schemas.complex.get(&base);
            let node = node.ok_or_else(|| Problem::Unsupported(format!("unknown type {}", base.1)))?.clone();
            let base = self.complex(&node, Some(base))?;
            *complex = Complex { name: complex.name.clone(), ..self.complexes[base].clone() };
        }
        Ok(())
    }

    fn attribute(&mut self, node: &Node) -> Result<Attribute, Problem> {
        node.allow(&["name", "type", "use", "fixed"], &["simpleType"])?;
        let simple = match (node.get("type"), node.child("simpleType")) {
            (Some(name), None) => self.simples.named(self.schemas, &node.qname(name)?)?,
            (None, Some(simple)) => self.simples.anonymous(self.schemas, simple)?,
            _ => return Err(Problem::Unsupported("an attribute without one type".to_owned())),
        };
        Ok(Attribute {
            name: node.need("name")?.to_owned(),
            simple,
            required: node.get("use") == Some("required"),
            fixed: node.get("fixed").map(str::to_owned),
        })
    }

    fn model(&mut self, node: &Node, complex: &mut Complex) -> Result<(), Problem> {
        let part = self.part(node, complex)?;
        complex.start = part.first;
        complex.may_be_empty = part.empty;
        for (index, particle) in complex.particles.iter_mut().enumerate() {
            particle.last = part.last & (1 << index) != 0;
        }
        deterministic(complex)
    }

    fn part(&mut self, node: &Node, complex: &mut Complex) -> Result<Part, Problem> {
        let optional = match node.get("minOccurs") {
            None | Some("1") => false,
            Some("0") => true,
            Some(other) => return Err(Problem::Unsupported(format!("minOccurs {other}"))),
        };
        let mut part = match node.kind.as_str() {
            "element" => self.particle(node, complex)?,
            "sequence" => self.sequence(node, complex)?,
            "choice" => self.choice(node, complex)?,
            other => return Err(Problem::Unsupported(format!("{other} in a content model"))),
        };
        part.empty |= optional;
        Ok(part)
    }

    fn particle(&mut self, node: &Node, complex: &mut Complex) -> Result<Part, Problem> {
        let most = node.get("maxOccurs").unwrap_or("1");
        let most = most.parse().map_err(|_| Problem::Unsupported(format!("maxOccurs {most}")))?;
        let content = self.content_of(node)?;
        if complex.particles.len() == 128 {
            return Err(Problem::Unsupported("over 128 elements in one type".to_owned()));
        }
        let bit = 1_u128 << complex.particles.len();
        complex.particles.push(Particle {
            name: node.need("name")?.to_owned(),
            content,
            most,
            next: 0,
            last: false,
            fixed: node.get("fixed").map(str::to_owned),
        });
        Ok(Part { first: bit, last: bit, empty: false })
    }

    fn sequence(&mut self, node: &Node, complex: &mut Complex) -> Result<Part, Problem> {
        node.allow(&["minOccurs"], &["element", "sequence", "choice"])?;
        let mut whole = Part { empty: true, ..Part::default() };
        for child in &node.children {
            let part = self.part(child, complex)?;
            for (index, particle) in complex.particles.iter_mut().enumerate() {
                if whole.last & (1 << index) != 0 {
                    particle.next |= part.first;
                }
            }
            whole.first |= if whole.empty { part.first } else { 0 };
            whole.last = part.last | if part.empty { whole.last } else { 0 };
            whole.empty &= part.empty;
        }
        Ok(whole)
    }

    fn choice(&mut self, node: &Node, complex: &mut Complex) -> Result<Part, Problem> {
        node.allow(&["minOccurs"], &["element", "sequence", "choice"])?;
        let mut whole = Part::default();
        for child in &node.children {
            let part = self.part(child, complex)?;
            whole.first |= part.first;
            whole.last |= part.last;
            whole.empty |= part.empty;
        }
        Ok(whole)
    }
}

/// From every place, a name leads to one particle at most: the validator takes the first.
fn deterministic(complex: &Complex) -> Result<(), Problem> {
    let sets = complex.particles.iter().map(|particle| particle.next).chain([complex.start]);
    for set in sets {
        let mut names: Vec<&str> = (0..complex.particles.len())
            .filter(|index| set & (1 << index) != 0)
            .map(|index| complex.particles[index].name.as_str())
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        if names.len() != all {
            return Err(Problem::Unsupported("an ambiguous content model".to_owned()));
        }
    }
    Ok(())
}
