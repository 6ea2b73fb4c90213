use std::path::PathBuf;

use super::App;
use crate::views::{ProgramView, Settings};
use crate::{NextStep, Problem};

/// A file for saving: its bytes and a name to suggest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Safe on every system.
    pub suggested_name: String,
    /// The exact bytes.
    pub bytes: Vec<u8>,
}

impl Document {
    /// Writes the file; gives its path.
    ///
    /// # Errors
    /// When the system refuses.
    pub async fn write(self, path: PathBuf) -> Result<String, Problem> {
        let shown = path.display().to_string();
        let refused = |error: &dyn std::error::Error| {
            Problem::new("file.notSaved", NextStep::ChooseFile)
                .with("name", shown.clone())
                .technical(error.to_string())
        };
        tokio::fs::write(&path, &self.bytes).await.map_err(|error| refused(&error))?;
        Ok(shown)
    }
}

impl From<ksef_engine::Document> for Document {
    fn from(document: ksef_engine::Document) -> Self {
        Self { suggested_name: document.file_name, bytes: document.bytes }
    }
}

impl App {
    /// Facts about the program.
    ///
    /// # Errors
    /// None today; the window treats every command alike.
    pub async fn program(&self) -> Result<ProgramView, Problem> {
        Ok(ProgramView {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            data_folder: self.folders.root().display().to_string(),
            settings: self.settings.current(),
        })
    }

    /// Remembers language, appearance and the company opened last.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn save_settings(&self, settings: Settings) -> Result<(), Problem> {
        self.settings.save(settings)
    }
}
