//! What people bring and what stands in their way, through the one door that every front uses: each fault has a code
//! of its own, sentences in both languages, and a next step.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "what fails must stop the test, what is skipped says so"
)]

mod bench;
mod collective;
mod connection;
mod contract_codes;
mod credential_files;
mod editor;
mod grants;
mod invoices;
mod refusals;
mod sign_again;
mod signing;
mod typed;
