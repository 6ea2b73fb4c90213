//! One-line adapters: state and dialogs in, the same function that the terminal calls, its answer out.

pub(crate) mod companies;
pub(crate) mod connection;
pub(crate) mod credentials;
pub(crate) mod program;
pub(crate) mod sales;
pub(crate) mod sending;

/// What every command answers.
type Answer<T> = Result<T, ksef_commands::Problem>;
/// What every command is given.
type Given<'a> = tauri::State<'a, crate::shell::Shell>;
