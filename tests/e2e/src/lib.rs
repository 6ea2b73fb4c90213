//! Drives the real window: WebKit's WebDriver, the built program, a data folder of its own.
//!
//! Run by `cargo xtask e2e`, which gives it a display and a fresh keychain; without them the tests say
//! "skipped". Every look-up tries again for some seconds, nothing sleeps for a fixed time.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test harness: what fails must stop the test"
)]
#![expect(clippy::print_stdout, reason = "tests say when they are skipped")]
#![cfg(unix)]

mod clipboard;
#[cfg(target_os = "linux")]
mod closing;
mod document;
mod invoice;
mod program;
mod recorder;
mod search;
mod steps;
mod webdriver;

pub use clipboard::Clipboard;
#[cfg(target_os = "linux")]
pub use closing::close_windows;
pub use document::Document;
pub use invoice::write_invoice;
pub use ksef_testkit::{Management, SampleCertificate, nip, pesel};
pub use program::Program;
pub use recorder::Recorder;
pub use search::search_for;
pub use steps::{add_company, drop_files, give_token, id, picture, wait_for};
pub use webdriver::Window;
