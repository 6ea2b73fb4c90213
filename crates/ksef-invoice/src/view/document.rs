//! Any document as a tree of elements, values and lists.

use crate::fa3::tree::Tree;
use crate::fa3::{ReadError, ReadFault, push_lines, read_fault};
use crate::form;
use crate::summary::Form;
use crate::xml::{Scanner, Token, XmlFault};

/// The form of a document.
pub(super) fn form_of(bytes: &[u8]) -> Result<Form, ReadError> {
    let mut scanner = open(bytes)?;
    loop {
        match scanner.next().map_err(|fault| located(bytes, fault, &[]))? {
            Token::Start => {
                let name = scanner.name();
                return Ok(form::of_root(name.local, scanner.namespaces().uri(name.prefix)));
            }
            Token::Eof => return Ok(Form::Other { root: String::new(), namespace: String::new() }),
            _ => {}
        }
    }
}

/// The root element as a tree. White space around values goes; attributes are not looked at.
pub(super) fn tree_of(bytes: &[u8]) -> Result<Tree, ReadError> {
    let mut scanner = open(bytes)?;
    let mut open: Vec<Building<'_>> = Vec::new();
    loop {
        match scanner.next().map_err(|fault| located(bytes, fault, &open))? {
            Token::Start => open.push(Building { name: scanner.name().local, ..Building::default() }),
            Token::Text(text) | Token::CData(text) => {
                if let Some(innermost) = open.last_mut() {
                    push_lines(&mut innermost.text, text);
                }
            }
            Token::Character(character) => {
                if let Some(innermost) = open.last_mut() {
                    innermost.text.push(character);
                }
            }
            Token::End => {
                let Some(done) = open.pop() else { continue };
                let (name, tree) = (done.name, done.finish());
                match open.last_mut() {
                    Some(parent) => parent.add(name, tree),
                    None => return finish(bytes, scanner, tree),
                }
            }
            Token::Declaration | Token::Instruction(_) => {}
            Token::Eof => return Ok(Tree::Object(Vec::new())),
        }
    }
}

/// Nothing but comments may follow.
fn finish(bytes: &[u8], mut scanner: Scanner<'_>, tree: Tree) -> Result<Tree, ReadError> {
    while scanner.next().map_err(|fault| located(bytes, fault, &[]))? != Token::Eof {}
    Ok(tree)
}

fn open(bytes: &[u8]) -> Result<Scanner<'_>, ReadError> {
    let (rest, base) = bytes.strip_prefix(b"\xEF\xBB\xBF").map_or((bytes, 0), |rest| (rest, 3));
    let text = std::str::from_utf8(rest).map_err(|error| {
        crate::fa3::error_at(bytes, base + error.valid_up_to(), ReadFault::NotUtf8, String::new())
    })?;
    Scanner::new(text, base).map_err(|fault| located(bytes, fault, &[]))
}

#[expect(clippy::boxed_local, reason = "the scanner's faults come boxed")]
fn located(bytes: &[u8], fault: XmlFault, open: &[Building<'_>]) -> ReadError {
    let path = open.iter().map(|building| format!("/{}", building.name)).collect();
    crate::fa3::error_at(bytes, fault.offset, read_fault(&fault.kind), path)
}

/// An element that is being read.
#[derive(Debug, Default)]
struct Building<'a> {
    name: &'a str,
    text: String,
    entries: Vec<(String, Tree)>,
}

impl Building<'_> {
    fn finish(self) -> Tree {
        match self.entries.is_empty() {
            true => Tree::Text(self.text.trim_matches([' ', '\t', '\n', '\r']).to_owned()),
            false => Tree::Object(self.entries),
        }
    }

    fn add(&mut self, name: &str, tree: Tree) {
        match self.entries.last_mut() {
            Some((known, Tree::List(items))) if known == name => items.push(tree),
            Some((known, before)) if known == name => {
                let first = std::mem::replace(before, Tree::List(Vec::new()));
                if let Tree::List(items) = before {
                    items.extend([first, tree]);
                }
            }
            _ => self.entries.push((name.to_owned(), tree)),
        }
    }
}
