//! When requests were under way: the arithmetic of the sliding windows, without waiting.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use crate::budget::group::{Limit, Window};

/// Timers and clocks round to milliseconds; one more of them than needed.
const MARGIN: Duration = Duration::from_millis(2);

/// The requests of one group.
///
/// A request counts from the moment it gets its place until a window's length after its *answer* came: KSeF
/// counted it at some moment between the two, so no window of KSeF's can hold more than the limit, however long
/// requests are on their way.
#[derive(Debug, Default)]
pub(super) struct History {
    under_way: u32,
    /// When answers came, the oldest first; nothing older than an hour.
    answered: VecDeque<Instant>,
}

/// Whether there is room for one more request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    Now,
    /// At that moment, because of that window.
    At(Instant, Window),
    /// When one of those that are under way has been answered.
    WhenAnswered(Window),
}

impl History {
    pub(super) fn begin(&mut self) {
        self.under_way += 1;
    }

    /// `counted` is false for a request that never left.
    pub(super) fn end(&mut self, now: Instant, counted: bool) {
        self.under_way = self.under_way.saturating_sub(1);
        if counted {
            self.answered.push_back(now);
        }
        let hour = Window::Hour.length() + MARGIN;
        while self.answered.front().is_some_and(|answered| *answered + hour <= now) {
            self.answered.pop_front();
        }
    }

    /// How many count in the last hour, those under way included.
    pub(super) fn within_hour(&self, now: Instant) -> u32 {
        let length = Window::Hour.length();
        let first_inside = self.answered.partition_point(|answered| *answered + length <= now);
        let inside = self.answered.len() - first_inside;
        self.under_way.saturating_add(u32::try_from(inside).unwrap_or(u32::MAX))
    }

    pub(super) fn answered(&self) -> Vec<Instant> {
        self.answered.iter().copied().collect()
    }

    pub(super) fn add(&mut self, answered: Vec<Instant>) {
        self.answered.extend(answered);
        self.answered.make_contiguous().sort_unstable();
    }

    /// Room with regard to every window; the one that takes longest decides.
    pub(super) fn room(&self, limit: &Limit, now: Instant) -> Room {
        let mut latest = Room::Now;
        for window in Window::ALL {
            let Some(limit) = limit.within(window) else { continue };
            match (self.room_within(window, limit.get(), now), latest) {
                (Room::Now, _) => {}
                (blocked @ Room::WhenAnswered(_), _) => return blocked,
                (Room::At(at, _), Room::At(other, _)) if at <= other => {}
                (blocked, _) => latest = blocked,
            }
        }
        latest
    }

    fn room_within(&self, window: Window, limit: u32, now: Instant) -> Room {
        if self.under_way >= limit {
            return Room::WhenAnswered(window);
        }
        let places = (limit - self.under_way) as usize;
        let length = window.length() + MARGIN;
        let first_inside = self.answered.partition_point(|answered| *answered + length <= now);
        let inside = self.answered.len() - first_inside;
        if inside < places {
            return Room::Now;
        }
        // Fewer than `places` may be left inside: so many of the oldest have to leave first.
        self.answered
            .get(self.answered.len() - places)
            .map_or(Room::Now, |leaves_last| Room::At(*leaves_last + length, window))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(start: Instant, milliseconds: u64) -> Instant {
        start + Duration::from_millis(milliseconds)
    }

    #[test]
    fn the_oldest_answer_that_has_to_leave_decides() {
        let start = Instant::now();
        let limit = Limit::new(2, 3, 0);
        let mut history = History::default();
        for milliseconds in [0, 100] {
            history.begin();
            history.end(after(start, milliseconds), true);
        }
        assert_eq!(history.room(&limit, after(start, 200)), Room::At(after(start, 1002), Window::Second));
        assert_eq!(history.room(&limit, after(start, 1002)), Room::Now);
        history.begin();
        assert_eq!(history.room(&limit, after(start, 1002)), Room::At(after(start, 60_002), Window::Minute));
        history.begin();
        assert_eq!(history.room(&limit, after(start, 1002)), Room::WhenAnswered(Window::Second));
    }

    #[test]
    fn what_never_left_does_not_count() {
        let start = Instant::now();
        let mut history = History::default();
        history.begin();
        history.end(start, false);
        assert_eq!(history.room(&Limit::new(1, 1, 1), start), Room::Now);
    }
}
