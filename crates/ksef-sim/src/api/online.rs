//! Interactive sessions: open, send, close.

use axum::http::StatusCode;
use chrono::Duration;
use ksef_crypto::base64;
use ksef_types::ReferenceNumber;
use serde_json::json;

use super::Answer;
use super::call::{Bearing, Call};
use super::encryption::symmetric_key;
use super::refusal::{Refusal, exception, invalid, no_session, session_status};
use super::reply::{Reply, moment};
use crate::Quirk;
use crate::contract::{InvoiceStatus, SessionStatus};
use crate::limits::of_context;
use crate::model::{FormCode, Invoice, Session};
use crate::process::{Work, close_session};
use crate::store::State;
use crate::world::World;

/// `POST /sessions/online`
pub(super) fn open(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let form = FormCode::of(call);
    if !form.supported() {
        return Err(invalid(vec!["Wskazany kod formularza nie jest wspierany.".to_owned()]));
    }
    let key = symmetric_key(world, call)?;
    let now = world.now();
    let status = if key.is_some() { SessionStatus::Open } else { SessionStatus::KeyNotDecrypted };
    let session = Session {
        reference: world.chance.reference(world.today(), ['S', 'O']),
        context: bearing.context.clone(),
        subject: bearing.subject.clone(),
        method: bearing.method.clone(),
        permissions: bearing.permissions.clone(),
        form,
        key,
        created: now,
        updated: now,
        valid_until: now + Duration::hours(Session::HOURS),
        closed: None,
        status: status.text().into(),
        upo: Vec::new(),
        batch: None,
        invoices: Vec::new(),
    };
    let answer = json!({ "referenceNumber": session.reference, "validUntil": moment(session.valid_until) });
    world.change(|state| state.sessions.put(session.reference.to_string(), session))?;
    Ok(Reply::json(StatusCode::CREATED, answer))
}

/// `POST /sessions/online/{referenceNumber}/invoices`
pub(super) fn send(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let session = call.parameter("referenceNumber");
    let most = world.look(|state| of_context(state, &bearing.context))?.online.documents;
    let invoice = taken(world, call, bearing, session);
    let status = world.look(|state| sending_refused(state, bearing, session, most))?;
    status.map_or(Ok(()), Err)?;
    judge_ciphertext(call)?;
    let corrected = invoice.corrected_hash.clone();
    let reference = invoice.reference.clone();
    let outcome = world.change(|state| {
        // Looked at again: another request may have closed or filled the session meanwhile.
        if let Some(refusal) = sending_refused(state, bearing, session, most) {
            return Err(refusal);
        }
        correction_allowed(state, bearing, corrected.as_deref())?;
        let row = state.sessions.change(session).ok_or_else(|| no_session(session, true))?;
        let mut invoice = invoice;
        row.invoices.push(invoice.reference.clone());
        row.updated = invoice.invoicing;
        invoice.ordinal = u32::try_from(row.invoices.len()).unwrap_or(u32::MAX);
        invoice.session = row.reference.clone();
        state.invoices.put(invoice.reference.to_string(), invoice);
        Ok(())
    })?;
    outcome?;
    world.schedule().add(world, Work::Invoice(reference.clone()));
    Ok(Reply::json(StatusCode::ACCEPTED, json!({ "referenceNumber": reference })))
}

fn taken(world: &World, call: &Call, bearing: &Bearing, session: &str) -> Invoice {
    let now = world.now();
    let reference = world.chance.reference(world.today(), ['E', 'E']);
    Invoice {
        // Put right when the session is known to be there.
        session: session.parse().unwrap_or_else(|_| reference.clone()),
        reference,
        context: bearing.context.clone(),
        ordinal: 0,
        hash: call.text("/invoiceHash").to_owned(),
        size: call.json.get("invoiceSize").and_then(serde_json::Value::as_u64).unwrap_or_default(),
        ciphertext: Some(call.text("/encryptedInvoiceContent").to_owned()),
        document: None,
        file_name: None,
        declared_offline: call
            .json
            .get("offlineMode")
            .and_then(serde_json::Value::as_bool)
            .unwrap_or_default(),
        corrected_hash: call.optional_text("/hashOfCorrectedInvoice").map(str::to_owned),
        status: InvoiceStatus::Taken.text().into(),
        facts: None,
        ksef_number: None,
        offline: None,
        invoicing: now,
        acquisition: None,
        permanent_storage: None,
        upo: None,
    }
}

/// An interactive session of the caller's context.
fn is_own(bearing: &Bearing, row: &Session) -> bool {
    row.context == bearing.context && row.batch.is_none()
}

fn sending_refused(state: &State, bearing: &Bearing, session: &str, most: u32) -> Option<Refusal> {
    let Some(row) = state.sessions.get(session).filter(|row| is_own(bearing, row)) else {
        return Some(no_session(session, true));
    };
    if row.status.code != SessionStatus::Open.text().code {
        return Some(session_status(row.status.code, "wysyłkę faktur"));
    }
    (row.invoices.len() >= most as usize).then(|| {
        exception(
            21155,
            "Przekroczono dozwoloną liczbę faktur w sesji.",
            vec![format!(
                "Sesja o numerze referencyjnym {session} osiągnęła dozwolony limit liczby faktur {most}."
            )],
        )
    })
}

/// Size and hash of the ciphertext; those of the document are judged after decryption.
fn judge_ciphertext(call: &Call) -> Result<(), Refusal> {
    let content = base64::decode(call.text("/encryptedInvoiceContent")).unwrap_or_default();
    let declared = call.json.get("encryptedInvoiceSize").and_then(serde_json::Value::as_u64);
    if declared != Some(content.len() as u64) {
        let detail = "Długość treści nie zgadza się z rozmiarem pliku.".to_owned();
        return Err(exception(21402, "Nieprawidłowy rozmiar pliku.", vec![detail]));
    }
    if call.text("/encryptedInvoiceHash") != base64::encode(&openssl::sha::sha256(&content)) {
        let detail = "Skrót treści nie zgadza się ze skrótem pliku.".to_owned();
        return Err(exception(21403, "Nieprawidłowy skrót pliku.", vec![detail]));
    }
    Ok(())
}

/// A technical correction names a document of the same context that was refused, and there is one at most.
fn correction_allowed(state: &State, bearing: &Bearing, corrected: Option<&str>) -> Result<(), Refusal> {
    let Some(corrected) = corrected else { return Ok(()) };
    let own = || state.invoices.rows().filter(|row| row.context == bearing.context);
    if own().any(|row| row.corrected_hash.as_deref() == Some(corrected) && row.accepted()) {
        let detail = "Faktura posiada już przetworzoną prawidłowo korektę techniczną.".to_owned();
        return Err(exception(21166, "Korekta techniczna niedostępna.", vec![detail]));
    }
    if own().any(|row| row.hash == corrected && row.accepted()) {
        let detail = "Nie można wysłać korekty technicznej do prawidłowo przetworzonej faktury.".to_owned();
        return Err(exception(21167, "Status faktury nie pozwala na korektę techniczną.", vec![detail]));
    }
    Ok(())
}

/// `POST /sessions/online/{referenceNumber}/close`
pub(super) fn close(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let session = call.parameter("referenceNumber");
    let now = world.now();
    let lost = world.has(Quirk::CloseIsLost);
    let outcome = world.change(|state| {
        let row = state.sessions.get(session).filter(|row| is_own(bearing, row));
        let row = row.ok_or_else(|| no_session(session, true))?;
        if row.status.code != SessionStatus::Open.text().code {
            return Err(session_status(row.status.code, "jej zamknięcie"));
        }
        let reference: ReferenceNumber = row.reference.clone();
        if !lost {
            close_session(world, state, &reference, now);
        }
        Ok(())
    })?;
    outcome?;
    if lost || world.has(Quirk::CloseAnswers502ThoughDone) {
        return Ok(Reply::html(
            StatusCode::BAD_GATEWAY,
            "<html><body>502 Bad Gateway</body></html>".to_owned(),
        ));
    }
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}
