use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use ksef_types::ReferenceNumber;
use tokio::time::Instant;

use super::{CredentialWork, authentication, batch, credentials, export, invoice, session};
use crate::Pace;
use crate::contract::SessionStatus;
use crate::control::Moved;
use crate::model::Session;
use crate::store::State;
use crate::world::World;

/// Something that has not come to its end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Work {
    Authentication(ReferenceNumber),
    Invoice(ReferenceNumber),
    /// An accepted document that is not stored for good yet.
    Storing(ReferenceNumber),
    /// A package that is not made yet.
    Export(ReferenceNumber),
    /// A closed batch whose package is not unpacked yet.
    Unpacking(ReferenceNumber),
    /// A closed session whose documents are not all judged.
    Closing(ReferenceNumber),
    /// Certificates, tokens, permissions.
    Credential(CredentialWork),
}

impl Work {
    const fn reference(&self) -> &ReferenceNumber {
        match self {
            Self::Authentication(reference)
            | Self::Invoice(reference)
            | Self::Storing(reference)
            | Self::Export(reference)
            | Self::Unpacking(reference)
            | Self::Closing(reference) => reference,
            Self::Credential(work) => work.reference(),
        }
    }
}

/// What is in progress, and from when on it may move. Kept in memory: after a restart everything may move at once.
#[derive(Debug, Default)]
pub(crate) struct Schedule(BTreeMap<Work, Option<Instant>>);

/// What became of a piece of work.
pub(super) enum Outcome {
    /// Moved, and there is more to do.
    Again(Moved, Work),
    /// Moved to its end.
    Done(Moved),
    /// Cannot move now.
    Waits,
}

impl Schedule {
    /// What a journal left unfinished.
    pub(crate) fn of(state: &State) -> Self {
        let authentications = state.authentications.rows().filter(|row| row.status.code == 100);
        let authentications = authentications.map(|row| Work::Authentication(row.reference.clone()));
        let invoices = state.invoices.rows().filter(|row| !row.finished());
        let invoices = invoices.map(|row| Work::Invoice(row.reference.clone()));
        let storing = state.invoices.rows().filter(|row| row.accepted() && row.permanent_storage.is_none());
        let storing = storing.map(|row| Work::Storing(row.reference.clone()));
        let closing = state.sessions.rows().filter_map(session_work);
        let exports = state.exports.rows().filter(|row| row.status.code == 100);
        let exports = exports.map(|row| Work::Export(row.reference.clone()));
        let credentials = credentials::unfinished(state).into_iter().map(Work::Credential);
        let all = authentications.chain(invoices).chain(storing).chain(closing).chain(exports);
        let all = all.chain(credentials);
        Self(all.map(|work| (work, None)).collect())
    }

    /// Takes work in; in the automatic pace with a random delay.
    pub(crate) fn add(&mut self, world: &World, work: Work) {
        let due = match world.pace {
            Pace::Automatic(delays) => Some(Instant::now() + world.chance.delay(delays)),
            Pace::Explicit => None,
        };
        self.0.insert(work, due);
    }

    fn due(&self, moment: Instant) -> Vec<Work> {
        let due = |entry: &(&Work, &Option<Instant>)| entry.1.is_none_or(|due| due <= moment);
        self.0.iter().filter(due).map(|(work, _)| work.clone()).collect()
    }

    fn all(&self) -> Vec<Work> {
        self.0.keys().cloned().collect()
    }

    fn remove(&mut self, work: &Work) {
        self.0.remove(work);
    }
}

/// What is left to do about a session.
fn session_work(row: &Session) -> Option<Work> {
    let code = row.status.code;
    let reference = row.reference.clone();
    match &row.batch {
        None => (code == SessionStatus::Closed.text().code).then_some(Work::Closing(reference)),
        Some(_) if row.closed.is_none() || code >= 200 => None,
        Some(_) if row.invoices.is_empty() => Some(Work::Unpacking(reference)),
        Some(_) => Some(Work::Closing(reference)),
    }
}

/// Ends what the clock ends, and in the automatic pace moves everything that is due.
pub(crate) fn settle(world: &World, state: &mut State) {
    end_old_sessions(world, state);
    export::expire(world, state);
    if matches!(world.pace, Pace::Explicit) {
        return;
    }
    // Every move brings something nearer to its end, so this comes to one.
    loop {
        let due = world.schedule().due(Instant::now());
        let moved = due.into_iter().filter(|work| advance(world, state, work).is_some()).count();
        if moved == 0 {
            return;
        }
    }
}

/// Moves what is in progress by one transition each; with a number, that one only.
pub(crate) fn step(world: &World, state: &mut State, one: Option<&ReferenceNumber>) -> Vec<Moved> {
    let wanted = |work: &Work| one.is_none_or(|one| one == work.reference());
    let works = world.schedule().all();
    works.into_iter().filter(wanted).filter_map(|work| advance(world, state, &work)).collect()
}

fn advance(world: &World, state: &mut State, work: &Work) -> Option<Moved> {
    let outcome = match work {
        Work::Authentication(reference) => authentication::advance(state, reference),
        Work::Invoice(reference) => invoice::advance(world, state, reference),
        Work::Storing(reference) => invoice::store(world, state, reference),
        Work::Export(reference) => export::advance(world, state, reference),
        Work::Unpacking(reference) => batch::unpack(world, state, reference),
        Work::Closing(reference) => session::advance(world, state, reference),
        Work::Credential(work) => credentials::advance(world, state, work),
    };
    match outcome {
        Outcome::Again(moved, next) => {
            world.schedule().remove(work);
            world.schedule().add(world, next);
            Some(moved)
        }
        Outcome::Done(moved) => {
            world.schedule().remove(work);
            Some(moved)
        }
        Outcome::Waits => None,
    }
}

fn end_old_sessions(world: &World, state: &mut State) {
    let now = world.now();
    let over = |session: &&Session| {
        session.status.code == 100 && session.closed.is_none() && now >= session.valid_until
    };
    let over: Vec<(ReferenceNumber, DateTime<Utc>)> =
        state.sessions.rows().filter(over).map(|row| (row.reference.clone(), row.valid_until)).collect();
    for (reference, end) in over {
        session::close(world, state, &reference, end);
    }
}
