use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Problem;
use crate::views::SaleView;

/// The screen Start.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StartView {
    /// Is KSeF there?
    pub ksef: KsefState,
    /// How many wait or are on their way.
    pub waiting: u32,
    /// How many need a person.
    pub held: u32,
    /// How many were accepted this month.
    pub accepted_this_month: u32,
    /// Access: what is there and until when.
    pub access: Vec<AccessView>,
    /// The newest ones.
    pub recent: Vec<SaleView>,
}

/// What is known of KSeF's availability.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(tag = "state", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum KsefState {
    /// It works.
    Available {
        /// RFC 3339.
        checked_at: String,
    },
    /// Announced maintenance, failure, or total failure.
    Announced {
        /// `MAINTENANCE`, `FAILURE`, `TOTAL_FAILURE`.
        status: String,
        /// The ministry's words.
        messages: Vec<String>,
        /// RFC 3339.
        checked_at: String,
    },
    /// The demonstration environment announces nothing.
    NotPublished,
    /// It could not be asked.
    Unknown {
        /// Why.
        problem: Problem,
    },
}

/// One way in.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AccessView {
    /// Which.
    pub slot: crate::views::CredentialSlot,
    /// It is in the store.
    pub present: bool,
    /// ISO date of its last day, where it has one.
    pub until: Option<String>,
    /// Whole days until then.
    pub days_left: Option<i32>,
}
