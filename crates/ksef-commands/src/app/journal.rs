use std::path::PathBuf;

use super::App;
use crate::views::{JournalFilter, JournalPage};
use crate::{NextStep, Problem};

impl App {
    /// The journal of what was done with credentials.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn journal(&self, filter: JournalFilter) -> Result<JournalPage, Problem> {
        let _ = (filter);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }

    /// Writes the whole journal to a CSV file, with its hashes.
    ///
    /// # Errors
    /// When it cannot be done; the problem says why.
    pub async fn save_journal(&self, path: PathBuf) -> Result<(), Problem> {
        let _ = (path);
        Err(Problem::new("program.stopped", NextStep::Retry))
    }
}
