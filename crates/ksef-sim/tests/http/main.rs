//! The simulator through its doors: HTTP to the API, Latarnia, the verification pages and the management.

mod contract;
mod faults;
mod harness;
mod limits;
mod login;
mod management;
mod metadata;
mod openapi;
mod quirks;
mod readme;
mod refusals;
mod sending;
mod state;
