//! From what drafts are begun.

use ksef_archive::{OutboxRow, OutboxState, Reading, Relation};
use ksef_invoice::draft::{InvoiceDraft, correction_of, final_of, next_advance_of};
use ksef_invoice::fa3::{self, Faktura};

use super::facts::DRAFT;
use super::{DraftOrigin, DraftStart, IssuingError, TemplateId};
use crate::books::kept_profile;
use crate::engine::Scope;
use crate::{Engine, EngineError, SaleId, json};

const ADVANCE: &str = "ZAL";

impl Engine {
    pub(super) fn begin(
        &self,
        tables: &Reading<'_>,
        scope: Scope,
        start: &DraftStart,
    ) -> Result<(InvoiceDraft, DraftOrigin), IssuingError> {
        match start {
            DraftStart::Blank(kind) => {
                let profile = kept_profile(tables, scope.company)?.unwrap_or_default();
                Ok((InvoiceDraft::blank(*kind, &profile), DraftOrigin::Blank))
            }
            DraftStart::CopyOf(sale) => {
                let (_, invoice) = issued(tables, scope, *sale)?;
                Ok((InvoiceDraft::from_invoice(&invoice), DraftOrigin::Copy { sale: *sale }))
            }
            DraftStart::CorrectionOf(sale) => {
                let (row, invoice) = standing(tables, scope, *sale)?;
                let draft = correction_of(&invoice, row.standing.ksef_number.as_ref());
                Ok((draft, DraftOrigin::Correction { sale: *sale }))
            }
            DraftStart::FinalOf(sales) => final_draft(tables, scope, sales),
            DraftStart::NextAdvanceOf(sale) => {
                let (_, invoice) = advance(tables, scope, *sale)?;
                Ok((next_advance_of(&invoice), DraftOrigin::NextAdvance { sale: *sale }))
            }
            DraftStart::Template(template) => from_template(tables, scope, *template),
        }
    }
}

fn final_draft(
    tables: &Reading<'_>,
    scope: Scope,
    sales: &[SaleId],
) -> Result<(InvoiceDraft, DraftOrigin), IssuingError> {
    let mut advances = Vec::with_capacity(sales.len());
    for sale in sales {
        let (row, invoice) = advance(tables, scope, *sale)?;
        if let Some(by) = tables.invoice_links().to(sale.0, Relation::Settles)?.first() {
            return Err(IssuingError::AdvanceSettled { sale: *sale, by: SaleId(*by) });
        }
        advances.push((invoice, row.standing.ksef_number));
    }
    Ok((final_of(&advances), DraftOrigin::Final { sales: sales.to_vec() }))
}

fn from_template(
    tables: &Reading<'_>,
    scope: Scope,
    template: TemplateId,
) -> Result<(InvoiceDraft, DraftOrigin), IssuingError> {
    let unknown = || IssuingError::UnknownTemplate(template);
    tables.templates().get(template.0)?.filter(|row| row.company == scope.company).ok_or_else(unknown)?;
    let text = tables.templates().text(template.0)?.ok_or_else(unknown)?;
    Ok((json::read(&text, DRAFT)?, DraftOrigin::Template { template }))
}

fn advance(tables: &Reading<'_>, scope: Scope, sale: SaleId) -> Result<(OutboxRow, Faktura), IssuingError> {
    let (row, invoice) = standing(tables, scope, sale)?;
    if row.stands.kind == ADVANCE {
        Ok((row, invoice))
    } else {
        Err(IssuingError::WrongKind { sale, kind: row.stands.kind })
    }
}

/// An issued invoice that was neither refused nor taken back.
fn standing(tables: &Reading<'_>, scope: Scope, sale: SaleId) -> Result<(OutboxRow, Faktura), IssuingError> {
    let (row, invoice) = issued(tables, scope, sale)?;
    match row.standing.state {
        OutboxState::Refused | OutboxState::Withdrawn => {
            Err(IssuingError::OriginalNotAccepted { sale, number: row.stands.number })
        }
        _ => Ok((row, invoice)),
    }
}

fn issued(tables: &Reading<'_>, scope: Scope, sale: SaleId) -> Result<(OutboxRow, Faktura), IssuingError> {
    let row = tables
        .outbox()
        .get(sale.0)?
        .filter(|row| Scope::new(row.company, row.environment) == scope)
        .ok_or(EngineError::UnknownSale(sale))?;
    let document = tables.outbox().document(sale.0)?.ok_or(EngineError::UnknownSale(sale))?;
    match fa3::read(&document) {
        Ok(invoice) => Ok((row, invoice)),
        Err(error) => {
            tracing::error!(%error, %sale, "an invoice of the outbox could not be read");
            Err(IssuingError::WrongKind { sale, kind: row.stands.kind })
        }
    }
}
