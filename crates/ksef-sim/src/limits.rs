//! Rate limits as sliding windows per context and address.

use std::collections::{HashMap, VecDeque};

use chrono::{DateTime, Duration, Utc};

use ksef_types::ContextIdentifier;

use crate::RateLimits;
use crate::contract::{Group, Limits};
use crate::model::{RateProfile, SessionLimits, Subject, SubjectKind};
use crate::store::State;

/// What an owner of certificates may have. Source: the guide, "Limity", "Limity na uwierzytelniony podmiot".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OwnerLimits {
    pub(crate) applications: u32,
    pub(crate) certificates: u32,
}

/// The limits of an owner, with what the test environment changed.
pub(crate) fn of_subject(state: &State, subject: &Subject) -> OwnerLimits {
    let (applications, certificates) = match subject.kind {
        SubjectKind::Nip => (300, 100),
        SubjectKind::Pesel | SubjectKind::Fingerprint => (12, 6),
    };
    let set = state.subject_limits.get(&subject.key()).copied().unwrap_or_default();
    OwnerLimits {
        applications: set.applications.unwrap_or(applications),
        certificates: set.certificates.unwrap_or(certificates),
    }
}

/// What a context may send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SendingLimits {
    pub(crate) online: SessionLimits,
    pub(crate) batch: SessionLimits,
    /// Most invoices of a collective identifier (since 2.8).
    pub(crate) collective: u32,
}

impl SendingLimits {
    /// Most invoices of a collective identifier, for counting.
    pub(crate) fn most_collected(&self) -> usize {
        usize::try_from(self.collective).unwrap_or(usize::MAX)
    }
}

const DEFAULT_COLLECTIVE: u32 = 500;

/// The limits of a context, with what the test environment or the management changed.
pub(crate) fn of_context(state: &State, context: &ContextIdentifier) -> SendingLimits {
    let set = state.context_limits.get(&context_key(context)).copied().unwrap_or_default();
    let company = context.nip().and_then(|nip| state.companies.get(nip.as_str()));
    let documents = company.map_or(SessionLimits::DEFAULT.documents, |company| company.max_invoices);
    let usual = (SessionLimits { documents, ..SessionLimits::DEFAULT }, SessionLimits::DEFAULT);
    let (online, batch) = set.sessions.unwrap_or(usual);
    SendingLimits { online, batch, collective: set.collective.unwrap_or(DEFAULT_COLLECTIVE) }
}

/// By which rows about a context are found.
pub(crate) fn context_key(context: &ContextIdentifier) -> String {
    format!("{}:{}", context.kind(), context.value())
}

/// The rate limits of a group in a context; `None` where there are none.
pub(crate) fn of_group(started: RateLimits, profile: Option<&RateProfile>, group: Group) -> Option<Limits> {
    match profile {
        None | Some(RateProfile::Default) => started.of(group),
        Some(RateProfile::Production) => Some(group.limits()),
        Some(RateProfile::Own(groups)) => {
            // Closing shares what is set for opening: the body has no groups for it.
            let asked = match group {
                Group::OnlineSessionClose => Group::OnlineSession,
                Group::BatchSessionClose => Group::BatchSession,
                other => other,
            };
            let name = Group::LISTED.into_iter().find(|(listed, _)| *listed == asked).map(|(_, name)| name);
            let Some((second, minute, hour)) = name.and_then(|name| groups.get(name)).copied() else {
                return started.of(group);
            };
            // -1 is no limit.
            let limit = |value: i64| u32::try_from(value).ok();
            Some(Limits { per_second: limit(second), per_minute: limit(minute), per_hour: limit(hour) })
        }
    }
}

/// Who is counted: a group of operations, a context (none for public ones) and an address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Counted {
    pub(crate) group: Group,
    pub(crate) context: Option<String>,
    pub(crate) address: String,
}

#[derive(Debug, Default)]
pub(crate) struct Windows(HashMap<Counted, Window>);

#[derive(Debug, Default)]
struct Window {
    hits: VecDeque<DateTime<Utc>>,
    blocked_until: Option<DateTime<Utc>>,
    /// How often one came back too early in a row, and when last.
    strikes: u32,
    last_strike: Option<DateTime<Utc>>,
}

/// Refused: which limit, and in how many seconds it is worth trying again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooMany {
    pub(crate) limit: u32,
    pub(crate) window: &'static str,
    pub(crate) retry_after: u32,
}

/// Whoever keeps coming back too early waits longer, up to this.
const LONGEST_BLOCK_SECONDS: i64 = 600;

impl Windows {
    pub(crate) fn admit(&mut self, who: Counted, limits: Limits, now: DateTime<Utc>) -> Result<(), TooMany> {
        let window = self.0.entry(who).or_default();
        window.forget_before(now - Duration::hours(1));
        if let Some((limit, name, free)) = window.exceeded(limits, now) {
            return Err(window.refuse(limit, name, free, now));
        }
        window.strikes = 0;
        window.blocked_until = None;
        window.hits.push_back(now);
        Ok(())
    }

    /// Uses up part of a budget, as another program of the same office would.
    pub(crate) fn spend(&mut self, who: Counted, count: u32, now: DateTime<Utc>) {
        let window = self.0.entry(who).or_default();
        (0..count).for_each(|_| window.hits.push_back(now));
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

impl Window {
    fn forget_before(&mut self, moment: DateTime<Utc>) {
        while self.hits.front().is_some_and(|hit| *hit <= moment) {
            self.hits.pop_front();
        }
    }

    /// The window that is full and the moment at which it has room again; the one with the longest wait.
    fn exceeded(&self, limits: Limits, now: DateTime<Utc>) -> Option<(u32, &'static str, DateTime<Utc>)> {
        let windows = [
            (limits.per_second, "na sekundę", Duration::seconds(1)),
            (limits.per_minute, "na minutę", Duration::minutes(1)),
            (limits.per_hour, "na godzinę", Duration::hours(1)),
        ];
        let full = windows.into_iter().filter_map(|(limit, name, length)| {
            let limit = limit?;
            let inside = self.hits.iter().rev().take_while(|hit| **hit > now - length).count();
            // The hit that has to leave before there is room for one more.
            let leaves = self.hits.len().checked_sub(limit as usize).filter(|_| inside >= limit as usize)?;
            let free = self.hits.get(leaves).map_or(now + length, |hit| *hit + length);
            Some((limit, name, free))
        });
        let full = full.max_by_key(|(_, _, free)| *free);
        match (full, self.blocked_until) {
            (Some((limit, name, free)), Some(until)) => Some((limit, name, free.max(until))),
            (None, Some(until)) if until > now => {
                Some((limits.per_second.unwrap_or_default(), "na sekundę", until))
            }
            (full, _) => full,
        }
    }

    fn refuse(
        &mut self,
        limit: u32,
        window: &'static str,
        free: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> TooMany {
        let again = self.blocked_until.is_some_and(|until| now < until);
        // Tasks side by side meet the wall together: that is one strike.
        let counts = self.last_strike.is_none_or(|last| now - last >= Duration::seconds(1));
        if again && counts {
            self.strikes += 1;
            self.last_strike = Some(now);
        }
        let longer = Duration::seconds(i64::from(self.strikes).min(6).pow(3));
        let until = (free + longer).min(free.max(now + Duration::seconds(LONGEST_BLOCK_SECONDS)));
        self.last_strike.get_or_insert(now);
        self.blocked_until = Some(if again && !counts { self.blocked_until.unwrap_or(until) } else { until });
        let wait = (self.blocked_until.unwrap_or(until) - now).num_milliseconds().max(1);
        let retry_after = u32::try_from((wait + 999) / 1000).unwrap_or(u32::MAX);
        TooMany { limit, window, retry_after }
    }
}

impl RateLimits {
    /// The limits of a group that hold here; `None` where there are none.
    pub(crate) fn of(self, group: Group) -> Option<Limits> {
        let published = group.limits();
        match self {
            Self::Published => Some(published),
            Self::Off => None,
            Self::Multiplied(factor) => {
                let times = |limit: Option<u32>| limit.map(|limit| limit.saturating_mul(factor));
                Some(Limits {
                    per_second: times(published.per_second),
                    per_minute: times(published.per_minute),
                    per_hour: times(published.per_hour),
                })
            }
        }
    }
}

impl Limits {
    /// What is left when somebody else uses half.
    pub(crate) fn halved(self) -> Self {
        let half = |limit: Option<u32>| limit.map(|limit| (limit / 2).max(1));
        Self {
            per_second: half(self.per_second),
            per_minute: half(self.per_minute),
            per_hour: half(self.per_hour),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone as _;

    fn who() -> Counted {
        Counted { group: Group::InvoiceDownload, context: None, address: "127.0.0.1".to_owned() }
    }

    fn start() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 21, 10, 0, 0).unwrap()
    }

    #[test]
    fn the_second_slides() {
        let mut windows = Windows::default();
        let limits = Group::InvoiceDownload.limits();
        for place in 0..8 {
            windows.admit(who(), limits, start() + Duration::milliseconds(place * 100)).unwrap();
        }
        let refused = windows.admit(who(), limits, start() + Duration::milliseconds(800)).unwrap_err();
        assert_eq!((refused.limit, refused.retry_after), (8, 1));
        assert_eq!(windows.admit(who(), limits, start() + Duration::milliseconds(1001)), Ok(()));
    }

    #[test]
    fn the_minute_and_another_address() {
        let mut windows = Windows::default();
        let limits = Group::InvoiceDownload.limits();
        for place in 0..16 {
            windows.admit(who(), limits, start() + Duration::seconds(place)).unwrap();
        }
        let refused = windows.admit(who(), limits, start() + Duration::seconds(20)).unwrap_err();
        assert_eq!((refused.limit, refused.window, refused.retry_after), (16, "na minutę", 40));
        let other = Counted { address: "127.0.0.2".to_owned(), ..who() };
        assert_eq!(windows.admit(other, limits, start() + Duration::seconds(20)), Ok(()));
        assert_eq!(windows.admit(who(), limits, start() + Duration::seconds(60)), Ok(()));
    }

    #[test]
    fn coming_back_too_early_makes_it_longer() {
        let mut windows = Windows::default();
        let limits = Group::InvoiceDownload.limits();
        (0..16).for_each(|place| windows.admit(who(), limits, start() + Duration::seconds(place)).unwrap());
        let at = |second| start() + Duration::seconds(second);
        let mut waits = Vec::new();
        for second in [20, 22, 24, 26] {
            let refused = windows.admit(who(), limits, at(second)).unwrap_err();
            waits.push(i64::from(refused.retry_after) + second);
        }
        assert!(waits.is_sorted() && waits[0] < waits[3], "{waits:?}");
    }
}
