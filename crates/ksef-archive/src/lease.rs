use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use ksef_types::{Environment, Nip};

use crate::ArchiveError;

/// The right to send for one company in one environment; one process at a time has it.
///
/// It is a lock of the operating system on a file beside the database: it ends with the process, however that ends, and does not
/// run out while the computer sleeps, as a time stamp would.
#[derive(Debug)]
pub struct Lease {
    file: File,
}

impl Lease {
    pub(crate) fn take(
        database: &Path,
        company: Nip,
        environment: Environment,
    ) -> Result<Option<Self>, ArchiveError> {
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .read(true)
            .open(lock_file(database, company, environment))
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
            tracing::warn!(%error, "the lease on an outbox was not given back; it ends with the process");
        }
    }
}

fn lock_file(database: &Path, company: Nip, environment: Environment) -> PathBuf {
    let mut name = database.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{company}-{environment}.lock"));
    database.with_file_name(name)
}
