//! Latarnia: whether KSeF is available, and what the ministry announced about that.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::answer::Answer;
use crate::budget::RateGroup;
use crate::client::{Client, ClientConfig};
use crate::error::ApiError;
use crate::open_enum::open_enum;
use crate::operation::Operation;

static STATUS: Operation = Operation::get("latarnia_status", "/status", RateGroup::Unlimited);
static MESSAGES: Operation = Operation::get("latarnia_messages", "/messages", RateGroup::Unlimited);

open_enum! {
    /// Whether KSeF is available.
    Availability {
        /// It is.
        Available = "AVAILABLE",
        /// Announced unavailability.
        Maintenance = "MAINTENANCE",
        /// Announced failure.
        Failure = "FAILURE",
        /// Total failure: no duty to send.
        TotalFailure = "TOTAL_FAILURE",
    }
}

open_enum! {
    /// What an announcement is about.
    LatarniaCategory {
        /// Unavailability.
        Maintenance = "MAINTENANCE",
        /// Failure.
        Failure = "FAILURE",
        /// Total failure.
        TotalFailure = "TOTAL_FAILURE",
    }
}

open_enum! {
    /// What an announcement says.
    LatarniaType {
        /// A failure has begun.
        FailureStart = "FAILURE_START",
        /// A failure has ended.
        FailureEnd = "FAILURE_END",
        /// An unavailability is planned.
        MaintenanceAnnouncement = "MAINTENANCE_ANNOUNCEMENT",
    }
}

/// An announcement of the ministry.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LatarniaMessage {
    /// Names the announcement.
    pub id: String,
    /// Names the event: beginning and end of a failure share it.
    #[serde(default, deserialize_with = "text_or_number")]
    pub event_id: Option<String>,
    /// What about.
    pub category: LatarniaCategory,
    /// What.
    #[serde(rename = "type")]
    pub kind: LatarniaType,
    /// Headline.
    #[serde(default)]
    pub title: String,
    /// Words.
    #[serde(default)]
    pub text: String,
    /// From when.
    #[serde(default)]
    pub start: Option<DateTime<Utc>>,
    /// Until when.
    #[serde(default)]
    pub end: Option<DateTime<Utc>>,
    /// A correction has a higher one.
    #[serde(default)]
    pub version: u32,
    /// When it was published.
    #[serde(default)]
    pub published: Option<DateTime<Utc>>,
}

/// What holds now.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LatarniaStatus {
    /// Whether KSeF is available.
    pub status: Availability,
    /// The announcements that say so.
    #[serde(default, deserialize_with = "crate::wire::null_as_default")]
    pub messages: Vec<LatarniaMessage>,
}

fn text_or_number<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Text(String),
        Number(i64),
    }
    Ok(Option::<Either>::deserialize(deserializer)?.map(|either| match either {
        Either::Text(text) => text,
        Either::Number(number) => number.to_string(),
    }))
}

/// The client of Latarnia, which has an address of its own and needs no access.
#[derive(Debug, Clone)]
pub struct Latarnia(Client);

impl Latarnia {
    /// A client for the Latarnia at `config.address`.
    ///
    /// # Errors
    /// When the system's TLS cannot be used.
    pub fn new(config: ClientConfig) -> Result<Self, ApiError> {
        Client::new(config).map(Self)
    }

    /// `GET /status`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn status(&self) -> Result<Answer<LatarniaStatus>, ApiError> {
        self.0.request(&STATUS).json_answer().await
    }

    /// `GET /messages`: every announcement.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn messages(&self) -> Result<Answer<Vec<LatarniaMessage>>, ApiError> {
        self.0.request(&MESSAGES).json_answer().await
    }
}
