//! From what drafts are begun.

use ksef_archive::{OutboxRow, OutboxState, Reading, Relation, Stands};
use ksef_invoice::draft::{DraftKind, InvoiceDraft, InvoiceState, correction_of, final_of, next_advance_of};
use ksef_invoice::fa3::{self, Faktura};

use super::chains::{Chain, Family};
use super::facts::DRAFT;
use super::{AdvanceDifference, DraftOrigin, DraftStart, IssuingError, TemplateId};
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
                let (row, invoice) = standing(tables, scope, *sale, Relation::Corrects)?;
                let chain = Chain::of(tables, scope, *sale)?;
                let mut draft = correction_of(&invoice, row.standing.ksef_number.as_ref(), &chain.state()?);
                draft.based_on = chain.ids().collect();
                Ok((draft, DraftOrigin::Correction { sale: *sale }))
            }
            DraftStart::FinalOf(sales) => final_draft(tables, scope, sales),
            DraftStart::NextAdvanceOf(sale) => {
                let order = advance(tables, scope, *sale)?.state()?;
                Ok((next_advance_of(&order), DraftOrigin::NextAdvance { sale: *sale }))
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
        advances.push(advance(tables, scope, *sale)?);
        if let Some(by) = tables.invoice_links().to(sale.0, Relation::Settles)?.first() {
            return Err(IssuingError::AdvanceSettled { sale: *sale, by: SaleId(*by) });
        }
    }
    of_one_buyer(&advances)?;
    // A correction of several of the advances, and of nothing else, is one of all of them together.
    let family = Family::of(tables, sales.iter().map(|sale| sale.0))?;
    let Some(order) = order(tables, scope, &advances, &family)? else {
        let nothing = InvoiceDraft { kind: DraftKind::Roz, ..InvoiceDraft::default() };
        return Ok((nothing, DraftOrigin::Final { sales: Vec::new() }));
    };
    let members = family.members();
    let settled = members.iter().map(|id| {
        let (row, invoice) = issued(tables, scope, SaleId(*id))?;
        Ok((invoice, row.standing.ksef_number))
    });
    let settled: Vec<_> = settled.collect::<Result<_, IssuingError>>()?;
    let based_on = members.iter().map(ToString::to_string).collect();
    let draft = InvoiceDraft { based_on, ..final_of(&settled, &order) };
    Ok((draft, DraftOrigin::Final { sales: sales.to_vec() }))
}

/// The order as the newest of the advances and their corrections leaves it. A correction of several of them counts where all
/// are to one order.
fn order(
    tables: &Reading<'_>,
    scope: Scope,
    advances: &[Chain],
    family: &Family,
) -> Result<Option<InvoiceState>, IssuingError> {
    let newest = |chain: &&Chain| {
        let (row, invoice) = chain.newest();
        (invoice.fa.p_1, row.id)
    };
    let Some(chain) = advances.iter().max_by_key(newest) else { return Ok(None) };
    let ordered = |chain: &Chain| -> Vec<_> {
        let order = chain.first.1.fa.zamowienie.iter().flat_map(|order| &order.zamowienie_wiersz);
        order.map(|row| (row.p_7z.clone(), row.p_8bz, row.p_9az)).collect()
    };
    let same = advances.iter().all(|other| ordered(other) == ordered(chain));
    let state = if same { family.chain(tables, scope, chain.first.0.id)?.state()? } else { chain.state()? };
    Ok(Some(state))
}

/// One final invoice is to one buyer in one currency (art. 106f ust. 3).
fn of_one_buyer(advances: &[Chain]) -> Result<(), IssuingError> {
    let stands = |chain: &Chain| chain.newest().0.stands.clone();
    let Some(first) = advances.first().map(stands) else { return Ok(()) };
    for other in advances.iter().skip(1).map(stands) {
        let difference = if other.currency != first.currency {
            AdvanceDifference::Currency
        } else if buyer_of(&other) != buyer_of(&first) {
            AdvanceDifference::Buyer
        } else {
            continue;
        };
        return Err(IssuingError::AdvancesDiffer { number: other.number, difference });
    }
    Ok(())
}

/// By the identifier; by the name where there is none.
fn buyer_of(stands: &Stands) -> String {
    let name = || stands.buyer_name.clone().unwrap_or_default();
    let text = stands.buyer_identifier.clone().unwrap_or_else(name);
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
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

/// An advance invoice with its corrections.
fn advance(tables: &Reading<'_>, scope: Scope, sale: SaleId) -> Result<Chain, IssuingError> {
    let (row, _) = standing(tables, scope, sale, Relation::Settles)?;
    if row.stands.kind == ADVANCE {
        Chain::of(tables, scope, sale)
    } else {
        Err(IssuingError::WrongKind { sale, kind: row.stands.kind })
    }
}

/// An issued invoice that was neither refused nor taken back.
fn standing(
    tables: &Reading<'_>,
    scope: Scope,
    sale: SaleId,
    relation: Relation,
) -> Result<(OutboxRow, Faktura), IssuingError> {
    let (row, invoice) = issued(tables, scope, sale)?;
    if stands(&row) {
        Ok((row, invoice))
    } else {
        Err(IssuingError::OriginalNotAccepted { relation, sale, number: row.stands.number })
    }
}

/// Neither refused nor taken back.
pub(super) fn stands(row: &OutboxRow) -> bool {
    !matches!(row.standing.state, OutboxState::Refused | OutboxState::Withdrawn)
}

pub(super) fn issued(
    tables: &Reading<'_>,
    scope: Scope,
    sale: SaleId,
) -> Result<(OutboxRow, Faktura), IssuingError> {
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
