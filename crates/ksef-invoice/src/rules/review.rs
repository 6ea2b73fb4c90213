//! An invoice under review: what rules see and where they put what they find.

use ksef_types::Environment;
use rust_decimal::Decimal;

use super::RuleOptions;
use super::spot::Spot;
use crate::fa3::{Fa, Faktura, RodzajFaktury};
use crate::finding::{Finding, FindingCode, Place, Severity};
use crate::messages::Both;

/// Something that a rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remark {
    pub(super) code: FindingCode,
    pub(super) severity: Severity,
    pub(super) spot: Spot,
    pub(super) sentence: Both,
}

impl Remark {
    /// As a finding about an invoice that is not written down yet.
    pub(super) fn without_line(self) -> Finding {
        self.at(0, 0)
    }

    /// As a finding about a document.
    pub(super) fn at(self, line: u32, column: u32) -> Finding {
        let place = Place { line, column, path: self.spot.render() };
        Finding::new(self.code, self.severity, Some(place), self.sentence)
    }
}

/// More than a person reads.
const MOST_REMARKS: usize = 100;
/// More of one kind than a person reads.
const MOST_OF_A_KIND: usize = 20;

/// An invoice under review.
pub(super) struct Review<'i> {
    pub(super) invoice: &'i Faktura,
    pub(super) fa: &'i Fa,
    options: &'i RuleOptions,
    found: Vec<Remark>,
}

impl<'i> Review<'i> {
    pub(super) fn new(invoice: &'i Faktura, options: &'i RuleOptions) -> Self {
        Self { invoice, fa: &invoice.fa, options, found: Vec::new() }
    }

    pub(super) fn into_remarks(self) -> Vec<Remark> {
        self.found
    }

    /// Whether KSeF checks NIPs here.
    pub(super) fn is_production(&self) -> bool {
        self.options.environment == Environment::Production
    }

    /// A correction of any kind.
    pub(super) fn is_correction(&self) -> bool {
        matches!(self.kind(), RodzajFaktury::Kor | RodzajFaktury::KorZal | RodzajFaktury::KorRoz)
    }

    pub(super) fn kind(&self) -> RodzajFaktury {
        self.fa.rodzaj_faktury
    }

    /// The currency is złoty.
    pub(super) fn is_in_pln(&self) -> bool {
        self.fa.kod_waluty == "PLN"
    }

    /// Something that does not stop sending.
    pub(super) fn warn(&mut self, code: FindingCode, spot: Spot, polish: &str, english: &str) {
        self.push(code, Severity::Warning, spot, polish, english);
    }

    /// Something that stops sending.
    pub(super) fn refuse(&mut self, code: FindingCode, spot: Spot, polish: &str, english: &str) {
        self.push(code, Severity::Error, spot, polish, english);
    }

    /// An amount that should be another: both stand in the sentence; the reason says what gives the other.
    pub(super) fn differs(
        &mut self,
        code: FindingCode,
        spot: Spot,
        (found, expected): (Decimal, Decimal),
        (reason_pl, reason_en): (&str, &str),
    ) {
        let (found, expected) = (amount(found), amount(expected));
        self.warn(
            code,
            spot,
            &format!("jest {}, a {reason_pl} daje {}. Sprawdź kwoty.", found.0, expected.0),
            &format!("is {}, and {reason_en} gives {}. Check the amounts.", found.1, expected.1),
        );
    }

    fn push(&mut self, code: FindingCode, severity: Severity, spot: Spot, polish: &str, english: &str) {
        let of_a_kind = || self.found.iter().filter(|remark| remark.code == code).count();
        if self.found.len() >= MOST_REMARKS || of_a_kind() >= MOST_OF_A_KIND {
            return;
        }
        let (field_pl, field_en) = spot.label();
        let sentence = (format!("{field_pl}: {polish}"), format!("{field_en}: {english}"));
        self.found.push(Remark { code, severity, spot, sentence });
    }
}

/// `1 234,50` and `1,234.50`: at least two places, thousands apart.
pub(super) fn amount(value: Decimal) -> Both {
    let value = value.normalize();
    let text = if value.scale() < 2 { format!("{value:.2}") } else { value.to_string() };
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, "00"));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let grouped = |separator: char| {
        let mut out = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index) % 3 == 0 {
                out.push(separator);
            }
            out.push(digit);
        }
        out
    };
    (format!("{sign}{},{fraction}", grouped('\u{a0}')), format!("{sign}{}.{fraction}", grouped(',')))
}
