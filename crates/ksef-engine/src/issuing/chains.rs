//! An issued invoice with the corrections of it that stand.

use std::collections::BTreeSet;

use ksef_archive::{ArchiveError, OutboxRow, Reading, Relation};
use ksef_invoice::draft::{InvoiceState, state_of};
use ksef_invoice::fa3::Faktura;

use super::IssuingError;
use super::starts::issued;
use crate::SaleId;
use crate::engine::Scope;

/// Issued invoices with those of their corrections that were neither refused nor taken back and correct nothing else. Rows
/// of the outbox; a higher one was issued later.
pub(super) struct Family {
    firsts: BTreeSet<i64>,
    corrections: BTreeSet<i64>,
}

impl Family {
    /// The family of these. It begins with the invoices that all corrections in it correct; where such a one is not in this
    /// archive with the oldest correction that is; a correction of several invoices begins a branch of its own, unless all of
    /// them are of the family.
    pub(super) fn of(
        tables: &Reading<'_>,
        sales: impl IntoIterator<Item = i64>,
    ) -> Result<Self, ArchiveError> {
        let (mut firsts, mut above) = (BTreeSet::new(), Above::default());
        for sale in sales {
            let of_it = Above::of(tables, sale)?;
            firsts.insert(if of_it.roots == 1 { of_it.oldest } else { sale });
            above.join(of_it);
        }
        let corrections = corrections_of(tables, &firsts, &above)?;
        Ok(Self { firsts, corrections })
    }

    /// One of them with those of the corrections that correct it, or a correction of it.
    pub(super) fn chain(
        &self,
        tables: &Reading<'_>,
        scope: Scope,
        first: i64,
    ) -> Result<Chain, IssuingError> {
        let mut reached = BTreeSet::from([first]);
        // What is corrected was issued before.
        for id in &self.corrections {
            let corrects = |reference: &Reference| matches!(reference, Reference::Here(target) if reached.contains(target));
            if references(tables, *id)?.iter().any(corrects) {
                reached.insert(*id);
            }
        }
        reached.remove(&first);
        let read = |id: &i64| issued(tables, scope, SaleId(*id));
        Ok(Chain { first: read(&first)?, corrections: reached.iter().map(read).collect::<Result<_, _>>()? })
    }

    /// All of them, the oldest first.
    pub(super) fn members(&self) -> BTreeSet<i64> {
        self.firsts.union(&self.corrections).copied().collect()
    }
}

/// An invoice and its corrections, neither refused nor taken back, the oldest first.
pub(super) struct Chain {
    pub(super) first: (OutboxRow, Faktura),
    pub(super) corrections: Vec<(OutboxRow, Faktura)>,
}

impl Chain {
    /// The chain that an invoice belongs to, which is the family of this one invoice.
    pub(super) fn of(tables: &Reading<'_>, scope: Scope, sale: SaleId) -> Result<Self, IssuingError> {
        let family = Family::of(tables, [sale.0])?;
        let first = family.firsts.first().copied().unwrap_or(sale.0);
        family.chain(tables, scope, first)
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

    /// Their rows, as a draft remembers from what it was begun.
    pub(super) fn ids(&self) -> impl Iterator<Item = String> {
        std::iter::once(&self.first).chain(&self.corrections).map(|(row, _)| row.id.to_string())
    }
}

/// What an invoice corrects, and what that corrects in turn.
#[derive(Default)]
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

    fn join(&mut self, other: Self) {
        self.here.extend(other.here);
        self.elsewhere.extend(other.elsewhere);
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

/// Those that correct one of these invoices, or a correction of one, and no other invoice besides; in the order of their
/// issuing.
fn corrections_of(
    tables: &Reading<'_>,
    firsts: &BTreeSet<i64>,
    above: &Above,
) -> Result<BTreeSet<i64>, ArchiveError> {
    let mut found = BTreeSet::new();
    let mut open: Vec<i64> = firsts.iter().copied().collect();
    while let Some(id) = open.pop() {
        for by in tables.invoice_links().to(id, Relation::Corrects)? {
            if !firsts.contains(&by) && found.insert(by) {
                open.push(by);
            }
        }
    }
    // One that also corrects another invoice is left out, and what corrects that one.
    loop {
        let mut alone = BTreeSet::new();
        for id in &found {
            let is_of_it = |reference: &Reference| {
                let is_member = matches!(reference, Reference::Here(target) if firsts.contains(target) || found.contains(target));
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
