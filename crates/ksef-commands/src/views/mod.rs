//! What fronts show: plain values with TypeScript types. No secret is ever in one of them.
//!
//! Dates are ISO 8601 texts (`2026-11-21`), moments RFC 3339 in UTC, amounts decimal texts (`1234.56`), NIP ten digits:
//! how people read them is the front's matter.

mod auth_sessions;
mod books;
mod certificates;
mod collective;
mod company;
mod connection;
mod credential;
mod discovery;
mod doctor;
mod draft;
mod enrolment;
mod import;
mod invoice;
mod journal;
mod limits;
mod lock;
mod permissions;
mod program;
mod signing;
mod start;
mod tokens;

pub use auth_sessions::*;
pub use books::*;
pub use certificates::*;
pub use collective::*;
pub use company::*;
pub use connection::*;
pub use credential::*;
pub use discovery::*;
pub use doctor::*;
pub use draft::*;
pub use enrolment::*;
pub use import::*;
pub use invoice::*;
pub use journal::*;
pub use limits::*;
pub use lock::*;
pub use permissions::*;
pub use program::*;
pub use signing::*;
pub use start::*;
pub use tokens::*;
