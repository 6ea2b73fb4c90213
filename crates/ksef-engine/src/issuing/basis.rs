//! What a draft was begun from, and what became of it since.

use std::collections::BTreeSet;

use ksef_archive::{ArchiveError, InvoiceLink, OutboxRow, Reading, Relation};
use ksef_invoice::draft::InvoiceDraft;

use super::chains::Family;
use super::starts::stands;
use super::{IssuingError, IssuingNote};
use crate::SaleId;
use crate::engine::Scope;

/// What became of the invoices whose account a draft took over.
#[derive(Default)]
pub(super) struct Basis {
    /// The account is not right any more: the draft has to be begun again.
    pub(super) stale: Vec<IssuingError>,
    /// It may still turn out wrong.
    pub(super) waiting: Vec<IssuingError>,
}

/// Corrections of what a draft refers to that correct other invoices too, and of which it says nothing.
pub(super) fn corrected_together(
    tables: &Reading<'_>,
    draft: &InvoiceDraft,
    links: &[InvoiceLink],
) -> Result<Vec<IssuingNote>, ArchiveError> {
    let relation = relation(draft);
    let named: BTreeSet<i64> =
        links.iter().filter(|link| link.relation == relation).filter_map(|link| link.target).collect();
    let mut known: BTreeSet<i64> = draft.based_on.iter().filter_map(|id| id.parse().ok()).collect();
    known.extend(&named);
    let mut together = BTreeSet::new();
    // Each by itself: one of several of them may have been named after the draft took over the account of the others.
    for one in named {
        let family = Family::of(tables, [one])?.members();
        for member in &family {
            let by = tables.invoice_links().to(*member, Relation::Corrects)?;
            let unsaid = by.into_iter().filter(|by| !family.contains(by) && !known.contains(by));
            together.extend(unsaid.map(|by| (*member, by)));
        }
    }
    let mut notes = Vec::new();
    for (member, by) in together {
        if let (Some(row), Some(by)) = (tables.outbox().get(member)?, tables.outbox().get(by)?) {
            let (number, by) = (row.stands.number, by.stands.number);
            notes.push(IssuingNote::CorrectedTogether { relation, number, by });
        }
    }
    Ok(notes)
}

impl Basis {
    /// Looks at those that the draft still refers to by `links`, and at their corrections. A draft that remembers none is
    /// taken as it is.
    pub(super) fn of(
        tables: &Reading<'_>,
        scope: Scope,
        draft: &InvoiceDraft,
        links: &[InvoiceLink],
    ) -> Result<Self, ArchiveError> {
        let relation = relation(draft);
        let counted = rows(tables, scope, draft.based_on.iter().filter_map(|id| id.parse().ok()))?;
        let is_named = |row: &&OutboxRow| {
            let mut links = links.iter().filter(|link| link.relation == relation);
            links.any(|link| link.target == Some(row.id) || is_called_so(row, link))
        };
        let named: BTreeSet<i64> = counted.iter().filter(is_named).map(|row| row.id).collect();
        if named.is_empty() {
            return Ok(Self::default());
        }
        let ids: BTreeSet<i64> = counted.iter().map(|row| row.id).collect();
        let family = Family::of(tables, named.iter().copied())?.members();
        let later = rows(tables, scope, family.difference(&ids).copied())?;
        let mut basis = Self::default();
        // A correction states what all of them left; of a final invoice a person may take away one that it settled.
        let matters = |row: &&OutboxRow| relation == Relation::Corrects || named.contains(&row.id);
        basis.became_stale(counted.iter().filter(matters).filter(|row| !stands(row)), |numbers| {
            IssuingError::BasisGone { relation, numbers }
        });
        basis.became_stale(later.iter().filter(|row| stands(row)), |numbers| IssuingError::CorrectedSince {
            relation,
            numbers,
        });
        if relation == Relation::Corrects {
            let is_target = |row: &OutboxRow| links.iter().any(|link| link.target == Some(row.id));
            let waits = |row: &&OutboxRow| stands(row) && row.standing.ksef_number.is_none();
            basis.waiting.extend(counted.iter().filter(waits).filter(|row| !is_target(row)).map(|row| {
                IssuingError::CorrectionWaits { sale: SaleId(row.id), number: row.stands.number.clone() }
            }));
        }
        Ok(basis)
    }

    fn became_stale<'a>(
        &mut self,
        rows: impl Iterator<Item = &'a OutboxRow>,
        error: impl FnOnce(Vec<String>) -> IssuingError,
    ) {
        let numbers: Vec<String> = rows.map(|row| row.stands.number.clone()).collect();
        if !numbers.is_empty() {
            self.stale.push(error(numbers));
        }
    }
}

/// By which a draft refers to what it was begun from.
const fn relation(draft: &InvoiceDraft) -> Relation {
    if draft.kind.is_correction() { Relation::Corrects } else { Relation::Settles }
}

/// The company's invoices among these.
fn rows(
    tables: &Reading<'_>,
    scope: Scope,
    ids: impl Iterator<Item = i64>,
) -> Result<Vec<OutboxRow>, ArchiveError> {
    let mut rows = Vec::new();
    for id in ids {
        let row = tables.outbox().get(id)?;
        rows.extend(row.filter(|row| Scope::new(row.company, row.environment) == scope));
    }
    Ok(rows)
}

/// With another KSeF number it is an invoice of another program.
fn is_called_so(row: &OutboxRow, link: &InvoiceLink) -> bool {
    let other = |(ours, given)| ours != given;
    link.number == row.stands.number
        && !row.standing.ksef_number.as_ref().zip(link.ksef_number.as_ref()).is_some_and(other)
}
