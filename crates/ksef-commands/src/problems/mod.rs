//! From the engine's typed outcomes to codes of the catalogue and next steps. One file for each area.

mod certificate;
mod connection;
mod credential;
mod engine;
mod enrolment;
mod file;
mod issuing;
mod lookup;
mod nip;
mod operation;
mod sale;
mod signature;
mod signing;
mod warning;

pub(crate) use certificate::{export, revoking};
use connection::clock_off;
pub(crate) use connection::{cause, failure};
pub(crate) use credential::{credential, token};
pub(crate) use engine::{engine, keychain};
pub(crate) use enrolment::{certificate_name, enrolment, enrolment_problem};
pub(crate) use file::file;
pub(crate) use issuing::{book, issuing, issuing_note};
pub(crate) use lookup::lookup;
pub(crate) use nip::nip;
pub(crate) use operation::{bulk, collective, context, finding, operation, text, token_refused, work};
pub(crate) use sale::{not_sendable, sale};
pub(crate) use signing::{signed_file, signing};
pub(crate) use warning::warning;

/// A moment for a sentence: RFC 3339; fronts show it as `21.11.2026 14:05` in Poland.
fn moment(at: chrono::DateTime<chrono::Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

/// A day in Poland for a sentence: ISO; fronts show it as `21.11.2026`.
fn day(at: chrono::DateTime<chrono::Utc>) -> String {
    ksef_types::warsaw_date(at).to_string()
}

/// What a sentence says where a value is not known.
const UNKNOWN: &str = "–";
