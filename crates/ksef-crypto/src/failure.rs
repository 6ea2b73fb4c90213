use openssl::error::ErrorStack;

use crate::KeyKind;

/// OpenSSL refused an operation that ought to work: memory, a broken build, a value no one foresaw.
///
/// Carries OpenSSL's own words for the log; they never contain a key.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the cryptographic library failed: {0}")]
pub struct CryptoFailure(#[from] ErrorStack);

/// Why something could not be signed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SigningFailed {
    /// A kind of key for which KSeF knows no signature: neither RSA nor elliptic.
    #[error("no signature for a key of the kind {0:?}")]
    KeyKind(KeyKind),
    /// KOD II is signed by a certificate of the kind Offline only.
    #[error("the certificate is not of the kind Offline")]
    NotOffline,
    /// OpenSSL failed.
    #[error(transparent)]
    Library(#[from] CryptoFailure),
}

impl From<ErrorStack> for SigningFailed {
    fn from(stack: ErrorStack) -> Self {
        Self::Library(stack.into())
    }
}
