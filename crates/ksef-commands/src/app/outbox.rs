//! Outboxes that work by themselves: one task per company and environment, woken when something is due.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ksef_engine::EngineEvent;
use ksef_types::{Environment, Nip};
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use super::{App, AppEvent};
use crate::views::Scope;
use crate::{Problem, problems};

/// Between two looks when the engine names no moment, and at most between any two.
const LONGEST_PAUSE: Duration = Duration::from_secs(15 * 60);
/// After an archive that failed.
const AFTER_FAILURE: Duration = Duration::from_secs(60);

/// The tasks at work.
#[derive(Default)]
pub(super) struct Runs(Mutex<HashMap<(Nip, Environment), CancellationToken>>);

impl Runs {
    /// A token for a new task; nothing where one is at work already.
    fn begin(&self, of: (Nip, Environment)) -> Option<CancellationToken> {
        let mut runs = self.lock();
        if runs.get(&of).is_some_and(|token| !token.is_cancelled()) {
            return None;
        }
        let token = CancellationToken::new();
        runs.insert(of, token.clone());
        Some(token)
    }

    fn end(&self, of: (Nip, Environment), ended: &CancellationToken) {
        // A cancelled task must not take the entry of the one that followed it.
        if !ended.is_cancelled() {
            self.lock().remove(&of);
        }
    }

    fn cancel(&self, of: (Nip, Environment)) {
        if let Some(token) = self.lock().remove(&of) {
            token.cancel();
        }
    }

    pub(super) fn cancel_company(&self, company: Nip) {
        self.lock().retain(|(nip, _), token| {
            if *nip == company {
                token.cancel();
            }
            *nip != company
        });
    }

    pub(super) fn cancel_all(&self) {
        self.lock().drain().for_each(|(_, token)| token.cancel());
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<(Nip, Environment), CancellationToken>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// Sends what is queued, in the background.
    pub(super) fn run_outbox(self: &Arc<Self>, nip: Nip, environment: Environment) {
        let Some(cancel) = self.runs.begin((nip, environment)) else { return };
        let app = Arc::clone(self);
        tokio::spawn(async move {
            app.work_on(nip, environment, &cancel).await;
            app.runs.end((nip, environment), &cancel);
        });
    }

    /// "Przerwij": what has not left goes back to the queue and stays there; what has left is followed to its end.
    ///
    /// # Errors
    /// When the scope is none.
    pub async fn cancel_sending(self: &Arc<Self>, scope: &Scope) -> Result<(), Problem> {
        let of = super::read_scope(scope)?;
        self.runs.cancel(of);
        Ok(())
    }

    async fn work_on(&self, nip: Nip, environment: Environment, cancel: &CancellationToken) {
        if environment == Environment::Sandbox && self.sandbox.ready().await.is_err() {
            return;
        }
        while !cancel.is_cancelled() {
            let pause = match self.engine.run_outbox(nip, environment, cancel.clone()).await {
                Ok(outcome) => match outcome.next_attempt_at {
                    Some(at) => (at - self.clock.now()).to_std().unwrap_or_default().min(LONGEST_PAUSE),
                    None => return,
                },
                Err(error) => {
                    tracing::error!(%error, %nip, %environment, "the outbox stopped; it is tried again");
                    AFTER_FAILURE
                }
            };
            tokio::select! {
                () = cancel.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// After a start: every company's outbox that was left with something in it.
    pub(super) fn resume_outboxes(self: &Arc<Self>) {
        match self.engine.companies() {
            Ok(companies) => companies
                .iter()
                .filter(|company| company.waiting > 0)
                .for_each(|company| self.run_outbox(company.nip, company.environment)),
            Err(error) => tracing::error!(%error, "the outboxes could not be looked at"),
        }
    }

    pub(super) fn forward_events(self: &Arc<Self>) {
        let mut heard = self.engine.subscribe();
        let events = self.events.clone();
        tokio::spawn(async move {
            loop {
                match heard.recv().await {
                    Ok(EngineEvent::Outbox { sale, .. }) => {
                        tell(&events, AppEvent::SaleChanged(Box::new((*sale).into())))
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

fn tell(events: &broadcast::Sender<AppEvent>, event: AppEvent) {
    // Nobody listening is fine: the terminal listens only while it sends.
    let _ = events.send(event);
}
