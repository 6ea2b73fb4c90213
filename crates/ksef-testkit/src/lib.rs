//! Fixtures for tests: where the contract's files are, a clock that tests move, repeatable chance.
//!
//! A dev-dependency only; it must not be used by anything that ships.

mod chance;
mod clock;
mod shared;

pub use chance::SeededRandomness;
pub use clock::ManualClock;
pub use shared::shared;
