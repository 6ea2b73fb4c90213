use std::fmt;

use ksef_types::{Randomness, SecretBytes};
use openssl::symm::{Cipher, Crypter, Mode};

use super::ministry_key::MinistryKey;
use crate::credentials::PrivateKey;
use crate::failure::CryptoFailure;

const KEY_BYTES: usize = 32;
const BLOCK_BYTES: usize = 16;

/// The AES-256 key and initialisation vector of one session, export or batch.
#[derive(Clone)]
pub struct SessionKey {
    key: SecretBytes,
    iv: [u8; BLOCK_BYTES],
}

/// Why bytes could not be decrypted.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DecryptionFailed {
    /// Nothing, or not a whole number of blocks of 16 bytes.
    #[error("{bytes} bytes are no whole number of blocks")]
    Length {
        /// How many there are.
        bytes: usize,
    },
    /// The padding at the end is wrong: another key, or changed bytes.
    #[error("encrypted with another key, or changed on the way")]
    Padding,
    /// OpenSSL failed.
    #[error(transparent)]
    Library(#[from] CryptoFailure),
}

/// Why a wrapped key could not be unwrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnwrapFailed {
    /// Wrapped for another key, in another way, or changed.
    #[error("the key was not wrapped for this private key")]
    Wrapping,
    /// What was wrapped does not have 32 bytes.
    #[error("an AES-256 key has 32 bytes, found {0}")]
    KeyLength(usize),
    /// The initialisation vector does not have 16 bytes.
    #[error("an initialisation vector has 16 bytes, found {0}")]
    IvLength(usize),
}

impl SessionKey {
    /// A new key and a new initialisation vector.
    #[must_use]
    pub fn generate(random: &dyn Randomness) -> Self {
        let mut key = vec![0; KEY_BYTES];
        let mut iv = [0; BLOCK_BYTES];
        random.fill(&mut key);
        random.fill(&mut iv);
        Self { key: SecretBytes::new(key), iv }
    }

    /// From known parts, such as a vector of a test or a session taken up again.
    ///
    /// # Errors
    /// When a length is wrong.
    pub fn from_parts(key: SecretBytes, iv: &[u8]) -> Result<Self, UnwrapFailed> {
        let found = key.expose().len();
        let iv = iv.try_into().map_err(|_| UnwrapFailed::IvLength(iv.len()))?;
        if found == KEY_BYTES { Ok(Self { key, iv }) } else { Err(UnwrapFailed::KeyLength(found)) }
    }

    /// The receiver's side: opens a wrapped key.
    ///
    /// # Errors
    /// [`UnwrapFailed`].
    pub fn unwrap_with(private_key: &PrivateKey, wrapped: &[u8], iv: &[u8]) -> Result<Self, UnwrapFailed> {
        let key = private_key.decrypt_oaep(wrapped).map_err(|_| UnwrapFailed::Wrapping)?;
        Self::from_parts(key, iv)
    }

    /// The key wrapped by RSA-OAEP with SHA-256 and MGF1-SHA-256: `encryption.encryptedSymmetricKey`, before Base64.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn wrap(&self, ministry: &MinistryKey) -> Result<Vec<u8>, CryptoFailure> {
        // Exposed to be encrypted.
        Ok(ministry.encrypt_oaep(self.key.expose())?)
    }

    /// The initialisation vector: `encryption.initializationVector`, before Base64. Not secret.
    #[must_use]
    pub const fn iv(&self) -> &[u8; BLOCK_BYTES] {
        &self.iv
    }

    /// AES-256-CBC with PKCS#7 padding: 1 to 16 bytes longer than the document.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn encrypt(&self, plain: &[u8]) -> Result<Vec<u8>, CryptoFailure> {
        Ok(openssl::symm::encrypt(Cipher::aes_256_cbc(), self.key.expose(), Some(&self.iv), plain)?)
    }

    /// The reverse of [`SessionKey::encrypt`].
    ///
    /// # Errors
    /// [`DecryptionFailed`]; the padding proves little, so compare the hash of what comes out.
    pub fn decrypt(&self, ciphertext: &[u8]) -> Result<Vec<u8>, DecryptionFailed> {
        let bytes = ciphertext.len();
        if bytes == 0 || !bytes.is_multiple_of(BLOCK_BYTES) {
            return Err(DecryptionFailed::Length { bytes });
        }
        let library = |stack| DecryptionFailed::Library(CryptoFailure::from(stack));
        let mut crypter =
            Crypter::new(Cipher::aes_256_cbc(), Mode::Decrypt, self.key.expose(), Some(&self.iv))
                .map_err(library)?;
        let mut plain = vec![0; bytes + BLOCK_BYTES];
        let written = crypter.update(ciphertext, &mut plain).map_err(library)?;
        let rest = crypter.finalize(&mut plain[written..]).map_err(|_| DecryptionFailed::Padding)?;
        plain.truncate(written + rest);
        Ok(plain)
    }
}

impl fmt::Debug for SessionKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SessionKey([secret])")
    }
}
