//! Drafts: what they become, what is said of them, and back again.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests stop where they cannot go on, and say what they skip"
)]

mod advances;
mod corrections;
mod currency;
mod extras;
mod generate;
mod json;
mod kinds;
mod properties;
mod samples;
mod state;
mod typing;
mod world;
