//! Documents held against the structure and the rules, without a company, an archive or a network.

use std::path::Path;

use chrono::NaiveDate;
use ksef_engine::read_at_most;
use ksef_invoice::{CheckOptions, Finding, Severity, check, summary, validate_structure};
use serde::Serialize;

use crate::views::{EnvironmentName, FindingView};
use crate::{Problem, problems};

/// What is read of a file at most, in bytes. KSeF's own limits are smaller, and what is beyond those is a finding.
pub const LARGEST_DOCUMENT: u64 = 16 * 1024 * 1024;

/// How documents are looked at.
#[derive(Debug, Clone, Copy)]
pub struct ValidateOptions {
    /// Only what the schema says; without it the ministry's technical checks and the rules beyond the schema too.
    pub schema_only: bool,
    /// Where the document is meant for: check digits of NIPs are errors in production only.
    pub environment: EnvironmentName,
    /// Today in Poland: no document may be issued later.
    pub today: NaiveDate,
}

/// What became of a document.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Validated {
    /// Name of the file as it was given.
    pub file_name: String,
    /// KSeF would take it, as far as can be known before it is sent.
    pub accepted: bool,
    /// P_2, where it could be read.
    pub number: Option<String>,
    /// In the order of the document.
    pub findings: Vec<FindingView>,
    /// The file could not be read.
    pub problem: Option<Problem>,
}

impl Validated {
    /// A file that could not be read.
    #[must_use]
    pub fn unread(file_name: &str, problem: Problem) -> Self {
        Self {
            file_name: file_name.to_owned(),
            accepted: false,
            number: None,
            findings: Vec::new(),
            problem: Some(problem),
        }
    }
}

/// Looks at a document.
#[must_use]
pub fn validate(file_name: &str, bytes: &[u8], options: &ValidateOptions) -> Validated {
    let findings = if options.schema_only {
        validate_structure(bytes)
    } else {
        check(bytes, &CheckOptions::new(options.today, options.environment.into())).findings
    };
    let error = |finding: &Finding| finding.severity == Severity::Error;
    Validated {
        file_name: file_name.to_owned(),
        accepted: !findings.iter().any(error),
        number: summary(bytes).ok().and_then(|summary| summary.number),
        findings: findings.iter().map(FindingView::from).collect(),
        problem: None,
    }
}

/// Reads a file and looks at it.
#[must_use]
pub fn validate_file(path: &Path, options: &ValidateOptions) -> Validated {
    let name = path.to_string_lossy();
    match read_document(path) {
        Ok(bytes) => validate(&name, &bytes, options),
        Err(problem) => Validated::unread(&name, problem),
    }
}

/// The bytes of a document that a person named.
///
/// # Errors
/// Says why the file cannot be read.
pub fn read_document(path: &Path) -> Result<Vec<u8>, Problem> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let read = read_at_most(path, LARGEST_DOCUMENT).map_err(|found| problems::file(&found, &name))?;
    Ok(read.bytes.expose().to_vec())
}
