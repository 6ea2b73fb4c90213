//! The queued ones as a whole: postponed together when there is no connection, tried anew when somebody asks.

use chrono::{DateTime, TimeDelta, Utc};
use ksef_archive::{ArchiveError, OutboxRow, OutboxState, Step};

use super::record::to_text;
use super::verdict::needs_person;
use crate::engine::Scope;
use crate::{ConnectionCause, Engine, EngineError, SaleProblem};

/// A shield blocks for a reason of its own: asking often makes it worse.
const AFTER_SHIELD: TimeDelta = TimeDelta::minutes(10);

impl Engine {
    /// Without a connection nothing of the queue can leave: all of it waits, and says why.
    pub(super) fn postpone_queued(&self, scope: Scope, cause: &ConnectionCause) -> Result<(), EngineError> {
        let now = self.now();
        let problem = to_text(&SaleProblem::Connection(cause.clone()));
        self.checkpoint("before postponing");
        let changed = self.archive().write::<_, ArchiveError>(|tables| {
            let rows = tables.outbox().unsettled(scope.company, scope.environment)?;
            let mut changed = Vec::new();
            for mut row in rows.into_iter().filter(|row| row.standing.state == OutboxState::Queued) {
                let news = row.standing.problem.as_ref() != Some(&problem);
                row.standing.next_attempt_at = self.next_try(cause, row.standing.attempts, now);
                row.standing.attempts = row.standing.attempts.saturating_add(1);
                row.standing.problem = Some(problem.clone());
                tables.outbox_mut().set(row.id, &row.standing)?;
                if news {
                    tables.outbox_steps_mut().append(
                        row.id,
                        now,
                        Step::Postponed,
                        Some(&cause.to_string()),
                    )?;
                    changed.push(row);
                }
            }
            Ok(changed)
        })?;
        self.tell_all(&changed)
    }

    /// When to try again by itself; nothing where only a person can help.
    pub(super) fn next_try(
        &self,
        cause: &ConnectionCause,
        attempts: u32,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        match cause {
            cause if needs_person(cause) => None,
            ConnectionCause::RateLimited { until } => Some(*until),
            ConnectionCause::Shielded { .. } => Some(now + AFTER_SHIELD.max(self.pause(attempts))),
            _ => Some(now + self.pause(attempts)),
        }
    }

    /// What waited for a person, or for a time, is due now.
    pub(super) fn unpark(&self, scope: Scope) -> Result<(), EngineError> {
        let changed = self.archive().write::<_, ArchiveError>(|tables| {
            let rows = tables.outbox().unsettled(scope.company, scope.environment)?;
            let waits =
                |row: &OutboxRow| row.standing.problem.is_some() || row.standing.next_attempt_at.is_some();
            let mut changed = Vec::new();
            for mut row in
                rows.into_iter().filter(|row| row.standing.state == OutboxState::Queued && waits(row))
            {
                row.standing.problem = None;
                row.standing.next_attempt_at = None;
                tables.outbox_mut().set(row.id, &row.standing)?;
                changed.push(row);
            }
            Ok(changed)
        })?;
        self.tell_all(&changed)
    }

    fn tell_all(&self, rows: &[OutboxRow]) -> Result<(), EngineError> {
        rows.iter().try_for_each(|row| self.tell_of(row))
    }
}
