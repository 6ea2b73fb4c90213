//! Latarnia's part of the control: what it says outright, and events that come and go with the clock.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Control, ControlError};

/// `status` of Latarnia.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Availability {
    /// Works.
    #[default]
    Available,
    /// Announced unavailability.
    Maintenance,
    /// Announced failure.
    Failure,
    /// Total failure.
    TotalFailure,
}

/// `category` of an announcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AnnouncementCategory {
    /// Unavailability.
    Maintenance,
    /// Failure.
    Failure,
    /// Total failure.
    TotalFailure,
}

/// `type` of an announcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AnnouncementKind {
    /// A failure began.
    FailureStart,
    /// It ended.
    FailureEnd,
    /// An unavailability is announced.
    MaintenanceAnnouncement,
}

/// An announcement of Latarnia, in its own field names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Announcement {
    /// Number of the announcement.
    pub id: String,
    /// Number of the event that several announcements may share.
    pub event_id: u64,
    /// Category.
    pub category: AnnouncementCategory,
    /// Type.
    #[serde(rename = "type")]
    pub kind: AnnouncementKind,
    /// Title.
    pub title: String,
    /// Text.
    pub text: String,
    /// Start.
    pub start: DateTime<Utc>,
    /// End, where it is known.
    pub end: Option<DateTime<Utc>>,
    /// Version of the announcement, from 1.
    pub version: u32,
    /// When it was published.
    pub published: DateTime<Utc>,
}

/// An event that Latarnia announces.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewEvent {
    /// What it is.
    #[serde(rename = "kind")]
    pub category: AnnouncementCategory,
    /// Words of the announcement.
    #[serde(default)]
    pub text: String,
    /// From when; without it from now on. Only an unavailability is announced for later.
    #[serde(default)]
    pub start: Option<DateTime<Utc>>,
    /// Until when; without it until it is ended.
    #[serde(default)]
    pub end: Option<DateTime<Utc>>,
}

impl NewEvent {
    /// One that begins now and goes on until it is ended.
    #[must_use]
    pub fn now(category: AnnouncementCategory, text: &str) -> Self {
        Self { category, text: text.to_owned(), start: None, end: None }
    }
}

/// Announcements, and the status where it was said outright; else it follows from the events and the clock.
#[derive(Debug, Default)]
pub(crate) struct Lighthouse {
    said: Option<Availability>,
    announcements: Vec<Announcement>,
}

impl Lighthouse {
    /// What holds at a moment, and the announcements that say so.
    pub(crate) fn status(&mut self, now: DateTime<Utc>) -> (Availability, Vec<Announcement>) {
        self.catch_up(now);
        if let Some(said) = self.said {
            let messages =
                if said == Availability::Available { Vec::new() } else { self.announcements.clone() };
            return (said, messages);
        }
        let going_on: Vec<&Announcement> =
            self.announcements.iter().filter(|one| self.goes_on(one, now)).collect();
        // Of several that began in one moment the one that was announced last.
        let latest = going_on.iter().max_by_key(|one| one.start);
        let status = latest.map_or(Availability::Available, |one| availability(one.category));
        (status, going_on.into_iter().cloned().collect())
    }

    /// Everything that was announced.
    pub(crate) fn messages(&mut self, now: DateTime<Utc>) -> Vec<Announcement> {
        self.catch_up(now);
        self.announcements.clone()
    }

    /// A failure whose end has come has an announcement of it.
    fn catch_up(&mut self, now: DateTime<Utc>) {
        if self.said.is_some() {
            return;
        }
        let over = self.announcements.iter().filter(|one| {
            one.kind == AnnouncementKind::FailureStart && has_ended(one, now) && !self.is_told_ended(one)
        });
        let over: Vec<Announcement> = over.cloned().collect();
        for begun in over {
            let published = begun.end.unwrap_or(now);
            let (kind, id) = (AnnouncementKind::FailureEnd, self.next_id());
            self.announcements.push(Announcement { kind, id, published, ..begun });
        }
    }

    /// From its start on, up to its end; what ended before it began never was.
    fn goes_on(&self, one: &Announcement, now: DateTime<Utc>) -> bool {
        one.start <= now && !has_ended(one, now) && !self.is_told_ended(one)
    }

    /// Whether an announcement of its own says that a failure has ended.
    fn is_told_ended(&self, begun: &Announcement) -> bool {
        let mut ends = self.announcements.iter();
        ends.any(|one| one.event_id == begun.event_id && one.kind == AnnouncementKind::FailureEnd)
    }

    fn next_id(&self) -> String {
        (self.announcements.len() + 1).to_string()
    }

    fn begin(&mut self, event: NewEvent, start: DateTime<Utc>, now: DateTime<Utc>) -> u64 {
        let event_id = self.announcements.iter().map(|found| found.event_id).max().unwrap_or_default() + 1;
        let announcement = Announcement {
            id: self.next_id(),
            event_id,
            category: event.category,
            kind: match event.category {
                AnnouncementCategory::Maintenance => AnnouncementKind::MaintenanceAnnouncement,
                AnnouncementCategory::Failure | AnnouncementCategory::TotalFailure => {
                    AnnouncementKind::FailureStart
                }
            },
            title: title(event.category).to_owned(),
            text: event.text,
            start,
            end: event.end,
            version: 1,
            published: now,
        };
        self.said = None;
        self.announcements.push(announcement);
        event_id
    }

    fn end(&mut self, event_id: u64, now: DateTime<Utc>) -> Result<(), ControlError> {
        let open = |found: &&mut Announcement| {
            found.event_id == event_id && found.kind != AnnouncementKind::FailureEnd && !has_ended(found, now)
        };
        let begun = self.announcements.iter_mut().find(open);
        let begun = begun.ok_or_else(|| ControlError::NotFound(event_id.to_string()))?;
        begun.end = Some(now);
        if begun.kind == AnnouncementKind::MaintenanceAnnouncement {
            begun.version += 1;
            begun.published = now;
        }
        self.said = None;
        self.catch_up(now);
        Ok(())
    }
}

fn has_ended(announcement: &Announcement, now: DateTime<Utc>) -> bool {
    announcement.end.is_some_and(|end| end <= now)
}

impl Control {
    /// What Latarnia says, whatever the clock, until an event begins or ends.
    pub fn announce(&self, availability: Availability, announcements: Vec<Announcement>) {
        *self.0.latarnia() = Lighthouse { said: Some(availability), announcements };
    }

    /// Begins an event now: it is announced, and the status is its own. Answers the number of the event.
    pub fn begin_event(&self, category: AnnouncementCategory, text: &str) -> u64 {
        let now = self.0.now();
        self.0.latarnia().begin(NewEvent::now(category, text), now, now)
    }

    /// Announces an event now; the status is its own while the clock is between its start and its end, and that of the
    /// latest that began where several go on. Answers the number of the event.
    ///
    /// # Errors
    /// For a failure that is to begin later, and for an end that is not after the start.
    pub fn announce_event(&self, event: NewEvent) -> Result<u64, ControlError> {
        let now = self.0.now();
        let start = event.start.unwrap_or(now);
        if event.category != AnnouncementCategory::Maintenance && start > now {
            return Err(ControlError::NoSuchEvent("no failure is announced before it begins"));
        }
        if event.end.is_some_and(|end| end <= start) {
            return Err(ControlError::NoSuchEvent("an event ends after it has begun"));
        }
        Ok(self.0.latarnia().begin(event, start, now))
    }

    /// Ends an event now: a failure by an announcement of its own, an unavailability by a new version of the one it had;
    /// one that has not begun is called off. The status is that of the latest event that goes on.
    ///
    /// # Errors
    /// When there is no such event, or it has ended.
    pub fn end_event(&self, event_id: u64) -> Result<(), ControlError> {
        let now = self.0.now();
        self.0.latarnia().end(event_id, now)
    }
}

const fn availability(category: AnnouncementCategory) -> Availability {
    match category {
        AnnouncementCategory::Maintenance => Availability::Maintenance,
        AnnouncementCategory::Failure => Availability::Failure,
        AnnouncementCategory::TotalFailure => Availability::TotalFailure,
    }
}

const fn title(category: AnnouncementCategory) -> &'static str {
    match category {
        AnnouncementCategory::Maintenance => "Niedostępność KSeF",
        AnnouncementCategory::Failure => "Awaria KSeF",
        AnnouncementCategory::TotalFailure => "Awaria całkowita KSeF",
    }
}
