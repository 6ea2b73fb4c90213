use ksef_types::{SecretBytes, SecretText};
use openssl::pkey::PKey;

use super::der::{Reader, tag};
use super::file_problem::{FileProblem, KeyProblem};
use super::legacy::{LegacyKey, hand_over};
use super::private_key::PrivateKey;
use super::protection::{Protection, judge, legacy_ciphers};

/// A private key as a file holds it, perhaps encrypted; seen to be whole, not yet opened.
#[derive(Debug, Clone)]
pub struct KeyFile(Form);

#[derive(Debug, Clone)]
enum Form {
    /// PKCS#8, PKCS#1 or SEC1 without encryption: opened when it was read.
    Open(PrivateKey),
    /// PKCS#8 EncryptedPrivateKeyInfo.
    Pkcs8 { der: SecretBytes, protection: Result<Protection, KeyProblem> },
    /// PKCS#1 or SEC1, encrypted the old way.
    Legacy(LegacyKey),
}

impl KeyFile {
    /// Whether a password is needed to open it.
    #[must_use]
    pub const fn needs_password(&self) -> bool {
        !matches!(self.0, Form::Open(_))
    }

    /// Opens the key. A password given for a key that is not encrypted is not looked at.
    ///
    /// # Errors
    /// [`KeyProblem`]. The file was seen to be whole before, so a failed decryption means the password.
    pub fn open(&self, password: Option<&SecretText>) -> Result<PrivateKey, KeyProblem> {
        if let Form::Open(key) = &self.0 {
            return Ok(key.clone());
        }
        // Exposed to see whether there is one.
        let password = password.filter(|text| !text.expose().is_empty()).ok_or(KeyProblem::PasswordNeeded)?;
        match &self.0 {
            Form::Open(key) => Ok(key.clone()),
            Form::Pkcs8 { der, protection } => open_pkcs8(der, protection.as_ref(), password),
            Form::Legacy(key) => key.open(password),
        }
    }

    /// A key without encryption, in any of its three forms.
    pub(super) fn read_open(der: &[u8]) -> Result<Self, FileProblem> {
        let key = PKey::private_key_from_der(der).map_err(|_| FileProblem::Damaged)?;
        Ok(Self(Form::Open(PrivateKey::from_openssl(key))))
    }

    /// EncryptedPrivateKeyInfo ::= SEQUENCE { encryptionAlgorithm, encryptedData OCTET STRING }
    pub(super) fn read_encrypted(der: &[u8]) -> Result<Self, FileProblem> {
        let parts = || {
            let mut inside = Reader::new(der).expect(tag::SEQUENCE)?.inside();
            let algorithm = inside.expect(tag::SEQUENCE)?;
            let data = inside.expect(tag::OCTET_STRING)?;
            inside.is_empty().then_some((algorithm, data))
        };
        let (algorithm, data) = parts().ok_or(FileProblem::Damaged)?;
        let protection = judge(&algorithm);
        let block = protection.as_ref().map_or(1, |protection| protection.block);
        let whole_blocks = !data.content.is_empty() && data.content.len().is_multiple_of(block);
        if protection == Err(KeyProblem::Damaged) || !whole_blocks {
            return Err(FileProblem::Damaged);
        }
        Ok(Self(Form::Pkcs8 { der: SecretBytes::new(der.to_vec()), protection }))
    }

    pub(super) const fn legacy(key: LegacyKey) -> Self {
        Self(Form::Legacy(key))
    }

    /// Whether two are the same, as far as can be told without a password.
    pub(super) fn same_as(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Form::Open(one), Form::Open(two)) => one.raw().public_eq(two.raw()),
            // Exposed to be compared; both are encrypted.
            (Form::Pkcs8 { der: one, .. }, Form::Pkcs8 { der: two, .. }) => one.expose() == two.expose(),
            _ => false,
        }
    }
}

fn open_pkcs8(
    der: &SecretBytes,
    protection: Result<&Protection, &KeyProblem>,
    password: &SecretText,
) -> Result<PrivateKey, KeyProblem> {
    let protection = protection.map_err(Clone::clone)?;
    let unsupported = |_| KeyProblem::UnsupportedEncryption { scheme: "legacy".to_owned() };
    let _old_ciphers = legacy_ciphers(protection.legacy).map_err(unsupported)?;
    // Exposed to be decrypted.
    PKey::private_key_from_pkcs8_callback(der.expose(), |buffer| Ok(hand_over(password, buffer)))
        .map(PrivateKey::from_openssl)
        .map_err(|_| KeyProblem::WrongPassword)
}
