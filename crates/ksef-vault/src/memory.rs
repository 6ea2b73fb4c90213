use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ksef_types::SecretBytes;

use crate::VaultError;
use crate::entries::Entries;

/// A vault in memory, for tests: nothing of it outlives the value.
#[derive(Debug, Default)]
pub struct MemoryVault(Mutex<BTreeMap<String, SecretBytes>>);

impl MemoryVault {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn entries(&self) -> MutexGuard<'_, BTreeMap<String, SecretBytes>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entries for MemoryVault {
    fn write(&self, account: &str, secret: &SecretBytes) -> Result<(), VaultError> {
        self.entries().insert(account.to_owned(), secret.clone());
        Ok(())
    }

    fn read(&self, account: &str) -> Result<Option<SecretBytes>, VaultError> {
        Ok(self.entries().get(account).cloned())
    }

    fn delete(&self, account: &str) -> Result<(), VaultError> {
        self.entries().remove(account);
        Ok(())
    }
}
