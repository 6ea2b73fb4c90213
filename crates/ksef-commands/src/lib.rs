//! The command surface for every front: requests, answers, problem codes. Knows no window.
//!
//! The window (`src-tauri`) and the terminal (`ksef-cli`) call the same functions of [`App`] and show the same
//! [`Problem`]s from the same [`catalogue`].
//!
//! It must not know tauri or clap, open dialogs, read the clipboard, or give a secret to a front.

mod app;
pub mod catalogue;
mod folders;
pub mod invoice_json;
mod logging;
mod problem;
mod problems;
mod sandbox;
mod settings;
mod simulator;
pub mod validate;
pub mod views;

pub use app::{App, AppEvent, Document, Events, Options, check_nip, portal, signing_page};
pub use ksef_invoice::describe::FieldDescription;
pub use ksef_invoice::draft;
pub use ksef_invoice::view::InvoiceSheet;
pub use problem::{NextStep, Problem};
pub use simulator::StandaloneSimulator;
