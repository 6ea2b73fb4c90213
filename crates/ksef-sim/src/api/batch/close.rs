use axum::http::StatusCode;
use chrono::{DateTime, Utc};

use super::open::wrong_size;
use crate::Quirk;
use crate::api::Answer;
use crate::api::call::{Bearing, Call};
use crate::api::refusal::{Refusal, exception, no_session, session_status};
use crate::api::reply::Reply;
use crate::contract::BatchStatus;
use crate::model::{Batch, Session, StoredStatus};
use crate::process::Work;
use crate::store::State;
use crate::world::World;

/// `POST /sessions/batch/{referenceNumber}/close`
pub(in crate::api) fn close(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let reference = call.parameter("referenceNumber");
    let now = world.now();
    let lost = world.has(Quirk::CloseIsLost);
    let stays = world.has(Quirk::ClosedBatchStaysAt100);
    let closed = world.change(|state| {
        let (session, batch) = own(state, bearing, reference)?;
        closable(session, batch, now)?;
        let number = session.reference.clone();
        if let Some(session) = state.sessions.change(reference).filter(|_| !lost) {
            session.closed = Some(now);
            session.updated = now;
            if !stays {
                session.status = BatchStatus::InProgress.text().into();
            }
        }
        Ok::<_, Refusal>(number)
    })?;
    let closed = closed?;
    if !lost {
        world.schedule().add(world, Work::Unpacking(closed));
    }
    if lost || world.has(Quirk::CloseAnswers502ThoughDone) {
        let page = "<html><body>502 Bad Gateway</body></html>".to_owned();
        return Ok(Reply::html(StatusCode::BAD_GATEWAY, page));
    }
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// A batch session of the caller's context.
fn own<'state>(
    state: &'state State,
    bearing: &Bearing,
    reference: &str,
) -> Result<(&'state Session, &'state Batch), Refusal> {
    let session = state.sessions.get(reference).filter(|row| row.context == bearing.context);
    let batch = session.and_then(|session| Some((session, session.batch.as_ref()?)));
    batch.ok_or_else(|| no_session(reference, false))
}

fn closable(session: &Session, batch: &Batch, now: DateTime<Utc>) -> Result<(), Refusal> {
    let late = StoredStatus::from(BatchStatus::CancelledTooLate.text());
    if session.closed.is_none() && (session.status == late || now >= session.valid_until) {
        let detail = "Sesja anulowana, przekroczony czas wysyłki.".to_owned();
        let text = "Czas oczekiwania na requesty upload lub finish został przekroczony.";
        return Err(exception(21208, text, vec![detail]));
    }
    if session.status.code != BatchStatus::Started.text().code || session.closed.is_some() {
        return Err(session_status(session.status.code, "jej zamknięcie"));
    }
    for part in &batch.parts {
        let Some((size, _)) = &part.uploaded else {
            let detail = format!("Nie przesłano zadeklarowanej '{}' części pliku.", part.ordinal);
            return Err(exception(21205, "Pakiet nie może być pusty.", vec![detail]));
        };
        if *size != part.size {
            return Err(wrong_size(format!(
                "Zadeklarowany rozmiar części '{}' nie zgadza się z rzeczywistym.",
                part.ordinal
            )));
        }
    }
    Ok(())
}
