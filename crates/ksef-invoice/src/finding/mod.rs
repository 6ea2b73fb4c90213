mod code;
mod problem;

use std::fmt;

use serde::Serialize;

pub use code::FindingCode;
pub(crate) use problem::{Looks, Problem, code_of_value};

use crate::messages;
use crate::structure::Path;
use crate::xml::Lines;

/// Whether a finding stops sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look; the document can be sent.
    Warning,
    /// KSeF would refuse the document, or it contradicts itself beyond doubt: it is not sent.
    Error,
}

/// Where in the document something was found.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Place {
    /// Line, from 1; 0 for an invoice that is still being written and has no lines yet.
    pub line: u32,
    /// Column in characters, from 1; 0 as above.
    pub column: u32,
    /// Path of elements such as `/Faktura/Fa/FaWiersz[3]/P_12`; empty outside the root element.
    pub path: String,
}

/// One thing to know about a document, with a sentence in two languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What kind of thing.
    pub code: FindingCode,
    /// Whether it stops sending.
    pub severity: Severity,
    /// Where; `None` for what concerns the file as a whole.
    pub place: Option<Place>,
    pub(crate) polish: String,
    pub(crate) english: String,
}

impl Finding {
    /// The sentence gets the line put before it where there is one.
    pub(crate) fn new(
        code: FindingCode,
        severity: Severity,
        place: Option<Place>,
        (mut polish, mut english): messages::Both,
    ) -> Self {
        if let Some(line) = place.as_ref().map(|place| place.line).filter(|line| *line > 0) {
            polish = format!("Wiersz {line}: {polish}");
            english = format!("Line {line}: {english}");
        }
        Self { code, severity, place, polish, english }
    }

    /// The sentence in Polish, with the line, naming the field and what is allowed.
    #[must_use]
    pub fn message_pl(&self) -> &str {
        &self.polish
    }

    /// The sentence in English.
    #[must_use]
    pub fn message_en(&self) -> &str {
        &self.english
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{} {}", self.line, self.column, self.path)
    }
}

/// More findings than a person reads: the search ends there.
const MOST_FINDINGS: usize = 100;

/// The findings of a document while it is read.
#[derive(Debug)]
pub(crate) struct Findings<'a> {
    list: Vec<Finding>,
    lines: Lines<'a>,
}

impl<'a> Findings<'a> {
    pub(crate) const fn new(lines: Lines<'a>) -> Self {
        Self { list: Vec::new(), lines }
    }

    /// Enough was found.
    pub(crate) fn is_full(&self) -> bool {
        self.list.len() >= MOST_FINDINGS
    }

    /// Adds one; `offset` in bytes, `None` for what concerns the file as a whole.
    #[cold]
    pub(crate) fn push(&mut self, problem: Problem<'_>, offset: Option<usize>, path: Path<'_>) {
        if self.is_full() {
            return;
        }
        let place = offset.map(|offset| {
            let (line, column) = self.lines.locate(offset);
            Place { line, column, path: path.render() }
        });
        let sentence = messages::sentence(problem, path);
        self.list.push(Finding::new(problem.code(), problem.severity(), place, sentence));
    }

    pub(crate) fn into_vec(self) -> Vec<Finding> {
        self.list
    }
}
