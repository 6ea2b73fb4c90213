//! Outboxes that work by themselves: one task per company and environment, woken when something is due.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use ksef_engine::{EngineError, EngineEvent, SaleId, SaleState, SalesQuery};
use ksef_types::{Environment, Nip};
use tokio::sync::{Notify, broadcast};
use tokio_util::sync::CancellationToken;

use super::{App, AppEvent};
use crate::views::{ChangedPart, Scope};
use crate::{Problem, problems};

/// Between two looks when the engine names no moment, and at most between any two.
const LONGEST_PAUSE: Duration = Duration::from_secs(15 * 60);
/// What is due at once may have to wait for another process, or for the sandbox: a run that could do nothing must not
/// follow the last one without a breath.
const SHORTEST_PAUSE: Duration = Duration::from_secs(1);
/// After an archive that failed.
const AFTER_FAILURE: Duration = Duration::from_secs(60);

/// The tasks at work.
#[derive(Default)]
pub(super) struct Runs(Mutex<HashMap<(Nip, Environment), Arc<Work>>>);

/// What a task at work shares with those who ask for it.
struct Work {
    /// Ends the task.
    life: CancellationToken,
    /// Ends the sending alone: what has left is followed all the same. The next who asks puts a new one in.
    sending: Mutex<CancellationToken>,
    /// Somebody asked since the last run began.
    asked: AtomicBool,
    woken: Notify,
    /// Cancelled while they were about to leave: taken back if they did not.
    unwanted: Mutex<Vec<SaleId>>,
}

impl Work {
    fn new() -> Self {
        let life = CancellationToken::new();
        let sending = Mutex::new(life.child_token());
        Self {
            life,
            sending,
            asked: AtomicBool::new(false),
            woken: Notify::new(),
            unwanted: Mutex::default(),
        }
    }

    fn ask(&self) {
        let mut sending = self.sending();
        if sending.is_cancelled() {
            *sending = self.life.child_token();
        }
        self.asked.store(true, Ordering::Relaxed);
        self.woken.notify_one();
    }

    fn sending(&self) -> MutexGuard<'_, CancellationToken> {
        self.sending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn unwanted(&self) -> MutexGuard<'_, Vec<SaleId>> {
        self.unwanted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The sending was cancelled, and somebody wants to send again.
    async fn asked_after(&self, cancelled: &CancellationToken) {
        cancelled.cancelled().await;
        while !self.asked.load(Ordering::Relaxed) {
            self.woken.notified().await;
        }
    }
}

impl Runs {
    /// A new task; nothing where one is at work already, which hears that it is wanted.
    fn begin(&self, of: (Nip, Environment)) -> Option<Arc<Work>> {
        match self.lock().entry(of) {
            Entry::Occupied(work) => {
                work.get().ask();
                None
            }
            Entry::Vacant(place) => Some(Arc::clone(place.insert(Arc::new(Work::new())))),
        }
    }

    /// Whether the task may end: nobody asked for it since its last run began.
    fn end(&self, of: (Nip, Environment), work: &Arc<Work>) -> bool {
        let mut runs = self.lock();
        // One that was ended must not take the entry of the one that followed it.
        if !runs.get(&of).is_some_and(|own| Arc::ptr_eq(own, work)) {
            return true;
        }
        if work.asked.swap(false, Ordering::Relaxed) {
            return false;
        }
        runs.remove(&of);
        true
    }

    /// The task is no more, however it ended.
    fn leave(&self, of: (Nip, Environment), work: &Arc<Work>) {
        let mut runs = self.lock();
        if runs.get(&of).is_some_and(|own| Arc::ptr_eq(own, work)) {
            tracing::error!(nip = %of.0, environment = %of.1, "the outbox ended in the middle; the next sending begins anew");
            runs.remove(&of);
        }
    }

    /// `leaving` are those that go back to the queue if they turn out not to have left.
    fn cancel(&self, of: (Nip, Environment), leaving: Vec<SaleId>) {
        if let Some(work) = self.lock().get(&of) {
            work.asked.store(false, Ordering::Relaxed);
            work.unwanted().extend(leaving);
            work.sending().cancel();
        }
    }

    pub(super) fn cancel_company(&self, company: Nip) {
        self.lock().retain(|(nip, _), work| {
            if *nip == company {
                work.life.cancel();
            }
            *nip != company
        });
    }

    pub(super) fn cancel_all(&self) {
        self.lock().drain().for_each(|(_, work)| work.life.cancel());
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(Nip, Environment), Arc<Work>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of a task among those at work. One that panics would keep it, and whoever asks to send would wait for it
/// until the next start.
struct Place<'a> {
    runs: &'a Runs,
    of: (Nip, Environment),
    work: &'a Arc<Work>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.runs.leave(self.of, self.work);
    }
}

impl App {
    /// Sends what is queued, in the background.
    pub(super) fn run_outbox(self: &Arc<Self>, nip: Nip, environment: Environment) {
        let of = (nip, environment);
        let Some(work) = self.runs.begin(of) else { return };
        let app = Arc::clone(self);
        tokio::spawn(async move {
            let _place = Place { runs: &app.runs, of, work: &work };
            loop {
                app.work_on(of, &work).await;
                if app.runs.end(of, &work) {
                    return;
                }
            }
        });
    }

    /// "Przerwij": what has not left is taken back, so that neither the next sending nor the next start sends it
    /// unasked; what has left is followed to its end.
    ///
    /// # Errors
    /// When the scope is none, or the archive fails.
    pub async fn cancel_sending(self: &Arc<Self>, scope: &Scope) -> Result<(), Problem> {
        let of = super::read_scope(scope)?;
        // Looked up first: one that is about to leave goes back to the queue when the sending stops.
        let leaving = self.sales_in(of, SaleState::Sending)?;
        self.runs.cancel(of, leaving);
        self.withdraw(self.sales_in(of, SaleState::Queued)?);
        Ok(())
    }

    fn sales_in(
        &self,
        (nip, environment): (Nip, Environment),
        state: SaleState,
    ) -> Result<Vec<SaleId>, Problem> {
        let mut query = SalesQuery { state: Some(state), limit: 500, ..SalesQuery::default() };
        let mut ids = Vec::new();
        loop {
            let page =
                self.engine.sales(nip, environment, &query).map_err(|error| problems::engine(&error))?;
            ids.extend(page.rows.iter().map(|sale| sale.id));
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(ids),
            }
        }
    }

    /// One that has left in the meantime stays as it is.
    fn withdraw(&self, ids: Vec<SaleId>) {
        for id in ids {
            match self.engine.withdraw_sale(id) {
                Ok(_) | Err(EngineError::AlreadyLeft(_)) => {}
                Err(error) => tracing::error!(%error, %id, "a cancelled invoice could not be taken back"),
            }
        }
    }

    async fn work_on(&self, (nip, environment): (Nip, Environment), work: &Work) {
        if environment == Environment::Sandbox && self.sandbox.ready().await.is_err() {
            return;
        }
        while !work.life.is_cancelled() {
            // In this order: who asks in between is heard again, never lost.
            work.asked.store(false, Ordering::Relaxed);
            let sending = work.sending().clone();
            let run = tokio::select! {
                run = self.engine.run_outbox(nip, environment, sending.clone()) => run,
                // It may follow what it sent for long; the next run does so, too.
                () = work.asked_after(&sending) => continue,
            };
            if sending.is_cancelled() {
                let unwanted = std::mem::take(&mut *work.unwanted());
                self.withdraw(unwanted);
            }
            let pause = match run {
                Ok(outcome) => match outcome.next_attempt_at {
                    Some(at) => pause(at - self.clock.now()),
                    None => return,
                },
                Err(error) => {
                    tracing::error!(%error, %nip, %environment, "the outbox stopped; it is tried again");
                    AFTER_FAILURE
                }
            };
            tokio::select! {
                () = work.life.cancelled() => return,
                () = work.woken.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// After a start: every outbox that was left with something in it, not only those on the screen.
    pub(super) fn resume_outboxes(self: &Arc<Self>) {
        match self.engine.outboxes_with_work() {
            Ok(outboxes) => {
                outboxes.into_iter().for_each(|(nip, environment)| self.run_outbox(nip, environment));
            }
            Err(error) => tracing::error!(%error, "the outboxes could not be looked at"),
        }
    }

    /// After a credential came: what stopped for want of one.
    fn resume_outbox(self: &Arc<Self>, nip: Nip, environment: Environment) {
        match self.engine.waits_for_access(nip, environment) {
            Ok(true) => self.run_outbox(nip, environment),
            Ok(false) => {}
            Err(error) => tracing::error!(%error, %nip, %environment, "the outbox could not be looked at"),
        }
    }

    pub(super) fn forward_events(self: &Arc<Self>) {
        let mut heard = self.engine.subscribe();
        let events = self.events.clone();
        // Weak: this task ends with the program instead of keeping it.
        let app = Arc::downgrade(self);
        tokio::spawn(async move {
            loop {
                match heard.recv().await {
                    Ok(EngineEvent::Outbox { sale, .. }) => {
                        tell(&events, AppEvent::SaleChanged(Box::new((*sale).into())))
                    }
                    Ok(EngineEvent::Credential { company, environment }) => {
                        tell(&events, changed(ChangedPart::Credentials, company, environment));
                        if let Some(app) = app.upgrade().filter(|app| app.resume) {
                            app.resume_outbox(company, environment);
                        }
                    }
                    Ok(EngineEvent::Signing { company, environment }) => {
                        tell(&events, changed(ChangedPart::Signing, company, environment));
                    }
                    Ok(EngineEvent::Enrolments { company, environment }) => {
                        tell(&events, changed(ChangedPart::Enrolments, company, environment));
                    }
                    Ok(EngineEvent::Credentials { company, environment }) => {
                        tell(&events, changed(ChangedPart::Credentials, company, environment));
                    }
                    Ok(EngineEvent::Journal) => {
                        tell(&events, AppEvent::PartChanged { part: ChangedPart::Journal, scope: None });
                    }
                    Ok(_) => tell(&events, AppEvent::CompaniesChanged),
                    Err(broadcast::error::RecvError::Lagged(_)) => tell(&events, AppEvent::CompaniesChanged),
                    Err(broadcast::error::RecvError::Closed) => return,
                }
            }
        });
    }

    pub(super) fn tell(&self, event: AppEvent) {
        tell(&self.events, event);
    }

    /// Sends what is queued and comes back when all of it is settled, held, or must wait for long. For the terminal.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn send_and_wait(&self, scope: &Scope, cancel: CancellationToken) -> Result<(), Problem> {
        let (nip, environment) = self.enter(scope).await?;
        let run = self.engine.run_outbox(nip, environment, cancel).await;
        run.map(|_| ()).map_err(|error| problems::engine(&error))
    }
}

fn changed(part: ChangedPart, company: Nip, environment: Environment) -> AppEvent {
    let scope = Scope { nip: company.to_string(), environment: environment.into() };
    AppEvent::PartChanged { part, scope: Some(scope) }
}

fn pause(until_due: TimeDelta) -> Duration {
    until_due.to_std().unwrap_or_default().clamp(SHORTEST_PAUSE, LONGEST_PAUSE)
}

fn tell(events: &broadcast::Sender<AppEvent>, event: AppEvent) {
    // Nobody listening is fine: the terminal listens only while it sends.
    let _ = events.send(event);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of() -> (Nip, Environment) {
        ("5265877635".parse().unwrap(), Environment::Test)
    }

    #[test]
    fn what_is_asked_for_while_a_task_ends_is_not_forgotten() {
        let runs = Runs::default();
        let work = runs.begin(of()).unwrap();
        // The last run saw nothing more to do; before the task has ended something is queued.
        assert!(runs.begin(of()).is_none());
        assert!(!runs.end(of(), &work), "it must look again");
        assert!(runs.end(of(), &work));
        assert!(runs.begin(of()).is_some(), "an ended task leaves its place");
    }

    #[tokio::test]
    async fn a_task_that_sleeps_is_woken_by_what_is_queued() {
        let runs = Runs::default();
        let work = runs.begin(of()).unwrap();
        assert!(runs.begin(of()).is_none());
        work.woken.notified().await;
    }

    #[tokio::test]
    async fn a_cancelled_task_sends_again_when_asked() {
        let runs = Runs::default();
        let work = runs.begin(of()).unwrap();
        let cancelled = work.sending().clone();
        runs.cancel(of(), Vec::new());
        assert!(cancelled.is_cancelled() && !work.life.is_cancelled(), "what has left is followed");
        assert!(runs.begin(of()).is_none());
        work.asked_after(&cancelled).await;
        assert!(!work.sending().is_cancelled());
    }

    #[test]
    fn a_task_that_panics_leaves_its_place_to_the_next() {
        let runs = Runs::default();
        let work = runs.begin(of()).unwrap();
        let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _place = Place { runs: &runs, of: of(), work: &work };
            panic!("in the middle of a run");
        }));
        assert!(ended.is_err());
        let next = runs.begin(of()).expect("another task may begin");
        // The end of the first, heard late, spares the second.
        drop(Place { runs: &runs, of: of(), work: &work });
        assert!(runs.begin(of()).is_none() && !runs.end(of(), &next));
    }

    #[test]
    fn what_is_overdue_is_not_tried_without_a_breath() {
        assert_eq!(pause(TimeDelta::hours(-1)), SHORTEST_PAUSE);
        assert_eq!(pause(TimeDelta::hours(1)), LONGEST_PAUSE);
    }

    #[test]
    fn a_removed_company_ends_its_task_and_its_end_spares_the_next() {
        let runs = Runs::default();
        let first = runs.begin(of()).unwrap();
        runs.cancel_company(of().0);
        assert!(first.life.is_cancelled() && first.sending().is_cancelled());
        let second = runs.begin(of()).unwrap();
        assert!(runs.end(of(), &first));
        assert!(runs.begin(of()).is_none(), "the second is at work");
        assert!(!second.life.is_cancelled());
    }
}
