//! Batch sessions: open, take the parts at addresses of their own, close.

mod close;
mod open;
mod upload;

pub(super) use close::close;
pub(super) use open::open;
pub(super) use upload::{PREFIX, receive};
