//! Corrections of issued invoices.

use ksef_types::KsefNumber;

use super::state::InvoiceState;
use crate::draft::fields::money_text;
use crate::draft::{
    AdvanceDraft, CorrectedReference, CorrectionDraft, DraftKind, ExchangeDraft, InvoiceDraft, LineDraft,
    PaymentDraft, PriceBasis,
};
use crate::fa3::Faktura;

/// What a correction says again of the corrected invoice though it has no fields of its own: without it the correction
/// would say that there is none (P_22N), or that nobody stands beside the seller.
const KEPT: [&str; 2] = ["Fa/Adnotacje/NoweSrodkiTransportu", "PodmiotUpowazniony"];

/// "Skoryguj": a correction in which nothing is changed yet; `before` of each line is the line as it stands.
///
/// VAT, UPR and KOR become KOR; ROZ and KOR_ROZ become KOR_ROZ; ZAL and KOR_ZAL become KOR_ZAL. A further correction of an
/// invoice names that invoice again; begun from a correction it names what that one corrects, and that one too.
#[must_use]
pub fn correction_of(
    corrected: &Faktura,
    ksef_number: Option<&KsefNumber>,
    state: &InvoiceState,
) -> InvoiceDraft {
    let mut draft = state.draft.clone();
    draft.kind = match draft.kind {
        DraftKind::Vat | DraftKind::Upr | DraftKind::Kor => DraftKind::Kor,
        DraftKind::Roz | DraftKind::KorRoz => DraftKind::KorRoz,
        DraftKind::Zal | DraftKind::KorZal => DraftKind::KorZal,
    };
    draft.number.clear();
    draft.issue_date.clear();
    draft.lines = draft.lines.into_iter().enumerate().map(unchanged).collect();
    draft.correction = Some(CorrectionDraft {
        corrected: references(corrected, ksef_number),
        amount_before: amount_before(state, draft.kind),
        exchange_before: exchange_before(&draft),
        ..CorrectionDraft::default()
    });
    draft.advance = (draft.kind == DraftKind::KorZal)
        .then(|| AdvanceDraft { received: money_text(state.gross), parts: Vec::new() });
    draft.settles.iter_mut().for_each(|reference| reference.amounts.clear());
    draft.payment = PaymentDraft::default();
    draft.delivery_notes.clear();
    draft.descriptions.clear();
    draft.extras.retain(|path, _| KEPT.contains(&path.as_str()));
    if draft.currency == "PLN" {
        draft.exchange = ExchangeDraft::default();
    }
    if draft.kind == DraftKind::KorZal {
        draft.prices = PriceBasis::Net;
    }
    draft
}

/// What a correction corrects, and the invoice itself.
fn references(corrected: &Faktura, ksef_number: Option<&KsefNumber>) -> Vec<CorrectedReference> {
    let own = InvoiceDraft::of_document(corrected);
    let earlier = own.correction.filter(|_| own.kind.is_correction());
    let mut list = earlier.map(|correction| correction.corrected).unwrap_or_default();
    list.push(CorrectedReference {
        number: own.number,
        issue_date: own.issue_date,
        ksef_number: ksef_number.map(ToString::to_string).unwrap_or_default(),
    });
    list
}

/// The line as it stands, under its own number: lines that are put in between do not change what it is about.
fn unchanged((index, mut line): (usize, LineDraft)) -> LineDraft {
    if line.position.is_empty() {
        line.position = (index + 1).to_string();
    }
    LineDraft { before: Some(Box::new(line.clone())), ..line }
}

/// P_15ZK: what was received, or left to pay, by the account of all that stands.
fn amount_before(state: &InvoiceState, kind: DraftKind) -> String {
    if kind == DraftKind::Kor { String::new() } else { money_text(state.gross) }
}

fn exchange_before(draft: &InvoiceDraft) -> String {
    if draft.kind == DraftKind::KorZal { draft.exchange.rate.clone() } else { String::new() }
}
