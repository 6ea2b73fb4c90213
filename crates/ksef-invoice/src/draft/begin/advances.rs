//! What follows advance invoices.

use ksef_types::KsefNumber;

use super::document::amounts;
use super::lines::groups_of;
use super::state::InvoiceState;
use crate::draft::compose::whole_of;
use crate::draft::{AdvanceDraft, AdvanceReference, DraftKind, InvoiceDraft, VatRounding};
use crate::fa3::Faktura;

/// "Wystaw rozliczającą": a final invoice (ROZ) to advance invoices of one order; its lines are those of the order as it
/// stands, what the advances confirmed is taken off by rate. Corrections of advances are given as such: what they changed
/// changes what is taken off.
#[must_use]
pub fn final_of(advances: &[(Faktura, Option<KsefNumber>)], order: &InvoiceState) -> InvoiceDraft {
    let mut draft = of_same_order(order);
    draft.kind = DraftKind::Roz;
    draft.advance = None;
    draft.settles = advances
        .iter()
        .map(|(invoice, ksef_number)| AdvanceReference {
            number: invoice.fa.p_2.to_string(),
            ksef_number: ksef_number.as_ref().map(ToString::to_string).unwrap_or_default(),
            amounts: amounts(&groups_of(&invoice.fa)),
        })
        .collect();
    // An order states VAT at each line: where that comes to something else, the final invoice rounds there too.
    if order.ordered.is_some() && whole_of(&draft) != order.ordered {
        draft.rounding = VatRounding::PerLine;
    }
    draft
}

/// "Następna zaliczka": another advance invoice to the same order, as it stands.
#[must_use]
pub fn next_advance_of(order: &InvoiceState) -> InvoiceDraft {
    let mut draft = of_same_order(order);
    draft.kind = DraftKind::Zal;
    draft.advance = Some(AdvanceDraft::default());
    // Only the last advance names the earlier ones, and which one that is, the person knows.
    draft.settles.clear();
    draft
}

fn of_same_order(order: &InvoiceState) -> InvoiceDraft {
    let mut draft = order.draft.clone();
    draft.make_new();
    draft.correction = None;
    for line in &mut draft.lines {
        line.position.clear();
    }
    draft.delivery_notes.clear();
    draft.descriptions.clear();
    draft
}
