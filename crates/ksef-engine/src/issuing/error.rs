use chrono::NaiveDate;
use ksef_archive::{ArchiveError, Relation};
use ksef_invoice::draft::{DraftFinding, DraftKind};
use ksef_invoice::numbering::InvalidPattern;

use super::{DraftId, RecurringId, SeriesId, TemplateId};
use crate::{EngineError, SaleId};

/// Why drafts, series and issuing did not do what they were asked for; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum IssuingError {
    /// The archive failed, or the company or an invoice is not there.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// No such draft; it may have been removed since.
    #[error("no draft {0}")]
    UnknownDraft(DraftId),
    /// The draft is an issued invoice already: another window, or a second click.
    #[error("the draft was issued as {0} already")]
    AlreadyIssued(SaleId),
    /// The draft was saved elsewhere since it was opened; open it again.
    #[error("the draft was changed elsewhere: it is at revision {current}")]
    DraftChanged {
        /// Its revision now.
        current: u32,
    },
    /// The draft has errors; fields are named in it.
    #[error("the draft has {} findings, errors among them", findings.len())]
    HasErrors {
        /// All that was found, warnings too.
        findings: Vec<DraftFinding>,
    },
    /// The number was used for an invoice of this kind.
    #[error("the number {number} was used already")]
    NumberUsed {
        /// As it would stand on the invoice.
        number: String,
        /// The invoice that has it; with an import, nothing where another row has it.
        by: Option<SaleId>,
    },
    /// The day of issuing is after today (Warsaw).
    #[error("the day of issuing {date} is after today, {today}")]
    DateInFuture {
        /// P_1 as typed.
        date: NaiveDate,
        /// Today in Warsaw.
        today: NaiveDate,
    },
    /// The invoice that is corrected, settled or named is in this program and has no KSeF number yet.
    #[error("invoice {number} ({sale}) has no KSeF number yet")]
    OriginalNotAccepted {
        /// By which it is referred to.
        relation: Relation,
        /// That one.
        sale: SaleId,
        /// Its P_2.
        number: String,
    },
    /// An earlier correction, which this one takes for granted, has no KSeF number yet: KSeF may still refuse it.
    #[error("the earlier correction {number} ({sale}) has no KSeF number yet")]
    CorrectionWaits {
        /// That one.
        sale: SaleId,
        /// Its P_2.
        number: String,
    },
    /// What the draft was begun from was corrected since: what it says of before, or takes off, is not right any more.
    #[error("corrected since the draft was begun, by {}", numbers.join(", "))]
    CorrectedSince {
        /// By which the draft refers to it.
        relation: Relation,
        /// P_2 of those corrections.
        numbers: Vec<String>,
    },
    /// What the draft was begun from was refused or taken back since: what it says of before, or takes off, is not right any
    /// more.
    #[error("refused or taken back since the draft was begun: {}", numbers.join(", "))]
    BasisGone {
        /// By which the draft refers to it.
        relation: Relation,
        /// P_2 of those invoices.
        numbers: Vec<String>,
    },
    /// An advance invoice was settled by another final invoice.
    #[error("the advance invoice {sale} is settled by {by}")]
    AdvanceSettled {
        /// The advance.
        sale: SaleId,
        /// The final invoice.
        by: SaleId,
    },
    /// The invoice has an attachment: KSeF takes those in batch sessions only, and invoices leave one by one.
    #[error("the invoice has an attachment, which only a batch may bring")]
    AttachmentNeedsBatch,
    /// Advances that are settled together differ in what a final invoice has but one of.
    #[error("the advance invoice {number} differs from the others in its {difference:?}")]
    AdvancesDiffer {
        /// P_2 of one that differs.
        number: String,
        /// In what.
        difference: AdvanceDifference,
    },
    /// What stands of an invoice after its corrections cannot be told.
    #[error("what stands after {number} ({sale}) cannot be told")]
    StateUnclear {
        /// The last of the corrections.
        sale: SaleId,
        /// Its P_2.
        number: String,
    },
    /// That invoice cannot be what the draft is to begin from: no advance, of another company, of no known form …
    #[error("invoice {sale} is of kind {kind}, which does not fit")]
    WrongKind {
        /// That one.
        sale: SaleId,
        /// Its RodzajFaktury.
        kind: String,
    },
    /// The company has no data for invoices yet (name, address).
    #[error("the company's data for invoices are not filled in")]
    NoProfile,
    /// No number series serves this kind, and the draft names none.
    #[error("no number series for {0:?}")]
    NoSeries(DraftKind),
    /// No such number series, or of another company or environment.
    #[error("no number series {0}")]
    UnknownSeries(SeriesId),
    /// A number was taken from it: it cannot be removed.
    #[error("number series {0} is in use")]
    SeriesUsed(SeriesId),
    /// The counter would go back to numbers that were taken.
    #[error("the counter cannot go below {least}")]
    CounterTaken {
        /// The least that it may be set to.
        least: u32,
    },
    /// No such template.
    #[error("no template {0}")]
    UnknownTemplate(TemplateId),
    /// No such recurring invoice.
    #[error("no recurring invoice {0}")]
    UnknownRecurring(RecurringId),
    /// A recurring invoice, a template or a series without a name.
    #[error("a name is missing")]
    NoName,
    /// Another template of the company has the name.
    #[error("the name is taken")]
    NameTaken,
    /// The pattern of a number series gives no numbers, or the same ones again.
    #[error(transparent)]
    Pattern(#[from] InvalidPattern),
    /// A recurring invoice of no interval, one that ends before it begins, or a new one without an invoice.
    #[error("the rhythm is none")]
    NoRhythm,
    /// Of many invoices some cannot be issued; none was.
    #[error("{} of the invoices cannot be issued", .0.len())]
    Rows(Vec<RowProblem>),
}

/// What a person should look at before issuing; it does not stand in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IssuingNote {
    /// An invoice that the draft refers to was corrected together with others. What of that correction belongs to it cannot be
    /// told: the draft starts from the invoice without it.
    CorrectedTogether {
        /// By which the draft refers to it.
        relation: Relation,
        /// Its P_2.
        number: String,
        /// P_2 of the correction.
        by: String,
    },
}

/// What one final invoice has but one of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdvanceDifference {
    /// The buyer.
    Buyer,
    /// The currency.
    Currency,
}

/// Why one of many cannot be issued.
#[derive(Debug, thiserror::Error)]
#[error("invoice {row}: {problem}")]
pub struct RowProblem {
    /// Its position from 0.
    pub row: usize,
    /// Why.
    #[source]
    pub problem: IssuingError,
}

impl From<ArchiveError> for IssuingError {
    fn from(error: ArchiveError) -> Self {
        Self::Engine(error.into())
    }
}
