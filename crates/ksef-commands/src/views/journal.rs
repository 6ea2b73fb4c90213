use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::views::EnvironmentName;

/// A page of the journal of what was done with credentials.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct JournalPage {
    /// Newest first.
    pub rows: Vec<JournalRow>,
    /// Hand it back for the next page.
    pub next: Option<String>,
    /// The number of the first row whose hash does not fit, where the chain is broken.
    pub broken_at: Option<String>,
}

/// One entry; it can neither be changed nor removed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct JournalRow {
    /// Counted from 1.
    pub number: String,
    /// RFC 3339.
    pub at: String,
    /// The company; nothing where it is about the program.
    pub nip: Option<String>,
    /// The environment.
    pub environment: Option<EnvironmentName>,
    /// What was done: a key of the catalogue (`journal.ACT`).
    pub act: String,
    /// Values for its sentence; never a secret.
    pub values: BTreeMap<String, String>,
    /// It succeeded.
    pub succeeded: bool,
    /// The problem's code, where it did not.
    pub problem: Option<String>,
    /// SHA-256 of this row and the one before, hex.
    pub hash: String,
}

/// Which entries.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct JournalFilter {
    /// Only this company's.
    pub nip: Option<String>,
    /// From the page before.
    pub next: Option<String>,
}
