//! One-line adapters: state and dialogs in, the same function that the terminal calls, its answer out.

pub(crate) mod companies;
pub(crate) mod company_data;
pub(crate) mod connection;
pub(crate) mod contractors;
pub(crate) mod credentials;
pub(crate) mod drafts;
pub(crate) mod goods;
pub(crate) mod imports;
pub(crate) mod lookups;
pub(crate) mod program;
pub(crate) mod recurring;
pub(crate) mod sales;
pub(crate) mod sending;
pub(crate) mod templates;

/// What every command answers.
type Answer<T> = Result<T, ksef_commands::Problem>;
/// What every command is given.
type Given<'a> = tauri::State<'a, crate::shell::Shell>;
