//! All lines of a draft, read and computed.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::line::{self, Row, Way};
use crate::FindingCode;
use crate::draft::notes::{Field, Notes};
use crate::draft::{DraftKind, InvoiceDraft, VatRounding};
use crate::totals::{LineSum, Rate, Rounding, Sums, TooLarge, sums_of};

/// A line of the draft: as it is to be, and with a correction as it was.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its place in the draft.
    pub(super) line: usize,
    pub(super) before: Option<Row>,
    pub(super) after: Option<Row>,
}

/// One of the two states of a correction; other invoices have only the state after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Before,
    After,
}

impl Entry {
    pub(super) fn row(&self, state: State) -> Option<&Row> {
        match state {
            State::Before => self.before.as_ref(),
            State::After => self.after.as_ref(),
        }
    }

    /// A correction changes nothing of it.
    pub(super) fn is_unchanged(&self) -> bool {
        self.before.is_some() && self.before == self.after
    }
}

/// The lines are those of an order.
pub(super) const fn is_order(kind: DraftKind) -> bool {
    matches!(kind, DraftKind::Zal | DraftKind::KorZal)
}

/// How the lines of a draft are computed. Orders state VAT at each line (P_11VatZ), so that it is rounded there.
pub(super) fn way(draft: &InvoiceDraft) -> Way {
    Way {
        kind: draft.kind,
        basis: draft.prices.basis(),
        rounding: match draft.rounding {
            VatRounding::PerRate if !is_order(draft.kind) => Rounding::PerRate,
            _ => Rounding::PerLine,
        },
    }
}

/// Reads the lines; blank ones are passed over unless there are no others.
pub(super) fn read(draft: &InvoiceDraft, way: Way, notes: &mut Notes) -> Vec<Entry> {
    let field = Field::new("lines");
    let all_blank = draft.lines.iter().all(line::is_blank);
    if draft.lines.is_empty() && wants_lines(draft) {
        notes.error(
            &field,
            FindingCode::Missing,
            "Dodaj co najmniej jedną pozycję.",
            "Add at least one line.",
        );
    }
    let correction = way.kind.is_correction();
    let mut entries = Vec::with_capacity(draft.lines.len());
    for (index, typed) in draft.lines.iter().enumerate() {
        if line::is_blank(typed) && (!all_blank || !wants_lines(draft)) {
            continue;
        }
        let field = field.item(index);
        let after = (!(correction && typed.removed)).then(|| line::read(typed, index, &field, way, notes));
        let before = typed.before.as_deref().filter(|_| correction).map(|before| {
            let mut row = line::read(before, index, &field.at("before"), way, notes);
            row.position = match &after {
                Some(after) => after.position,
                None => line::position(typed, index, &field, notes),
            };
            row
        });
        entries.push(Entry { line: index, before, after });
    }
    entries
}

/// A correction may have no lines: one of the header alone, or a collective one.
fn wants_lines(draft: &InvoiceDraft) -> bool {
    match draft.kind {
        DraftKind::Kor | DraftKind::KorRoz => false,
        DraftKind::KorZal => draft.correction.as_ref().is_none_or(|correction| correction.sums.is_empty()),
        _ => true,
    }
}

/// Rate and amounts of each line in a state.
pub(super) fn amounts(entries: &[Entry], state: State) -> impl Iterator<Item = (&Row, Rate, &LineSum)> {
    entries.iter().filter_map(move |entry| {
        let row = entry.row(state)?;
        Some((row, row.rate?, row.sum.as_ref()?))
    })
}

/// What the lines come to in a state.
pub(super) fn sums(entries: &[Entry], state: State, way: Way) -> Result<Sums, TooLarge> {
    sums_of(amounts(entries, state).map(|(_, rate, sum)| (rate, sum)), way.basis, way.rounding)
}

/// The exchange rates of the lines with VAT; nothing among them for a line without one.
pub(super) fn exchanges(
    entries: &[Entry],
    states: &[State],
    exchange: Option<Decimal>,
) -> BTreeSet<Option<Decimal>> {
    states
        .iter()
        .flat_map(|state| amounts(entries, *state))
        .filter(|(_, rate, _)| rate.group().has_vat_in_pln())
        .map(|(row, ..)| row.exchange.or(exchange))
        .collect()
}
