use keyring::v1::Entry;
use ksef_types::SecretBytes;

use crate::VaultError;
use crate::account::SERVICE;
use crate::entries::Entries;

/// The keychain of the operating system: Credential Manager, Keychain, Secret Service.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsVault;

impl OsVault {
    /// The keychain of the person who runs the program.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }
}

impl Entries for OsVault {
    fn write(&self, account: &str, secret: &SecretBytes) -> Result<(), VaultError> {
        // Exposed to be handed to the keychain.
        entry(account)?.set_secret(secret.expose()).map_err(failure)
    }

    fn read(&self, account: &str) -> Result<Option<SecretBytes>, VaultError> {
        match entry(account)?.get_secret() {
            Ok(secret) => Ok(Some(SecretBytes::new(secret))),
            Err(keyring::v1::Error::NoEntry) => Ok(None),
            Err(error) => Err(failure(error)),
        }
    }

    fn delete(&self, account: &str) -> Result<(), VaultError> {
        match entry(account)?.delete_credential() {
            Ok(()) | Err(keyring::v1::Error::NoEntry) => Ok(()),
            Err(error) => Err(failure(error)),
        }
    }
}

fn entry(account: &str) -> Result<Entry, VaultError> {
    Entry::new(SERVICE, account).map_err(failure)
}

fn failure(error: keyring::v1::Error) -> VaultError {
    VaultError::Other(error.to_string())
}
