//! Findings of a draft while they are gathered, each beside its field.

use std::fmt::Write as _;

use super::DraftFinding;
use crate::describe::check_value;
use crate::{FindingCode, names};

/// Where in a draft, as a chain that is written out only when something is found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field<'p> {
    parent: Option<&'p Field<'p>>,
    step: Step,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Name(&'static str),
    Index(usize),
}

impl<'p> Field<'p> {
    /// A field of the draft itself.
    pub(crate) const fn new(name: &'static str) -> Self {
        Self { parent: None, step: Step::Name(name) }
    }

    /// A field of this one; an empty name is the field itself.
    pub(crate) const fn at(&'p self, name: &'static str) -> Field<'p> {
        Field { parent: Some(self), step: Step::Name(name) }
    }

    /// An item of this list, from 0.
    pub(crate) const fn item(&'p self, index: usize) -> Field<'p> {
        Field { parent: Some(self), step: Step::Index(index) }
    }

    /// `lines.2.unitPrice`.
    pub(crate) fn render(&self) -> String {
        let mut out = self.parent.map(Field::render).unwrap_or_default();
        let dot = if out.is_empty() { "" } else { "." };
        // Writing to a string cannot fail.
        let _ = match self.step {
            Step::Name("") => Ok(()),
            Step::Name(name) => write!(out, "{dot}{name}"),
            Step::Index(index) => write!(out, "{dot}{index}"),
        };
        out
    }
}

/// A code as findings are written in JSON: `NipCheckDigit` is `NIP_CHECK_DIGIT`.
pub(crate) fn code_text(code: FindingCode) -> String {
    let mut out = String::new();
    for character in format!("{code:?}").chars() {
        if character.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(character.to_ascii_uppercase());
    }
    out
}

/// The name of an element in both languages; the element itself where it has none.
pub(crate) fn label(element: &'static str) -> (&'static str, &'static str) {
    names::of(element).unwrap_or((element, element))
}

/// Findings in the order in which they are met.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    list: Vec<DraftFinding>,
}

impl Notes {
    pub(crate) fn into_vec(self) -> Vec<DraftFinding> {
        self.list
    }

    /// Something that keeps the draft from being issued.
    pub(crate) fn error(
        &mut self,
        field: &Field<'_>,
        code: FindingCode,
        pl: impl Into<String>,
        en: impl Into<String>,
    ) {
        self.push(field.render(), code_text(code), true, pl.into(), en.into());
    }

    /// Something worth a look.
    pub(crate) fn warning(
        &mut self,
        field: &Field<'_>,
        code: FindingCode,
        pl: impl Into<String>,
        en: impl Into<String>,
    ) {
        self.push(field.render(), code_text(code), false, pl.into(), en.into());
    }

    /// A field whose name is not known beforehand.
    pub(crate) fn push(&mut self, field: String, code: String, error: bool, pl: String, en: String) {
        self.list.push(DraftFinding { field, code, error, pl: sentence(pl), en: sentence(en) });
    }

    /// Nothing where something must stand; `element` names it.
    pub(crate) fn missing(&mut self, field: &Field<'_>, element: &'static str) {
        let (pl, en) = label(element);
        self.error(
            field,
            FindingCode::Missing,
            format!("Uzupełnij pole „{pl}”."),
            format!("Fill in “{en}”."),
        );
    }

    /// Another value than the type of the element at this path of FA(3) takes. `true` when it fits.
    pub(crate) fn fits(&mut self, field: &Field<'_>, path: &str, value: &str) -> bool {
        match check_value(path, value) {
            None => true,
            Some(problem) => {
                self.error(field, problem.code, problem.message_pl, problem.message_en);
                false
            }
        }
    }
}

/// With a capital letter at the beginning.
pub(crate) fn sentence(text: String) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(characters).collect(),
        _ => text,
    }
}
