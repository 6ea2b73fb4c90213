//! One pass over a document along the tables.

mod attributes;
mod children;
mod path;
mod text;

use children::{Inside, inside};
use path::Frame;
pub(crate) use path::{Path, Step};
use text::Text;

use super::NamespaceId;
use super::expectation::{between, names};
use super::model::{Content, Particle, Simple};
use super::table::ROOT;
use super::value;
use crate::finding::{Findings, Problem};
use crate::form;
use crate::xml::{Declaration, Name, Scanner, Token, XmlFault, is_space};

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

/// Validates; the observer sees values that fit their types.
pub(crate) fn validate(bytes: &[u8], observer: &mut impl Observer, findings: &mut Findings<'_>) {
    let (without_bom, base) = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => (rest, 3),
        None => (bytes, 0),
    };
    let text = match std::str::from_utf8(without_bom) {
        Ok(text) => text,
        Err(error) => {
            return findings.push(Problem::NotUtf8, Some(base + error.valid_up_to()), Path::open(&[]));
        }
    };
    let scanner = match Scanner::new(text, base) {
        Ok(scanner) => scanner,
        Err(fault) => {
            return findings.push(Problem::Xml(&fault.kind), Some(fault.offset), Path::open(&[]));
        }
    };
    let mut validator =
        Validator { scanner, frames: Vec::with_capacity(16), text: Text::default(), observer, findings };
    if let Err(fault) = validator.run() {
        let path = Path::open(&validator.frames);
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
                    let path = Path::open(&self.frames);
                    self.observer.instruction(&path, target, self.scanner.offset(), self.findings);
                }
                Token::Eof => return Ok(()),
            }
        }
        Ok(())
    }

    /// Reports something about the innermost element.
    fn report(&mut self, problem: Problem<'_>, offset: usize) {
        self.findings.push(problem, Some(offset), Path::open(&self.frames));
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
            self.observer.element(&Path::open(&self.frames), offset, self.findings);
        }
    }

    fn root(&mut self, name: Name<'a>) -> Option<&'static Particle> {
        if name.namespace == NamespaceId::Fa3 && name.local == ROOT.name {
            return Some(&ROOT);
        }
        let form = form::of_root(name.local, self.scanner.namespaces().uri(name.prefix));
        self.findings.push(Problem::OtherForm(&form), Some(self.scanner.offset()), Path::open(&[]));
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
            self.findings.push(problem, Some(offset), Path::open(&self.frames));
            return None;
        };
        let particle = &complex.particles[index];
        if before.current.is_some_and(|current| std::ptr::eq(current, particle)) {
            self.findings.push(
                Problem::TooMany(name.local, particle.most),
                Some(offset),
                Path::open(&self.frames),
            );
            return Some(particle);
        }
        match between(complex, before.allowed(), false, Some(index)) {
            Some(missing) => {
                children.stand_on(index);
                let problem = Problem::MissingBefore(name.local, &missing.required, &missing.any_of);
                self.findings.push(problem, Some(offset), Path::open(&self.frames));
            }
            None => {
                let problem = Problem::OutOfPlace(name.local, &names(complex, before.allowed()));
                self.findings.push(problem, Some(offset), Path::open(&self.frames));
            }
        }
        Some(particle)
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
        let path = Path::open(&self.frames);
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
