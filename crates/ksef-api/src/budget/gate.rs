//! One group's queue: who is at its door waits for room, the others for the door.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use crate::budget::WaitingReason;
use crate::budget::group::{Limit, Window};
use crate::budget::history::{History, Room};

#[derive(Debug, Default)]
pub(super) struct Gate {
    /// Fair: first come, first served.
    door: tokio::sync::Mutex<()>,
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct State {
    history: History,
    closed_until: Option<Instant>,
}

/// Why and how long one waits at the door.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wait {
    pub(super) reason: WaitingReason,
    pub(super) pause: Duration,
}

/// A place in the windows of one group.
#[derive(Debug)]
pub(super) struct Place {
    gate: Arc<Gate>,
    pub(super) count: bool,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.gate.state().history.end(Instant::now(), self.count);
        self.gate.look_again();
    }
}

/// How long to wait before looking again when only an answer can make room; the answer itself wakes earlier.
const UNTIL_ANSWERED: Duration = Duration::from_secs(60);

impl Gate {
    /// Waits until there is room; `announce` is told of each wait, and what it gives back is dropped after it.
    pub(super) async fn enter<A>(
        self: &Arc<Self>,
        limit: impl Fn() -> Limit,
        announce: impl Fn(Wait) -> A,
    ) -> Place {
        let _door = self.door.lock().await;
        loop {
            let Some(wait) = self.try_enter(&limit()) else {
                return Place { gate: Arc::clone(self), count: true };
            };
            let _announced = announce(wait);
            // `notify_one` leaves a permit behind, and only the one at the door waits here: nothing is missed.
            let _ = tokio::time::timeout(wait.pause, self.changed.notified()).await;
        }
    }

    pub(super) fn close(&self, pause: Duration) {
        let until = Instant::now() + pause;
        let mut state = self.state();
        if state.closed_until.is_none_or(|earlier| earlier < until) {
            state.closed_until = Some(until);
        }
    }

    pub(super) fn take_over(&self, other: &Self) {
        let answered = other.state().history.answered();
        self.state().history.add(answered);
    }

    pub(super) fn within_hour(&self) -> u32 {
        self.state().history.within_hour(Instant::now())
    }

    pub(super) fn look_again(&self) {
        self.changed.notify_one();
    }

    /// `None`: entered.
    fn try_enter(&self, limit: &Limit) -> Option<Wait> {
        let now = Instant::now();
        let mut state = self.state();
        let closed = state.closed_until.filter(|until| *until > now);
        let room = state.history.room(limit, now);
        let at_limit = |window: Window| WaitingReason::Limit {
            limit: limit.within(window).map_or(0, u32::from),
            window,
        };
        match (closed, room) {
            (None, Room::Now) => {
                state.history.begin();
                None
            }
            (Some(until), Room::At(at, window)) if at > until => {
                Some(Wait { reason: at_limit(window), pause: at - now })
            }
            (Some(until), _) => Some(Wait { reason: WaitingReason::ClosedByKsef, pause: until - now }),
            (None, Room::At(at, window)) => Some(Wait { reason: at_limit(window), pause: at - now }),
            (None, Room::WhenAnswered(window)) => {
                Some(Wait { reason: at_limit(window), pause: UNTIL_ANSWERED.min(window.length()) })
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
