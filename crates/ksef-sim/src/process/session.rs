use chrono::{DateTime, Utc};
use ksef_types::ReferenceNumber;

use super::schedule::{Outcome, Work};
use super::upo;
use crate::contract::{BatchStatus, SessionStatus};
use crate::control::Moved;
use crate::model::{Invoice, StoredStatus, UpoPage};
use crate::store::State;
use crate::world::World;

/// Closes an interactive session: without documents it is cancelled, otherwise they are waited for. A batch comes here
/// when its time is over.
pub(crate) fn close(world: &World, state: &mut State, reference: &ReferenceNumber, at: DateTime<Utc>) {
    let Some(session) = state.sessions.change(reference.as_str()) else { return };
    session.updated = at;
    if session.batch.is_some() {
        // Nobody closed it in time.
        session.status = BatchStatus::CancelledTooLate.text().into();
        return;
    }
    session.closed = Some(at);
    if session.invoices.is_empty() {
        session.status = SessionStatus::CancelledWithoutInvoices.text().into();
    } else {
        session.status = SessionStatus::Closed.text().into();
        world.schedule().add(world, Work::Closing(reference.clone()));
    }
}

pub(super) fn advance(world: &World, state: &mut State, reference: &ReferenceNumber) -> Outcome {
    let Some(session) = state.sessions.get(reference.as_str()) else { return Outcome::Waits };
    let from = session.status.code;
    let invoices: Vec<&Invoice> =
        session.invoices.iter().filter_map(|invoice| state.invoices.get(invoice.as_str())).collect();
    if !invoices.iter().all(|invoice| invoice.finished()) {
        return Outcome::Waits;
    }
    let accepted: Vec<&Invoice> = invoices.into_iter().filter(|invoice| invoice.accepted()).collect();
    let batch = session.batch.is_some();
    let (status, pages) = if accepted.is_empty() {
        let none = if batch {
            BatchStatus::NoCorrectInvoices.text()
        } else {
            SessionStatus::NoCorrectInvoices.text()
        };
        (none, Vec::new())
    } else {
        match upo::of_session(world, session, &accepted) {
            Ok(pages) if batch => (BatchStatus::Succeeded.text(), pages),
            Ok(pages) => (SessionStatus::Succeeded.text(), pages),
            Err(failure) => {
                tracing::error!(%failure, "the session's UPO could not be signed");
                return Outcome::Waits;
            }
        }
    };
    let now = world.now();
    let day = world.today();
    let pages = pages
        .into_iter()
        .map(|xml| UpoPage { reference: world.chance.reference(day, ['E', 'U']), xml })
        .collect();
    let status: StoredStatus = status.into();
    let to = status.code;
    if let Some(session) = state.sessions.change(reference.as_str()) {
        session.status = status;
        session.upo = pages;
        session.updated = now;
    }
    Outcome::Done(Moved { reference: reference.clone(), from, to })
}
