//! What the invoice declares: P_13, P_14, P_14_W, P_15, by kind.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::line::{Way, too_large};
use super::lines::{self, Entry, State};
use crate::FindingCode;
use crate::draft::fields::MONEY;
use crate::draft::notes::{Field, Notes};
use crate::draft::{AdvanceAmount, AdvanceDraft, AdvanceReference, DraftKind, InvoiceDraft, parse};
use crate::totals::{Amounts, Group, Rate, Sums, TooLarge, split, to_grosz, vat_in_pln};

/// What an invoice comes to.
#[derive(Debug, Clone, Default)]
pub(super) struct Outcome {
    /// By rate: P_13, P_14.
    pub(super) sums: Sums,
    /// P_15.
    pub(super) gross: Decimal,
    /// P_14_…W.
    pub(super) pln: BTreeMap<Group, Decimal>,
    /// Value of the order, or of all lines before advances.
    pub(super) whole: Option<Decimal>,
    /// It could be computed; otherwise it is zero.
    pub(super) known: bool,
}

/// The exchange rates of an invoice, PLN for one of its currency.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Exchange {
    /// The invoice is in another currency than PLN.
    pub(super) foreign: bool,
    /// Of the invoice.
    pub(super) rate: Option<Decimal>,
    /// KursWalutyZK.
    pub(super) before: Option<Decimal>,
}

/// The parts of an advance that were read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) amount: Decimal,
    pub(super) exchange: Option<Decimal>,
}

/// Payments that have exchange rates of their own, together.
#[derive(Debug, Clone, Copy, Default)]
struct AtOwnRates {
    /// In the invoice's currency.
    amount: Decimal,
    /// In PLN, not rounded.
    pln: Decimal,
}

impl AtOwnRates {
    /// VAT of a total in PLN; nothing where that of the rest is not known. Divided last: a quotient in between would move halves
    /// of a grosz.
    fn shares(
        &self,
        usual: Option<Decimal>,
        vat: Decimal,
        total: Decimal,
    ) -> Result<Option<Decimal>, TooLarge> {
        let rest = total.checked_sub(self.amount).ok_or(TooLarge)?;
        let of_rest = match usual {
            _ if rest.is_zero() => Some(Decimal::ZERO),
            Some(usual) => usual.checked_mul(rest),
            None => return Ok(None),
        };
        let of_payments = vat.checked_mul(self.pln);
        let both = of_rest.zip(of_payments).and_then(|(rest, payments)| rest.checked_add(payments));
        both.and_then(|both| both.checked_div(total)).map(Some).ok_or(TooLarge)
    }
}

pub(super) struct Ground<'g> {
    pub(super) draft: &'g InvoiceDraft,
    pub(super) entries: &'g [Entry],
    pub(super) way: Way,
    pub(super) exchange: Exchange,
    pub(super) parts: &'g [Part],
}

impl Ground<'_> {
    /// Computes by the rules of the kind.
    pub(super) fn outcome(&self, notes: &mut Notes) -> Outcome {
        let computed = match self.draft.kind {
            DraftKind::Vat | DraftKind::Upr => self.ordinary(),
            DraftKind::Zal => self.advance(notes),
            DraftKind::Roz => self.last(notes),
            DraftKind::Kor | DraftKind::KorRoz | DraftKind::KorZal => self.correction(notes),
        };
        match computed {
            Ok(outcome) => outcome,
            Err(TooLarge) => {
                too_large(&Field::new(""), notes);
                Outcome::default()
            }
        }
    }

    fn ordinary(&self) -> Result<Outcome, TooLarge> {
        let sums = lines::sums(self.entries, State::After, self.way)?;
        let pln = self.pln_of_lines(&sums, State::After)?;
        outcome(sums, pln, None)
    }

    /// VAT of the lines in PLN.
    fn pln_of_lines(&self, sums: &Sums, state: State) -> Result<BTreeMap<Group, Decimal>, TooLarge> {
        if !self.exchange.foreign {
            return Ok(BTreeMap::new());
        }
        let of_lines = lines::amounts(self.entries, state)
            .map(|(row, rate, sum)| (rate, sum, row.exchange.or(self.exchange.rate)));
        vat_in_pln(sums, of_lines, self.way.basis, self.way.rounding)
    }

    /// The one rate of exchange that all lines with VAT have.
    fn common_exchange(&self, states: &[State]) -> Option<Option<Decimal>> {
        let rates = lines::exchanges(self.entries, states, self.exchange.rate);
        (rates.len() == 1).then(|| rates.into_iter().next()).flatten()
    }

    /// VAT at one rate of exchange, not rounded.
    fn exact_pln(
        &self,
        sums: &Sums,
        exchange: Option<Decimal>,
    ) -> Result<BTreeMap<Group, Decimal>, TooLarge> {
        let Some(exchange) = exchange.filter(|_| self.exchange.foreign) else { return Ok(BTreeMap::new()) };
        let mut out = BTreeMap::new();
        for (group, amounts) in sums.groups()? {
            if group.has_vat_in_pln() {
                out.insert(group, amounts.vat.checked_mul(exchange).ok_or(TooLarge)?);
            }
        }
        Ok(out)
    }

    /// VAT at one rate of exchange.
    fn pln_at(&self, sums: &Sums, exchange: Option<Decimal>) -> Result<BTreeMap<Group, Decimal>, TooLarge> {
        let exact = self.exact_pln(sums, exchange)?;
        Ok(exact.into_iter().map(|(group, amount)| (group, to_grosz(amount))).collect())
    }

    /// ZAL: the received amount, divided over the order.
    fn advance(&self, notes: &mut Notes) -> Result<Outcome, TooLarge> {
        let field = Field::new("advance");
        let nothing = AdvanceDraft::default();
        let typed = self.draft.advance.as_ref().unwrap_or(&nothing);
        let received = notes.needed_number(&field.at("received"), "P_15", MONEY, &typed.received);
        let order = lines::sums(self.entries, State::After, self.way)?;
        let whole = Some(order.gross()?);
        self.parts_make(received, &field, notes);
        let Some(received) = received else { return Ok(Outcome { whole, ..Outcome::default() }) };
        match split(&order, received)? {
            Some(sums) => {
                let total = self.parts.iter().map(|part| part.amount).sum();
                let pln = self.with_payments(&self.exact_pln(&sums, self.exchange.rate)?, &sums, total)?;
                outcome(sums, pln, whole)
            }
            None => Ok(Outcome { whole, ..Outcome::default() }),
        }
    }

    /// Several payments make the whole.
    fn parts_make(&self, received: Option<Decimal>, field: &Field<'_>, notes: &mut Notes) {
        let sum = self.parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.amount));
        let typed = self.draft.advance.as_ref().map_or(0, |advance| advance.parts.len());
        if self.parts.is_empty()
            || self.parts.len() < typed
            || sum.is_none()
            || received.is_none()
            || sum == received
        {
            return;
        }
        notes.error(
            &field.at("parts"),
            FindingCode::NotAllowed,
            "Suma płatności musi być równa otrzymanej kwocie.",
            "The payments must make the received amount.",
        );
    }

    /// VAT in PLN of a total that holds payments: each payment's share of it at the payment's own rate (KursWalutyZW), the rest
    /// as it is in `usual`, which has VAT of the whole without them.
    fn with_payments(
        &self,
        usual: &BTreeMap<Group, Decimal>,
        sums: &Sums,
        total: Decimal,
    ) -> Result<BTreeMap<Group, Decimal>, TooLarge> {
        let paid = self.at_own_rates()?.filter(|_| !total.is_zero() && self.exchange.foreign);
        let mut out = BTreeMap::new();
        for (group, amounts) in sums.groups()?.into_iter().filter(|(group, _)| group.has_vat_in_pln()) {
            let usual = usual.get(&group).copied();
            let vat = match &paid {
                None => usual,
                Some(paid) => paid.shares(usual, amounts.vat, total)?,
            };
            out.extend(vat.map(|vat| (group, to_grosz(vat))));
        }
        Ok(out)
    }

    /// The payments that have an exchange rate of their own; nothing where none has.
    fn at_own_rates(&self) -> Result<Option<AtOwnRates>, TooLarge> {
        let mut own: Option<AtOwnRates> = None;
        for part in self.parts {
            let Some(rate) = part.exchange else { continue };
            let AtOwnRates { amount, pln } = own.unwrap_or_default();
            let of_part = part.amount.checked_mul(rate);
            own = Some(AtOwnRates {
                amount: amount.checked_add(part.amount).ok_or(TooLarge)?,
                pln: of_part.and_then(|of_part| pln.checked_add(of_part)).ok_or(TooLarge)?,
            });
        }
        Ok(own)
    }

    /// ROZ: the lines without the advances.
    fn last(&self, notes: &mut Notes) -> Result<Outcome, TooLarge> {
        let whole = lines::sums(self.entries, State::After, self.way)?;
        let mut advances = Sums::default();
        let field = Field::new("settles");
        for (index, reference) in self.draft.settles.iter().enumerate() {
            let field = field.item(index);
            typed_sums(&reference.amounts, &field.at("amounts"), &mut advances, notes)?;
        }
        self.something_is_taken_off(notes);
        let sums = whole.minus(&advances)?;
        let usual = match self.common_exchange(&[State::After]) {
            Some(exchange) => self.exact_pln(&sums, exchange)?,
            None => in_proportion(&self.pln_of_lines(&whole, State::After)?, &whole, &sums)?,
        };
        let pln = self.with_payments(&usual, &sums, sums.gross()?)?;
        let last = outcome(sums, pln, Some(whole.gross()?))?;
        self.payments_fit(last.gross, notes);
        Ok(last)
    }

    /// References that came without amounts, as those of the last advance invoice are, would tax the advances once more.
    fn something_is_taken_off(&self, notes: &mut Notes) {
        let named = |reference: &AdvanceReference| {
            !parse::trimmed(&reference.number).is_empty()
                || !parse::trimmed(&reference.ksef_number).is_empty()
        };
        let settles = &self.draft.settles;
        let Some(first) = settles.iter().position(named) else { return };
        if settles.iter().any(|reference| !reference.amounts.is_empty()) {
            return;
        }
        notes.warning(
            &Field::new("settles").item(first).at("amounts"),
            FindingCode::AdvanceNotTakenOff,
            "Faktura wymienia zaliczki, ale nic za nie nie odlicza: VAT od zaliczek byłby wykazany drugi raz. Wpisz ich kwoty netto i VAT, chyba że wiersze są już bez zaliczek.",
            "The invoice names advances but takes nothing off for them: their VAT would be stated twice. Write their net and VAT amounts, unless the lines are without the advances already.",
        );
    }

    /// P_15 without the payments is what is left over them: never less than nothing. FA(3), description of
    /// ZaliczkaCzesciowa.
    fn payments_fit(&self, gross: Decimal, notes: &mut Notes) {
        let computed =
            self.entries.iter().all(|entry| entry.after.as_ref().is_none_or(|row| row.sum.is_some()));
        let sum = self.parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.amount));
        if self.parts.is_empty() || !computed || sum.is_none_or(|sum| sum <= gross) {
            return;
        }
        notes.error(
            &Field::new("advance").at("parts"),
            FindingCode::NotAllowed,
            "Suma wpłat przed wykonaniem nie może być większa niż kwota, którą ta faktura dokumentuje po odjęciu zaliczek.",
            "The payments before the supply cannot be more than what this invoice documents after the advances.",
        );
    }

    /// KOR, KOR_ROZ, KOR_ZAL: what is after without what was before; or as typed.
    fn correction(&self, notes: &mut Notes) -> Result<Outcome, TooLarge> {
        let correction = self.draft.correction.as_ref();
        let field = Field::new("correction");
        let after = lines::sums(self.entries, State::After, self.way)?;
        let whole = lines::is_order(self.draft.kind).then(|| after.gross()).transpose()?;
        let typed = correction.map(|correction| correction.sums.as_slice()).unwrap_or_default();
        if !typed.is_empty() {
            let mut sums = Sums::default();
            typed_sums(typed, &field.at("sums"), &mut sums, notes)?;
            let pln = self.pln_at(&sums, self.exchange.rate)?;
            return outcome(sums, pln, whole);
        }
        let before = lines::sums(self.entries, State::Before, self.way)?;
        if !lines::is_order(self.draft.kind) {
            let sums = after.minus(&before)?;
            let pln = match self.common_exchange(&[State::Before, State::After]) {
                Some(exchange) => self.pln_at(&sums, exchange)?,
                None => {
                    let mut pln = self.pln_of_lines(&after, State::After)?;
                    take_off(&mut pln, &self.pln_of_lines(&before, State::Before)?);
                    pln
                }
            };
            return outcome(sums, pln, None);
        }
        let received = self.draft.advance.as_ref().map_or("", |advance| advance.received.as_str());
        let received = notes.needed_number(&Field::new("advance").at("received"), "P_15", MONEY, received);
        let earlier = correction.map_or("", |correction| correction.amount_before.as_str());
        let earlier = notes.needed_number(&field.at("amountBefore"), "P_15ZK", MONEY, earlier);
        let parts = match (received, earlier) {
            (Some(received), Some(earlier)) => (split(&after, received)?, split(&before, earlier)?),
            _ => (None, None),
        };
        let (Some(now), Some(then)) = parts else { return Ok(Outcome { whole, ..Outcome::default() }) };
        let mut pln = self.pln_at(&now, self.exchange.rate)?;
        take_off(&mut pln, &self.pln_at(&then, self.exchange.before.or(self.exchange.rate))?);
        outcome(now.minus(&then)?, pln, whole)
    }
}

fn outcome(sums: Sums, pln: BTreeMap<Group, Decimal>, whole: Option<Decimal>) -> Result<Outcome, TooLarge> {
    let gross = sums.gross()?;
    Ok(Outcome { sums, gross, pln, whole, known: true })
}

fn take_off(pln: &mut BTreeMap<Group, Decimal>, before: &BTreeMap<Group, Decimal>) {
    for (group, amount) in before {
        *pln.entry(*group).or_default() -= *amount;
    }
}

/// VAT in PLN of a part of what it was computed for.
fn in_proportion(
    pln: &BTreeMap<Group, Decimal>,
    whole: &Sums,
    part: &Sums,
) -> Result<BTreeMap<Group, Decimal>, TooLarge> {
    let (whole, part) = (whole.groups()?, part.groups()?);
    let mut out = BTreeMap::new();
    for (group, amount) in pln {
        let of =
            |sums: &BTreeMap<Group, Amounts>| sums.get(group).map(|amounts| amounts.vat).unwrap_or_default();
        let share = match of(&whole) {
            vat if vat.is_zero() => Decimal::ZERO,
            vat => {
                amount.checked_mul(of(&part)).and_then(|product| product.checked_div(vat)).ok_or(TooLarge)?
            }
        };
        out.insert(*group, to_grosz(share));
    }
    Ok(out)
}

/// Net and VAT by rate as typed.
fn typed_sums(
    typed: &[AdvanceAmount],
    field: &Field<'_>,
    sums: &mut Sums,
    notes: &mut Notes,
) -> Result<(), TooLarge> {
    for (index, amount) in typed.iter().enumerate() {
        let field = field.item(index);
        let rate = Rate::parse(&amount.rate, Some(Decimal::ZERO));
        if rate.is_none() {
            if parse::trimmed(&amount.rate).is_empty() {
                notes.missing(&field.at("rate"), "P_12");
            } else {
                notes.fits(&field.at("rate"), "Fa/FaWiersz/P_12", parse::trimmed(&amount.rate));
            }
        }
        let net = notes.needed_number(&field.at("net"), "P_11", MONEY, &amount.net);
        let vat = notes.number(&field.at("vat"), "P_11Vat", MONEY, &amount.vat);
        if let (Some(rate), Some(net)) = (rate, net) {
            sums.add(rate, Amounts { net, vat: vat.unwrap_or_default() })?;
        }
    }
    Ok(())
}

/// Whether VAT has to be shown in PLN and cannot be.
pub(super) fn lacks_exchange(outcome: &Outcome) -> bool {
    outcome.known
        && outcome.sums.groups().is_ok_and(|groups| {
            groups.iter().any(|(group, amounts)| {
                group.has_vat_in_pln() && !amounts.vat.is_zero() && !outcome.pln.contains_key(group)
            })
        })
}
