use std::sync::{Arc, LazyLock, Mutex};

use chrono::{DateTime, Duration, Utc};
use ksef_types::{Clock, SystemClock, tokens_end};

/// A clock that stands still until a test moves it.
#[derive(Debug)]
pub struct ManualClock(Mutex<DateTime<Utc>>);

impl ManualClock {
    /// Stands at `moment`.
    #[must_use]
    pub const fn at(moment: DateTime<Utc>) -> Self {
        Self(Mutex::new(moment))
    }

    /// Moves on, or back for a negative duration.
    pub fn advance(&self, by: Duration) {
        let mut now = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *now += by;
    }

    /// Jumps to `moment`.
    pub fn set(&self, moment: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = moment;
    }
}

impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The clock of a computer that is wrong, and runs all the same.
pub struct WrongClock {
    right: Arc<dyn Clock>,
    ahead: Duration,
}

impl WrongClock {
    /// Shows so much more than the right one; less for a negative duration.
    #[must_use]
    pub fn ahead(right: Arc<dyn Clock>, ahead: Duration) -> Self {
        Self { right, ahead }
    }
}

impl Clock for WrongClock {
    fn now(&self) -> DateTime<Utc> {
        self.right.now() + self.ahead
    }
}

/// How far back tests live once tokens have ended.
static BACK: LazyLock<Duration> = LazyLock::new(|| {
    let over = SystemClock.now() - tokens_end();
    if over < Duration::zero() { Duration::zero() } else { over + Duration::days(100) }
});

/// By how much to set back a clock that shows this moment: tokens end with the year 2026, and what tests say of them is true on
/// a day before that, whenever they run. The same difference for all clocks of a run.
#[must_use]
pub fn since_tokens_worked(moment: DateTime<Utc>) -> Duration {
    if moment < tokens_end() { Duration::zero() } else { *BACK }
}
