//! A vault over anything that keeps bytes under a name: the order of writing, what counts as damage.

use ksef_crypto::{Certificate, Credential, PrivateKey};
use ksef_types::{Environment, KsefToken, Nip, SecretBytes, SecretText};

use crate::account::{APP_LOCK, Part, account};
use crate::{CredentialKey, DamagedEntry, Held, Holding, Slot, Vault, VaultError};

/// What the smallest of the three systems' keychains, that of Windows, holds in one entry. The same limit is kept
/// everywhere, so that what can be stored on one computer can be stored on the next. RSA 4096 has 2375 bytes.
pub(crate) const ENTRY_BYTES: usize = 2560;

/// Bytes under a name, each written whole or not at all: what a keychain must be able to do to be a [`Vault`].
pub trait Entries: Send + Sync {
    /// Keeps them; replaces what was there.
    ///
    /// # Errors
    /// [`VaultError`].
    fn write(&self, account: &str, secret: &SecretBytes) -> Result<(), VaultError>;

    /// Reads them; `None` where there is nothing.
    ///
    /// # Errors
    /// [`VaultError`].
    fn read(&self, account: &str) -> Result<Option<SecretBytes>, VaultError>;

    /// Forgets them; no error where there is nothing.
    ///
    /// # Errors
    /// [`VaultError`].
    fn delete(&self, account: &str) -> Result<(), VaultError>;
}

impl<E: Entries> Vault for E {
    fn store_credential(&self, key: &CredentialKey, credential: &Credential) -> Result<(), VaultError> {
        if key.slot == Slot::Token {
            return Err(VaultError::WrongSlot);
        }
        let private_key =
            credential.key().to_pkcs8_der().map_err(|failure| VaultError::Other(failure.to_string()))?;
        let certificate = SecretBytes::new(credential.certificate().der().to_vec());
        fits(&private_key)?;
        fits(&certificate)?;
        // The old certificate goes first and the new one comes last: whatever cuts this short leaves a place
        // without a certificate, never one that looks whole.
        self.delete(&account(key, Part::Certificate))?;
        let written = self
            .write(&account(key, Part::Key), &private_key)
            .and_then(|()| self.write(&account(key, Part::Certificate), &certificate));
        if written.is_err() {
            // A key that nobody can use is not left behind. If this fails too, the place reads as damaged.
            let _ = self.remove(key);
        }
        written
    }

    fn credential(&self, key: &CredentialKey) -> Result<Option<Credential>, VaultError> {
        if key.slot == Slot::Token {
            return Err(VaultError::WrongSlot);
        }
        let damaged = |damage| Err(VaultError::Damaged(damage));
        match (self.read(&account(key, Part::Key))?, self.read(&account(key, Part::Certificate))?) {
            (None, None) => Ok(None),
            (Some(_), None) if key.slot.settled().is_some() => Ok(None),
            (Some(_), None) => damaged(DamagedEntry::CertificateMissing),
            (None, Some(_)) => damaged(DamagedEntry::KeyMissing),
            (Some(private_key), Some(certificate)) => {
                assemble(&private_key, &certificate).map(Some).map_err(VaultError::Damaged)
            }
        }
    }

    fn store_key(&self, key: &CredentialKey, private_key: &PrivateKey) -> Result<(), VaultError> {
        waiting(key)?;
        let secret = private_key.to_pkcs8_der().map_err(|failure| VaultError::Other(failure.to_string()))?;
        fits(&secret)?;
        // The certificate of an older key goes first: it would make the new key look damaged.
        self.delete(&account(key, Part::Certificate))?;
        self.write(&account(key, Part::Key), &secret)
    }

    fn key(&self, key: &CredentialKey) -> Result<Option<PrivateKey>, VaultError> {
        waiting(key)?;
        let Some(secret) = self.read(&account(key, Part::Key))? else { return Ok(None) };
        PrivateKey::from_pkcs8_der(&secret).map(Some).map_err(|_| VaultError::Damaged(DamagedEntry::Key))
    }

    fn store_certificate(&self, key: &CredentialKey, certificate: &Certificate) -> Result<(), VaultError> {
        let private_key = self.key(key)?.ok_or(VaultError::NotFound)?;
        if !private_key.belongs_to(certificate) {
            return Err(VaultError::NotAPair);
        }
        let bytes = SecretBytes::new(certificate.der().to_vec());
        fits(&bytes)?;
        self.write(&account(key, Part::Certificate), &bytes)
    }

    fn promote(&self, pending: &CredentialKey) -> Result<Credential, VaultError> {
        let place = pending.settled().ok_or(VaultError::WrongSlot)?;
        let credential = match self.credential(pending)? {
            Some(waiting) => {
                // The pair waits until it stands whole in its place; only then is it taken away from here.
                self.store_credential(&place, &waiting)?;
                waiting
            }
            // An earlier call was cut short while it took the pair away.
            None => {
                let key = Vault::key(self, pending)?.ok_or(VaultError::NotFound)?;
                let moved = self.credential(&place)?.filter(|moved| key.belongs_to(moved.certificate()));
                moved.ok_or(VaultError::NotFound)?
            }
        };
        self.remove(pending)?;
        Ok(credential)
    }

    fn store_token(&self, key: &CredentialKey, token: &KsefToken) -> Result<(), VaultError> {
        if key.slot != Slot::Token {
            return Err(VaultError::WrongSlot);
        }
        // Exposed to be stored; the copy is wiped.
        let secret = SecretBytes::new(token.secret().expose().as_bytes().to_vec());
        fits(&secret)?;
        self.write(&account(key, Part::Token), &secret)
    }

    fn token(&self, key: &CredentialKey) -> Result<Option<KsefToken>, VaultError> {
        if key.slot != Slot::Token {
            return Err(VaultError::WrongSlot);
        }
        let Some(secret) = self.read(&account(key, Part::Token))? else { return Ok(None) };
        // Exposed to be parsed; the copy is wiped.
        let text = std::str::from_utf8(secret.expose()).map(|text| SecretText::from(text.to_owned()));
        let token = text.ok().and_then(|text| KsefToken::parse(text.expose()).ok());
        token.map(Some).ok_or(VaultError::Damaged(DamagedEntry::Token))
    }

    fn remove(&self, key: &CredentialKey) -> Result<(), VaultError> {
        // The last written goes first, so that what is cut short reads as damaged, not as whole.
        Part::of(key.slot).iter().rev().try_for_each(|&part| self.delete(&account(key, part)))
    }

    fn store_app_lock(&self, hash: &SecretText) -> Result<(), VaultError> {
        // Exposed to be stored; the copy is wiped.
        let secret = SecretBytes::new(hash.expose().as_bytes().to_vec());
        fits(&secret)?;
        self.write(APP_LOCK, &secret)
    }

    fn app_lock(&self) -> Result<Option<SecretText>, VaultError> {
        let Some(secret) = self.read(APP_LOCK)? else { return Ok(None) };
        // Exposed to be read; the copy is wiped.
        let text = std::str::from_utf8(secret.expose()).map(|text| SecretText::from(text.to_owned()));
        text.map(Some).map_err(|_| VaultError::Damaged(DamagedEntry::AppLock))
    }

    fn remove_app_lock(&self) -> Result<(), VaultError> {
        self.delete(APP_LOCK)
    }

    fn remove_company(&self, company: Nip) -> Result<(), VaultError> {
        let keys = Environment::ALL.into_iter().flat_map(|environment| {
            Slot::ALL.into_iter().map(move |slot| CredentialKey::new(company, environment, slot))
        });
        let mut first_error = Ok(());
        for key in keys {
            match self.remove(&key) {
                Ok(()) => {}
                // It would be the same for every other entry, and each would ask the person again.
                Err(all @ (VaultError::NoKeychain | VaultError::Locked)) => return first_error.and(Err(all)),
                // One that fails does not keep the others alive.
                Err(one) => first_error = first_error.and(Err(one)),
            }
        }
        first_error
    }

    fn held(&self, company: Nip, environment: Environment) -> Result<Held, VaultError> {
        let key = |slot| CredentialKey::new(company, environment, slot);
        Ok(Held {
            authentication: holding(self.credential(&key(Slot::Authentication)))?,
            offline: holding(self.credential(&key(Slot::Offline)))?,
            token: holding(self.token(&key(Slot::Token)))?,
            pending_authentication: waits(self, &key(Slot::PendingAuthentication))?,
            pending_offline: waits(self, &key(Slot::PendingOffline))?,
        })
    }
}

/// What is in a waiting place: a key alone is enough.
fn waits(vault: &impl Vault, key: &CredentialKey) -> Result<Holding, VaultError> {
    match holding(vault.credential(key))? {
        Holding::Nothing => holding(vault.key(key)),
        found => Ok(found),
    }
}

/// Refuses places in which no key waits for its certificate.
fn waiting(key: &CredentialKey) -> Result<(), VaultError> {
    if key.slot.settled().is_some() { Ok(()) } else { Err(VaultError::WrongSlot) }
}

fn fits(secret: &SecretBytes) -> Result<(), VaultError> {
    // Exposed for its length only.
    let bytes = secret.expose().len();
    if bytes > ENTRY_BYTES { Err(VaultError::TooLarge { bytes, limit: ENTRY_BYTES }) } else { Ok(()) }
}

fn assemble(private_key: &SecretBytes, certificate: &SecretBytes) -> Result<Credential, DamagedEntry> {
    let private_key = PrivateKey::from_pkcs8_der(private_key).map_err(|_| DamagedEntry::Key)?;
    // Exposed to be parsed; a certificate is no secret.
    let certificate = Certificate::from_der(certificate.expose()).map_err(|_| DamagedEntry::Certificate)?;
    Credential::assemble(certificate, private_key).map_err(|_| DamagedEntry::NotAPair)
}

fn holding<T>(read: Result<Option<T>, VaultError>) -> Result<Holding, VaultError> {
    match read {
        Ok(None) => Ok(Holding::Nothing),
        Ok(Some(_)) => Ok(Holding::Whole),
        Err(VaultError::Damaged(_)) => Ok(Holding::Damaged),
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests;
