//! An issued invoice with the corrections of it that stand.

use std::collections::BTreeSet;

use ksef_archive::{ArchiveError, OutboxRow, Reading, Relation};
use ksef_invoice::draft::{InvoiceState, state_of};
use ksef_invoice::fa3::Faktura;

use super::IssuingError;
use super::starts::issued;
use crate::SaleId;
use crate::engine::Scope;

/// An invoice and its corrections, neither refused nor taken back, the oldest first.
pub(super) struct Chain {
    pub(super) first: (OutboxRow, Faktura),
    pub(super) corrections: Vec<(OutboxRow, Faktura)>,
}

impl Chain {
    /// The chain that an invoice belongs to. It begins with the invoice that all corrections in it correct; where that is
    /// not in this archive with the oldest correction that is; a correction of several invoices begins one of its own, and
    /// belongs to none of theirs.
    pub(super) fn of(tables: &Reading<'_>, scope: Scope, sale: SaleId) -> Result<Self, IssuingError> {
        let above = Above::of(tables, sale.0)?;
        let first = if above.roots == 1 { above.oldest } else { sale.0 };
        let corrections = corrections_of(tables, first, &above)?;
        let read = |id: &i64| issued(tables, scope, SaleId(*id));
        Ok(Self {
            first: read(&first)?,
            corrections: corrections.iter().map(read).collect::<Result<_, _>>()?,
        })
    }

    /// What stands of it.
    pub(super) fn state(&self) -> Result<InvoiceState, IssuingError> {
        let corrections: Vec<Faktura> = self.corrections.iter().map(|(_, invoice)| invoice.clone()).collect();
        state_of(&self.first.1, &corrections).map_err(|_| {
            let (row, _) = self.newest();
            IssuingError::StateUnclear { sale: SaleId(row.id), number: row.stands.number.clone() }
        })
    }

    /// The last document of it.
    pub(super) fn newest(&self) -> &(OutboxRow, Faktura) {
        self.corrections.last().unwrap_or(&self.first)
    }

    pub(super) fn into_members(self) -> impl Iterator<Item = (OutboxRow, Faktura)> {
        std::iter::once(self.first).chain(self.corrections)
    }
}

/// What an invoice corrects, and what that corrects in turn.
struct Above {
    /// Invoices of this archive, the invoice itself among them.
    here: BTreeSet<i64>,
    /// Those that are not in it, by number and KSeF number.
    elsewhere: BTreeSet<(String, Option<String>)>,
    /// How many of them correct nothing.
    roots: usize,
    oldest: i64,
}

impl Above {
    fn of(tables: &Reading<'_>, id: i64) -> Result<Self, ArchiveError> {
        let mut above = Self { here: BTreeSet::from([id]), elsewhere: BTreeSet::new(), roots: 0, oldest: id };
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            above.oldest = above.oldest.min(id);
            let corrected = references(tables, id)?;
            above.roots += usize::from(corrected.is_empty());
            for reference in corrected {
                match reference {
                    Reference::Here(target) if above.here.insert(target) => open.push(target),
                    Reference::Here(_) => {}
                    Reference::Elsewhere(named) => above.roots += usize::from(above.elsewhere.insert(named)),
                }
            }
        }
        Ok(above)
    }

    fn holds(&self, reference: &Reference) -> bool {
        match reference {
            Reference::Here(target) => self.here.contains(target),
            Reference::Elsewhere(named) => self.elsewhere.contains(named),
        }
    }
}

/// What a correction names.
enum Reference {
    Here(i64),
    Elsewhere((String, Option<String>)),
}

fn references(tables: &Reading<'_>, id: i64) -> Result<Vec<Reference>, ArchiveError> {
    let links = tables.invoice_links().of(id)?;
    let corrected = links.into_iter().filter(|link| link.relation == Relation::Corrects);
    Ok(corrected
        .map(|link| match link.target {
            Some(target) => Reference::Here(target),
            None => Reference::Elsewhere((link.number, link.ksef_number.map(|number| number.to_string()))),
        })
        .collect())
}

/// Those that correct an invoice, or a correction of it, and no other invoice besides; in the order of their issuing.
fn corrections_of(tables: &Reading<'_>, first: i64, above: &Above) -> Result<BTreeSet<i64>, ArchiveError> {
    let mut found = BTreeSet::new();
    let mut open = vec![first];
    while let Some(id) = open.pop() {
        for by in tables.invoice_links().to(id, Relation::Corrects)? {
            if by != first && found.insert(by) {
                open.push(by);
            }
        }
    }
    // One that also corrects another invoice is left out, and what corrects that one.
    loop {
        let mut alone = BTreeSet::new();
        for id in &found {
            let is_of_it = |reference: &Reference| {
                let is_member = matches!(reference, Reference::Here(target) if *target == first || found.contains(target));
                is_member || above.holds(reference)
            };
            if references(tables, *id)?.iter().all(is_of_it) {
                alone.insert(*id);
            }
        }
        if alone.len() == found.len() {
            return Ok(found);
        }
        found = alone;
    }
}
