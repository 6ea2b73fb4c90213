//! What the document says: structure, dates, seller, form.

use chrono::NaiveDate;
use ksef_invoice::{Buyer, BuyerId, CheckOptions, Form, InvoiceKind, Summary};
use ksef_types::Environment;

use super::file::Known;
use super::{parties, pef};
use crate::contract::InvoiceStatus;
use crate::model::{Facts, Session, StoredStatus};

/// Details of 450 name this many problems at most.
const MOST_DETAILS: usize = 20;

pub(super) fn judge(
    session: &Session,
    bytes: &[u8],
    known: &Known,
    today: NaiveDate,
) -> Result<Facts, StoredStatus> {
    let mut facts = if session.form.value == "PEF" {
        pef::read(bytes, &session.form).map_err(|problem| invalid(vec![problem]))?
    } else {
        of_faktura(session, bytes, known, today)?
    };
    facts.form = Some(session.form.clone());
    if facts.issue_date > today {
        return Err(invalid(vec![format!("Data wystawienia {} jest datą przyszłą.", facts.issue_date)]));
    }
    Ok(facts)
}

/// FA(3) is judged by its whole structure and the ministry's rules; the older form and that of flat-rate farmers by what
/// has to be known of them.
fn of_faktura(
    session: &Session,
    bytes: &[u8],
    known: &Known,
    today: NaiveDate,
) -> Result<Facts, StoredStatus> {
    let unreadable = || invalid(vec!["Nie można odczytać faktury.".to_owned()]);
    let summary = if session.form.system_code == "FA (3)" {
        // Production is the strictest: check digits of NIPs are errors there.
        let report = ksef_invoice::check(bytes, &CheckOptions::new(today, Environment::Production));
        let problems: Vec<String> =
            report.refusals().take(MOST_DETAILS).map(|finding| finding.message_pl().to_owned()).collect();
        if !problems.is_empty() {
            return Err(invalid(problems));
        }
        report.summary.ok_or_else(unreadable)?
    } else {
        ksef_invoice::summary(bytes).map_err(|_| unreadable())?
    };
    judge_form(session, &summary)?;
    let mut facts =
        facts(&summary, known).ok_or_else(|| invalid(vec!["Brak wymaganych danych.".to_owned()]))?;
    let parties = parties::read(bytes);
    facts.third = parties.third;
    facts.authorised = parties.authorised;
    Ok(facts)
}

fn invalid(details: Vec<String>) -> StoredStatus {
    StoredStatus::detailed(InvoiceStatus::ContentInvalid.text(), details)
}

/// The form that the session was opened for.
fn judge_form(session: &Session, summary: &Summary) -> Result<(), StoredStatus> {
    let form = match summary.form {
        Form::Fa3 => "FA (3)",
        Form::Fa2 => "FA (2)",
        Form::FaRr => "FA_RR (1)",
        Form::Pef | Form::Fa1 | Form::Upo | Form::Other { .. } => "",
    };
    if form == session.form.system_code {
        Ok(())
    } else {
        Err(invalid(vec![format!(
            "Kod formularza faktury jest niezgodny z zadeklarowanym w sesji ({}).",
            session.form.system_code
        )]))
    }
}

fn facts(summary: &Summary, known: &Known) -> Option<Facts> {
    Some(Facts {
        seller: summary.seller.nip()?,
        seller_name: summary.seller.name.clone(),
        buyer: buyer(&summary.buyer),
        buyer_name: summary.buyer.name.clone(),
        number: summary.number.clone()?,
        kind: kind(summary.kind?).to_owned(),
        issue_date: summary.issue_date?,
        currency: summary.currency.clone()?,
        net: summary.net.unwrap_or_default(),
        vat: summary.vat.unwrap_or_default(),
        gross: summary.gross.unwrap_or_default(),
        self_invoicing: known.self_invoicing,
        has_attachment: known.has_attachment || summary.has_attachment,
        form: None,
        third: Vec::new(),
        authorised: None,
    })
}

/// `BuyerIdentifierType` and value.
fn buyer(buyer: &Buyer) -> (String, Option<String>) {
    match &buyer.id {
        Some(BuyerId::Nip(nip)) => ("Nip".to_owned(), Some(nip.clone())),
        Some(BuyerId::VatUe(number)) => ("VatUe".to_owned(), Some(number.clone())),
        Some(BuyerId::Other { number, .. }) => ("Other".to_owned(), Some(number.clone())),
        Some(BuyerId::None) | None => ("None".to_owned(), None),
    }
}

/// `InvoiceType` of the contract.
const fn kind(kind: InvoiceKind) -> &'static str {
    match kind {
        InvoiceKind::Vat => "Vat",
        InvoiceKind::Kor => "Kor",
        InvoiceKind::Zal => "Zal",
        InvoiceKind::Roz => "Roz",
        InvoiceKind::Upr => "Upr",
        InvoiceKind::KorZal => "KorZal",
        InvoiceKind::KorRoz => "KorRoz",
        InvoiceKind::VatRr => "VatRr",
        InvoiceKind::KorVatRr => "KorVatRr",
    }
}
