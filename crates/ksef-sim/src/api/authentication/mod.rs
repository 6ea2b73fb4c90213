//! From the challenge to the tokens, and the sessions that come of it.

mod active;
mod start;
mod tokens;

pub(super) use active::{active, end, end_current};
pub(super) use start::{by_token, by_xades, challenge};
pub(super) use tokens::{redeem, refresh, status};
