use ksef_types::{SecretBytes, SecretText};

use super::file_problem::KeyProblem;
use super::legacy::LegacyProtection;
use super::private_key::PrivateKey;

/// A private key as a file holds it, perhaps encrypted; seen to be whole, not yet opened.
#[derive(Debug, Clone)]
pub struct KeyFile {
    der: SecretBytes,
    form: KeyForm,
}

/// How the key is written.
#[derive(Debug, Clone)]
pub(super) enum KeyForm {
    /// PKCS#8 PrivateKeyInfo, PKCS#1 or SEC1, unencrypted.
    Open,
    /// PKCS#8 EncryptedPrivateKeyInfo.
    EncryptedPkcs8,
    /// PKCS#1 or SEC1, encrypted the old way (`Proc-Type: 4,ENCRYPTED`).
    Legacy(LegacyProtection),
}

impl KeyFile {
    pub(super) fn new(der: SecretBytes, form: KeyForm) -> Self {
        Self { der, form }
    }

    /// Whether a password is needed to open it.
    #[must_use]
    pub const fn needs_password(&self) -> bool {
        !matches!(self.form, KeyForm::Open)
    }

    /// Opens the key. A password given for a key that is not encrypted is not looked at.
    ///
    /// # Errors
    /// [`KeyProblem`]. The file was seen to be whole before, so a failed decryption means the password.
    pub fn open(&self, password: Option<&SecretText>) -> Result<PrivateKey, KeyProblem> {
        todo!()
    }
}
