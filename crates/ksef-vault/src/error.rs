/// Why the keychain did not do what was asked. Nothing is kept elsewhere instead.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// There is no keychain: on Linux no D-Bus session or no Secret Service (gnome-keyring, KWallet) on it.
    ///
    /// On the first call the program connects once; a keychain that appears later needs a new start of the program.
    #[error("this computer offers no keychain")]
    NoKeychain,
    /// The keychain is there and locked, and was not unlocked.
    #[error("the keychain is locked")]
    Locked,
    /// The person, or the system's rules, refused access.
    #[error("access to the keychain was denied")]
    Denied,
    /// More bytes than the keychains of all systems hold in one entry.
    #[error("{bytes} bytes are too many for one entry of the keychain, which holds {limit}")]
    TooLarge {
        /// What was to be stored.
        bytes: usize,
        /// What fits.
        limit: usize,
    },
    /// A secret is there only in part, or is not readable. Storing it anew or removing it repairs the place.
    #[error("the entry in the keychain is damaged: {0}")]
    Damaged(DamagedEntry),
    /// No key, or no certificate, waits in the place from which one was to be taken.
    #[error("nothing waits in this place")]
    NotFound,
    /// The certificate belongs to another key than the one that waits for it. Nothing was changed.
    #[error("the certificate belongs to another key")]
    NotAPair,
    /// A token was asked of a place for certificates, a waiting key of one where none waits, or the other way round.
    #[error("this place holds another kind of secret")]
    WrongSlot,
    /// Something else, in the words of the system's keychain, which never contain the secret.
    #[error("the keychain failed: {0}")]
    Other(String),
}

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DamagedEntry {
    /// A key without its certificate: writing was cut short.
    #[error("the certificate is missing")]
    CertificateMissing,
    /// A certificate without its key.
    #[error("the key is missing")]
    KeyMissing,
    /// The bytes of the certificate are none.
    #[error("the certificate is unreadable")]
    Certificate,
    /// The bytes of the key are none.
    #[error("the key is unreadable")]
    Key,
    /// Key and certificate of two different credentials: writing was cut short.
    #[error("key and certificate do not belong together")]
    NotAPair,
    /// The text of the token is none.
    #[error("the token is unreadable")]
    Token,
    /// The hash of the program's lock is no text.
    #[error("the lock of the program is unreadable")]
    AppLock,
}
