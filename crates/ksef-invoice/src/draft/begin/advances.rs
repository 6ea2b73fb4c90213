//! What follows advance invoices.

use ksef_types::KsefNumber;

use super::correction::state_after;
use super::document::amounts;
use super::lines::groups_of;
use crate::draft::compose::whole_of;
use crate::draft::{AdvanceDraft, AdvanceReference, DraftKind, InvoiceDraft, VatRounding};
use crate::fa3::Faktura;

/// "Wystaw rozliczającą": a final invoice (ROZ) to advance invoices of one order, the newest order among them; its lines
/// become the lines, what the advances confirmed is taken off by rate. Corrections of advances are given as such.
#[must_use]
pub fn final_of(advances: &[(Faktura, Option<KsefNumber>)]) -> InvoiceDraft {
    let newest = advances.iter().max_by_key(|(invoice, _)| invoice.fa.p_1).map(|(invoice, _)| invoice);
    let Some(newest) = newest else {
        return InvoiceDraft { kind: DraftKind::Roz, ..InvoiceDraft::default() };
    };
    let mut draft = of_same_order(newest);
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
    let ordered = newest.fa.zamowienie.as_ref().map(|order| order.wartosc_zamowienia.decimal());
    if ordered.is_some() && whole_of(&draft) != ordered {
        draft.rounding = VatRounding::PerLine;
    }
    draft
}

/// "Następna zaliczka": another advance invoice to the same order.
#[must_use]
pub fn next_advance_of(invoice: &Faktura) -> InvoiceDraft {
    let mut draft = of_same_order(invoice);
    draft.kind = DraftKind::Zal;
    draft.advance = Some(AdvanceDraft::default());
    draft
}

fn of_same_order(invoice: &Faktura) -> InvoiceDraft {
    let mut draft = InvoiceDraft::of_document(invoice);
    draft.make_new();
    draft.correction = None;
    draft.lines = state_after(std::mem::take(&mut draft.lines));
    for line in &mut draft.lines {
        line.position.clear();
    }
    draft.delivery_notes.clear();
    draft.descriptions.clear();
    draft
}
