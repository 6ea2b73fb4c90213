use ksef_invoice::draft::{ContactDraft, ContractorCard, PartyDraft, PartyIdKind};
use ksef_types::Nip;

use super::ContractorColumn as Column;
use super::{Cells, ImportedRows, export, rows, tell_doubles, yes};
use crate::finding::RowProblem;
use crate::fold::fold;
use crate::table;
use crate::value;

/// Reads a table of contractors, CSV or XLSX. Never panics, and keeps within the bounds of [`crate::MOST_BYTES`].
#[must_use]
pub fn import_contractors(bytes: &[u8]) -> ImportedRows<ContractorCard> {
    let mut imported = rows(table::read(bytes, &[Column::Name]), contractor);
    tell_doubles(&mut imported, |row| id_column(row.party.id_kind), |row| double_key(&row.party));
    imported
}

/// The same number in another spelling is the same contractor.
fn double_key(party: &PartyDraft) -> Option<String> {
    let id = fold(&party.id);
    (party.id_kind != PartyIdKind::None && !id.is_empty()).then(|| format!("{:?} {id}", party.id_kind))
}

fn id_column(kind: PartyIdKind) -> Column {
    match kind {
        PartyIdKind::VatUe => Column::VatUe,
        PartyIdKind::Other => Column::OtherId,
        PartyIdKind::Internal => Column::InternalId,
        PartyIdKind::Nip | PartyIdKind::None => Column::Nip,
    }
}

fn contractor(cells: &mut Cells<'_, Column>) -> ContractorCard {
    let mut row = ContractorCard { party: party(cells), ..ContractorCard::default() };
    row.local_government = cells.flag(Column::LocalGovernment);
    row.vat_group = cells.flag(Column::VatGroup);
    row.payment_days = cells.text(Column::PaymentDays);
    row.payment_form = payment_form(cells);
    row.remarks = cells.text(Column::Remarks);
    row
}

fn party(cells: &mut Cells<'_, Column>) -> PartyDraft {
    let mut party = PartyDraft { name: cells.name(Column::Name), ..PartyDraft::default() };
    (party.id_kind, party.id) = identifier(cells);
    party.id_country = cells.text(Column::IdCountry);
    party.address.line1 = cells.text(Column::Address1);
    party.address.line2 = cells.text(Column::Address2);
    party.address.country = cells.text(Column::Country);
    party.address.gln = cells.text(Column::Gln);
    party.correspondence.line1 = cells.text(Column::MailAddress1);
    party.correspondence.line2 = cells.text(Column::MailAddress2);
    party.correspondence.country = cells.text(Column::MailCountry);
    party.correspondence.gln = cells.text(Column::MailGln);
    party.eori = cells.text(Column::Eori);
    party.client_number = cells.text(Column::ClientNumber);
    for (email, phone) in CONTACTS {
        if cells.has(email) || cells.has(phone) {
            party.contacts.push(ContactDraft { email: cells.text(email), phone: cells.text(phone) });
        }
    }
    party
}

const CONTACTS: [(Column, Column); 3] =
    [(Column::Email, Column::Phone), (Column::Email2, Column::Phone2), (Column::Email3, Column::Phone3)];

fn identifier(cells: &mut Cells<'_, Column>) -> (PartyIdKind, String) {
    const KINDS: [PartyIdKind; 4] =
        [PartyIdKind::Nip, PartyIdKind::VatUe, PartyIdKind::Other, PartyIdKind::Internal];
    let mut given = KINDS.into_iter().filter(|kind| cells.has(id_column(*kind)));
    let (Some(kind), second) = (given.next(), given.next()) else {
        return (PartyIdKind::None, String::new());
    };
    if let Some(second) = second {
        cells.tell(id_column(second), &RowProblem::SeveralIds);
    }
    let id = cells.text(id_column(kind));
    if kind == PartyIdKind::Nip && id.parse::<Nip>().is_err() {
        cells.tell(Column::Nip, &RowProblem::Nip(id.clone()));
    }
    (kind, id)
}

fn payment_form(cells: &mut Cells<'_, Column>) -> String {
    let typed = cells.text(Column::PaymentForm);
    match value::payment_form(&typed) {
        Some(number) => number.to_owned(),
        None if typed.is_empty() => typed,
        None => {
            let allowed = "gotówka, karta, bon, czek, kredyt, przelew, mobilna";
            cells.tell(Column::PaymentForm, &RowProblem::Choice { value: typed.clone(), allowed });
            typed
        }
    }
}

/// Writes CSV that a spreadsheet opens and [`import_contractors`] reads back as it was.
#[must_use]
pub fn export_contractors<'a>(contractors: impl IntoIterator<Item = &'a ContractorCard>) -> Vec<u8> {
    export(contractors.into_iter().map(|row| |column| cell(row, column)))
}

fn cell(row: &ContractorCard, column: Column) -> String {
    let party = &row.party;
    let contact = |index: usize| party.contacts.get(index).cloned().unwrap_or_default();
    match column {
        Column::Name => party.name.clone(),
        Column::Nip | Column::VatUe | Column::OtherId | Column::InternalId => {
            let mine = party.id_kind != PartyIdKind::None && id_column(party.id_kind) == column;
            if mine { party.id.clone() } else { String::new() }
        }
        Column::IdCountry => party.id_country.clone(),
        Column::Address1 => party.address.line1.clone(),
        Column::Address2 => party.address.line2.clone(),
        Column::Country => party.address.country.clone(),
        Column::Gln => party.address.gln.clone(),
        Column::MailAddress1 => party.correspondence.line1.clone(),
        Column::MailAddress2 => party.correspondence.line2.clone(),
        Column::MailCountry => party.correspondence.country.clone(),
        Column::MailGln => party.correspondence.gln.clone(),
        Column::Email => contact(0).email,
        Column::Phone => contact(0).phone,
        Column::Email2 => contact(1).email,
        Column::Phone2 => contact(1).phone,
        Column::Email3 => contact(2).email,
        Column::Phone3 => contact(2).phone,
        Column::Eori => party.eori.clone(),
        Column::ClientNumber => party.client_number.clone(),
        Column::LocalGovernment => yes(row.local_government),
        Column::VatGroup => yes(row.vat_group),
        Column::PaymentDays => row.payment_days.clone(),
        Column::PaymentForm => {
            value::payment_form_word(&row.payment_form).unwrap_or(&row.payment_form).to_owned()
        }
        Column::Remarks => row.remarks.clone(),
    }
}
