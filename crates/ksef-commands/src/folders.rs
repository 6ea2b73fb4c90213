use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::{NextStep, Problem};

/// Where the program keeps what is not secret: archive, settings, logs, the sandbox's state.
#[derive(Debug, Clone)]
pub(crate) struct Folders {
    root: PathBuf,
}

impl Folders {
    /// The folder that the system has for such data, or the one that is named.
    ///
    /// # Errors
    /// When the system tells no home folder, or the folder cannot be made.
    pub(crate) fn open(named: Option<PathBuf>) -> Result<Self, Problem> {
        let own =
            || ProjectDirs::from("pl", "Okienko", "Okienko").map(|dirs| dirs.data_local_dir().to_owned());
        let root = named
            .or_else(own)
            .ok_or_else(|| Problem::new("program.noHomeFolder", NextStep::ContactSupport))?;
        private::create(&root).map_err(|error| {
            Problem::new("program.dataFolder", NextStep::ContactSupport)
                .with("folder", root.display().to_string())
                .technical(error.to_string())
        })?;
        Ok(Self { root })
    }

    /// The folder itself.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The SQLite archive.
    pub(crate) fn archive(&self) -> PathBuf {
        self.root.join("archiwum.sqlite")
    }

    /// Language, appearance, the company opened last.
    pub(crate) fn settings(&self) -> PathBuf {
        self.root.join("ustawienia.json")
    }

    /// Says by being there that the program has a lock; the password's hash is in the keychain.
    pub(crate) fn lock_marker(&self) -> PathBuf {
        self.root.join("blokada")
    }

    /// Logs, one file a day.
    pub(crate) fn logs(&self) -> PathBuf {
        self.root.join("dziennik")
    }

    /// The state of the sandbox's simulator.
    pub(crate) fn sandbox(&self) -> PathBuf {
        self.root.join("piaskownica")
    }
}

/// Invoices are other people's business data: only the person themself may read the folder.
mod private {
    use std::path::Path;

    #[cfg(unix)]
    pub(super) fn create(folder: &Path) -> std::io::Result<()> {
        use std::os::unix::fs::DirBuilderExt as _;
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
    }

    /// On Windows the profile's folder already belongs to its user alone.
    #[cfg(not(unix))]
    pub(super) fn create(folder: &Path) -> std::io::Result<()> {
        std::fs::create_dir_all(folder)
    }
}
