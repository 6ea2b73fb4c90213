//! A keychain that outlives the process, for tests: a file for each entry.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use ksef_types::SecretBytes;
use ksef_vault::{Entries, VaultError};

pub(crate) struct FileVault(PathBuf);

impl FileVault {
    /// In a folder beside the archive of that folder.
    pub(crate) fn in_folder(folder: &Path) -> Self {
        let entries = folder.join("pek-kluczy");
        std::fs::create_dir_all(&entries).unwrap();
        Self(entries)
    }

    fn file(&self, account: &str) -> PathBuf {
        self.0.join(account.replace('/', "_"))
    }
}

impl Entries for FileVault {
    fn write(&self, account: &str, secret: &SecretBytes) -> Result<(), VaultError> {
        // Under another name first: who is killed while he writes leaves the old entry whole.
        let unfinished = self.file(&format!("{account}.{}", std::process::id()));
        // Exposed to be kept: the secrets of tests are of value to nobody.
        std::fs::write(&unfinished, secret.expose()).map_err(failed)?;
        std::fs::rename(&unfinished, self.file(account)).map_err(failed)
    }

    fn read(&self, account: &str) -> Result<Option<SecretBytes>, VaultError> {
        match std::fs::read(self.file(account)) {
            Ok(bytes) => Ok(Some(SecretBytes::new(bytes))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    fn delete(&self, account: &str) -> Result<(), VaultError> {
        match std::fs::remove_file(self.file(account)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(failed(error)),
            _ => Ok(()),
        }
    }
}

fn failed(error: std::io::Error) -> VaultError {
    VaultError::Other(error.to_string())
}
