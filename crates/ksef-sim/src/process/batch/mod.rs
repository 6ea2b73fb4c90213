//! A closed batch: its package is put together, unpacked, and its documents go the way of all documents.

mod archive;
mod package;

use std::io;

use ksef_crypto::base64;
use ksef_types::ReferenceNumber;

use self::archive::Entry;
use super::schedule::{Outcome, Work};
use crate::Quirk;
use crate::contract::{BatchStatus, InvoiceStatus};
use crate::control::{Ending, Moved};
use crate::model::{Batch, Invoice, Session, StoredStatus};
use crate::storage::Kept;
use crate::store::State;
use crate::world::World;

/// Why a package is not taken.
#[derive(Debug)]
pub(super) struct BatchFailure {
    status: BatchStatus,
    details: Vec<String>,
}

impl BatchFailure {
    fn detailed(status: BatchStatus, detail: String) -> Self {
        Self { status, details: vec![detail] }
    }
}

impl From<BatchStatus> for BatchFailure {
    fn from(status: BatchStatus) -> Self {
        Self { status, details: Vec::new() }
    }
}

impl From<io::Error> for BatchFailure {
    fn from(failure: io::Error) -> Self {
        tracing::error!(%failure, "the storage of parts failed");
        BatchStatus::Unknown.into()
    }
}

impl From<BatchFailure> for StoredStatus {
    fn from(failure: BatchFailure) -> Self {
        if failure.details.is_empty() {
            failure.status.text().into()
        } else {
            Self::detailed(failure.status.text(), failure.details)
        }
    }
}

/// Unpacks a closed batch.
pub(super) fn unpack(world: &World, state: &mut State, reference: &ReferenceNumber) -> Outcome {
    if world.has(Quirk::ClosedBatchStaysAt100) {
        return Outcome::Waits;
    }
    let Some(session) = state.sessions.get(reference.as_str()).cloned() else { return Outcome::Waits };
    let Some(batch) = &session.batch else { return Outcome::Waits };
    let from = session.status.code;
    let most = crate::limits::of_context(state, &session.context).batch.most();
    let ordered = ordered_ending(world);
    let judged = match ordered {
        // The documents are there, and end with the session.
        Some(BatchStatus::Unknown) | None => unpacked(world, &session, batch, most),
        Some(status) => Err(status.into()),
    };
    for part in &batch.parts {
        world.storage.remove(Kept::BatchPart, reference, part.ordinal);
    }
    let outcome = judged.map(|entries| rows(world, &session, entries));
    let (status, invoices) = match outcome {
        Err(failure) => (failure.into(), Vec::new()),
        Ok(mut invoices) if ordered.is_some() => {
            for invoice in &mut invoices {
                invoice.status = InvoiceStatus::SessionFailed.text().into();
            }
            (BatchStatus::Unknown.text().into(), invoices)
        }
        Ok(invoices) if invoices.is_empty() => {
            (BatchStatus::CancelledWithoutInvoices.text().into(), invoices)
        }
        Ok(invoices) => (StoredStatus::from(BatchStatus::InProgress.text()), invoices),
    };
    let to = status.code;
    let goes_on = to == BatchStatus::InProgress.text().code;
    put(world, state, reference, status, invoices);
    let moved = Moved { reference: reference.clone(), from, to };
    if goes_on { Outcome::Again(moved, Work::Closing(reference.clone())) } else { Outcome::Done(moved) }
}

fn unpacked(
    world: &World,
    session: &Session,
    batch: &Batch,
    most: usize,
) -> Result<Vec<Entry>, BatchFailure> {
    let package = package::assemble(&world.storage, session, batch)?;
    archive::documents(package, batch.size, batch.compression, most)
}

/// The ending that the management ordered for the next batch.
fn ordered_ending(world: &World) -> Option<BatchStatus> {
    let code = world.ordered(|ending| match ending {
        Ending::Batch { code } => Some(*code),
        _ => None,
    })?;
    BatchStatus::ALL.into_iter().find(|status| status.text().code == code)
}

fn rows(world: &World, session: &Session, entries: Vec<Entry>) -> Vec<Invoice> {
    let day = world.today();
    let offline = session.batch.as_ref().is_some_and(|batch| batch.offline);
    let row = |(place, entry): (usize, Entry)| Invoice {
        reference: world.chance.reference(day, ['E', 'E']),
        session: session.reference.clone(),
        context: session.context.clone(),
        ordinal: u32::try_from(place + 1).unwrap_or(u32::MAX),
        hash: entry.hash,
        size: entry.size,
        ciphertext: None,
        status: status_of(entry.bytes.is_some()),
        document: entry.bytes.as_deref().map(base64::encode),
        file_name: Some(entry.name),
        declared_offline: offline,
        corrected_hash: None,
        facts: None,
        ksef_number: None,
        offline: None,
        invoicing: world.now(),
        acquisition: None,
        permanent_storage: None,
        upo: None,
    };
    entries.into_iter().enumerate().map(row).collect()
}

fn status_of(readable: bool) -> StoredStatus {
    if readable {
        InvoiceStatus::Taken.text().into()
    } else {
        let detail = "Rozmiar pliku przekracza 3000000 bajtów.".to_owned();
        StoredStatus::detailed(InvoiceStatus::FileInvalid.text(), vec![detail])
    }
}

fn put(
    world: &World,
    state: &mut State,
    reference: &ReferenceNumber,
    status: StoredStatus,
    invoices: Vec<Invoice>,
) {
    if let Some(session) = state.sessions.change(reference.as_str()) {
        session.status = status;
        session.updated = world.now();
        session.invoices = invoices.iter().map(|invoice| invoice.reference.clone()).collect();
    }
    for invoice in invoices {
        if !invoice.finished() {
            world.schedule().add(world, Work::Invoice(invoice.reference.clone()));
        }
        state.invoices.put(invoice.reference.to_string(), invoice);
    }
}
