//! Latarnia's part of the control.

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

impl Control {
    /// What Latarnia says.
    pub fn announce(&self, availability: Availability, announcements: Vec<Announcement>) {
        *self.0.latarnia() = (availability, announcements);
    }

    /// Begins an event now: it is announced, and the status is its own. Answers the number of the event.
    pub fn begin_event(&self, category: AnnouncementCategory, text: &str) -> u64 {
        let now = self.0.now();
        let mut latarnia = self.0.latarnia();
        let event_id = latarnia.1.iter().map(|found| found.event_id).max().unwrap_or_default() + 1;
        let announcement = Announcement {
            id: (latarnia.1.len() + 1).to_string(),
            event_id,
            category,
            kind: match category {
                AnnouncementCategory::Maintenance => AnnouncementKind::MaintenanceAnnouncement,
                AnnouncementCategory::Failure | AnnouncementCategory::TotalFailure => {
                    AnnouncementKind::FailureStart
                }
            },
            title: title(category).to_owned(),
            text: text.to_owned(),
            start: now,
            end: None,
            version: 1,
            published: now,
        };
        latarnia.0 = availability(category);
        latarnia.1.push(announcement);
        event_id
    }

    /// Ends an event now: a failure by an announcement of its own, an unavailability by a new version of the one it had.
    /// The status is that of the latest event that goes on.
    ///
    /// # Errors
    /// When there is no such event, or it has ended.
    pub fn end_event(&self, event_id: u64) -> Result<(), ControlError> {
        let now = self.0.now();
        let mut latarnia = self.0.latarnia();
        let goes_on = |found: &&mut Announcement| found.event_id == event_id && found.end.is_none();
        let begun = latarnia.1.iter_mut().find(goes_on);
        let begun = begun.ok_or_else(|| ControlError::NotFound(event_id.to_string()))?;
        begun.end = Some(now);
        let mut ended = begun.clone();
        if begun.kind == AnnouncementKind::MaintenanceAnnouncement {
            begun.version += 1;
            begun.published = now;
        } else {
            ended.kind = AnnouncementKind::FailureEnd;
            ended.published = now;
            ended.id = (latarnia.1.len() + 1).to_string();
            latarnia.1.push(ended);
        }
        let left = latarnia.1.iter().rev().find(|found| found.end.is_none());
        latarnia.0 = left.map_or(Availability::Available, |found| availability(found.category));
        Ok(())
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
