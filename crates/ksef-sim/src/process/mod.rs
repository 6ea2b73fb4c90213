//! What moves by itself, or by the test's hand: authentications, documents, sessions.

mod authentication;
mod batch;
mod credentials;
mod document;
mod export;
mod invoice;
mod issuing;
mod schedule;
mod session;
mod upo;

pub(crate) use authentication::{failure_by_code, in_progress, succeeded};
pub(crate) use credentials::{CredentialWork, active_certificates, change_withdrawn, key_name};
pub(crate) use schedule::{Schedule, Work, settle, step};
pub(crate) use session::close as close_session;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Europe::Warsaw;

/// A moment as requests write it: with an offset, or without one in Polish time; a day is its midnight.
pub(crate) fn parse_moment(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Some(moment.with_timezone(&Utc));
    }
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok();
    let local = local.or_else(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0))?;
    Some(local.and_local_timezone(Warsaw).earliest()?.with_timezone(&Utc))
}
