//! From the challenge to the tokens, and the sessions that come of it.

mod active;
mod addresses;
mod begin;
mod by_token;
mod by_xades;
mod challenge;
mod tokens;

pub(super) use active::{active, end, end_current};
pub(super) use by_token::by_token;
pub(super) use by_xades::by_xades;
pub(super) use challenge::challenge;
pub(super) use tokens::{redeem, refresh, status};
