//! What fronts show of what a draft comes to.

use rust_decimal::Decimal;

use super::lines::{Entry, State};
use super::sums::Outcome;
use crate::draft::fields::{money_text, rate_text};
use crate::draft::{DraftTotals, LineAmounts, RateTotal};
use crate::fa3::{Faktura, WynikRozliczenia, Zaplata};

pub(super) fn totals(lines: usize, entries: &[Entry], outcome: &Outcome, invoice: &Faktura) -> DraftTotals {
    let mut amounts = vec![None; lines];
    for entry in entries {
        if let Some(slot) = amounts.get_mut(entry.line) {
            *slot = line(entry);
        }
    }
    let groups = outcome.sums.groups().unwrap_or_default();
    let rates = groups
        .into_iter()
        .map(|(group, amounts)| RateTotal {
            rate: rate_text(group),
            net: money_text(amounts.net),
            vat: money_text(amounts.vat),
            vat_pln: outcome.pln.get(&group).copied().map(money_text),
        })
        .collect();
    let whole = outcome.sums.whole().unwrap_or_default();
    let pln = outcome.pln.values().try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(*amount));
    DraftTotals {
        lines: amounts,
        rates,
        net: money_text(whole.net),
        vat: money_text(whole.vat),
        gross: money_text(outcome.gross),
        currency: invoice.fa.kod_waluty.as_str().to_owned(),
        vat_pln: pln.filter(|_| !outcome.pln.is_empty()).map(money_text),
        whole: outcome.whole.map(money_text),
        to_pay: to_pay(outcome.gross, invoice).filter(|left| *left != outcome.gross).map(money_text),
    }
}

/// A line; with a correction its difference.
fn line(entry: &Entry) -> Option<LineAmounts> {
    let sum = |state| entry.row(state).map(|row| row.sum);
    let (before, after) = match (sum(State::Before), sum(State::After)) {
        (None, None) => return None,
        (before, after) => {
            (before.unwrap_or(Some(Default::default()))?, after.unwrap_or(Some(Default::default()))?)
        }
    };
    Some(LineAmounts {
        net: money_text(after.net - before.net),
        vat: money_text(after.vat - before.vat),
        gross: money_text(after.gross - before.gross),
    })
}

/// What is left to pay after charges, deductions and payments.
fn to_pay(gross: Decimal, invoice: &Faktura) -> Option<Decimal> {
    let due = match invoice.fa.rozliczenie.as_ref().and_then(|settlement| settlement.wynik) {
        Some(WynikRozliczenia::DoZaplaty(amount)) => amount.decimal(),
        Some(WynikRozliczenia::DoRozliczenia(amount)) => -amount.decimal(),
        None => gross,
    };
    match invoice.fa.platnosc.as_ref().and_then(|payment| payment.zaplata.as_ref()) {
        None => Some(due),
        Some(Zaplata::Calosc(_)) => Some(Decimal::ZERO),
        Some(Zaplata::Czesci { zaplata_czesciowa, .. }) => zaplata_czesciowa
            .iter()
            .try_fold(due, |left, part| left.checked_sub(part.kwota_zaplaty_czesciowej.decimal())),
    }
}
