//! Fixtures for tests: where the contract's files are, numbers of firms and people, a clock that tests move, repeatable
//! chance, a signing program of somebody else, the management of a simulator in another process.
//!
//! A dev-dependency only; it must not be used by anything that ships.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests stop at what should not be")]

mod chance;
mod clock;
mod external;
mod management;
mod numbers;
mod shared;

pub use chance::SeededRandomness;
pub use clock::{ManualClock, WrongClock, since_tokens_worked};
pub use external::{ExternalForm, ExternalKey, ExternalSigner, ExternalStyle};
pub use management::{Management, SampleCertificate};
pub use numbers::{nip, pesel};
pub use shared::shared;
