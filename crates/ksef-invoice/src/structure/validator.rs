//! One pass over a document along the tables.

use super::NamespaceId;
use super::expectation::{between, bits, names};
use super::model::{Complex, Content, Particle, Simple};
use super::table::{COMPLEX, ROOT, SIMPLE};
use super::value;
use crate::finding::{Findings, Problem};
use crate::form;
use crate::xml::{Attribute, Declaration, Name, Namespaces, Scanner, Token, XmlFault, is_space};

/// Somebody who looks on while a document is validated, to check what the schema does not say.
pub(crate) trait Observer {
    /// An element begins.
    fn element(&mut self, _path: &Path<'_>, _offset: usize, _findings: &mut Findings<'_>) {}
    /// A simple value that fits its type has been read; `offset` is where its element begins.
    fn value(&mut self, _path: &Path<'_>, _value: &str, _offset: usize, _findings: &mut Findings<'_>) {}
    /// `<?xml …?>`.
    fn declaration(&mut self, _declaration: &Declaration, _findings: &mut Findings<'_>) {}
    /// A processing instruction.
    fn instruction(&mut self, _path: &Path<'_>, _target: &str, _offset: usize, _findings: &mut Findings<'_>) {
    }
}

/// The elements that are open, outermost first.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Path<'p> {
    frames: &'p [Frame<'p>],
}

impl<'p> Path<'p> {
    /// Name of the innermost element; empty outside the root.
    pub(crate) fn name(&self) -> &'p str {
        self.frames.last().map_or("", |frame| frame.name)
    }

    /// Names of the open elements with their number among equals (0 where there can be but one), outermost first.
    pub(crate) fn steps(&self) -> impl DoubleEndedIterator<Item = (&'p str, u32)> + use<'p> {
        self.frames.iter().map(|frame| (frame.name, frame.ordinal))
    }

    /// Whether an element of this name is open.
    pub(crate) fn is_inside(&self, name: &str) -> bool {
        self.frames.iter().any(|frame| frame.name == name)
    }

    /// `/Faktura/Fa/FaWiersz[3]/P_12`.
    pub(crate) fn render(&self) -> String {
        let mut out = String::new();
        for (name, ordinal) in self.steps() {
            out.push('/');
            out.push_str(name);
            if ordinal > 0 {
                out.push_str(&format!("[{ordinal}]"));
            }
        }
        out
    }
}

/// An open element.
#[derive(Debug)]
struct Frame<'a> {
    name: &'a str,
    ordinal: u32,
    offset: usize,
    content: Inside,
}

/// What may stand in an open element.
#[derive(Debug, Clone, Copy)]
enum Inside {
    Children(Children),
    Text {
        simple: &'static Simple,
        fixed: Option<&'static str>,
    },
    /// Something is wrong with the element itself: what is in it is only read as XML.
    Anything,
}

/// Where in a content model we stand.
#[derive(Debug, Clone, Copy)]
struct Children {
    complex: &'static Complex,
    /// The particle that stood last.
    current: Option<&'static Particle>,
    count: u32,
    text_reported: bool,
}

impl Children {
    const fn new(complex: &'static Complex) -> Self {
        Self { complex, current: None, count: 0, text_reported: false }
    }

    /// Particles that may come next.
    const fn allowed(&self) -> u128 {
        match self.current {
            Some(current) => current.next,
            None => self.complex.start,
        }
    }

    /// Whether nothing need come any more.
    const fn may_end(&self) -> bool {
        match self.current {
            Some(current) => current.last,
            None => self.complex.may_be_empty,
        }
    }

    /// Steps on a child; `None` if it may not stand here.
    fn step(&mut self, name: &str) -> Option<&'static Particle> {
        if let Some(current) =
            self.current.filter(|current| self.count < current.most && current.name == name)
        {
            self.count += 1;
            return Some(current);
        }
        let index = bits(self.allowed()).find(|&index| self.complex.particles[index].name == name)?;
        Some(self.stand_on(index))
    }

    fn stand_on(&mut self, index: usize) -> &'static Particle {
        let particle = &self.complex.particles[index];
        self.current = Some(particle);
        self.count = 1;
        particle
    }
}

/// The text of the innermost simple element, put together only where it comes in pieces.
#[derive(Debug, Default)]
struct Text<'a> {
    first: Option<&'a str>,
    joined: String,
    scratch: String,
}

impl<'a> Text<'a> {
    fn clear(&mut self) {
        self.first = None;
        self.joined.clear();
    }

    fn push(&mut self, piece: &'a str) {
        if self.first.is_none() && !piece.as_bytes().contains(&b'\r') {
            self.first = Some(piece);
            return;
        }
        self.join();
        // Line ends as XML asks: CR LF and a lone CR are one LF.
        let mut pieces = piece.split('\r');
        self.joined.push_str(pieces.next().unwrap_or_default());
        for after in pieces {
            self.joined.push('\n');
            self.joined.push_str(after.strip_prefix('\n').unwrap_or(after));
        }
    }

    fn push_character(&mut self, character: char) {
        self.join();
        self.joined.push(character);
    }

    /// Moves the first piece to the joined ones.
    fn join(&mut self) {
        if self.joined.is_empty() {
            self.joined.push_str(self.first.unwrap_or_default());
        }
        self.first = Some("");
    }
}

/// Validates; the observer sees values that fit their types.
pub(crate) fn validate(bytes: &[u8], observer: &mut impl Observer, findings: &mut Findings<'_>) {
    let (without_bom, base) = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => (rest, 3),
        None => (bytes, 0),
    };
    let text = match std::str::from_utf8(without_bom) {
        Ok(text) => text,
        Err(error) => {
            return findings.push(Problem::NotUtf8, Some(base + error.valid_up_to()), Path { frames: &[] });
        }
    };
    let scanner = match Scanner::new(text, base) {
        Ok(scanner) => scanner,
        Err(fault) => {
            return findings.push(Problem::Xml(&fault.kind), Some(fault.offset), Path { frames: &[] });
        }
    };
    let mut validator =
        Validator { scanner, frames: Vec::with_capacity(16), text: Text::default(), observer, findings };
    if let Err(fault) = validator.run() {
        let path = Path { frames: &validator.frames };
        validator.findings.push(Problem::Xml(&fault.kind), Some(fault.offset), path);
    }
}

struct Validator<'a, 'o, 'f, 'b, O> {
    scanner: Scanner<'a>,
    frames: Vec<Frame<'a>>,
    text: Text<'a>,
    observer: &'o mut O,
    findings: &'f mut Findings<'b>,
}

impl<'a, O: Observer> Validator<'a, '_, '_, '_, O> {
    fn run(&mut self) -> Result<(), XmlFault> {
        while !self.findings.is_full() {
            match self.scanner.next()? {
                Token::Start => self.open(),
                Token::End => self.close(),
                Token::Text(text) => self.characters(text, false),
                Token::CData(text) => self.characters(text, true),
                Token::Character(character) => self.character(character),
                Token::Declaration => self.observer.declaration(self.scanner.declaration(), self.findings),
                Token::Instruction(target) => {
                    let path = Path { frames: &self.frames };
                    self.observer.instruction(&path, target, self.scanner.offset(), self.findings);
                }
                Token::Eof => return Ok(()),
            }
        }
        Ok(())
    }

    /// Reports something about the innermost element.
    fn report(&mut self, problem: Problem<'_>, offset: usize) {
        self.findings.push(problem, Some(offset), Path { frames: &self.frames });
    }

    fn open(&mut self) {
        let name = self.scanner.name();
        let offset = self.scanner.offset();
        let (particle, ordinal) = match self.frames.last_mut().map(|frame| &mut frame.content) {
            None => (self.root(name), 0),
            Some(Inside::Children(children)) => {
                let known = name.namespace == NamespaceId::Fa3;
                match if known { children.step(name.local) } else { None } {
                    Some(particle) => (Some(particle), if particle.most > 1 { children.count } else { 0 }),
                    None => (self.misplaced(name, offset), 0),
                }
            }
            Some(Inside::Text { .. }) => {
                self.report(Problem::ChildInText(name.local), offset);
                (None, 0)
            }
            Some(Inside::Anything) => (None, 0),
        };
        let (local, content) = match particle {
            Some(particle) => (particle.name, inside(particle)),
            None => (name.local, Inside::Anything),
        };
        self.frames.push(Frame { name: local, ordinal, offset, content });
        if let Some(particle) = particle {
            if !self.scanner.attributes().is_empty() || matches!(particle.content, Content::Complex(_)) {
                self.attributes(particle);
            }
            self.text.clear();
            self.observer.element(&Path { frames: &self.frames }, offset, self.findings);
        }
    }

    fn root(&mut self, name: Name<'a>) -> Option<&'static Particle> {
        if name.namespace == NamespaceId::Fa3 && name.local == ROOT.name {
            return Some(&ROOT);
        }
        let form = form::of_root(name.local, self.scanner.namespaces().uri(name.prefix));
        self.findings.push(Problem::OtherForm(&form), Some(self.scanner.offset()), Path { frames: &[] });
        None
    }

    /// A child that may not stand here: says why and finds a way to go on.
    fn misplaced(&mut self, name: Name<'a>, offset: usize) -> Option<&'static Particle> {
        let Some(Frame { content: Inside::Children(children), .. }) = self.frames.last_mut() else {
            return None;
        };
        let complex = children.complex;
        let before = *children;
        let index = complex.particles.iter().position(|particle| particle.name == name.local);
        let Some(index) = index.filter(|_| name.namespace == NamespaceId::Fa3) else {
            let problem = match name.namespace == NamespaceId::Fa3 {
                true => Problem::UnknownElement(name.local, &names(complex, before.allowed())),
                false => Problem::WrongNamespace(name.local),
            };
            self.findings.push(problem, Some(offset), Path { frames: &self.frames });
            return None;
        };
        let particle = &complex.particles[index];
        if before.current.is_some_and(|current| std::ptr::eq(current, particle)) {
            self.findings.push(
                Problem::TooMany(name.local, particle.most),
                Some(offset),
                Path { frames: &self.frames },
            );
            return Some(particle);
        }
        match between(complex, before.allowed(), false, Some(index)) {
            Some(missing) => {
                children.stand_on(index);
                let problem = Problem::MissingBefore(name.local, &missing.required, &missing.any_of);
                self.findings.push(problem, Some(offset), Path { frames: &self.frames });
            }
            None => {
                let problem = Problem::OutOfPlace(name.local, &names(complex, before.allowed()));
                self.findings.push(problem, Some(offset), Path { frames: &self.frames });
            }
        }
        Some(particle)
    }

    fn attributes(&mut self, particle: &'static Particle) {
        let declared = match particle.content {
            Content::Simple(_) => &[][..],
            Content::Complex(index) => COMPLEX[usize::from(index)].attributes,
        };
        if declared.is_empty() && self.scanner.attributes().is_empty() {
            return;
        }
        let mut scratch = String::new();
        for attribute in self.scanner.attributes() {
            let path = Path { frames: &self.frames };
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
                let path = Path { frames: &self.frames };
                self.findings.push(
                    Problem::MissingAttribute(missing.name),
                    Some(self.scanner.offset()),
                    path,
                );
            }
        }
    }

    fn characters(&mut self, text: &'a str, is_cdata: bool) {
        match self.frames.last_mut().map(|frame| &mut frame.content) {
            Some(Inside::Text { .. }) => self.text.push(text),
            Some(Inside::Children(children)) => {
                // libxml2, and so the agreement test, takes no CDATA between elements, be it empty.
                let place = if is_cdata { Some(0) } else { text.bytes().position(|byte| !is_space(byte)) };
                if let Some(place) = place.filter(|_| !children.text_reported) {
                    children.text_reported = true;
                    self.report(Problem::TextBetween(text.trim()), self.scanner.offset() + place);
                }
            }
            Some(Inside::Anything) | None => {}
        }
    }

    fn character(&mut self, character: char) {
        match self.frames.last_mut().map(|frame| &mut frame.content) {
            Some(Inside::Text { .. }) => self.text.push_character(character),
            Some(Inside::Children(children))
                if !character.is_ascii_whitespace() && !children.text_reported =>
            {
                children.text_reported = true;
                self.report(Problem::TextBetween(character.encode_utf8(&mut [0; 4])), self.scanner.offset());
            }
            _ => {}
        }
    }

    fn close(&mut self) {
        match self.frames.last().map(|frame| &frame.content) {
            Some(Inside::Children(children)) if !children.may_end() => {
                if let Some(missing) = between(children.complex, children.allowed(), false, None) {
                    let problem = Problem::MissingAtEnd(&missing.required, &missing.any_of);
                    self.report(problem, self.scanner.offset());
                }
            }
            Some(&Inside::Text { simple, fixed }) => self.value(simple, fixed),
            _ => {}
        }
        self.frames.pop();
    }

    fn value(&mut self, simple: &'static Simple, fixed: Option<&'static str>) {
        let Text { first, joined, scratch } = &mut self.text;
        let value = if joined.is_empty() { first.unwrap_or_default() } else { joined.as_str() };
        let path = Path { frames: &self.frames };
        let offset = self.frames.last().map_or(0, |frame| frame.offset);
        // An empty element takes its fixed value.
        if fixed.is_some() && value.is_empty() {
            return;
        }
        let seen = value::normalised(simple.white_space, value, scratch);
        if let Err(fault) = value::check_normalised(simple, seen, value) {
            return self.findings.push(Problem::Value(value, fault, simple), Some(offset), path);
        }
        match fixed.filter(|fixed| *fixed != seen) {
            Some(fixed) => self.findings.push(Problem::Fixed(seen, fixed), Some(offset), path),
            None => self.observer.value(&path, seen, offset, self.findings),
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

fn inside(particle: &'static Particle) -> Inside {
    match particle.content {
        Content::Simple(index) => Inside::Text { simple: &SIMPLE[usize::from(index)], fixed: particle.fixed },
        Content::Complex(index) => {
            let complex = &COMPLEX[usize::from(index)];
            match complex.text {
                Some(simple) => Inside::Text { simple: &SIMPLE[usize::from(simple)], fixed: None },
                None => Inside::Children(Children::new(complex)),
            }
        }
    }
}
