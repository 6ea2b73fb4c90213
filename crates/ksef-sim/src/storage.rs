//! Files that are too large for the state: parts of batches and of exports.

use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use ksef_types::ReferenceNumber;
use tempfile::TempDir;

/// A folder with the parts; beside the journal, or a temporary one that goes with the simulator.
#[derive(Debug)]
pub(crate) struct Storage {
    folder: PathBuf,
    _temporary: Option<TempDir>,
}

/// Whose part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// As it was sent.
    BatchPart,
    /// As it can be downloaded.
    ExportPart,
}

impl Kept {
    const fn word(self) -> &'static str {
        match self {
            Self::BatchPart => "batch",
            Self::ExportPart => "export",
        }
    }
}

impl Storage {
    /// In the folder of the state, or in a new temporary one.
    pub(crate) fn open(state: Option<&Path>) -> io::Result<Self> {
        match state {
            Some(state) => {
                let folder = state.join("parts");
                fs::create_dir_all(&folder)?;
                Ok(Self { folder, _temporary: None })
            }
            None => {
                let temporary = tempfile::Builder::new().prefix("ksef-sim-").tempdir()?;
                Ok(Self { folder: temporary.path().to_owned(), _temporary: Some(temporary) })
            }
        }
    }

    /// Where a part lies. Names are made of numbers that the simulator gave.
    pub(crate) fn path(&self, kept: Kept, reference: &ReferenceNumber, ordinal: u32) -> PathBuf {
        self.folder.join(format!("{}-{reference}-{ordinal}", kept.word()))
    }

    /// A file that has no name yet.
    pub(crate) fn unnamed(&self) -> io::Result<File> {
        tempfile::tempfile_in(&self.folder)
    }

    /// A file beside the parts that gets its name when it is whole.
    pub(crate) fn beside(&self) -> io::Result<tempfile::NamedTempFile> {
        tempfile::NamedTempFile::new_in(&self.folder)
    }

    pub(crate) fn read(
        &self,
        kept: Kept,
        reference: &ReferenceNumber,
        ordinal: u32,
    ) -> io::Result<BufReader<File>> {
        Ok(BufReader::new(File::open(self.path(kept, reference, ordinal))?))
    }

    /// Forgets a part; one that is not there is forgotten already.
    pub(crate) fn remove(&self, kept: Kept, reference: &ReferenceNumber, ordinal: u32) {
        if let Err(failure) = fs::remove_file(self.path(kept, reference, ordinal))
            && failure.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%failure, "a part stays in the storage");
        }
    }
}
