use chrono::Duration;
use ksef_types::{KsefNumber, ReferenceNumber, warsaw_date};

use super::schedule::{Outcome, Work};
use super::{document, issuing, upo};
use crate::Quirk;
use crate::contract::InvoiceStatus;
use crate::control::{Ending, Moved};
use crate::limits::of_context;
use crate::model::{Facts, Invoice, Session, StoredStatus};
use crate::store::State;
use crate::world::World;

/// 100 → 150 → 200 or a refusal.
pub(super) fn advance(world: &World, state: &mut State, reference: &ReferenceNumber) -> Outcome {
    let Some(invoice) = state.invoices.get(reference.as_str()) else { return Outcome::Waits };
    let from = invoice.status.code;
    if from == InvoiceStatus::Taken.text().code {
        let status = StoredStatus::from(InvoiceStatus::InProgress.text());
        let to = status.code;
        state
            .invoices
            .change(reference.as_str())
            .into_iter()
            .for_each(|invoice| invoice.status = status.clone());
        return Outcome::Again(
            Moved { reference: reference.clone(), from, to },
            Work::Invoice(reference.clone()),
        );
    }
    if world.has(Quirk::InvoicesStayAt150) {
        return Outcome::Waits;
    }
    finish(world, state, reference, from)
}

fn finish(world: &World, state: &mut State, reference: &ReferenceNumber, from: u16) -> Outcome {
    let Some(mut invoice) = state.invoices.get(reference.as_str()).cloned() else { return Outcome::Waits };
    let Some(session) = state.sessions.get(invoice.session.as_str()) else { return Outcome::Waits };
    let document = document::decrypt(session, &invoice);
    if invoice.document.is_none() {
        invoice.document = document.as_ref().ok().map(|bytes| ksef_crypto::base64::encode(bytes));
    }
    let judged = document.and_then(|bytes| judge(world, state, session, &invoice, &bytes));
    let judged = ending(world).map_or(judged, Err);
    invoice.ciphertext = None;
    match judged {
        Ok(facts) => accept(world, session, &mut invoice, facts),
        Err(status) => invoice.status = status,
    }
    let to = invoice.status.code;
    let moved = Moved { reference: reference.clone(), from, to };
    let accepted = invoice.accepted();
    if let Some(facts) = invoice.facts.as_ref().filter(|_| accepted) {
        state.originals.insert(facts, reference);
    }
    if let Some(session) = state.sessions.change(invoice.session.as_str()) {
        session.updated = world.now();
    }
    state.invoices.put(reference.as_str(), invoice);
    if accepted { Outcome::Again(moved, Work::Storing(reference.clone())) } else { Outcome::Done(moved) }
}

/// The ending that the management ordered for the next document.
fn ending(world: &World) -> Option<StoredStatus> {
    let (code, details) = world.ordered(|ending| match ending {
        Ending::Invoice { code, details } => Some((*code, details.clone())),
        _ => None,
    })?;
    let status = InvoiceStatus::ALL.into_iter().find(|status| status.text().code == code)?;
    let text = status.text();
    Some(if details.is_empty() { text.into() } else { StoredStatus::detailed(text, details) })
}

fn judge(
    world: &World,
    state: &State,
    session: &Session,
    invoice: &Invoice,
    bytes: &[u8],
) -> Result<Facts, StoredStatus> {
    let limits = of_context(state, &session.context);
    let limits = if session.batch.is_some() { limits.batch } else { limits.online };
    let facts = document::judge(session, invoice, bytes, limits, world.today())?;
    issuing::judge(state, session, invoice, &facts, world.now())?;
    match original_of(state, &facts) {
        Some(original) => Err(duplicate(world, session, original)),
        None => Ok(facts),
    }
}

/// The accepted invoice with the same seller, kind and number.
fn original_of<'state>(state: &'state State, facts: &Facts) -> Option<&'state Invoice> {
    state.originals.of(facts).and_then(|reference| state.invoices.get(reference.as_str()))
}

fn duplicate(world: &World, session: &Session, original: &Invoice) -> StoredStatus {
    let own = world.has(Quirk::DuplicateNamesItsOwnSession);
    let named = if own { &session.reference } else { &original.session };
    let number = original.ksef_number.as_ref().map(ToString::to_string);
    let sentence = format!(
        "Duplikat faktury. Faktura o numerze KSeF: {} została już prawidłowo przesłana do systemu w sesji: {named}",
        number.as_deref().unwrap_or_default()
    );
    let mut status = StoredStatus::detailed(InvoiceStatus::Duplicate.text(), vec![sentence]);
    status.extensions.insert("originalSessionReferenceNumber".to_owned(), Some(named.to_string()));
    status.extensions.insert("originalKsefNumber".to_owned(), number);
    status
}

fn accept(world: &World, session: &Session, invoice: &mut Invoice, facts: Facts) {
    let now = world.now();
    let day = world.today();
    invoice.ksef_number = Some(KsefNumber::compose(facts.seller, day, world.chance.bytes()));
    // A document whose P_1 lies before the day of its acceptance becomes an offline one.
    invoice.offline = Some(invoice.declared_offline || facts.issue_date < warsaw_date(invoice.invoicing));
    invoice.acquisition = Some(now);
    invoice.facts = Some(facts);
    match upo::of_invoice(world, session, invoice) {
        Ok(xml) => {
            invoice.upo = xml;
            invoice.status = InvoiceStatus::Succeeded.text().into();
        }
        Err(failure) => {
            tracing::error!(%failure, "the UPO could not be signed");
            invoice.ksef_number = None;
            invoice.status = InvoiceStatus::Unknown.text().into();
        }
    }
}

/// The permanent storage of an accepted document.
pub(super) fn store(world: &World, state: &mut State, reference: &ReferenceNumber) -> Outcome {
    if world.has(Quirk::PermanentStorageDateMissing) {
        return Outcome::Waits;
    }
    let now = world.now();
    let Some(acquired) = state.invoices.get(reference.as_str()).and_then(|row| row.acquisition) else {
        return Outcome::Waits;
    };
    // After the number was given, and different for each document, so that an export that was cut off can go on from the
    // date of its last one. A document that waited long has the date of its turn: above the mark, which waited too.
    let date = state.storage_dates.next_after(acquired);
    let Some(invoice) = state.invoices.change(reference.as_str()) else { return Outcome::Waits };
    let early = world.has(Quirk::PermanentStorageDateEarly);
    let early = invoice.acquisition.filter(|_| early).map(|acquired| acquired - Duration::seconds(1));
    let below = world.has(Quirk::DocumentBelowTheMark).then(|| now - Duration::days(1));
    invoice.permanent_storage = Some(early.or(below).unwrap_or(date));
    let code = invoice.status.code;
    Outcome::Done(Moved { reference: reference.clone(), from: code, to: code })
}
