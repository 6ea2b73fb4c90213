//! What fronts show: plain values with TypeScript types. No secret is ever in one of them.
//!
//! Dates are ISO 8601 texts (`2026-11-21`), moments RFC 3339 in UTC, amounts decimal texts (`1234.56`), NIP ten digits:
//! how people read them is the front's matter.

mod books;
mod company;
mod connection;
mod credential;
mod draft;
mod import;
mod invoice;
mod program;
mod start;

pub use books::*;
pub use company::*;
pub use connection::*;
pub use credential::*;
pub use draft::*;
pub use import::*;
pub use invoice::*;
pub use program::*;
pub use start::*;
