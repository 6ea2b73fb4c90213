//! Exports of packages: start, status, download of the parts.

mod download;
mod start;
mod status;

pub(super) use download::{PREFIX, download};
pub(super) use start::start;
pub(super) use status::status;
