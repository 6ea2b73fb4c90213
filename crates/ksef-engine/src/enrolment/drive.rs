//! What takes a request from step to step, and rests where a person is needed.

use std::collections::btree_map::Entry;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use ksef_archive::{ArchiveError, EnrolmentRow, EnrolmentStep, Lease, LeftKey};
use ksef_types::Nip;
use tokio::sync::Notify;

use super::{EnrolmentError, EnrolmentProblem};
use crate::connect::Login;
use crate::engine::{Scope, Shared, locked};
use crate::{Act, CertificateSlot, ConnectionCause, Deed, Engine, EngineError, EngineEvent, KeychainProblem};

/// A request that a task is at work on.
pub(super) struct Work {
    pub(super) row: EnrolmentRow,
    /// The login that proved the new certificate; it becomes the company's when the certificate takes its place.
    pub(super) proof: Option<Arc<Login>>,
}

impl Work {
    pub(super) fn scope(&self) -> Scope {
        Scope::new(self.row.company, self.row.environment)
    }

    pub(super) fn slot(&self) -> CertificateSlot {
        CertificateSlot::of_kind(self.row.kind)
    }

    /// A sending of before may have come to something, whatever is said of the last one.
    const fn may_have_left(&self) -> bool {
        matches!(self.row.step, EnrolmentStep::Sending | EnrolmentStep::Sent)
    }
}

/// A task at work on a request; whoever wants the work to be taken up meanwhile calls it.
#[derive(Default)]
pub(crate) struct Worker {
    called: AtomicBool,
    bell: Notify,
}

impl Worker {
    fn call(&self) {
        self.called.store(true, Ordering::SeqCst);
        self.bell.notify_one();
    }

    /// Waits, or until it is called.
    async fn rest(&self, pause: Duration) {
        let _ = tokio::time::timeout(pause, self.bell.notified()).await;
        self.called.store(false, Ordering::SeqCst);
    }
}

/// A request's place in the list of those at work; given back however the task ends.
struct AtWork {
    shared: Weak<Shared>,
    id: i64,
    worker: Arc<Worker>,
    over: bool,
}

impl AtWork {
    /// Gives the place back, unless the task was called in the meantime and has to look once more.
    fn is_over(&mut self) -> bool {
        let Some(shared) = self.shared.upgrade() else { return true };
        let mut enrolling = locked(&shared.enrolling);
        if self.worker.called.swap(false, Ordering::SeqCst) {
            return false;
        }
        enrolling.remove(&self.id);
        self.over = true;
        true
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        if let Some(shared) = self.shared.upgrade().filter(|_| !self.over) {
            locked(&shared.enrolling).remove(&self.id);
        }
    }
}

/// What a look at a request came to.
enum Outcome {
    /// A step was reached.
    Moved,
    /// Nothing follows.
    Ended,
    /// It stands still.
    Stands(EnrolmentProblem),
}

/// Takes the lease of a request, or watches the one who has it until that one is gone or the request has ended.
///
/// Two who took up the same request at once would make two keys, and the second would stand in the place of the one whose
/// certificate KSeF makes.
async fn lease_or_watch(shared: &Weak<Shared>, id: i64) -> Option<Lease> {
    let mut seen: Option<EnrolmentRow> = None;
    loop {
        let engine = Engine { shared: shared.upgrade()? };
        match engine.lease(id) {
            Ok(Leased::Here(lease)) => {
                if let Some(row) = seen {
                    engine.enrolments_moved(Scope::new(row.company, row.environment));
                }
                return Some(lease);
            }
            Ok(Leased::Elsewhere(row)) => {
                engine.reached("another is at work");
                if seen.as_ref().is_some_and(|seen| *seen != *row) {
                    engine.enrolments_moved(Scope::new(row.company, row.environment));
                }
                seen = Some(*row);
            }
            Ok(Leased::Ended(row)) => {
                if let Some(row) = row.filter(|_| seen.is_some()) {
                    engine.ended_elsewhere(&row);
                }
                return None;
            }
            Err(error) => {
                engine.archive_failed(&error.into());
                return None;
            }
        }
        let pause = engine.shared.tuning.watch;
        // Weak while it waits, as between the steps.
        drop(engine);
        tokio::time::sleep(pause).await;
    }
}

/// Step after step, until there is nothing more to do without a person.
async fn work_through(shared: &Weak<Shared>, id: i64, worker: &Worker) {
    let (mut proof, mut rests) = (None, 0);
    loop {
        // Weak between the steps: a request that waits does not keep the program.
        let Some(engine) = shared.upgrade().map(|shared| Engine { shared }) else { return };
        match engine.one_step(id, &mut proof).await {
            Outcome::Moved => rests = 0,
            Outcome::Ended => return,
            Outcome::Stands(problem) if problem.passes() || problem.waits_for_a_moment() => {
                let pause = engine.rest(&problem, rests);
                rests += 1;
                drop(engine);
                worker.rest(pause).await;
            }
            Outcome::Stands(_) => return,
        }
    }
}

/// Who works on a request.
enum Leased {
    /// The one who asked, from now on.
    Here(Lease),
    /// Another process.
    Elsewhere(Box<EnrolmentRow>),
    /// Nobody any more; how it ended.
    Ended(Option<Box<EnrolmentRow>>),
}

impl Engine {
    fn lease(&self, id: i64) -> Result<Leased, ArchiveError> {
        let (row, over) = self.archive().read::<_, ArchiveError>(|tables| {
            let Some(row) = tables.enrolments().get(id)? else { return Ok((None, true)) };
            // A key may be left; where a newer request is under way, it is that one's.
            let left = || tables.left_keys().of(row.company, row.environment);
            let newer = || tables.enrolments().open(row.company, row.environment, row.kind);
            let over = row.step.is_final() && (!left()?.contains(&LeftKey::of(&row)) || newer()?.is_some());
            Ok((Some(Box::new(row)), over))
        })?;
        let row = match row {
            Some(row) if !over => row,
            row => return Ok(Leased::Ended(row)),
        };
        let lease = self.archive().enrolment_lease(row.company, row.environment, row.kind)?;
        Ok(lease.map_or_else(|| Leased::Elsewhere(row), Leased::Here))
    }

    /// Another process has worked on it to its end.
    fn ended_elsewhere(&self, row: &EnrolmentRow) {
        let scope = Scope::new(row.company, row.environment);
        if row.step == EnrolmentStep::Done {
            self.credential_placed(scope, CertificateSlot::of_kind(row.kind), None);
        }
        self.enrolments_moved(scope);
    }

    /// Sets a task to work on a request; one that is at work is called, so that it does not rest any longer.
    pub(super) fn drive(&self, id: i64) {
        let worker = Arc::new(Worker::default());
        match locked(&self.shared.enrolling).entry(id) {
            Entry::Occupied(at_work) => return at_work.get().call(),
            Entry::Vacant(place) => place.insert(Arc::clone(&worker)),
        };
        let shared = Arc::downgrade(&self.shared);
        let mut at_work = AtWork { shared: Weak::clone(&shared), id, worker, over: false };
        tokio::spawn(async move {
            loop {
                let Some(lease) = lease_or_watch(&shared, id).await else { return };
                work_through(&shared, id, &at_work.worker).await;
                let Some(engine) = shared.upgrade().map(|shared| Engine { shared }) else { return };
                engine.leave_nothing_behind(id, lease).await;
                if at_work.is_over() {
                    return;
                }
            }
        });
    }

    fn rest(&self, problem: &EnrolmentProblem, rests: u32) -> Duration {
        let named = match problem {
            EnrolmentProblem::Connection(ConnectionCause::RateLimited { until }) => {
                (*until - self.now()).to_std().unwrap_or_default()
            }
            _ => Duration::ZERO,
        };
        self.shared.tuning.pause(rests).max(named)
    }

    async fn one_step(&self, id: i64, proof: &mut Option<Arc<Login>>) -> Outcome {
        let row = match self.archive().read::<_, ArchiveError>(|tables| tables.enrolments().get(id)) {
            Ok(Some(row)) if !row.step.is_final() => row,
            Ok(_) => return Outcome::Ended,
            Err(error) => return self.archive_failed(&error.into()),
        };
        let mut work = Work { row, proof: proof.take() };
        let stepped = match self.step(&mut work).await {
            Err(StepFailed::Problem(refusal)) if refusal.ends_the_request() && work.may_have_left() => {
                self.certificate_before_refusal(&mut work, refusal).await
            }
            stepped => stepped,
        };
        *proof = work.proof.take();
        let outcome = match stepped {
            Ok(()) => Outcome::Moved,
            Err(StepFailed::Engine(error)) => self.archive_failed(&error),
            Err(StepFailed::Problem(problem)) => self.stands(&work.row, problem),
        };
        self.enrolments_moved(work.scope());
        outcome
    }

    async fn step(&self, work: &mut Work) -> Result<(), StepFailed> {
        if self.is_off_the_list(work.row.company) {
            // Taken off with its keys.
            self.end_row(work.row.id, EnrolmentStep::Abandoned, None, None, |step| !step.is_final())?;
            return Ok(());
        }
        match work.row.step {
            EnrolmentStep::Begun => self.make_key(work).await,
            EnrolmentStep::KeyMade => self.send_request(work).await,
            EnrolmentStep::Sending => self.settle_sending(work).await,
            EnrolmentStep::Sent => self.follow_request(work).await,
            EnrolmentStep::Issued => self.fetch(work).await,
            EnrolmentStep::Stored => self.prove(work).await,
            EnrolmentStep::Proved => self.put_in_place(work).await,
            EnrolmentStep::Done | EnrolmentStep::Refused | EnrolmentStep::Abandoned => Ok(()),
        }
    }

    /// Certainly: an archive that does not answer says nothing.
    pub(super) fn is_off_the_list(&self, nip: Nip) -> bool {
        matches!(self.company(nip), Err(EngineError::UnknownCompany(_)))
    }

    /// Notes why it stands; what KSeF refused for good ends.
    fn stands(&self, row: &EnrolmentRow, problem: EnrolmentProblem) -> Outcome {
        tracing::info!(id = row.id, %problem, "a request for a certificate stands");
        if problem.ends_the_request() {
            return match self.refuse(row, problem) {
                Ok(()) => Outcome::Ended,
                Err(error) => self.archive_failed(&error.into()),
            };
        }
        let noted = self.archive().write::<_, ArchiveError>(|tables| {
            tables.enrolments_mut().problem(row.id, &problem.row(self.now()))
        });
        match noted {
            Ok(()) => Outcome::Stands(problem),
            // Given up in the meantime.
            Err(error) => self.archive_failed(&error.into()),
        }
    }

    fn archive_failed(&self, error: &EngineError) -> Outcome {
        tracing::warn!(%error, "a request for a certificate rests until it is taken up again");
        Outcome::Ended
    }

    /// Ends a request that KSeF refused for good. Its key goes with it.
    fn refuse(&self, row: &EnrolmentRow, problem: EnrolmentProblem) -> Result<(), ArchiveError> {
        let deed = Deed::of(Act::CertificateRequested, row.company, row.environment).failed(problem.name());
        let deed = deed.object(row.name.as_str()).with("kind", row.kind_name());
        self.end_row(row.id, EnrolmentStep::Refused, Some(problem), Some(deed), |step| !step.is_final())?;
        Ok(())
    }

    /// Ends a request that a person gives up, unless it has ended, or its certificate is on the way to its place. Its key goes with
    /// it; where a task is at work on it, when that task is over.
    pub(super) async fn abandon(&self, row: &EnrolmentRow) -> Result<(), EnrolmentError> {
        let may = |step: EnrolmentStep| !step.is_final() && step != EnrolmentStep::Proved;
        let deed = Deed::of(Act::EnrolmentAbandoned, row.company, row.environment);
        let deed = deed.object(row.name.as_str()).with("kind", row.kind_name());
        if !self.end_row(row.id, EnrolmentStep::Abandoned, None, Some(deed), may)? {
            // Given up before, while the keychain refused.
            return if row.step.is_final() { self.remove_key_of(row).await } else { Ok(()) };
        }
        let removed = self.remove_key_of(row).await;
        self.enrolments_moved(Scope::new(row.company, row.environment));
        removed
    }

    async fn remove_key_of(&self, row: &EnrolmentRow) -> Result<(), EnrolmentError> {
        let _alone = self.shared.removing_keys.lock().await;
        match self.archive().enrolment_lease(row.company, row.environment, row.kind)? {
            Some(lease) => Ok(self.remove_left_key(LeftKey::of(row), lease).await?),
            None => {
                self.drive(row.id);
                Ok(())
            }
        }
    }

    /// Ends it where it may be ended from the step that it has by now, and notes that its key may be left, with the line of the
    /// journal; gives whether it was.
    fn end_row(
        &self,
        id: i64,
        step: EnrolmentStep,
        problem: Option<EnrolmentProblem>,
        deed: Option<Deed>,
        may: fn(EnrolmentStep) -> bool,
    ) -> Result<bool, ArchiveError> {
        let now = self.now();
        let problem = problem.map(|problem| problem.row(now));
        let ended = self.archive().write::<_, ArchiveError>(|tables| {
            let Some(row) = tables.enrolments().get(id)?.filter(|row| may(row.step)) else {
                return Ok(false);
            };
            tables.enrolments_mut().end(id, step, problem.as_ref(), now)?;
            tables.left_keys_mut().add(LeftKey::of(&row))?;
            deed.into_iter().try_for_each(|deed| deed.write_into(tables, now))?;
            Ok(true)
        })?;
        if ended {
            self.tell(EngineEvent::Journal);
        }
        Ok(ended)
    }

    /// The next step is written down.
    pub(super) fn reach(&self, work: &mut Work, step: EnrolmentStep) -> Result<(), StepFailed> {
        let now = self.now();
        self.archive()
            .write::<_, ArchiveError>(|tables| tables.enrolments_mut().reach(work.row.id, step, now))?;
        self.reached("a step is written");
        Ok(())
    }

    /// Lets a test stop the work there.
    pub(super) fn reached(&self, place: &'static str) {
        self.shared.tuning.checkpoints.reached(place);
    }
}

/// Why a step was not reached.
pub(super) enum StepFailed {
    /// It stands still or ends, with a reason for a person.
    Problem(EnrolmentProblem),
    /// The archive failed, or the row has ended in the meantime.
    Engine(EngineError),
}

impl From<EnrolmentProblem> for StepFailed {
    fn from(problem: EnrolmentProblem) -> Self {
        Self::Problem(problem)
    }
}

impl From<KeychainProblem> for StepFailed {
    fn from(problem: KeychainProblem) -> Self {
        Self::Problem(EnrolmentProblem::Keychain(problem))
    }
}

impl From<ArchiveError> for StepFailed {
    fn from(error: ArchiveError) -> Self {
        Self::Engine(error.into())
    }
}

impl From<EngineError> for StepFailed {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Keychain(problem) => problem.into(),
            error => Self::Engine(error),
        }
    }
}

impl From<KeychainProblem> for EnrolmentError {
    fn from(problem: KeychainProblem) -> Self {
        Self::Engine(problem.into())
    }
}

/// `authentication` or `offline`, for the journal.
pub(super) trait KindName {
    fn kind_name(&self) -> &'static str;
}

impl KindName for EnrolmentRow {
    fn kind_name(&self) -> &'static str {
        match CertificateSlot::of_kind(self.kind) {
            CertificateSlot::Authentication => "authentication",
            CertificateSlot::Offline => "offline",
        }
    }
}
