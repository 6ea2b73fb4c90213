//! Corrections of issued invoices.

use ksef_types::KsefNumber;

use crate::draft::fields::money_text;
use crate::draft::{
    AdvanceDraft, CorrectedReference, CorrectionDraft, DraftKind, ExchangeDraft, InvoiceDraft, LineDraft,
    PaymentDraft, PriceBasis,
};
use crate::fa3::Faktura;

/// "Skoryguj": a correction in which nothing is changed yet; `before` of each line is the line as it is.
///
/// VAT, UPR and KOR become KOR; ROZ and KOR_ROZ become KOR_ROZ; ZAL and KOR_ZAL become KOR_ZAL. Of a correction, the state
/// after it; it then corrects what that one did, and that one too.
#[must_use]
pub fn correction_of(invoice: &Faktura, ksef_number: Option<&KsefNumber>) -> InvoiceDraft {
    let mut draft = InvoiceDraft::of_document(invoice);
    let earlier = draft.correction.take().filter(|_| draft.kind.is_correction()).unwrap_or_default();
    draft.kind = match draft.kind {
        DraftKind::Vat | DraftKind::Upr | DraftKind::Kor => DraftKind::Kor,
        DraftKind::Roz | DraftKind::KorRoz => DraftKind::KorRoz,
        DraftKind::Zal | DraftKind::KorZal => DraftKind::KorZal,
    };
    let mut corrected = earlier.corrected;
    corrected.push(CorrectedReference {
        number: std::mem::take(&mut draft.number),
        issue_date: std::mem::take(&mut draft.issue_date),
        ksef_number: ksef_number.map(ToString::to_string).unwrap_or_default(),
    });
    draft.lines = state_after(draft.lines).into_iter().map(unchanged).collect();
    draft.correction = Some(CorrectionDraft {
        corrected,
        amount_before: amount_after(invoice, draft.kind),
        exchange_before: exchange_before(&draft),
        ..CorrectionDraft::default()
    });
    draft.advance =
        draft.advance.map(|advance| AdvanceDraft { received: advance.received, parts: Vec::new() });
    draft.settles.iter_mut().for_each(|reference| reference.amounts.clear());
    draft.payment = PaymentDraft::default();
    draft.delivery_notes.clear();
    draft.descriptions.clear();
    draft.extras.clear();
    if draft.currency == "PLN" {
        draft.exchange = ExchangeDraft::default();
    }
    if draft.kind == DraftKind::KorZal {
        draft.prices = PriceBasis::Net;
    }
    draft
}

/// The lines that stand after a correction, under their own numbers.
pub(super) fn state_after(lines: Vec<LineDraft>) -> Vec<LineDraft> {
    let mut list = Vec::with_capacity(lines.len());
    for (index, line) in lines.into_iter().enumerate() {
        if line.removed {
            continue;
        }
        let number = if line.position.is_empty() { (index + 1).to_string() } else { line.position.clone() };
        let position = if number == (list.len() + 1).to_string() { String::new() } else { number };
        list.push(LineDraft { before: None, position, ..line });
    }
    list
}

fn unchanged(line: LineDraft) -> LineDraft {
    LineDraft { before: Some(Box::new(line.clone())), ..line }
}

/// P_15ZK: what was received, or left to pay, by the invoice's account.
fn amount_after(invoice: &Faktura, kind: DraftKind) -> String {
    if kind == DraftKind::Kor {
        return String::new();
    }
    let before = invoice.fa.korekta.as_ref().and_then(|korekta| korekta.przed_korekta);
    let before = before.map(|before| before.p_15zk.decimal()).unwrap_or_default();
    before.checked_add(invoice.fa.p_15.decimal()).map(money_text).unwrap_or_default()
}

fn exchange_before(draft: &InvoiceDraft) -> String {
    if draft.kind == DraftKind::KorZal { draft.exchange.rate.clone() } else { String::new() }
}
