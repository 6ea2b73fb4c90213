use ksef_crypto::{Certificate, Credential, PrivateKey};
use ksef_types::{Environment, KsefToken, Nip, SecretText};

use crate::{CredentialKey, Held, VaultError};

/// Where the secrets of companies are. Every call may block; see the crate's documentation.
pub trait Vault: Send + Sync {
    /// Stores a certificate and its key; replaces what was in the place.
    ///
    /// # Errors
    /// [`VaultError`]; [`VaultError::WrongSlot`] for the token's place.
    fn store_credential(&self, key: &CredentialKey, credential: &Credential) -> Result<(), VaultError>;

    /// Reads a certificate and its key; `None` where there is nothing, and in a waiting place where the key is alone.
    ///
    /// # Errors
    /// [`VaultError`]; [`VaultError::Damaged`] when a part is missing or does not fit.
    fn credential(&self, key: &CredentialKey) -> Result<Option<Credential>, VaultError>;

    /// Stores a key that waits for its certificate; replaces what was in the place, certificate included.
    ///
    /// # Errors
    /// [`VaultError`]; [`VaultError::WrongSlot`] for a place in which nothing waits.
    fn store_key(&self, key: &CredentialKey, private_key: &PrivateKey) -> Result<(), VaultError>;

    /// Reads the key of a waiting place, with or without its certificate; `None` where there is nothing.
    ///
    /// # Errors
    /// [`VaultError`]; [`VaultError::WrongSlot`] for a place in which nothing waits.
    fn key(&self, key: &CredentialKey) -> Result<Option<PrivateKey>, VaultError>;

    /// Puts the certificate to the key that waits for it. The key stays where it is; [`Vault::credential`] then reads both.
    ///
    /// # Errors
    /// [`VaultError`]; [`VaultError::WrongSlot`] for a place in which nothing waits; [`VaultError::NotFound`] where no key waits;
    /// [`VaultError::NotAPair`] for the certificate of another key.
    fn store_certificate(&self, key: &CredentialKey, certificate: &Certificate) -> Result<(), VaultError>;

    /// Moves key and certificate from a waiting place to the place they are for, over what was there, and gives them.
    ///
    /// Whatever cuts this short, the pair stays readable in one of the two places, and the call can be repeated.
    ///
    /// # Errors
    /// [`VaultError`]; [`VaultError::WrongSlot`] for a place in which nothing waits; [`VaultError::NotFound`] where no key, or no
    /// certificate, waits.
    fn promote(&self, pending: &CredentialKey) -> Result<Credential, VaultError>;

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

    /// Stores the hash of the password that unlocks the program (a PHC string); it belongs to no company.
    ///
    /// # Errors
    /// [`VaultError`].
    fn store_app_lock(&self, hash: &SecretText) -> Result<(), VaultError>;

    /// The hash of the password that unlocks the program; `None` where the program has no lock.
    ///
    /// # Errors
    /// [`VaultError`]; [`VaultError::Damaged`] when it is no text.
    fn app_lock(&self) -> Result<Option<SecretText>, VaultError>;

    /// Takes the program's lock away; no error where there is none.
    ///
    /// # Errors
    /// [`VaultError`].
    fn remove_app_lock(&self) -> Result<(), VaultError>;

    /// Empties every place of a company in every environment, those in which keys wait included.
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
