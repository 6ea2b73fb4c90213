//! Checks that read files and build nothing.

pub(crate) mod arrows;
pub(crate) mod documents;
mod exclusive;
mod host_imports;
pub(crate) mod repository;
mod table;
mod texts;
pub(crate) mod workspace;
