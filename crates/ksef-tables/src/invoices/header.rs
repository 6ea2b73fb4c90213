//! What is said once for an invoice, from all of its rows.

use std::collections::BTreeMap;

use ksef_invoice::draft::{
    AccountDraft, AdvanceDraft, ContactDraft, CorrectedReference, CorrectionDraft, CorrectionMethod,
    DraftKind, ExemptionBasis, InvoiceDraft, MarginScheme, OtherPartyDraft, PaidState, PartyIdKind,
    PriceBasis, SaleMoment, TermDraft, VatRounding,
};

use super::InvoiceColumn as Column;
use super::group::Group;
use super::place::Places;
use crate::columns::{Columns as _, Level};
use crate::finding::{RowFinding, RowProblem};
use crate::fold::fold;
use crate::sheet::Cell;
use crate::value;

/// Fills everything of a draft but its lines and the advances that it settles.
pub(super) fn fill(draft: &mut InvoiceDraft, group: &Group<'_>, findings: &mut Vec<RowFinding>) -> Places {
    let first_row = group.rows.first().map_or(0, |row| row.number);
    let mut said = Said { cells: collect(group, findings), first_row, findings };
    head(draft, &mut said);
    buyer(draft, &mut said);
    third_party(draft, &mut said);
    money(draft, &mut said);
    annotations(draft, &mut said);
    payment(draft, &mut said);
    correction(draft, &mut said);
    advance(draft, &mut said);
    let invoice = said.cells.into_iter().map(|(column, (row, _))| (column, row)).collect();
    Places { first_row, invoice, lines: Vec::new(), advances: Vec::new() }
}

/// The first cell of each column; another one that differs is told.
fn collect<'a>(group: &Group<'a>, findings: &mut Vec<RowFinding>) -> BTreeMap<Column, (u32, &'a Cell)> {
    let mut first: BTreeMap<Column, (u32, &Cell)> = BTreeMap::new();
    for row in &group.rows {
        for (column, cell) in row.cells().filter(|(column, _)| column.info().level == Level::Invoice) {
            let (earlier_row, earlier) = *first.entry(column).or_insert((row.number, cell));
            let (value, earlier) = (value::shown(cell), value::shown(earlier));
            if value != earlier && column != Column::Group {
                let problem = RowProblem::Differs { value, earlier, row: earlier_row };
                findings.push(RowFinding::new(Some(row.number), Some(column.info().header), &problem));
            }
        }
    }
    first
}

/// What is said of the invoice, and what is wrong with it.
struct Said<'a, 'f> {
    cells: BTreeMap<Column, (u32, &'a Cell)>,
    first_row: u32,
    findings: &'f mut Vec<RowFinding>,
}

impl Said<'_, '_> {
    fn has(&self, column: Column) -> bool {
        self.cells.contains_key(&column)
    }

    fn any(&self, columns: &[Column]) -> bool {
        columns.iter().any(|column| self.has(*column))
    }

    fn tell(&mut self, column: Column, problem: &RowProblem) {
        let row = self.cells.get(&column).map_or(self.first_row, |(row, _)| *row);
        self.findings.push(RowFinding::new(Some(row), Some(column.info().header), problem));
    }

    /// As `read` gives it; what cannot be read is told and kept as it is shown.
    fn read(&mut self, column: Column, read: impl Fn(&Cell) -> Result<String, RowProblem>) -> String {
        let Some((_, cell)) = self.cells.get(&column) else { return String::new() };
        match read(cell) {
            Ok(text) => text,
            Err(problem) => {
                let kept = value::shown(cell);
                self.tell(column, &problem);
                kept
            }
        }
    }

    fn text(&mut self, column: Column) -> String {
        self.read(column, value::text)
    }

    fn date(&mut self, column: Column) -> String {
        self.read(column, value::date)
    }

    fn flag(&mut self, column: Column) -> bool {
        match self.cells.get(&column).map(|(_, cell)| value::flag(cell)) {
            Some(Ok(flag)) => flag,
            Some(Err(problem)) => {
                self.tell(column, &problem);
                false
            }
            None => false,
        }
    }

    /// One of some words; nothing said is the first of them.
    fn choice<T: Copy + Default>(
        &mut self,
        column: Column,
        allowed: &'static str,
        words: &[(&[&str], T)],
    ) -> T {
        let typed = self.text(column);
        let folded = fold(&typed);
        if folded.is_empty() {
            return T::default();
        }
        let found = words.iter().find(|(words, _)| words.contains(&folded.as_str()));
        found.map_or_else(
            || {
                self.tell(column, &RowProblem::Choice { value: typed.clone(), allowed });
                T::default()
            },
            |(_, value)| *value,
        )
    }
}

fn head(draft: &mut InvoiceDraft, said: &mut Said<'_, '_>) {
    draft.kind = said.choice(Column::Kind, "VAT, KOR, ZAL, ROZ, UPR, KOR_ZAL, KOR_ROZ", KINDS);
    draft.number = said.text(Column::Number);
    draft.issue_date = said.date(Column::IssueDate);
    draft.issue_place = said.text(Column::IssuePlace);
    draft.sale = if said.any(&[Column::PeriodFrom, Column::PeriodTo]) {
        if said.has(Column::SaleDate) {
            said.tell(Column::SaleDate, &RowProblem::DateAndPeriod);
        }
        SaleMoment::Period { from: said.date(Column::PeriodFrom), to: said.date(Column::PeriodTo) }
    } else if said.has(Column::SaleDate) {
        SaleMoment::Day { date: said.date(Column::SaleDate) }
    } else {
        SaleMoment::Unsaid
    };
    draft.delivery_notes = list(&said.text(Column::DeliveryNotes));
    draft.notes = said.text(Column::Notes);
    draft.related_parties = said.flag(Column::RelatedParties);
    draft.to_receipt = said.flag(Column::ToReceipt);
}

const KINDS: &[(&[&str], DraftKind)] = &[
    (&["vat", "faktura", "fakturavat", "podstawowa"], DraftKind::Vat),
    (&["kor", "korekta", "korygujaca", "fakturakorygujaca"], DraftKind::Kor),
    (&["zal", "zaliczka", "zaliczkowa", "fakturazaliczkowa"], DraftKind::Zal),
    (&["roz", "rozliczeniowa", "koncowa", "fakturakoncowa", "rozliczajaca"], DraftKind::Roz),
    (&["upr", "uproszczona", "fakturauproszczona"], DraftKind::Upr),
    (&["korzal", "korektazaliczkowej"], DraftKind::KorZal),
    (&["korroz", "korektarozliczeniowej", "korektakoncowej"], DraftKind::KorRoz),
];

fn list(text: &str) -> Vec<String> {
    text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn buyer(draft: &mut InvoiceDraft, said: &mut Said<'_, '_>) {
    let party = &mut draft.buyer.party;
    (party.id_kind, party.id) = one_id(
        said,
        &[
            (Column::BuyerNip, PartyIdKind::Nip),
            (Column::BuyerVatUe, PartyIdKind::VatUe),
            (Column::BuyerOtherId, PartyIdKind::Other),
        ],
    );
    party.id_country = said.text(Column::BuyerIdCountry);
    party.name = said.text(Column::BuyerName);
    party.address.line1 = said.text(Column::BuyerAddress1);
    party.address.line2 = said.text(Column::BuyerAddress2);
    party.address.country = said.text(Column::BuyerCountry);
    party.client_number = said.text(Column::ClientNumber);
    if said.any(&[Column::BuyerEmail, Column::BuyerPhone]) {
        let (email, phone) = (said.text(Column::BuyerEmail), said.text(Column::BuyerPhone));
        party.contacts.push(ContactDraft { email, phone });
    }
    draft.buyer.local_government = said.flag(Column::LocalGovernment);
    draft.buyer.vat_group = said.flag(Column::VatGroup);
}

fn one_id(said: &mut Said<'_, '_>, columns: &[(Column, PartyIdKind)]) -> (PartyIdKind, String) {
    let mut given = columns.iter().filter(|(column, _)| said.has(*column)).copied();
    let Some((column, kind)) = given.next() else { return (PartyIdKind::None, String::new()) };
    if let Some((second, _)) = given.next() {
        said.tell(second, &RowProblem::SeveralIds);
    }
    (kind, said.text(column))
}

fn third_party(draft: &mut InvoiceDraft, said: &mut Said<'_, '_>) {
    const COLUMNS: [Column; 7] = [
        Column::ThirdNip,
        Column::ThirdInternalId,
        Column::ThirdName,
        Column::ThirdAddress1,
        Column::ThirdAddress2,
        Column::ThirdCountry,
        Column::ThirdRole,
    ];
    if !said.any(&COLUMNS) {
        return;
    }
    let mut third = OtherPartyDraft::default();
    (third.party.id_kind, third.party.id) = one_id(
        said,
        &[(Column::ThirdNip, PartyIdKind::Nip), (Column::ThirdInternalId, PartyIdKind::Internal)],
    );
    third.party.name = said.text(Column::ThirdName);
    third.party.address.line1 = said.text(Column::ThirdAddress1);
    third.party.address.line2 = said.text(Column::ThirdAddress2);
    third.party.address.country = said.text(Column::ThirdCountry);
    third.role = said.text(Column::ThirdRole);
    if third.role.is_empty() {
        RECIPIENT.clone_into(&mut third.role);
    }
    draft.others.push(third);
}

/// Rola of the one who receives the goods.
const RECIPIENT: &str = "2";

fn money(draft: &mut InvoiceDraft, said: &mut Said<'_, '_>) {
    draft.currency = said.text(Column::Currency);
    draft.exchange.rate = said.text(Column::ExchangeRate);
    draft.exchange.day = said.date(Column::ExchangeDay);
    draft.exchange.table = said.text(Column::ExchangeTable);
    draft.prices = said.choice(
        Column::Prices,
        "netto, brutto",
        &[(&["netto", "net"], PriceBasis::Net), (&["brutto", "gross"], PriceBasis::Gross)],
    );
    draft.rounding = said.choice(
        Column::Rounding,
        "suma, pozycje",
        &[
            (&["suma", "sumy", "odsumy", "sum"], VatRounding::PerRate),
            (&["pozycje", "pozycja", "odpozycji", "lines"], VatRounding::PerLine),
        ],
    );
}

fn annotations(draft: &mut InvoiceDraft, said: &mut Said<'_, '_>) {
    let annotations = &mut draft.annotations;
    annotations.cash_method = said.flag(Column::CashMethod);
    annotations.self_billing = said.flag(Column::SelfBilling);
    annotations.reverse_charge = said.flag(Column::ReverseCharge);
    annotations.split_payment = said.flag(Column::SplitPayment);
    annotations.triangular = said.flag(Column::Triangular);
    annotations.exemption_text = said.text(Column::ExemptionText);
    annotations.exemption = said.choice(
        Column::ExemptionKind,
        "ustawa, dyrektywa, inna",
        &[
            (&["ustawa", "act"], ExemptionBasis::Act),
            (&["dyrektywa", "directive"], ExemptionBasis::Directive),
            (&["inna", "other"], ExemptionBasis::Other),
        ],
    );
    if annotations.exemption == ExemptionBasis::None && !annotations.exemption_text.is_empty() {
        annotations.exemption = ExemptionBasis::Act;
    }
    annotations.margin = said.choice(
        Column::Margin,
        "biura podróży, towary używane, dzieła sztuki, antyki",
        &[
            (&["biurapodrozy", "biuropodrozy", "travel"], MarginScheme::Travel),
            (&["towaryuzywane", "usedgoods"], MarginScheme::UsedGoods),
            (&["dzielasztuki", "art"], MarginScheme::Art),
            (&["antyki", "antiques", "przedmiotykolekcjonerskie"], MarginScheme::Antiques),
        ],
    );
}

fn payment(draft: &mut InvoiceDraft, said: &mut Said<'_, '_>) {
    let payment = &mut draft.payment;
    let form = said.text(Column::PaymentForm);
    match value::payment_form(&form) {
        _ if form.is_empty() => {}
        Some(number) => number.clone_into(&mut payment.form),
        None => {
            said.tell(Column::PaymentForm, &RowProblem::OtherPaymentForm(form.clone()));
            payment.form_text = form;
        }
    }
    payment.terms.extend(term(said));
    payment.paid_on = said.date(Column::PaidOn);
    if said.has(Column::PaidOn) {
        payment.paid = PaidState::Paid;
    }
    if said.any(&[Column::Account, Column::Bank, Column::Swift]) {
        let number = said.text(Column::Account);
        let (bank, swift) = (said.text(Column::Bank), said.text(Column::Swift));
        payment.accounts.push(AccountDraft { number, bank, swift, ..AccountDraft::default() });
    }
}

/// A day, or days to count.
fn term(said: &mut Said<'_, '_>) -> Option<TermDraft> {
    const MOST_DIGITS: usize = 3;
    let (_, cell) = said.cells.get(&Column::Term)?;
    let shown = value::shown(cell);
    let days = shown.trim_end_matches(|sign: char| sign.is_alphabetic() || sign.is_whitespace());
    let counted = !days.is_empty()
        && days.len() <= MOST_DIGITS
        && days.chars().all(|sign| sign.is_ascii_digit())
        && ["", "dni", "dzien", "days", "day", "d"].contains(&fold(&shown[days.len()..]).as_str());
    Some(if counted {
        TermDraft { days: days.to_owned(), ..TermDraft::default() }
    } else {
        TermDraft { date: said.date(Column::Term), ..TermDraft::default() }
    })
}

fn correction(draft: &mut InvoiceDraft, said: &mut Said<'_, '_>) {
    const REFERENCE: [Column; 3] =
        [Column::CorrectedNumber, Column::CorrectedDate, Column::CorrectedKsefNumber];
    let corrects = matches!(draft.kind, DraftKind::Kor | DraftKind::KorZal | DraftKind::KorRoz);
    let tells = said.any(&REFERENCE) || said.any(&[Column::CorrectionReason, Column::CorrectionEffect]);
    if !corrects && !tells {
        return;
    }
    let mut correction =
        CorrectionDraft { method: CorrectionMethod::Difference, ..CorrectionDraft::default() };
    correction.reason = said.text(Column::CorrectionReason);
    correction.effect = said.text(Column::CorrectionEffect);
    if said.any(&REFERENCE) {
        correction.corrected.push(CorrectedReference {
            number: said.text(Column::CorrectedNumber),
            issue_date: said.date(Column::CorrectedDate),
            ksef_number: said.text(Column::CorrectedKsefNumber),
        });
    }
    if !corrects && let Some(column) = REFERENCE.into_iter().find(|column| said.has(*column)) {
        said.tell(column, &RowProblem::OnlyWithKind("KOR"));
    }
    draft.correction = Some(correction);
}

fn advance(draft: &mut InvoiceDraft, said: &mut Said<'_, '_>) {
    let advance = matches!(draft.kind, DraftKind::Zal | DraftKind::KorZal);
    if advance || said.has(Column::AdvanceReceived) {
        draft.advance =
            Some(AdvanceDraft { received: said.text(Column::AdvanceReceived), ..AdvanceDraft::default() });
    }
    if !advance && said.has(Column::AdvanceReceived) {
        said.tell(Column::AdvanceReceived, &RowProblem::OnlyWithKind("ZAL"));
    }
}
