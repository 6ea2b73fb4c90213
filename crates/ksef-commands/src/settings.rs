use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::views::Settings;
use crate::{NextStep, Problem};

/// The settings of the program in a small JSON file.
pub(crate) struct SettingsFile {
    path: PathBuf,
    current: Mutex<Settings>,
}

impl SettingsFile {
    /// Reads the file; one that is missing or cannot be read gives the defaults, since nothing in it is precious.
    pub(crate) fn open(path: PathBuf) -> Self {
        let current = read(&path).unwrap_or_default();
        Self { path, current: Mutex::new(current) }
    }

    pub(crate) fn current(&self) -> Settings {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Writes beside the file and renames, so that a crash leaves the old or the new one.
    pub(crate) fn save(&self, settings: Settings) -> Result<(), Problem> {
        let problem = |error: &dyn std::error::Error| {
            Problem::new("program.settingsNotSaved", NextStep::Retry).technical(error.to_string())
        };
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let text = serde_json::to_vec_pretty(&settings).map_err(|error| problem(&error))?;
        let fresh = self.path.with_extension("json.new");
        std::fs::write(&fresh, text).map_err(|error| problem(&error))?;
        std::fs::rename(&fresh, &self.path).map_err(|error| problem(&error))?;
        *current = settings;
        Ok(())
    }
}

fn read(path: &Path) -> Option<Settings> {
    let bytes = std::fs::read(path).ok()?;
    serde_json::from_slice(&bytes)
        .inspect_err(|error| tracing::warn!(%error, "the settings could not be read; defaults are used"))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::{Appearance, Language};

    #[test]
    fn what_was_saved_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ustawienia.json");
        let chosen = Settings {
            language: Language::En,
            appearance: Appearance::Dark,
            last_company: Some("5265877635".into()),
        };
        SettingsFile::open(path.clone()).save(chosen.clone()).unwrap();
        assert_eq!(SettingsFile::open(path).current(), chosen);
    }

    #[test]
    fn a_damaged_file_gives_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ustawienia.json");
        std::fs::write(&path, "{").unwrap();
        assert_eq!(SettingsFile::open(path).current(), Settings::default());
    }
}
