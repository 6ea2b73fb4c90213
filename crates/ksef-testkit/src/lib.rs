//! Fixtures for tests: where the contract's files are, a clock that tests move, repeatable chance, a
//! signing program of somebody else.
//!
//! A dev-dependency only; it must not be used by anything that ships.

#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what should not be")]

mod chance;
mod clock;
mod external;
mod shared;

pub use chance::SeededRandomness;
pub use clock::ManualClock;
pub use external::{ExternalForm, ExternalKey, ExternalSigner, ExternalStyle};
pub use shared::shared;
