mod brief;

use chrono::NaiveDate;
use ksef_types::{Environment, Nip};

use crate::fa3::{self, Faktura};
use crate::finding::{Findings, Problem};
use crate::looks;
use crate::rules::{self, RuleOptions, Rules};
use crate::structure::{Path, validate};
use crate::summary;
use crate::xml::Lines;
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
    /// It is to be sent online now: a P_1 before today is told. Not so for an invoice that KSeF has already.
    pub to_be_sent: bool,
    /// Check digits of NIPs are errors in production and warnings elsewhere, as in KSeF itself.
    pub environment: Environment,
    /// How large a document may be.
    pub limits: SizeLimits,
}

impl CheckOptions {
    /// The usual limits, any seller.
    #[must_use]
    pub fn new(today: NaiveDate, environment: Environment) -> Self {
        Self { today, seller: None, to_be_sent: false, environment, limits: SizeLimits::default() }
    }

    /// The same for a company of the program.
    #[must_use]
    pub fn for_seller(self, seller: Nip) -> Self {
        Self { seller: Some(seller), ..self }
    }

    /// The same for a document that is about to be sent.
    #[must_use]
    pub fn before_sending(self) -> Self {
        Self { to_be_sent: true, ..self }
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

    /// The findings for which KSeF itself would refuse the document; among the errors there are also contradictions
    /// that it does not look for.
    pub fn refusals(&self) -> impl Iterator<Item = &Finding> {
        self.errors().filter(|finding| finding.code.is_checked_by_ksef())
    }

    /// The findings that do not stop sending.
    pub fn warnings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.severity == Severity::Warning)
    }
}

/// Checks a document: as KSeF would (bytes, XML, structure FA(3) 1-0E, the ministry's technical rules: the guide,
/// "Weryfikacja faktury"), and beyond it by every rule of [`crate::rules()`].
///
/// Never panics and never takes more than time and memory proportional to the size, whatever the bytes are. A
/// document over the limit with attachments is not read at all.
#[must_use]
pub fn check(bytes: &[u8], options: &CheckOptions) -> Report {
    let mut findings = Findings::new(Lines::new(bytes));
    let whole = Path::default();
    if bytes.is_empty() {
        findings.push(Problem::Empty, None, whole);
    } else if bytes.len() > options.limits.with_attachments {
        findings.push(Problem::TooLarge(options.limits.with_attachments, true), None, whole);
    } else if let Some(problem) = other_than_utf8(bytes) {
        findings.push(problem, None, whole);
    } else {
        return read(bytes, options, findings);
    }
    Report { findings: findings.into_vec(), summary: None }
}

/// Bytes that need not be read as XML.
fn other_than_utf8(bytes: &[u8]) -> Option<Problem<'_>> {
    match bytes {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] | [0xFE, 0xFF, ..] | [0, b'<', ..] => {
            return Some(Problem::Encoding("UTF-16"));
        }
        [0, 0, 0xFE, 0xFF, ..] | [0, 0, 0, b'<', ..] => return Some(Problem::Encoding("UTF-32")),
        _ => {}
    }
    if let Some(looks) = looks::other_than_xml(bytes) {
        return Some(Problem::NotXml(looks));
    }
    // Said before the bytes are called wrong: they may be right in the encoding that is declared.
    match (std::str::from_utf8(bytes), declared_encoding(bytes)) {
        (Err(_), Some(encoding)) if !encoding.eq_ignore_ascii_case("UTF-8") => {
            Some(Problem::Encoding(encoding))
        }
        _ => None,
    }
}

/// The encoding in `<?xml …?>`, read from bytes that may be in any encoding that has ASCII.
fn declared_encoding(bytes: &[u8]) -> Option<&str> {
    const LONGEST: usize = 200;
    let start = &bytes[..bytes.len().min(LONGEST)];
    let start = &start[..start.iter().position(|&byte| byte == b'>').unwrap_or(start.len())];
    let text = std::str::from_utf8(start).ok()?.strip_prefix("<?xml")?;
    let value = text.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    Some(value[1..].split_once(quote)?.0)
}

fn read(bytes: &[u8], options: &CheckOptions, mut findings: Findings<'_>) -> Report {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        findings.push(Problem::Bom, None, Path::default());
    }
    let mut rules = Rules::new(bytes, options);
    validate(bytes, &mut rules, &mut findings);
    rules.finish(&mut findings);
    if bytes.len() > options.limits.without_attachments && !rules.has_attachment() {
        findings.push(Problem::TooLarge(options.limits.without_attachments, false), None, Path::default());
    }
    let mut findings = findings.into_vec();
    let fits_the_schema = !findings.iter().any(|finding| finding.code.is_about_structure());
    // A document that fits the schema can be read, and one that has been read tells its summary.
    let invoice = if fits_the_schema { fa3::read(bytes).ok() } else { None };
    if let Some(invoice) = &invoice {
        findings.extend(beyond_the_schema(bytes, invoice, options));
    }
    findings.sort_by_key(|finding| finding.place.as_ref().map(|place| (place.line, place.column)));
    let summary = match &invoice {
        Some(invoice) => Some(brief::of(invoice)),
        None => summary::as_far_as_readable(bytes),
    };
    Report { findings, summary }
}

/// The rules about what the invoice says.
fn beyond_the_schema(bytes: &[u8], invoice: &Faktura, options: &CheckOptions) -> Vec<Finding> {
    let remarks = rules::beyond_the_bytes(invoice, &RuleOptions { environment: options.environment });
    rules::located(bytes, remarks)
}
