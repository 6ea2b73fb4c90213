//! Every step is a row: the entry's standing and the step change together, then the screens are told.

use chrono::{DateTime, TimeDelta, Utc};
use ksef_archive::{ArchiveError, OutboxRow, OutboxState, Standing, Step, Writing};

use super::sale::sale_of;
use crate::{Engine, EngineError, EngineEvent, SaleId, SaleProblem};

impl Engine {
    /// Changes an entry by a step. `change` sees the row as it is now and answers `false` to leave it alone.
    pub(super) fn record_step(
        &self,
        id: i64,
        step: Step,
        detail: Option<&str>,
        change: impl FnOnce(&mut Standing) -> bool,
    ) -> Result<Option<OutboxRow>, EngineError> {
        self.record_with(id, step, detail, |_, row| Ok(change(&mut row.standing)))
    }

    /// The same with more to write in the same transaction.
    pub(super) fn record_with(
        &self,
        id: i64,
        step: Step,
        detail: Option<&str>,
        change: impl FnOnce(&Writing<'_>, &mut OutboxRow) -> Result<bool, ArchiveError>,
    ) -> Result<Option<OutboxRow>, EngineError> {
        self.checkpoint("before writing");
        let now = self.now();
        let changed = self.archive().write(|tables| {
            let mut row = tables.outbox().get(id)?.ok_or(EngineError::UnknownSale(SaleId(id)))?;
            if !change(tables, &mut row)? {
                return Ok(None);
            }
            tables.outbox_mut().set(id, &row.standing)?;
            tables.outbox_steps_mut().append(id, now, step, detail)?;
            Ok::<_, EngineError>(tables.outbox().get(id)?)
        })?;
        self.checkpoint("after writing");
        if let Some(row) = &changed {
            self.tell_of(row)?;
        }
        Ok(changed)
    }

    /// Writes when to look again; not a step, nothing happened.
    pub(super) fn look_later(
        &self,
        row: &OutboxRow,
        problem: Option<SaleProblem>,
    ) -> Result<(), EngineError> {
        let pause = self.pause(row.standing.attempts);
        let next = self.now() + pause;
        let problem = problem.as_ref().map(to_text);
        let told = row.standing.problem != problem;
        let changed = self.archive().write(|tables| {
            let Some(mut row) = tables.outbox().get(row.id)? else { return Ok(None) };
            row.standing.attempts = row.standing.attempts.saturating_add(1);
            row.standing.next_attempt_at = Some(next);
            row.standing.problem = problem;
            tables.outbox_mut().set(row.id, &row.standing)?;
            Ok::<_, ArchiveError>(Some(row))
        })?;
        match changed {
            Some(row) if told => self.tell_of(&row),
            _ => Ok(()),
        }
    }

    pub(crate) fn tell_of(&self, row: &OutboxRow) -> Result<(), EngineError> {
        let sale = sale_of(row.clone())?;
        let (company, environment, id, state) = (sale.company, sale.environment, sale.id, sale.state);
        self.tell(EngineEvent::Outbox { company, environment, id, state, sale: Box::new(sale) });
        Ok(())
    }

    pub(super) fn pause(&self, looks: u32) -> TimeDelta {
        TimeDelta::from_std(self.shared.tuning.pause(looks)).unwrap_or(TimeDelta::minutes(1))
    }

    pub(crate) fn checkpoint(&self, place: &'static str) {
        self.shared.tuning.checkpoints.reached(place);
    }
}

/// Back to the queue: it certainly has not been taken by KSeF.
pub(super) fn queue_again(
    standing: &mut Standing,
    problem: Option<&SaleProblem>,
    next: Option<DateTime<Utc>>,
) {
    standing.state = OutboxState::Queued;
    standing.session_id = None;
    standing.invoice_reference = None;
    standing.sent_at = None;
    standing.problem = problem.map(to_text);
    standing.next_attempt_at = next;
    standing.attempts = standing.attempts.saturating_add(1);
}

/// The end of the way, for better or worse, until a person does something.
pub(super) fn stop(standing: &mut Standing, state: OutboxState, problem: Option<&SaleProblem>) {
    standing.state = state;
    standing.problem = problem.map(to_text);
    standing.next_attempt_at = None;
    standing.attempts = 0;
}

/// How a problem stands in the archive.
pub(crate) fn to_text(problem: &SaleProblem) -> String {
    // A problem is made of texts, numbers and moments: writing it as JSON cannot fail.
    serde_json::to_string(problem).unwrap_or_default()
}

pub(crate) fn from_text(text: &str) -> Result<SaleProblem, ArchiveError> {
    serde_json::from_str(text).map_err(|_| ArchiveError::Damaged("a problem in the outbox"))
}
