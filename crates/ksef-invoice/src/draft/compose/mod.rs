//! From a draft to FA(3).

mod difference;
mod extras;
mod header;
mod line;
mod lines;
mod origins;
mod parties;
mod payment;
mod rows;
mod sums;
mod totals;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use ksef_types::Nip;
use rust_decimal::Decimal;

pub(super) use extras::settle;
pub(super) use header::TABLE_KEY;

use super::fields::{DAY, money, quantity};
use super::notes::{Field, Notes, code_text};
use super::{CorrectionMethod, DraftFinding, DraftKind, DraftTotals, InvoiceDraft, SellerProfile, parse};
use crate::FindingCode;
use crate::fa3::{
    DataCzas, Fa, FaWiersz, Faktura, Kwota, Naglowek, RodzajFaktury, Sumy1, Sumy2, Sumy3, Sumy4, Sumy5,
    Zamowienie, ZamowienieWiersz, Znakowy,
};
use crate::totals::{Amounts, Group};
use line::{Row, Way};
use lines::{Entry, State};
use origins::Origins;
use sums::{Exchange, Ground, Outcome};

/// The company that issues.
#[derive(Debug, Clone, Copy)]
pub struct Issuer<'a> {
    /// Its NIP.
    pub nip: Nip,
    /// Its data.
    pub profile: &'a SellerProfile,
}

/// What an invoice gets when it is issued.
#[derive(Debug, Clone, Copy)]
pub struct IssueContext<'a> {
    /// P_2, unless the draft has a number of its own.
    pub number: &'a str,
    /// P_1, unless the draft has a date of its own.
    pub issue_date: NaiveDate,
    /// DataWytworzeniaFa.
    pub created: DateTime<Utc>,
    /// SystemInfo: the program's name and version; empty for none.
    pub system_info: &'a str,
}

/// What a draft becomes.
#[derive(Debug, Clone, PartialEq)]
pub struct Composition {
    /// The document; nothing while a finding is an error.
    pub invoice: Option<Faktura>,
    /// What it comes to, as far as lines can be computed.
    pub totals: DraftTotals,
    /// What was found while composing, in the order of the document. Fields of the company's data are named `seller.…`.
    pub findings: Vec<DraftFinding>,
    /// The document as far as it goes, for looking at.
    pub(super) sketch: Faktura,
    origins: Origins,
}

impl Composition {
    /// The field of the draft that an element of the composed document comes from: `/Faktura/Fa/FaWiersz[3]/P_9A` is
    /// `lines.1.before.unitPrice` or `lines.2.unitPrice`. `None` for what no field makes.
    #[must_use]
    pub fn field_of(&self, path: &str) -> Option<String> {
        self.origins.field_of(path)
    }
}

/// Composes FA(3) from what was typed. Every problem is a finding beside its field.
///
/// Rules that the law leaves open: a value that rounding leaves over goes to the largest rate ([`crate::totals::split`]);
/// lines of orders state VAT at each line; a correction by difference writes a line that only changed in words with the
/// value 0; lines that a correction does not change are left out, but not those of orders (KOR_ZAL), which the shares of
/// the rates come from.
#[must_use]
pub fn compose(draft: &InvoiceDraft, issuer: &Issuer<'_>, context: &IssueContext<'_>) -> Composition {
    let mut composition = sketched(draft, issuer, context);
    if !composition.findings.iter().any(|finding| finding.error) {
        composition.invoice = Some(composition.sketch.clone());
    }
    composition
}

/// The same without the document for taking away.
pub(super) fn sketched(draft: &InvoiceDraft, issuer: &Issuer<'_>, context: &IssueContext<'_>) -> Composition {
    let mut composer =
        Composer { draft, issuer, context, notes: Notes::default(), origins: Origins::default() };
    let (sketch, outcome, entries) = composer.document();
    let totals = totals::totals(draft.lines.len(), &entries, &outcome, &sketch);
    let findings = composer.notes.into_vec();
    Composition { invoice: None, totals, findings, sketch, origins: composer.origins }
}

/// What is wrong with the data of a company; fields are named as in [`SellerProfile`].
#[must_use]
pub fn check_profile(nip: Nip, profile: &SellerProfile) -> Vec<DraftFinding> {
    let mut notes = Notes::default();
    let field = Field::new("");
    let _ = parties::seller(nip, profile, &field, &mut notes, &mut Origins::default());
    let empty = InvoiceDraft::default();
    let _ = header::footer(&empty, profile, &field, &mut notes);
    for (index, account) in profile.accounts.iter().enumerate() {
        let _ = payment::account(account, &field.at("accounts").item(index), &mut notes);
    }
    let _ = notes.text(&field.at("issuePlace"), "P_1M", 256, &profile.issue_place);
    let _ = notes.lines_of_text(
        &field.at("notes"),
        "Stopka/Informacje/StopkaFaktury",
        "StopkaFaktury",
        &profile.notes,
    );
    let days = parse::trimmed(&profile.payment_days);
    if !days.is_empty() && days.parse::<u16>().is_err() {
        notes.error(
            &field.at("paymentDays"),
            FindingCode::NotNumber,
            "Liczba dni do zapłaty to liczba całkowita, na przykład 14.",
            "The days to pay are a whole number, such as 14.",
        );
    }
    let form = parse::trimmed(&profile.payment_form);
    if !form.is_empty() {
        notes.fits(&field.at("paymentForm"), "Fa/Platnosc/FormaPlatnosci", form);
    }
    notes.into_vec()
}

struct Composer<'c> {
    draft: &'c InvoiceDraft,
    issuer: &'c Issuer<'c>,
    context: &'c IssueContext<'c>,
    notes: Notes,
    origins: Origins,
}

impl Composer<'_> {
    fn document(&mut self) -> (Faktura, Outcome, Vec<Entry>) {
        let Self { draft, issuer, context, .. } = *self;
        let (notes, origins) = (&mut self.notes, &mut self.origins);
        origins.set_extras(draft);
        let seller_field = Field::new("seller");
        let podmiot1 = parties::seller(issuer.nip, issuer.profile, &seller_field, notes, origins);
        let mut podmiot2 = parties::buyer(&draft.buyer, draft.kind, notes, origins);
        let podmiot3 = parties::others(&draft.others, notes, origins);
        let kod_waluty = header::currency(draft, notes);
        let exchange = header::exchange(draft, kod_waluty, notes);
        let way = lines::way(draft);
        let entries = lines::read(draft, way, notes);
        let parts = header::parts(draft, exchange, notes, origins);
        let amounts: Vec<_> = parts.iter().map(|(part, _)| *part).collect();
        let ground = Ground { draft, entries: &entries, way, exchange, parts: &amounts };
        let outcome = ground.outcome(notes);
        if exchange.foreign && exchange.rate.is_none() && sums::lacks_exchange(&outcome) {
            notes.missing(&Field::new("exchange").at("rate"), "KursWaluty");
        }
        let issued = issue_date(draft, context, notes);
        let korekta = header::correction(draft, &podmiot1, &mut podmiot2, exchange, notes, origins);
        let mut fa = Fa {
            kod_waluty,
            p_1: issued,
            p_1m: notes.text(&Field::new("issuePlace"), "P_1M", 256, &draft.issue_place),
            p_2: number(draft, context, notes),
            wz: delivery_notes(draft, notes, origins),
            data_dostawy: header::sale(&draft.sale, notes),
            p_15: money(outcome.gross),
            kurs_waluty_z: advance_rate(draft, exchange),
            adnotacje: header::annotations(&draft.annotations, &entries, notes),
            rodzaj_faktury: kind(draft.kind),
            korekta,
            zaliczka_czesciowa: parts.into_iter().map(|(_, written)| written).collect(),
            fp: draft.to_receipt,
            tp: draft.related_parties,
            dodatkowy_opis: header::descriptions(draft, kod_waluty, exchange.rate, notes, origins),
            faktura_zaliczkowa: header::settled(draft, notes, origins),
            zwrot_akcyzy: draft.excise_refund,
            platnosc: payment::payment(&draft.payment, issued, notes, origins),
            ..Fa::default()
        };
        declare(&mut fa, &outcome, draft.kind);
        let correction = draft.correction.as_ref().map(|correction| correction.method).unwrap_or_default();
        if lines::is_order(draft.kind) {
            fa.zamowienie = order(&entries, way, &outcome, origins);
        } else {
            fa.fa_wiersz = rows(&entries, way, correction, exchange, origins);
        }
        let footer = header::footer(draft, issuer.profile, &seller_field, notes);
        let mut invoice = Faktura::new(heading(context), podmiot1, podmiot2, fa);
        invoice.podmiot3 = podmiot3;
        invoice.stopka = footer;
        extras::apply(&draft.extras, &mut invoice, notes);
        if let Some(settlement) = &mut invoice.fa.rozliczenie {
            extras::settle(settlement, outcome.gross);
        }
        (invoice, outcome, entries)
    }
}

fn heading(context: &IssueContext<'_>) -> Naglowek {
    let system = parse::trimmed(context.system_info);
    let system: String = system.chars().take(256).collect();
    Naglowek::new(DataCzas::from(context.created), (!system.is_empty()).then(|| Znakowy::from(system)))
}

fn issue_date(draft: &InvoiceDraft, context: &IssueContext<'_>, notes: &mut Notes) -> NaiveDate {
    notes.day(&Field::new("issueDate"), "P_1", DAY, &draft.issue_date).unwrap_or(context.issue_date)
}

fn number(draft: &InvoiceDraft, context: &IssueContext<'_>, notes: &mut Notes) -> Znakowy {
    let typed = parse::trimmed(&draft.number);
    let number = if typed.is_empty() { context.number } else { typed };
    notes.needed(&Field::new("number"), "P_2", 256, number).unwrap_or_default()
}

fn delivery_notes(draft: &InvoiceDraft, notes: &mut Notes, origins: &mut Origins) -> Vec<Znakowy> {
    let field = Field::new("deliveryNotes");
    let mut list = Vec::new();
    for (index, typed) in draft.delivery_notes.iter().enumerate() {
        if let Some(note) = notes.text(&field.item(index), "WZ", 256, typed) {
            origins.put("Fa/WZ", index);
            list.push(note);
        }
    }
    list
}

const fn kind(kind: DraftKind) -> RodzajFaktury {
    match kind {
        DraftKind::Vat => RodzajFaktury::Vat,
        DraftKind::Kor => RodzajFaktury::Kor,
        DraftKind::Zal => RodzajFaktury::Zal,
        DraftKind::Roz => RodzajFaktury::Roz,
        DraftKind::Upr => RodzajFaktury::Upr,
        DraftKind::KorZal => RodzajFaktury::KorZal,
        DraftKind::KorRoz => RodzajFaktury::KorRoz,
    }
}

/// KursWalutyZ: of an advance, whose lines have no rate of their own.
fn advance_rate(draft: &InvoiceDraft, exchange: Exchange) -> Option<crate::fa3::Ilosc> {
    exchange.rate.filter(|_| exchange.foreign && lines::is_order(draft.kind)).map(quantity)
}

/// P_13, P_14. A correction leaves out the sums that it does not change.
fn declare(fa: &mut Fa, outcome: &Outcome, kind: DraftKind) {
    let Ok(groups) = outcome.sums.groups() else { return };
    for (group, amounts) in groups {
        let nothing = amounts.net.is_zero() && amounts.vat.is_zero();
        if nothing && kind.is_correction() {
            continue;
        }
        let pln: Option<Kwota> = outcome.pln.get(&group).copied().map(money);
        put(fa, group, amounts, pln);
    }
}

fn put(fa: &mut Fa, group: Group, amounts: Amounts, pln: Option<Kwota>) {
    let (net, vat) = (money(amounts.net), money(amounts.vat));
    match group {
        Group::Basic => fa.sumy_1 = Some(Sumy1 { p_13_1: net, p_14_1: vat, p_14_1w: pln }),
        Group::Reduced1 => fa.sumy_2 = Some(Sumy2 { p_13_2: net, p_14_2: vat, p_14_2w: pln }),
        Group::Reduced2 => fa.sumy_3 = Some(Sumy3 { p_13_3: net, p_14_3: vat, p_14_3w: pln }),
        Group::Taxi => fa.sumy_4 = Some(Sumy4 { p_13_4: net, p_14_4: vat, p_14_4w: pln }),
        Group::Oss => fa.sumy_5 = Some(Sumy5 { p_13_5: net, p_14_5: Some(vat) }),
        Group::ZeroKr => fa.p_13_6_1 = Some(net),
        Group::ZeroWdt => fa.p_13_6_2 = Some(net),
        Group::ZeroEx => fa.p_13_6_3 = Some(net),
        Group::Zw => fa.p_13_7 = Some(net),
        Group::NpI => fa.p_13_8 = Some(net),
        Group::NpII => fa.p_13_9 = Some(net),
        Group::Oo => fa.p_13_10 = Some(net),
        Group::Margin => fa.p_13_11 = Some(net),
    }
}

/// FaWiersz of every entry: one row, or with a correction its states or its difference.
fn rows(
    entries: &[Entry],
    way: Way,
    method: CorrectionMethod,
    exchange: Exchange,
    origins: &mut Origins,
) -> Vec<FaWiersz> {
    let mut list = Vec::with_capacity(entries.len());
    let rate = exchange.rate.filter(|_| exchange.foreign);
    let mut push = |row: &Row, index: usize, before: bool, origins: &mut Origins| {
        origins.put_row(index, before);
        list.push(rows::line(row, way, rate, before));
    };
    for entry in entries.iter().filter(|entry| !entry.is_unchanged()) {
        match (method, way.kind.is_correction()) {
            (CorrectionMethod::Difference, true) => {
                for row in difference::between(entry.row(State::Before), entry.row(State::After)) {
                    push(&row, entry.line, false, origins);
                }
            }
            _ => {
                let (before, after) = (entry.row(State::Before), entry.row(State::After));
                // FA(3), description of StanPrzed: what falls away has a quantity of zero after.
                let gone = before.filter(|_| after.is_none()).map(difference::nothing_left);
                if let Some(row) = before {
                    push(row, entry.line, true, origins);
                }
                if let Some(row) = after.or(gone.as_ref()) {
                    push(row, entry.line, false, origins);
                }
            }
        }
    }
    list
}

/// Zamowienie; with a correction both states of every line.
fn order(entries: &[Entry], way: Way, outcome: &Outcome, origins: &mut Origins) -> Option<Zamowienie> {
    let mut list: Vec<ZamowienieWiersz> = Vec::with_capacity(entries.len());
    for entry in entries {
        for (state, before) in [(State::Before, true), (State::After, false)] {
            if let Some(row) = entry.row(state) {
                origins.put_row(entry.line, before);
                list.push(rows::order_line(row, way, before));
            }
        }
    }
    let value = outcome.whole.unwrap_or(Decimal::ZERO);
    (!list.is_empty()).then(|| Zamowienie { wartosc_zamowienia: money(value), zamowienie_wiersz: list })
}

/// P_13 and P_14 that a draft comes to, as far as it can be computed.
pub(super) fn declared(draft: &InvoiceDraft) -> Option<BTreeMap<Group, Amounts>> {
    let outcome = computed(draft);
    outcome.known.then(|| outcome.sums.groups().ok()).flatten()
}

/// The value of the order, or of all lines before advances.
pub(super) fn whole_of(draft: &InvoiceDraft) -> Option<Decimal> {
    computed(draft).whole
}

fn computed(draft: &InvoiceDraft) -> Outcome {
    let (mut notes, mut origins) = (Notes::default(), Origins::default());
    let currency = header::currency(draft, &mut notes);
    let exchange = header::exchange(draft, currency, &mut notes);
    let way = lines::way(draft);
    let entries = lines::read(draft, way, &mut notes);
    let parts = header::parts(draft, exchange, &mut notes, &mut origins);
    let parts: Vec<_> = parts.into_iter().map(|(part, _)| part).collect();
    Ground { draft, entries: &entries, way, exchange, parts: &parts }.outcome(&mut notes)
}

/// A finding that was made elsewhere, beside a field.
pub(super) fn finding_at(field: String, finding: &crate::Finding) -> DraftFinding {
    let error = finding.severity == crate::Severity::Error;
    DraftFinding {
        field,
        code: code_text(finding.code),
        error,
        pl: finding.message_pl().to_owned(),
        en: finding.message_en().to_owned(),
    }
}
