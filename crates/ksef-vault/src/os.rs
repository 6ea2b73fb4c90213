use keyring::v1::{Entry, Error};
use ksef_types::SecretBytes;

use crate::VaultError;
use crate::account::SERVICE;
use crate::entries::Entries;

mod failure;

/// The keychain of the operating system: Credential Manager, Keychain, Secret Service.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsVault;

impl OsVault {
    /// The keychain of the person who runs the program. Nothing is opened before the first call.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// Whether there is a keychain at all, locked or not. Asks nobody anything; the first call connects.
    ///
    /// # Errors
    /// [`VaultError::NoKeychain`].
    pub fn available(&self) -> Result<(), VaultError> {
        match Entry::store_status() {
            Ok(()) => Ok(()),
            Err(reason) => {
                tracing::warn!(%reason, "no keychain");
                Err(VaultError::NoKeychain)
            }
        }
    }
}

impl Entries for OsVault {
    fn write(&self, account: &str, secret: &SecretBytes) -> Result<(), VaultError> {
        // Exposed to be handed to the keychain.
        entry(account)?.set_secret(secret.expose()).map_err(failure::translate)
    }

    fn read(&self, account: &str) -> Result<Option<SecretBytes>, VaultError> {
        match entry(account)?.get_secret() {
            Ok(secret) => Ok(Some(SecretBytes::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(failure::translate(error)),
        }
    }

    fn delete(&self, account: &str) -> Result<(), VaultError> {
        match entry(account)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(failure::translate(error)),
        }
    }
}

fn entry(account: &str) -> Result<Entry, VaultError> {
    OsVault.available()?;
    Entry::new(SERVICE, account).map_err(failure::translate)
}
