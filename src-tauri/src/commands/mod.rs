//! One-line adapters: state and dialogs in, the same function that the terminal calls, its answer out.

pub(crate) mod auth_sessions;
pub(crate) mod certificates;
pub(crate) mod collective;
pub(crate) mod companies;
pub(crate) mod company_data;
pub(crate) mod connection;
pub(crate) mod contractors;
pub(crate) mod credentials;
pub(crate) mod discovery;
pub(crate) mod doctor;
pub(crate) mod drafts;
pub(crate) mod enrolment;
pub(crate) mod goods;
pub(crate) mod imports;
pub(crate) mod journal;
pub(crate) mod limits;
pub(crate) mod lock;
pub(crate) mod lookups;
pub(crate) mod once;
pub(crate) mod permissions;
pub(crate) mod program;
pub(crate) mod recurring;
pub(crate) mod sales;
pub(crate) mod sending;
pub(crate) mod signing;
pub(crate) mod templates;
pub(crate) mod tokens;

/// What every command answers.
type Answer<T> = Result<T, ksef_commands::Problem>;
/// What every command is given.
type Given<'a> = tauri::State<'a, crate::shell::Shell>;
