use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use crate::ArchiveError;

/// The right to do something that only one process at a time may do: to send for one company in one environment, or to work on its
/// request for a certificate of one kind.
///
/// It is a lock of the operating system on a file beside the database: it ends with the process, however that ends, and does not
/// run out while the computer sleeps, as a time stamp would.
#[derive(Debug)]
pub struct Lease {
    file: File,
}

impl Lease {
    pub(crate) fn take(database: &Path, of: &str) -> Result<Option<Self>, ArchiveError> {
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .read(true)
            .open(lock_file(database, of))
            .map_err(ArchiveError::Lock)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(ArchiveError::Lock(error)),
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Err(error) = self.file.unlock() {
            tracing::warn!(%error, "a lease was not given back; it ends with the process");
        }
    }
}

fn lock_file(database: &Path, of: &str) -> PathBuf {
    let mut name = database.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{of}.lock"));
    database.with_file_name(name)
}
