//! A draft held against everything that is asked of an invoice.

use chrono::{Datelike, Months, NaiveDate};
use ksef_types::{Environment, working_day_before};

use super::compose::{finding_at, sketched};
use super::notes::{code_text, sentence};
use super::{
    Composition, DraftFinding, DraftTotals, ExchangeDraft, InvoiceDraft, IssueContext, Issuer, parse,
};
use crate::fa3::DataDostawy;
use crate::messages::issued_earlier;
use crate::rules::{RuleOptions, rules};
use crate::view::{InvoiceSheet, view_of};
use crate::{Finding, FindingCode, SizeLimits, fa3, validate_structure};

/// What is to be said of a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftCheck {
    /// What it comes to.
    pub totals: DraftTotals,
    /// The draft's own findings, those of the structure and those of the rules, each once, beside their fields.
    pub findings: Vec<DraftFinding>,
    /// How it looks, as far as it can be composed.
    pub sheet: InvoiceSheet,
    /// The document as it would be sent; nothing while there is an error.
    pub bytes: Option<Vec<u8>>,
}

impl DraftCheck {
    /// No finding keeps the draft from being issued.
    #[must_use]
    pub const fn is_issuable(&self) -> bool {
        self.bytes.is_some()
    }
}

/// Composes a draft and checks what comes out, as KSeF would. `today` is the day in Warsaw.
///
/// While the draft itself has errors, only those findings of structure and rules are told that concern a field that has
/// been filled in: somebody who is still writing is not told what the missing fields lead to.
#[must_use]
pub fn check_draft(
    draft: &InvoiceDraft,
    issuer: &Issuer<'_>,
    context: &IssueContext<'_>,
    environment: Environment,
    today: NaiveDate,
) -> DraftCheck {
    let composition = sketched(draft, issuer, context);
    let bytes = fa3::write(&composition.sketch);
    let mut findings = Gathered::new(&composition);
    for finding in validate_structure(&bytes) {
        findings.add(&finding, true);
    }
    for finding in rules(&composition.sketch, &RuleOptions { environment }) {
        findings.add(&finding, false);
    }
    findings.issued_in_time(&composition, today);
    findings.rate_of_the_day_before(draft, &composition);
    findings.fits(&composition, bytes.len());
    let findings = findings.list;
    let issuable = !findings.iter().any(|finding| finding.error);
    DraftCheck {
        findings,
        sheet: view_of(&composition.sketch),
        bytes: issuable.then_some(bytes),
        totals: composition.totals,
    }
}

/// Findings without doubles.
struct Gathered<'c> {
    composition: &'c Composition,
    list: Vec<DraftFinding>,
    /// The draft's own findings have an error.
    unfinished: bool,
    own: usize,
}

impl<'c> Gathered<'c> {
    fn new(composition: &'c Composition) -> Self {
        let list = composition.findings.clone();
        let unfinished = list.iter().any(|finding| finding.error);
        Self { own: list.len(), composition, list, unfinished }
    }

    /// Adds a finding of the document beside the field that it comes from.
    fn add(&mut self, finding: &Finding, of_structure: bool) {
        let path = finding.place.as_ref().map_or("", |place| place.path.as_str());
        let field = self.composition.field_of(path);
        let field = field.unwrap_or_default();
        // What is missing leads to more that is missing, and to sums that do not fit.
        let follows = matches!(field.as_str(), "" | "lines") || of_structure && is_of_absence(finding.code);
        if self.unfinished && follows {
            return;
        }
        // The draft says it better, and on the same spot.
        let is_told = |own: &DraftFinding| {
            own.field == field
                || own.error && (is_inside(&own.field, &field) || is_inside(&field, &own.field))
        };
        if self.list[..self.own].iter().any(is_told) {
            return;
        }
        let mut told = finding_at(field, finding);
        if let Some(place) = &finding.place {
            told.pl = without(&told.pl, &format!("Wiersz {}: ", place.line));
            told.en = without(&told.en, &format!("Line {}: ", place.line));
        }
        if !self.list.iter().any(|other| other.field == told.field && other.code == told.code) {
            self.list.push(told);
        }
    }

    /// P_1 is not later than today, and what an earlier one leads to.
    fn issued_in_time(&mut self, composition: &Composition, today: NaiveDate) {
        let issued = composition.sketch.fa.p_1;
        if issued > today {
            self.push(
                "issueDate",
                FindingCode::IssueDateInFuture,
                format!("Data wystawienia {issued} jest późniejsza niż dzisiejsza: KSeF nie przyjmie takiej faktury."),
                format!("The date of issue {issued} is later than today: KSeF does not take such an invoice."),
            );
        } else if issued < today {
            let (pl, en) = issued_earlier(issued, today);
            let code = code_text(FindingCode::IssueDateBeforeToday);
            self.list.push(DraftFinding { field: "issueDate".to_owned(), code, error: false, pl, en });
        }
    }

    /// The table is that of the last working day before the invoice or the sale, whichever was first (art. 31a). A rate
    /// typed by hand, one of a table of another bank, and that of a correction are the person's.
    fn rate_of_the_day_before(&mut self, draft: &InvoiceDraft, composition: &Composition) {
        let ExchangeDraft { table, day, .. } = &draft.exchange;
        let fa = &composition.sketch.fa;
        if fa.korekta.is_some()
            || !table.contains("/A/NBP/")
            || draft.currency.trim().eq_ignore_ascii_case("PLN")
        {
            return;
        }
        let sold = match &fa.data_dostawy {
            Some(DataDostawy::P6(day)) => Some(*day),
            Some(DataDostawy::OkresFa(period)) => Some(period.p_6_do),
            // Each line has its own day, or each payment.
            None if draft.lines.iter().any(|line| !line.sale_date.is_empty()) => return,
            None if !fa.zaliczka_czesciowa.is_empty() => return,
            None => None,
        };
        let due_at = |sold| if is_supply_to_the_union(draft) { middle_of_next_month(sold) } else { sold };
        let first = sold.map_or(fa.p_1, |sold| due_at(sold).min(fa.p_1));
        let (Some(due), Some(stated)) = (working_day_before(first), parse::date(day)) else { return };
        if stated != due {
            self.list.push(DraftFinding {
                field: "exchange.rate".to_owned(),
                code: code_text(FindingCode::ExchangeRateDay),
                error: false,
                pl: format!("Kurs jest z tabeli z dnia {stated}, a dla tej faktury liczy się ostatni dzień roboczy przed {first}, czyli {due} (art. 31a ustawy o VAT). Inny dzień jest właściwy, gdy obowiązek podatkowy powstaje z chwilą wystawienia faktury (art. 19a ust. 5)."),
                en: format!("The rate is of the table of {stated}; for this invoice the last working day before {first} counts, {due} (art. 31a of the VAT act). Another day is right where the tax point is the issuing of the invoice (art. 19a ust. 5)."),
            });
        }
    }

    /// The document is not larger than KSeF takes.
    fn fits(&mut self, composition: &Composition, bytes: usize) {
        let limits = SizeLimits::default();
        let most = match composition.sketch.zalacznik {
            Some(_) => limits.with_attachments,
            None => limits.without_attachments,
        };
        if bytes > most {
            self.push(
                "",
                FindingCode::TooLarge,
                format!("Faktura ma {bytes} bajtów, a KSeF przyjmuje najwyżej {most}. Podziel ją na kilka faktur."),
                format!("The invoice has {bytes} bytes; KSeF takes at most {most}. Divide it into several invoices."),
            );
        }
    }

    fn push(&mut self, field: &str, code: FindingCode, pl: String, en: String) {
        self.list.push(DraftFinding { field: field.to_owned(), code: code_text(code), error: true, pl, en });
    }
}

/// Intra-Community supplies alone: their tax point is the issuing of the invoice, at the latest the 15th of the month after
/// the supply (art. 20 ust. 1).
fn is_supply_to_the_union(draft: &InvoiceDraft) -> bool {
    !draft.lines.is_empty() && draft.lines.iter().all(|line| line.rate.trim() == "0 WDT")
}

fn middle_of_next_month(day: NaiveDate) -> NaiveDate {
    let middle = day.with_day(15).and_then(|middle| middle.checked_add_months(Months::new(1)));
    middle.unwrap_or(NaiveDate::MAX)
}

/// `lines.2.name` is inside `lines.2`.
fn is_inside(field: &str, whole: &str) -> bool {
    !whole.is_empty() && field.strip_prefix(whole).is_some_and(|rest| rest.starts_with('.'))
}

/// It says that something is not there, which the draft has said already.
const fn is_of_absence(code: FindingCode) -> bool {
    matches!(
        code,
        FindingCode::Missing | FindingCode::EmptyValue | FindingCode::TooShort | FindingCode::OutOfPlace
    )
}

fn without(text: &str, prefix: &str) -> String {
    sentence(text.strip_prefix(prefix).unwrap_or(text).to_owned())
}
