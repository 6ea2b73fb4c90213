//! Which number an invoice gets.

use chrono::NaiveDate;
use ksef_archive::{ArchiveError, FreedNumber, OutboxState, Reading, SeriesRow, Taken, Writing};
use ksef_invoice::draft::{DraftKind, InvoiceDraft};
use ksef_invoice::numbering::{self, Pattern, Reset};

use super::{IssuingError, SeriesId};
use crate::engine::Scope;
use crate::sending::problem_from_text;
use crate::{SaleId, SaleProblem, json};

pub(super) const RESET: &str = "the reset of a number series";

/// The number of an invoice and where it comes from.
pub(super) struct Number {
    pub(super) text: String,
    /// Nothing for a number of the person's own, and for a series that is not made yet.
    pub(super) counted: Option<Counted>,
}

pub(super) struct Counted {
    series: i64,
    period: String,
    counter: u32,
}

impl Counted {
    pub(super) fn taken(&self) -> Taken<'_> {
        Taken { series_id: self.series, period: &self.period, counter: self.counter }
    }
}

/// A series that every company has before it makes others.
pub(super) struct UsualSeries {
    pub(super) name: &'static str,
    pub(super) pattern: &'static str,
    pub(super) kinds: &'static [DraftKind],
}

pub(super) const USUAL: [UsualSeries; 4] = [
    UsualSeries { name: "FV", pattern: "FV/{nr}/{mm}/{rrrr}", kinds: &[DraftKind::Vat, DraftKind::Upr] },
    UsualSeries {
        name: "KOR",
        pattern: "KOR/{nr}/{mm}/{rrrr}",
        kinds: &[DraftKind::Kor, DraftKind::KorZal, DraftKind::KorRoz],
    },
    UsualSeries { name: "ZAL", pattern: "ZAL/{nr}/{mm}/{rrrr}", kinds: &[DraftKind::Zal] },
    UsualSeries { name: "ROZ", pattern: "ROZ/{nr}/{mm}/{rrrr}", kinds: &[DraftKind::Roz] },
];

/// The number that a draft gets on that day: its own, or the next one of its series. Nothing is taken yet.
pub(super) fn number_for(
    tables: &Reading<'_>,
    scope: Scope,
    draft: &InvoiceDraft,
    date: NaiveDate,
) -> Result<Number, IssuingError> {
    let own = draft.number.split_whitespace().collect::<Vec<_>>().join(" ");
    if !own.is_empty() {
        let text = unused(tables, scope, draft.kind, own)?;
        return Ok(Number { text, counted: None });
    }
    let Some(series) = series_for(tables, scope, draft)? else {
        return usual_number(tables, scope, draft.kind, date);
    };
    let (counted, text) = next(tables, scope, &series, date)?;
    Ok(Number { text, counted: Some(counted) })
}

/// What the number is once the series are made, at the first invoice.
fn usual_number(
    tables: &Reading<'_>,
    scope: Scope,
    of: DraftKind,
    date: NaiveDate,
) -> Result<Number, IssuingError> {
    let none_made = tables.series().list(scope.company, scope.environment)?.is_empty();
    let usual = USUAL.iter().find(|usual| usual.kinds.contains(&of)).filter(|_| none_made);
    let pattern = Pattern::parse(usual.ok_or(IssuingError::NoSeries(of))?.pattern)?;
    let (_, text) = first_unused(tables, scope, &pattern, date, 1..)?;
    Ok(Number { text, counted: None })
}

/// The series that a draft names, or the one of its kind.
fn series_for(
    tables: &Reading<'_>,
    scope: Scope,
    draft: &InvoiceDraft,
) -> Result<Option<SeriesRow>, IssuingError> {
    let Scope { company, environment } = scope;
    let Some(named) = draft.series.as_deref().filter(|named| !named.trim().is_empty()) else {
        return Ok(tables.series().of_kind(company, environment, draft.kind.code())?);
    };
    // A text that is no id never was one of ours.
    let id = named.trim().parse::<SeriesId>().map_err(|_| IssuingError::NoSeries(draft.kind))?;
    series_row(tables, scope, id).map(Some)
}

pub(super) fn series_row(
    tables: &Reading<'_>,
    scope: Scope,
    id: SeriesId,
) -> Result<SeriesRow, IssuingError> {
    let ours = |row: &SeriesRow| Scope::new(row.company, row.environment) == scope;
    tables.series().get(id.0)?.filter(ours).ok_or(IssuingError::UnknownSeries(id))
}

/// The next number of a series on that day: one whose invoice never came to be, lowest first, else the one after the last.
pub(super) fn next(
    tables: &Reading<'_>,
    scope: Scope,
    series: &SeriesRow,
    date: NaiveDate,
) -> Result<(Counted, String), IssuingError> {
    let pattern = Pattern::parse(&series.pattern)?;
    let period = numbering::period(date, reset_of(series)?);
    let last = tables.series_counters().last(series.id, &period)?;
    let freed = tables.issued_numbers().freed(series.id, &period, last)?;
    let freed = freed.into_iter().filter(may_be_given_again).map(|freed| freed.counter);
    let candidates = freed.chain(last.saturating_add(1)..);
    let (counter, text) = first_unused(tables, scope, &pattern, date, candidates)?;
    Ok((Counted { series: series.id, period, counter }, text))
}

pub(super) fn reset_of(series: &SeriesRow) -> Result<Reset, ArchiveError> {
    json::read(&series.reset, RESET)
}

/// Refused because KSeF has the number from elsewhere: it is gone. What never left, or was refused for its content, is not
/// an invoice, and its number would be a gap.
fn may_be_given_again(freed: &FreedNumber) -> bool {
    if freed.state == OutboxState::Withdrawn {
        return true;
    }
    let problem = freed.problem.as_deref().and_then(|text| problem_from_text(text).ok());
    matches!(problem, Some(SaleProblem::Refused { .. } | SaleProblem::RequestRefused { .. }))
}

/// A number that somebody typed, or another program gave, is passed over whatever kind of invoice has it.
fn first_unused(
    tables: &Reading<'_>,
    scope: Scope,
    pattern: &Pattern,
    date: NaiveDate,
    candidates: impl Iterator<Item = u32>,
) -> Result<(u32, String), IssuingError> {
    for counter in candidates {
        let text = pattern.format(counter, date);
        if with_number(tables, scope, &text)?.is_empty() {
            return Ok((counter, text));
        }
    }
    Err(IssuingError::CounterTaken { least: u32::MAX })
}

/// KSeF tells duplicates by seller, kind and number.
fn unused(tables: &Reading<'_>, scope: Scope, of: DraftKind, number: String) -> Result<String, IssuingError> {
    let used = with_number(tables, scope, &number)?.into_iter().find(|(kind, _)| kind == of.code());
    match used {
        Some((_, by)) => Err(IssuingError::NumberUsed { number, by: by.map(SaleId) }),
        None => Ok(number),
    }
}

fn with_number(
    tables: &Reading<'_>,
    scope: Scope,
    number: &str,
) -> Result<Vec<(String, Option<i64>)>, ArchiveError> {
    tables.issued_numbers().with_number(scope.company, scope.environment, number)
}

/// Notes that a number of a series is taken, in the transaction that writes its invoice.
pub(super) fn take(tables: &Writing<'_>, counted: &Counted) -> Result<(), ArchiveError> {
    let last = tables.series_counters().last(counted.series, &counted.period)?;
    if counted.counter > last {
        tables.series_counters_mut().set(counted.series, &counted.period, counted.counter)?;
    }
    Ok(())
}
