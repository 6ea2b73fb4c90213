//! The command surface for every front: requests, answers, problem codes. Knows no window.
//!
//! The window (`src-tauri`) and the terminal (`ksef-cli`) call the same functions and show the same
//! [`Problem`]s from the same catalogue.

mod problem;
pub mod views;

pub use problem::{NextStep, Problem};
