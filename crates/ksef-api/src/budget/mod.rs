//! KSeF's limits, kept before they are hit: one budget for a company in an environment, shared by all that runs.

mod gate;
mod group;
mod history;
mod registry;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use chrono::{DateTime, Utc};
use ksef_types::Clock;
use tokio::sync::watch;

use crate::limits::EffectiveRateLimits;
use gate::{Gate, Place};
pub use group::{Limit, RateGroup, RateLimits, Window};
pub use registry::RateBudgets;

/// The budget of one company in one environment.
///
/// [`RateBudget::acquire`] waits for a place; whoever drops the future gives the place up. What is waited for can be
/// watched ([`RateBudget::waiting`]). An answer to `GET /rate-limits` adjusts it, a 429 closes a group until KSeF
/// lets requests in again. Other programs of the same office draw from the same limits, so a 429 remains possible.
#[derive(Debug)]
pub struct RateBudget {
    limits: RwLock<RateLimits>,
    own: Vec<(RateGroup, Arc<Gate>)>,
    address: Arc<PerAddress>,
    clock: ClockHandle,
    waiting: watch::Sender<Vec<Waiting>>,
}

/// What KSeF counts for the address of this computer, whatever the company.
#[derive(Debug, Default)]
struct PerAddress {
    public: Arc<Gate>,
    global: Arc<Gate>,
}

struct ClockHandle(Arc<dyn Clock>);

impl std::fmt::Debug for ClockHandle {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Clock")
    }
}

/// A request waits. "KSeF allows `limit` per `window`; next at `until`."
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Of which kind.
    pub group: RateGroup,
    /// Why.
    pub reason: WaitingReason,
    /// When the next one may go; earlier if another is answered earlier.
    pub until: DateTime<Utc>,
}

/// Watches what a budget makes requests wait for. Gives values, not borrows: a borrow would hold the budget up.
#[derive(Debug, Clone)]
pub struct WaitingWatch(watch::Receiver<Vec<Waiting>>);

impl WaitingWatch {
    /// What is waited for now, one entry for each group.
    #[must_use]
    pub fn now(&self) -> Vec<Waiting> {
        self.0.borrow().clone()
    }

    /// What is waited for once that has changed; `None` when the budget is gone.
    pub async fn changed(&mut self) -> Option<Vec<Waiting>> {
        self.0.changed().await.ok()?;
        Some(self.0.borrow_and_update().clone())
    }
}

/// Why a request waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitingReason {
    /// The limit of a window is used up.
    Limit {
        /// So many requests…
        limit: u32,
        /// …in so long.
        window: Window,
    },
    /// KSeF answered 429.
    ClosedByKsef,
}

/// A place within the limits; held until the answer has come.
#[derive(Debug)]
#[must_use = "a place that is dropped at once counts as used"]
pub struct Permit {
    places: Vec<Place>,
}

impl Permit {
    /// The request never left this computer, so the place is free again.
    pub fn unused(mut self) {
        for place in &mut self.places {
            place.count = false;
        }
    }
}

const OWN_GROUPS: [RateGroup; 15] = [
    RateGroup::OnlineSession,
    RateGroup::OnlineSessionClose,
    RateGroup::BatchSession,
    RateGroup::BatchSessionClose,
    RateGroup::InvoiceSend,
    RateGroup::InvoiceStatus,
    RateGroup::SessionList,
    RateGroup::SessionInvoiceList,
    RateGroup::SessionMisc,
    RateGroup::InvoiceMetadata,
    RateGroup::InvoiceExport,
    RateGroup::InvoiceExportStatus,
    RateGroup::InvoiceDownload,
    RateGroup::CollectiveIdentifier,
    RateGroup::Other,
];

impl RateBudget {
    /// A budget that shares nothing with others. A program with several companies takes [`RateBudgets`].
    #[must_use]
    pub fn new(limits: RateLimits, clock: Arc<dyn Clock>) -> Self {
        Self::sharing(limits, clock, Arc::default())
    }

    fn sharing(limits: RateLimits, clock: Arc<dyn Clock>, address: Arc<PerAddress>) -> Self {
        Self {
            limits: RwLock::new(limits),
            own: OWN_GROUPS.into_iter().map(|group| (group, Arc::default())).collect(),
            address,
            clock: ClockHandle(clock),
            waiting: watch::Sender::new(Vec::new()),
        }
    }

    /// Waits for a place in the group, first come first served. Dropping the future leaves the queue.
    pub async fn acquire(&self, group: RateGroup) -> Permit {
        let mut places = Vec::with_capacity(2);
        if group != RateGroup::Unlimited {
            // The place for the address last: it is held while waiting, and others want it, too.
            for counted in [group, RateGroup::Global] {
                places.push(self.acquire_one(counted).await);
            }
        }
        Permit { places }
    }

    async fn acquire_one(&self, group: RateGroup) -> Place {
        let counted_as = self.limits().counted_as(group);
        self.gate(counted_as)
            .enter(|| self.limits().of(counted_as).unwrap_or(Limit::NONE), |wait| self.announce(group, wait))
            .await
    }

    /// Takes over KSeF's answer to `GET /rate-limits`; those who wait look again.
    pub fn adjust(&self, effective: &EffectiveRateLimits) {
        let before = self.limits();
        self.limits.write().unwrap_or_else(PoisonError::into_inner).adjust(effective);
        self.take_history_along(&before);
        for (_, gate) in &self.own {
            gate.look_again();
        }
        self.address.public.look_again();
        self.address.global.look_again();
    }

    /// A group that is counted apart from now on starts with what it was counted with so far: too much, never too little.
    fn take_history_along(&self, before: &RateLimits) {
        for group in OWN_GROUPS {
            let (old, new) = (before.counted_as(group), self.limits().counted_as(group));
            if old != new {
                self.gate(new).take_over(self.gate(old));
            }
        }
    }

    /// KSeF answered 429: nothing of that group leaves for so long.
    pub fn close(&self, group: RateGroup, pause: Duration) {
        if group != RateGroup::Unlimited {
            self.gate(self.limits().counted_as(group)).close(pause);
        }
    }

    /// What is waited for at the moment, one entry for each group.
    #[must_use]
    pub fn waiting(&self) -> WaitingWatch {
        WaitingWatch(self.waiting.subscribe())
    }

    /// How many requests of a group this program made in the last hour; others behind the same address are not known.
    #[must_use]
    pub fn used_in_hour(&self, group: RateGroup) -> u32 {
        self.gate(self.limits().counted_as(group)).within_hour()
    }

    /// The limits in force.
    #[must_use]
    pub fn limits(&self) -> RateLimits {
        self.limits.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn gate(&self, group: RateGroup) -> &Arc<Gate> {
        let own = self.own.iter().find(|(own, _)| *own == group).map(|(_, gate)| gate);
        own.unwrap_or(if group == RateGroup::Public { &self.address.public } else { &self.address.global })
    }

    fn announce(&self, group: RateGroup, wait: gate::Wait) -> Announcement<'_> {
        let until = self.clock.0.now() + wait.pause;
        self.waiting.send_modify(|all| {
            all.retain(|other| other.group != group);
            all.push(Waiting { group, reason: wait.reason, until });
        });
        Announcement { budget: self, group }
    }
}

/// Takes the entry back when the waiting is over, however it ended.
struct Announcement<'a> {
    budget: &'a RateBudget,
    group: RateGroup,
}

impl Drop for Announcement<'_> {
    fn drop(&mut self) {
        self.budget.waiting.send_modify(|all| all.retain(|other| other.group != self.group));
    }
}
