//! What all certificates that are made here have in common, whoever issues them.

use chrono::{DateTime, Duration, Utc};
use ksef_crypto::OsRandomness;
use ksef_types::{Randomness as _, SecretText};
use serde::Deserialize;

use super::ControlError;
use crate::judge::authority::{CertificateKind, CertificateRequest, CertificateSubject, KeyAlgorithm};

const SPECIAL: &str = "!@#$%^&*()-_+=";

/// The key of a certificate that is to be made, and how long it is valid.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Making {
    pub(super) key: KeyAlgorithm,
    /// Of the key file; one is made up where none is given.
    #[serde(deserialize_with = "password")]
    pub(super) password: Option<SecretText>,
    /// An hour ago where none is given.
    pub(super) valid_from: Option<DateTime<Utc>>,
    /// Two years after the start at most.
    pub(super) valid_to: Option<DateTime<Utc>>,
}

impl Default for Making {
    fn default() -> Self {
        Self::USUAL
    }
}

impl Making {
    /// P-256, valid for two years, with a password made up.
    pub(super) const USUAL: Self =
        Self { key: KeyAlgorithm::P256, password: None, valid_from: None, valid_to: None };

    /// What the issuer is asked for, and the password of the key file.
    pub(super) fn request(
        self,
        subject: CertificateSubject,
        kind: CertificateKind,
        now: DateTime<Utc>,
    ) -> Result<(CertificateRequest, SecretText), ControlError> {
        let password = self.password.unwrap_or_else(made_up);
        if !acceptable(&password) {
            return Err(ControlError::WeakPassword);
        }
        let valid_from = self.valid_from.unwrap_or_else(|| now - Duration::hours(1));
        let request =
            CertificateRequest { subject, kind, key: self.key, valid_from, valid_to: self.valid_to };
        Ok((request, password))
    }
}

fn password<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<SecretText>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.map(SecretText::from))
}

/// The portal's rule: 15 to 32 characters of which one is lower case, one upper case, one a digit, one special.
fn acceptable(password: &SecretText) -> bool {
    // Exposed to be measured.
    let text = password.expose();
    let special = |character: char| SPECIAL.contains(character);
    (15..=32).contains(&text.len())
        && text.chars().all(|character| character.is_ascii_alphanumeric() || special(character))
        && text.chars().any(|character| character.is_ascii_lowercase())
        && text.chars().any(|character| character.is_ascii_uppercase())
        && text.chars().any(|character| character.is_ascii_digit())
        && text.chars().any(special)
}

fn made_up() -> SecretText {
    let mut bytes = [0; 10];
    OsRandomness.fill(&mut bytes);
    SecretText::from(format!("Aa1-{}", hex::encode(bytes)))
}
