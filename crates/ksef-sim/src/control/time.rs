//! The clock, and what moves by the test's hand.

use chrono::{DateTime, Duration, Utc};
use ksef_types::ReferenceNumber;
use serde::{Deserialize, Serialize};

use super::{Control, ControlError};
use crate::SimClock;
use crate::process::step;

/// A guard against a step that moves for ever.
const MOST_ROUNDS: usize = 100;

/// What the explicit pace moves.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepTarget {
    /// Everything in progress, one transition each.
    All,
    /// One operation of authentication, document or session.
    One(ReferenceNumber),
    /// Everything, again and again, until nothing moves.
    UntilNothingMoves,
}

/// A transition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// What moved.
    pub reference: ReferenceNumber,
    /// The code of its status before.
    pub from: u16,
    /// And after; the same where something else about it changed (stored for good).
    pub to: u16,
}

impl Control {
    /// The clock; moving it moves the simulator's time.
    #[must_use]
    pub fn clock(&self) -> &SimClock {
        &self.0.clock
    }

    /// Jumps to a moment.
    pub fn set_clock(&self, moment: DateTime<Utc>) {
        self.settle();
        self.0.clock.set(moment);
    }

    /// Moves the clock on, or back for a negative duration.
    pub fn advance(&self, by: Duration) {
        self.settle();
        self.0.clock.advance(by);
    }

    /// Moves what is in progress, in the explicit pace; in the automatic one it moves things before their time.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn step(&self, target: &StepTarget) -> Result<Vec<Moved>, ControlError> {
        let world = &self.0;
        let moved = match target {
            StepTarget::All => world.change(|state| step(world, state, None))?,
            StepTarget::One(reference) => world.change(|state| step(world, state, Some(reference)))?,
            StepTarget::UntilNothingMoves => world.change(|state| {
                let mut all = Vec::new();
                for _ in 0..MOST_ROUNDS {
                    let moved = step(world, state, None);
                    if moved.is_empty() {
                        break;
                    }
                    all.extend(moved);
                }
                all
            })?,
        };
        Ok(moved)
    }

    /// Keeps the high water mark so far behind, as it is in a service under load; zero is the start's.
    pub fn delay_mark(&self, by: Duration) {
        self.0.set_mark_lag(by);
    }
}
