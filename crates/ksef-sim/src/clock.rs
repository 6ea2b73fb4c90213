use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Duration, Utc};
use ksef_types::{Clock, SystemClock};

/// The simulator's clock: runs with the computer's, maybe shifted, or stands still. Clones move together.
#[derive(Clone)]
pub struct SimClock(Arc<Mutex<Mode>>);

#[derive(Debug, Clone, Copy)]
enum Mode {
    Runs { shifted_by: Duration },
    Stands { at: DateTime<Utc> },
}

impl SimClock {
    /// Runs with the computer's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Arc::new(Mutex::new(Mode::Runs { shifted_by: Duration::zero() })))
    }

    /// Stands at a moment until it is moved.
    #[must_use]
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(Mode::Stands { at })))
    }

    /// Jumps to a moment; one that stands keeps standing, one that runs runs on from there.
    pub fn set(&self, moment: DateTime<Utc>) {
        let mut mode = self.mode();
        *mode = match *mode {
            Mode::Runs { .. } => Mode::Runs { shifted_by: moment - SystemClock.now() },
            Mode::Stands { .. } => Mode::Stands { at: moment },
        };
    }

    /// Moves on, or back for a negative duration.
    pub fn advance(&self, by: Duration) {
        let mut mode = self.mode();
        *mode = match *mode {
            Mode::Runs { shifted_by } => Mode::Runs { shifted_by: shifted_by + by },
            Mode::Stands { at } => Mode::Stands { at: at + by },
        };
    }

    fn mode(&self) -> MutexGuard<'_, Mode> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for SimClock {
    fn now(&self) -> DateTime<Utc> {
        match *self.mode() {
            Mode::Runs { shifted_by } => SystemClock.now() + shifted_by,
            Mode::Stands { at } => at,
        }
    }
}

impl Default for SimClock {
    fn default() -> Self {
        Self::system()
    }
}

impl fmt::Debug for SimClock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.mode().fmt(formatter)
    }
}
