//! Invoices that an invoice refers to: what it corrects, what it settles, from what it was begun.

use ksef_archive::{ArchiveError, InvoiceLink, OutboxRow, Reading, Relation};
use ksef_invoice::draft::{DraftKind, InvoiceDraft};
use ksef_invoice::fa3;
use ksef_types::KsefNumber;

use super::basis::{Basis, corrected_together};
use super::{AdvanceDifference, DraftOrigin, IssuingError, IssuingNote};
use crate::SaleId;
use crate::engine::Scope;

/// What the references of a draft mean in this archive.
#[derive(Default)]
pub(super) struct References {
    pub(super) links: Vec<InvoiceLink>,
    /// What keeps the draft from being issued now.
    pub(super) obstacles: Vec<IssuingError>,
    /// What a person should look at.
    pub(super) notes: Vec<IssuingNote>,
}

/// Finds what a draft refers to and fills in KSeF numbers that have come since it was written.
///
/// "A correction may be sent only after the original has its KSeF number" (the ministry's guide); the same holds for
/// advance invoices, whose KSeF numbers the final invoice names.
pub(super) fn resolve(
    tables: &Reading<'_>,
    scope: Scope,
    origin: &DraftOrigin,
    draft: &mut InvoiceDraft,
) -> Result<References, ArchiveError> {
    let mut found = References::default();
    if draft.kind.is_correction() {
        for reference in draft.correction.iter_mut().flat_map(|correction| &mut correction.corrected) {
            let (number, ksef_number) = (&reference.number, &mut reference.ksef_number);
            found.refer(tables, scope, Relation::Corrects, number, ksef_number)?;
        }
    }
    found.advances(tables, scope, draft)?;
    found.origin(tables, origin)?;
    // What is wrong already comes before what may only be wrong yet: there is nothing to wait for.
    let Basis { stale, waiting } = Basis::of(tables, scope, draft, &found.links)?;
    found.obstacles.splice(0..0, stale);
    found.obstacles.extend(waiting);
    found.notes = corrected_together(tables, draft, &found.links)?;
    Ok(found)
}

/// What a document of another program refers to, so that an advance that it settles is not open any more and a corrected
/// invoice knows its correction.
pub(crate) fn links_of_document(
    tables: &Reading<'_>,
    scope: Scope,
    document: &[u8],
) -> Result<Vec<InvoiceLink>, ArchiveError> {
    let Ok(invoice) = fa3::read(document) else {
        tracing::warn!("a document that was checked could not be read for its references");
        return Ok(Vec::new());
    };
    let mut draft = InvoiceDraft::of_document(&invoice);
    Ok(resolve(tables, scope, &DraftOrigin::Blank, &mut draft)?.links)
}

impl References {
    /// A final invoice settles the advances that it names. The last advance invoice only names the earlier ones (art. 106f
    /// ust. 4): they stay open for the final invoice.
    fn advances(
        &mut self,
        tables: &Reading<'_>,
        scope: Scope,
        draft: &mut InvoiceDraft,
    ) -> Result<(), ArchiveError> {
        if !draft.kind.names_advances() {
            return Ok(());
        }
        let settles = matches!(draft.kind, DraftKind::Roz | DraftKind::KorRoz);
        let relation = if settles { Relation::Settles } else { Relation::Continues };
        let currency = draft.currency.trim().to_uppercase();
        for reference in &mut draft.settles {
            let (number, ksef_number) = (&reference.number, &mut reference.ksef_number);
            let advance = self.refer(tables, scope, relation, number, ksef_number)?;
            if settles {
                self.is_in(advance.as_ref(), if currency.is_empty() { "PLN" } else { &currency });
            }
        }
        Ok(())
    }

    /// Gives the invoice, where it is in this archive.
    fn refer(
        &mut self,
        tables: &Reading<'_>,
        scope: Scope,
        relation: Relation,
        number: &str,
        ksef_number: &mut String,
    ) -> Result<Option<OutboxRow>, ArchiveError> {
        let number = number.trim();
        let given: Option<KsefNumber> = ksef_number.trim().parse().ok();
        if number.is_empty() && given.is_none() {
            return Ok(None);
        }
        let target = match (&given, ksef_number.trim().is_empty()) {
            // With another KSeF number it is an invoice of another program, whatever number of ours it has.
            (Some(given), _) => with_ksef_number(tables, scope, given)?,
            (None, true) => with_number(tables, scope, number)?,
            (None, false) => None,
        };
        if let Some(row) = &target {
            match &row.standing.ksef_number {
                Some(ours) => *ksef_number = ours.to_string(),
                None => self.obstacles.push(IssuingError::OriginalNotAccepted {
                    relation,
                    sale: SaleId(row.id),
                    number: row.stands.number.clone(),
                }),
            }
        }
        self.links.push(InvoiceLink {
            relation,
            number: target.as_ref().map_or(number, |row| &row.stands.number).to_owned(),
            ksef_number: ksef_number.trim().parse().ok(),
            target: target.as_ref().map(|row| row.id),
        });
        Ok(target)
    }

    /// An advance is in the currency that its amounts are taken off in.
    fn is_in(&mut self, advance: Option<&OutboxRow>, currency: &str) {
        if let Some(row) = advance.filter(|row| row.stands.currency != currency) {
            let (number, difference) = (row.stands.number.clone(), AdvanceDifference::Currency);
            self.obstacles.push(IssuingError::AdvancesDiffer { number, difference });
        }
    }

    fn origin(&mut self, tables: &Reading<'_>, origin: &DraftOrigin) -> Result<(), ArchiveError> {
        match origin {
            DraftOrigin::Copy { sale } => self.begun_from(tables, Relation::Copies, *sale),
            DraftOrigin::NextAdvance { sale } => self.begun_from(tables, Relation::Continues, *sale),
            DraftOrigin::Final { sales } => {
                for sale in sales {
                    let still_named = self.links.iter().any(|link| link.target == Some(sale.0));
                    let by = tables.invoice_links().to(sale.0, Relation::Settles)?;
                    if let (true, Some(by)) = (still_named, by.first()) {
                        self.obstacles.push(IssuingError::AdvanceSettled { sale: *sale, by: SaleId(*by) });
                    }
                }
                Ok(())
            }
            DraftOrigin::Blank
            | DraftOrigin::Correction { .. }
            | DraftOrigin::Template { .. }
            | DraftOrigin::Recurring { .. }
            | DraftOrigin::Import => Ok(()),
        }
    }

    fn begun_from(
        &mut self,
        tables: &Reading<'_>,
        relation: Relation,
        sale: SaleId,
    ) -> Result<(), ArchiveError> {
        let is_named = |link: &InvoiceLink| link.relation == relation && link.target == Some(sale.0);
        if self.links.iter().any(is_named) {
            return Ok(());
        }
        if let Some(row) = tables.outbox().get(sale.0)? {
            self.links.push(InvoiceLink {
                relation,
                target: Some(row.id),
                number: row.stands.number,
                ksef_number: row.standing.ksef_number,
            });
        }
        Ok(())
    }
}

fn with_ksef_number(
    tables: &Reading<'_>,
    scope: Scope,
    number: &KsefNumber,
) -> Result<Option<OutboxRow>, ArchiveError> {
    let invoice = tables.invoices().by_number(scope.company, scope.environment, number)?;
    invoice.and_then(|invoice| invoice.outbox_id).map_or(Ok(None), |id| tables.outbox().get(id))
}

/// Numbers are the same within a kind only: rather the invoice itself than a correction.
fn with_number(tables: &Reading<'_>, scope: Scope, number: &str) -> Result<Option<OutboxRow>, ArchiveError> {
    let links = tables.invoice_links();
    let find = |corrections| links.target(scope.company, scope.environment, number, corrections);
    let id = match find(false)? {
        Some(id) => Some(id),
        None => find(true)?,
    };
    id.map_or(Ok(None), |id| tables.outbox().get(id))
}
