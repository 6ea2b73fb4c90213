//! The simulator through its doors: HTTP to the API, Latarnia, the verification pages and the management.
#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "helpers of tests fail loudly")]

mod actors;
mod batch;
mod certificates;
mod codes;
mod collective;
mod contract;
mod dates;
mod enrollment;
mod entitled;
mod exports;
mod faults;
mod field_notes;
mod harness;
mod issuing;
mod large_batch;
mod limits;
mod login;
mod made_tokens;
mod management;
mod metadata;
mod methods;
mod openapi;
mod passed_on;
mod program;
mod qr;
mod quirks;
mod readme;
mod refusals;
mod sending;
mod services;
mod state;
mod test_data;
