use std::fmt;

use serde::Serialize;

/// Whether a finding stops sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look; the document can be sent.
    Warning,
    /// KSeF would refuse the document: it is not sent.
    Error,
}

/// Where in the document something was found.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Path of elements such as `/Faktura/Fa/FaWiersz[3]/P_12`; empty outside the root element.
    pub path: String,
}

/// What kind of thing was found. The interface branches on it; people read the messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum FindingCode {
    /// Not one byte.
    Empty,
    /// Not XML at all: text, HTML, PDF, an archive, a picture ...
    NotXml,
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
    /// The sentence in Polish; empty never.
    pub(crate) polish: String,
    /// The same in English.
    pub(crate) english: String,
}

impl Finding {
    /// The sentence in Polish, naming the field and what is allowed.
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
