use ksef_crypto::Credential;
use ksef_types::{Environment, KsefToken, Nip};

use crate::{CredentialKey, Held, VaultError};

/// Where the secrets of companies are. Every call may block; see the crate's documentation.
pub trait Vault: Send + Sync {
    /// Stores a certificate and its key; replaces what was in the place.
    ///
    /// # Errors
    /// [`VaultError`]; [`VaultError::WrongSlot`] for the token's place.
    fn store_credential(&self, key: &CredentialKey, credential: &Credential) -> Result<(), VaultError>;

    /// Reads a certificate and its key; `None` where there is nothing.
    ///
    /// # Errors
    /// [`VaultError`]; [`VaultError::Damaged`] when a part is missing or does not fit.
    fn credential(&self, key: &CredentialKey) -> Result<Option<Credential>, VaultError>;

    /// Stores a token; replaces what was in the place.
    ///
    /// # Errors
    /// [`VaultError`]; [`VaultError::WrongSlot`] for a place of certificates.
    fn store_token(&self, key: &CredentialKey, token: &KsefToken) -> Result<(), VaultError>;

    /// Reads a token; `None` where there is nothing.
    ///
    /// # Errors
    /// [`VaultError`].
    fn token(&self, key: &CredentialKey) -> Result<Option<KsefToken>, VaultError>;

    /// Empties a place, damaged or not; no error where there is nothing.
    ///
    /// # Errors
    /// [`VaultError`].
    fn remove(&self, key: &CredentialKey) -> Result<(), VaultError>;

    /// Empties every place of a company in every environment.
    ///
    /// # Errors
    /// [`VaultError`]; what could be removed is gone then, and the call can be repeated.
    fn remove_company(&self, company: Nip) -> Result<(), VaultError>;

    /// What a company has in an environment.
    ///
    /// # Errors
    /// [`VaultError`]; damage is a finding here, not an error.
    fn held(&self, company: Nip, environment: Environment) -> Result<Held, VaultError>;
}
