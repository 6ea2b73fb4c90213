use ksef_vault::VaultError;
use serde::{Deserialize, Serialize};

/// Why the system's password store did not keep or give a secret. Nothing is kept elsewhere instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum KeychainProblem {
    /// The system has no password store, or it does not run.
    #[error("there is no password store")]
    NoService,
    /// The store is locked.
    #[error("the password store is locked")]
    Locked,
    /// A person cancelled the question of the store, or the system denied the access.
    #[error("access to the password store was denied")]
    Denied,
    /// The secret is larger than the store takes.
    #[error("the secret is too large for the password store")]
    TooLarge,
    /// The entry is there, but what it holds is not what was put there.
    #[error("the entry in the password store is damaged")]
    Damaged,
    /// Something else went wrong in the store.
    #[error("the password store failed")]
    Other,
}

impl From<VaultError> for KeychainProblem {
    fn from(error: VaultError) -> Self {
        // The words of the system's keychain; they hold no secret.
        tracing::warn!(%error, "the keychain refused");
        match error {
            VaultError::NoKeychain => Self::NoService,
            VaultError::Locked => Self::Locked,
            VaultError::Denied => Self::Denied,
            VaultError::TooLarge { .. } => Self::TooLarge,
            VaultError::Damaged(_) => Self::Damaged,
            VaultError::WrongSlot | VaultError::NotFound | VaultError::NotAPair | VaultError::Other(_) => {
                Self::Other
            }
        }
    }
}
