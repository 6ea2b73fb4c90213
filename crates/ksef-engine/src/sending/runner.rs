use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use ksef_api::DownloadUrl;
use ksef_archive::{ArchiveError, OutboxRow, OutboxState, SessionRow};
use ksef_types::{Environment, Nip};
use tokio::sync::futures::Notified;
use tokio_util::sync::CancellationToken;

use super::plan::{self, Next, View};
use super::session::LiveSession;
use crate::connect::{Login, NoAccess};
use crate::engine::Scope;
use crate::{ConnectionCause, Engine, EngineError, EngineEvent, RunOutcome};

/// So long a run waits before it looks whether another process has queued something.
const SLICE: Duration = Duration::from_secs(2);

/// One run of an outbox, with what it knows in memory only.
pub(super) struct Run {
    pub(super) engine: Engine,
    pub(super) scope: Scope,
    pub(super) login: Arc<Login>,
    pub(super) live: Option<LiveSession>,
    pub(super) cancel: CancellationToken,
    /// Where KSeF offered UPOs without a token; such addresses live for a while only.
    pub(super) upo_addresses: HashMap<i64, DownloadUrl>,
    pub(super) accepted: u32,
    pub(super) refused: u32,
    /// The moment that was waited for: a clock that lags behind the computer's own timer must not make it wait again.
    waited_until: Option<DateTime<Utc>>,
}

impl Engine {
    /// Sends what is queued and follows what was sent until everything is settled, held, or must wait for long.
    ///
    /// One process at a time works on an outbox; where another one does, this waits and tells of its progress. Cancelled, it sends
    /// nothing more: what has not left goes back to queued, what has left is followed to its end. The future may be dropped
    /// at any point: the next run goes on from what is written, after asking KSeF.
    ///
    /// # Errors
    /// When the archive fails. Refusals and missing connections are states of the invoices.
    pub async fn run_outbox(
        &self,
        nip: Nip,
        environment: Environment,
        cancel: CancellationToken,
    ) -> Result<RunOutcome, EngineError> {
        let scope = Scope::new(nip, environment);
        let Some(_lease) = self.lease_or_watch(scope, &cancel).await? else {
            return self.outcome(scope, 0, 0, &cancel);
        };
        self.checkpoint("has the lease");
        let login = match self.login(scope) {
            Ok(login) => login,
            Err(cause) => {
                self.unpark(scope)?;
                self.postpone_queued(scope, &cause)?;
                return self.outcome(scope, 0, 0, &cancel);
            }
        };
        let running = Running::begin(self, scope);
        let mut run = Run {
            engine: self.clone(),
            scope,
            login,
            live: None,
            cancel,
            upo_addresses: HashMap::new(),
            accepted: 0,
            refused: 0,
            waited_until: None,
        };
        let ended = run.work().await;
        drop(running);
        ended?;
        self.outcome(scope, run.accepted, run.refused, &run.cancel)
    }

    /// Works on an outbox for as long as the program runs: at once when something is queued, and whenever a look is due.
    ///
    /// # Errors
    /// When the archive fails.
    pub async fn serve_outbox(
        &self,
        nip: Nip,
        environment: Environment,
        cancel: CancellationToken,
    ) -> Result<(), EngineError> {
        while !cancel.is_cancelled() {
            let queued = self.shared.queued.notified();
            let outcome = self.run_outbox(nip, environment, cancel.child_token()).await?;
            let pause = outcome.next_attempt_at.map_or(Duration::MAX, |at| self.until(at));
            tokio::select! {
                () = cancel.cancelled() => {}
                () = queued => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
        Ok(())
    }

    /// Takes the lease, or watches the one who has it until it is free or there is nothing left to watch.
    async fn lease_or_watch(
        &self,
        scope: Scope,
        cancel: &CancellationToken,
    ) -> Result<Option<ksef_archive::Lease>, EngineError> {
        let mut seen: HashMap<i64, OutboxRow> = HashMap::new();
        let mut watching = false;
        loop {
            if let Some(lease) = self.archive().lease(scope.company, scope.environment)? {
                return Ok(Some(lease));
            }
            let rows = self.unsettled(scope)?.0;
            self.tell_of_changes(&mut seen, &rows, watching)?;
            watching = true;
            let open = rows.iter().any(|row| row.standing.state != OutboxState::Accepted);
            if !open || cancel.is_cancelled() {
                return Ok(None);
            }
            tokio::select! {
                () = cancel.cancelled() => {}
                () = tokio::time::sleep(self.shared.tuning.watch) => {}
            }
        }
    }

    fn tell_of_changes(
        &self,
        seen: &mut HashMap<i64, OutboxRow>,
        rows: &[OutboxRow],
        tell: bool,
    ) -> Result<(), EngineError> {
        let settled: Vec<i64> =
            seen.keys().copied().filter(|id| !rows.iter().any(|row| row.id == *id)).collect();
        for id in settled {
            seen.remove(&id);
            if let Some(row) = self.archive().read::<_, ArchiveError>(|tables| tables.outbox().get(id))? {
                self.tell_of(&row)?;
            }
        }
        for row in rows {
            let before = seen.insert(row.id, row.clone());
            if tell && before.as_ref().is_none_or(|before| before.standing != row.standing) {
                self.tell_of(row)?;
            }
        }
        Ok(())
    }

    pub(super) fn unsettled(&self, scope: Scope) -> Result<(Vec<OutboxRow>, Vec<SessionRow>), EngineError> {
        Ok(self.archive().read::<_, ArchiveError>(|tables| {
            let rows = tables.outbox().unsettled(scope.company, scope.environment)?;
            Ok((rows, tables.sessions().unsettled(scope.company, scope.environment)?))
        })?)
    }

    fn outcome(
        &self,
        scope: Scope,
        accepted: u32,
        refused: u32,
        cancel: &CancellationToken,
    ) -> Result<RunOutcome, EngineError> {
        let (rows, sessions) = self.unsettled(scope)?;
        let held = self.archive().read::<_, ArchiveError>(|tables| {
            Ok(tables.outbox().counts(scope.company, scope.environment, self.now())?.held)
        })?;
        // Cancelled, nothing of the queue will be sent, whenever it would have been due.
        let stays = |row: &OutboxRow| cancel.is_cancelled() && row.standing.state == OutboxState::Queued;
        let of_rows = rows.iter().filter(|row| !stays(row)).filter_map(|row| row.standing.next_attempt_at);
        let of_sessions = sessions.iter().filter_map(|session| session.next_attempt_at);
        let open = rows.iter().filter(|row| row.standing.state != OutboxState::Accepted);
        Ok(RunOutcome {
            accepted,
            refused,
            held,
            waiting: u32::try_from(open.count()).unwrap_or(u32::MAX),
            next_attempt_at: of_rows.chain(of_sessions).min(),
        })
    }

    /// How long by the computer's timer until a moment of the clock.
    fn until(&self, moment: DateTime<Utc>) -> Duration {
        (moment - self.now()).to_std().unwrap_or_default()
    }
}

/// Tells that an outbox is at work, and that it is no more, however its work ends.
struct Running<'e> {
    engine: &'e Engine,
    scope: Scope,
}

impl<'e> Running<'e> {
    fn begin(engine: &'e Engine, scope: Scope) -> Self {
        let running = Self { engine, scope };
        running.tell(true);
        running
    }

    fn tell(&self, running: bool) {
        let Scope { company, environment } = self.scope;
        self.engine.tell(EngineEvent::Run { company, environment, running });
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.tell(false);
    }
}

impl Run {
    async fn work(&mut self) -> Result<(), EngineError> {
        // A person, or the program's start, asked for a run: what waited for that is tried now.
        self.engine.unpark(self.scope)?;
        let engine = self.engine.clone();
        loop {
            // Before looking: what is queued from here on ends the waiting.
            let queued = engine.shared.queued.notified();
            let (rows, sessions) = self.engine.unsettled(self.scope)?;
            let next = plan::next(&View {
                rows: &rows,
                sessions: &sessions,
                live: self.live.as_ref().map(|live| live.id),
                now: self.now(),
                cancelled: self.cancel.is_cancelled(),
            });
            self.engine.checkpoint("knows what is next");
            let chosen =
                |ids: Vec<i64>| rows.iter().filter(move |row| ids.contains(&row.id)).cloned().collect();
            match next {
                Next::Ask { session, entries } => self.ask(session, chosen(entries)).await?,
                Next::Look { session, entries } => self.look(session, chosen(entries)).await?,
                Next::FetchUpo { entries } => self.fetch_upos(chosen(entries)).await?,
                Next::Send { entries } => self.send_all(chosen(entries)).await?,
                Next::Close { session } => self.close(session).await?,
                Next::Wait { until } => {
                    if !self.wait(until, queued).await {
                        return Ok(());
                    }
                }
                Next::Done => return Ok(()),
            }
        }
    }

    /// Now, or the moment that was waited for if the clock has not come there yet.
    pub(super) fn now(&self) -> DateTime<Utc> {
        let now = self.engine.now();
        self.waited_until.map_or(now, |waited| now.max(waited))
    }

    /// Waits for a moment that is near, a slice at a time; `false` when it is too far away.
    async fn wait(&mut self, until: DateTime<Utc>, queued: Notified<'_>) -> bool {
        let now = self.now();
        let pause = (until - now).to_std().unwrap_or_default();
        if pause > self.engine.shared.tuning.patience {
            return false;
        }
        let slice = pause.min(SLICE);
        let cancelled = self.cancel.is_cancelled();
        tokio::select! {
            () = tokio::time::sleep(slice) => self.waited_until = Some(now + slice),
            () = queued => {}
            () = self.cancel.cancelled(), if !cancelled => {}
        }
        true
    }

    /// The cause of a failed operation, with the whole diagnosis where it was the login.
    pub(super) fn cause(&self, error: &NoAccess) -> ConnectionCause {
        let failure = self.engine.explain(self.scope, &self.login, error);
        tracing::info!(cause = %failure.cause, technical = failure.technical, "an operation of the outbox failed");
        failure.cause
    }
}
