//! The simulator through its doors: HTTP to the API, Latarnia, the verification pages and the management.
#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "helpers of tests fail loudly")]

mod batch;
mod certificates;
mod contract;
mod faults;
mod harness;
mod limits;
mod login;
mod management;
mod metadata;
mod openapi;
mod program;
mod quirks;
mod readme;
mod refusals;
mod sending;
mod services;
mod state;
