use ksef_engine::{AdvanceDifference, BookError, IssuingError, IssuingNote};
use ksef_invoice::numbering::{InvalidPattern, Reset};

use super::engine;
use crate::{NextStep, Problem};

/// Why drafts, series and issuing did not do what they were asked for.
pub(crate) fn issuing(error: &IssuingError) -> Problem {
    match error {
        IssuingError::Engine(found) => engine(found),
        IssuingError::UnknownDraft(_) => Problem::new("draft.unknown", NextStep::Retry),
        IssuingError::AlreadyIssued(_) => Problem::new("draft.alreadyIssued", NextStep::OpenSales),
        IssuingError::DraftChanged { .. } => Problem::new("draft.changedElsewhere", NextStep::Retry),
        IssuingError::HasErrors { findings } => {
            let errors = findings.iter().filter(|finding| finding.error);
            let technical = errors.clone().map(|finding| format!("{} {}", finding.code, finding.field));
            Problem::new("draft.notIssuable", NextStep::CorrectField)
                .with("count", errors.clone().count().to_string())
                .technical(technical.collect::<Vec<_>>().join("\n"))
        }
        IssuingError::NumberUsed { number, .. } => {
            Problem::new("invoice.numberUsed", NextStep::CorrectField).with("number", number)
        }
        IssuingError::DateInFuture { date, today } => {
            Problem::new("invoice.dateInFuture", NextStep::CorrectField)
                .with("date", date.to_string())
                .with("today", today.to_string())
        }
        IssuingError::OriginalNotAccepted { number, .. } => {
            Problem::new("invoice.originalNotAccepted", NextStep::OpenSales).with("number", number)
        }
        IssuingError::CorrectionWaits { number, .. } => {
            Problem::new("invoice.correctionWaits", NextStep::OpenSales).with("number", number)
        }
        IssuingError::CorrectedSince { numbers, .. } => {
            Problem::new("invoice.correctedSince", NextStep::OpenSales).with("numbers", numbers.join(", "))
        }
        IssuingError::BasisGone { numbers, .. } => {
            Problem::new("invoice.basisGone", NextStep::OpenSales).with("numbers", numbers.join(", "))
        }
        IssuingError::AdvanceSettled { .. } => Problem::new("invoice.advanceSettled", NextStep::OpenSales),
        IssuingError::AdvancesDiffer { number, difference } => {
            let code = match difference {
                AdvanceDifference::Buyer => "invoice.advancesOfBuyers",
                AdvanceDifference::Currency => "invoice.advancesOfCurrencies",
            };
            Problem::new(code, NextStep::OpenSales).with("number", number)
        }
        IssuingError::StateUnclear { number, .. } => {
            Problem::new("invoice.stateUnclear", NextStep::OpenSales).with("number", number)
        }
        IssuingError::AttachmentNeedsBatch => attachment_needs_batch(),
        IssuingError::WrongKind { kind, .. } => {
            Problem::new("invoice.wrongKind", NextStep::OpenSales).with("kind", kind)
        }
        IssuingError::NoProfile => Problem::new("profile.incomplete", NextStep::CorrectField),
        IssuingError::NoSeries(_) => Problem::new("series.none", NextStep::CorrectField),
        IssuingError::UnknownSeries(_) => Problem::new("series.unknown", NextStep::Retry),
        IssuingError::SeriesUsed(_) => Problem::new("series.used", NextStep::Retry),
        IssuingError::CounterTaken { least } => {
            Problem::new("series.counterTaken", NextStep::CorrectField).with("least", least.to_string())
        }
        IssuingError::UnknownTemplate(_) => Problem::new("template.unknown", NextStep::Retry),
        IssuingError::UnknownRecurring(_) => Problem::new("recurring.unknown", NextStep::Retry),
        IssuingError::NoName => Problem::new("program.noName", NextStep::CorrectField),
        IssuingError::NameTaken => Problem::new("template.nameTaken", NextStep::CorrectField),
        IssuingError::Pattern(found) => pattern(found),
        IssuingError::NoRhythm => Problem::new("recurring.rhythm", NextStep::CorrectField),
        IssuingError::Rows(rows) => rows.first().map_or_else(
            || Problem::new("import.rows", NextStep::CorrectInvoice),
            |first| {
                let found = issuing(&first.problem);
                Problem::new("import.rows", NextStep::CorrectInvoice)
                    .with("count", rows.len().to_string())
                    .with("first", (first.row + 1).to_string())
                    .technical(format!("{}\n{}", found.code, first.problem))
            },
        ),
    }
}

/// What a person should look at before issuing.
pub(crate) fn issuing_note(note: &IssuingNote) -> Problem {
    match note {
        IssuingNote::CorrectedTogether { number, by, .. } => {
            Problem::new("invoice.correctedTogether", NextStep::OpenSales)
                .with("number", number)
                .with("by", by)
        }
    }
}

/// An attachment, in a draft or in a file: KSeF takes those in batch sessions only.
pub(crate) fn attachment_needs_batch() -> Problem {
    Problem::new("invoice.attachmentNeedsBatch", NextStep::CorrectInvoice)
}

/// Why a pattern gives no numbers, or the same ones again.
fn pattern(found: &InvalidPattern) -> Problem {
    let problem = |code| Problem::new(code, NextStep::CorrectField);
    match found {
        InvalidPattern::NoCounter => problem("series.patternNoCounter"),
        InvalidPattern::TwoCounters => problem("series.patternTwoCounters"),
        InvalidPattern::UnknownToken(token) => problem("series.patternUnknownToken").with("token", token),
        InvalidPattern::Brace => problem("series.patternBrace"),
        InvalidPattern::Character(character) => {
            problem("series.patternCharacter").with("character", format!("U+{:04X}", u32::from(*character)))
        }
        InvalidPattern::Spaces => problem("series.patternSpaces"),
        InvalidPattern::TooLong => problem("series.patternTooLong"),
        InvalidPattern::Ambiguous => problem("series.patternAmbiguous"),
        InvalidPattern::Repeats(Reset::Never) => problem("series.patternRepeats"),
        InvalidPattern::Repeats(Reset::Yearly) => problem("series.patternRepeatsYearly"),
        InvalidPattern::Repeats(Reset::Quarterly) => problem("series.patternRepeatsQuarterly"),
        InvalidPattern::Repeats(Reset::Monthly) => problem("series.patternRepeatsMonthly"),
    }
}

/// Why a book did not do what it was asked for.
pub(crate) fn book(error: &BookError) -> Problem {
    match error {
        BookError::Engine(found) => engine(found),
        BookError::UnknownContractor(_) => Problem::new("contractor.unknown", NextStep::Retry),
        BookError::UnknownGoods(_) => Problem::new("goods.unknown", NextStep::Retry),
        BookError::NoName { row: None } => Problem::new("program.noName", NextStep::CorrectField),
        BookError::NoName { row: Some(row) } => {
            Problem::new("import.rowWithoutName", NextStep::ChooseFile).with("row", (row + 1).to_string())
        }
        BookError::OtherCompany => Problem::new("program.badRequest", NextStep::Retry),
    }
}
