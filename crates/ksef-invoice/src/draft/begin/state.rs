//! What stands of an invoice after its corrections: what the next correction and the final invoice start from.

use rust_decimal::Decimal;

use super::merge::{self, Numbered};
use crate::draft::{DraftKind, ExchangeDraft, InvoiceDraft, PaymentDraft, VatRounding};
use crate::fa3::{Fa, FaWiersz, Faktura};
use crate::totals::Rate;

/// What stands of an invoice cannot be told: there is only a correction by difference without what it corrects, one that
/// prices net where the invoice prices gross, or an amount that no invoice holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what stands after the corrections cannot be told")]
pub struct UnclearState;

/// What stands of an invoice: its head as the newest document has it, its lines after every correction.
#[derive(Debug, Clone, PartialEq)]
pub struct InvoiceState {
    pub(super) draft: InvoiceDraft,
    /// P_15 of all together: with advances what was received, with final invoices what was left to pay.
    pub(super) gross: Decimal,
    /// The value of the order, where there is one.
    pub(super) ordered: Option<Decimal>,
}

/// What stands of an invoice after its corrections, the oldest first; each corrects this invoice alone.
/// Of several invoices that are taken together, one may correct all of them: its lines count, and [`InvoiceState::gross`] is then not
/// this one's.
///
/// Rows before and after take the place of the line, differences are added to it, whichever way each correction chose.
/// The invoice may be a correction itself, where what it corrects is not known: then only the lines that it names stand.
///
/// # Errors
/// [`UnclearState`].
pub fn state_of(invoice: &Faktura, corrections: &[Faktura]) -> Result<InvoiceState, UnclearState> {
    let mut draft = read(invoice);
    if draft.kind.is_correction() && is_by_difference(invoice) {
        return Err(UnclearState);
    }
    let lines = draft.lines.drain(..).enumerate().map(merge::numbered).collect::<Vec<_>>();
    let mut lines: Vec<Numbered> = lines.into_iter().filter(|(_, line)| !line.removed).collect();
    lines.iter_mut().for_each(|(_, line)| line.before = None);
    let mut gross = paid_before(invoice).checked_add(invoice.fa.p_15.decimal()).ok_or(UnclearState)?;
    let mut ordered = order_of(invoice);
    for correction in corrections {
        draft = merged(draft, &mut lines, correction)?;
        gross = gross.checked_add(correction.fa.p_15.decimal()).ok_or(UnclearState)?;
        ordered = order_of(correction).or(ordered);
    }
    draft.lines = placed(lines, &draft.exchange);
    draft.correction = None;
    Ok(InvoiceState { draft, gross, ordered })
}

/// The head of the newest with what it leaves unsaid of the older ones, and the lines after it.
fn merged(
    older: InvoiceDraft,
    lines: &mut Vec<Numbered>,
    correction: &Faktura,
) -> Result<InvoiceDraft, UnclearState> {
    let mut newest = read(correction);
    let prices = if says_prices(&correction.fa) { newest.prices } else { older.prices };
    if prices != older.prices && !lines.is_empty() {
        return Err(UnclearState);
    }
    newest.prices = prices;
    if older.rounding == VatRounding::PerLine {
        newest.rounding = VatRounding::PerLine;
    }
    let changes = newest.lines.drain(..).enumerate().map(merge::numbered).collect();
    merge::apply(lines, changes, is_by_difference(correction), &newest)?;
    if newest.exchange.rate.is_empty() && newest.currency == older.currency {
        newest.exchange = older.exchange;
    }
    if newest.payment == PaymentDraft::default() {
        newest.payment = older.payment;
    }
    if newest.settles.is_empty() {
        newest.settles = older.settles;
    }
    for (path, tree) in older.extras {
        newest.extras.entry(path).or_insert(tree);
    }
    Ok(newest)
}

/// A document as a draft in which each line names its own exchange rate.
fn read(invoice: &Faktura) -> InvoiceDraft {
    let mut draft = InvoiceDraft::of_document(invoice);
    // What one correction says of the buyer before it.
    draft.extras.retain(|path, _| !path.starts_with("Fa/Podmiot"));
    if matches!(draft.kind, DraftKind::Zal | DraftKind::KorZal) || draft.exchange.rate.is_empty() {
        return draft;
    }
    for line in &mut draft.lines {
        if line.exchange_rate.is_empty() {
            line.exchange_rate.clone_from(&draft.exchange.rate);
        }
    }
    draft
}

/// Lines under their own numbers, without the exchange rate that the invoice says for all.
fn placed(lines: Vec<Numbered>, exchange: &ExchangeDraft) -> Vec<crate::draft::LineDraft> {
    let place = |(index, (number, mut line)): (usize, Numbered)| {
        line.position = if number == index as u64 + 1 { String::new() } else { number.to_string() };
        let has_vat =
            Rate::parse(&line.rate, Some(Decimal::ZERO)).is_some_and(|rate| rate.group().has_vat_in_pln());
        if line.exchange_rate == exchange.rate || !has_vat {
            line.exchange_rate.clear();
        }
        line
    };
    lines.into_iter().enumerate().map(place).collect()
}

/// No row says what was before: each says by how much it changed.
fn is_by_difference(invoice: &Faktura) -> bool {
    let fa = &invoice.fa;
    let order = fa.zamowienie.iter().flat_map(|order| &order.zamowienie_wiersz);
    let mut before =
        fa.fa_wiersz.iter().map(|row| row.stan_przed).chain(order.map(|row| row.stan_przed_z)).peekable();
    before.peek().is_some() && !before.any(|before| before)
}

/// A row has a price or a value.
fn says_prices(fa: &Fa) -> bool {
    // A margin is always priced gross, whatever the other lines are.
    let has_rate = |row: &FaWiersz| row.p_12.is_some() || row.p_12_xii.is_some();
    let says = |row: &FaWiersz| {
        row.p_9a.is_some() || row.p_9b.is_some() || row.p_11.is_some() || row.p_11a.is_some()
    };
    fa.fa_wiersz.iter().any(|row| has_rate(row) && says(row))
}

/// P_15ZK: what a correction that stands by itself says of before.
fn paid_before(invoice: &Faktura) -> Decimal {
    let before = invoice.fa.korekta.as_ref().and_then(|correction| correction.przed_korekta);
    before.map(|before| before.p_15zk.decimal()).unwrap_or_default()
}

fn order_of(invoice: &Faktura) -> Option<Decimal> {
    invoice.fa.zamowienie.as_ref().map(|order| order.wartosc_zamowienia.decimal())
}
