//! Certificates as the portal hands them out.

use chrono::{DateTime, Utc};
use ksef_crypto::OsRandomness;
use ksef_types::{CertificateSerial, Nip, SecretText};
use serde::{Deserialize, Serialize};

use super::making::Making;
use super::{Control, ControlError};
pub use crate::judge::authority::{CertificateKind, KeyAlgorithm};
use crate::judge::authority::{CertificateSubject, IssuedCertificate, PersonIdentifier};
use crate::judge::revocation::RevocationList;
use crate::model::{Certificate, CertificateState, PersonId, Subject};
use crate::process::{change_withdrawn, key_name};

/// Whom a certificate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CertificateOwner {
    /// A company that was made: a seal with its NIP, the owner in its own context.
    Company(Nip),
    /// A person that was made.
    Person(PersonId),
}

/// A certificate to be made.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewCertificate {
    /// Whom it is for.
    pub owner: CertificateOwner,
    /// What it is for.
    #[serde(default = "authentication")]
    pub kind: CertificateKind,
    /// What is wrong with the key file, as people bring such files; nothing where none is given.
    #[serde(default)]
    pub damage: Option<Damage>,
    #[serde(flatten)]
    making: Making,
}

/// What is wrong with a key file although its password is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Damage {
    /// Its second half is missing.
    CutOff,
    /// A page of the portal was saved in its place.
    SavedAsHtml,
    /// The lines BEGIN and END are missing.
    HeaderLost,
    /// It belongs to another certificate; only a new pair helps.
    OtherKey,
}

const fn authentication() -> CertificateKind {
    CertificateKind::Authentication
}

impl NewCertificate {
    /// For authentication, P-256, valid for two years, with a password made up.
    #[must_use]
    pub const fn for_owner(owner: CertificateOwner) -> Self {
        Self { owner, kind: CertificateKind::Authentication, damage: None, making: Making::USUAL }
    }

    /// The same with a damaged key file.
    #[must_use]
    pub fn damaged(self, damage: Damage) -> Self {
        Self { damage: Some(damage), ..self }
    }

    /// The same with another kind.
    #[must_use]
    pub fn of_kind(self, kind: CertificateKind) -> Self {
        Self { kind, ..self }
    }

    /// The same with another key.
    #[must_use]
    pub fn with_key(self, key: KeyAlgorithm) -> Self {
        Self { making: Making { key, ..self.making }, ..self }
    }

    /// The same, valid from and to.
    #[must_use]
    pub fn valid(self, from: DateTime<Utc>, to: DateTime<Utc>) -> Self {
        Self { making: Making { valid_from: Some(from), valid_to: Some(to), ..self.making }, ..self }
    }
}

/// A certificate as the portal hands it out.
#[derive(Debug)]
pub struct MadeCertificate {
    /// Content of `NAME.crt`, PEM.
    pub crt: String,
    /// Content of `NAME.key`, PEM, PKCS#8, encrypted with the password.
    pub key: SecretText,
    /// The password.
    pub password: SecretText,
    /// 16 hex digits.
    pub serial: CertificateSerial,
}

impl Control {
    /// Makes a certificate with its key, as the portal hands them out.
    ///
    /// # Errors
    /// When the owner was not made, or the password is one that the portal would not take.
    pub fn make_certificate(&self, wanted: NewCertificate) -> Result<MadeCertificate, ControlError> {
        let subject = self.subject(wanted.owner)?;
        let (request, password) = wanted.making.request(subject, wanted.kind, self.0.now())?;
        let issued = self.0.keys().authority.issue(&request, &OsRandomness)?;
        self.remember(&wanted.owner, wanted.kind, &issued)?;
        let key = match wanted.damage {
            None => issued.encrypted_key(&password)?,
            Some(Damage::OtherKey) => {
                self.0.keys().authority.issue(&request, &OsRandomness)?.encrypted_key(&password)?
            }
            Some(damage) => damaged(&issued.encrypted_key(&password)?, damage),
        };
        Ok(MadeCertificate { crt: issued.crt()?, key, password, serial: issued.serial().clone() })
    }

    /// Its owner finds it in the list of certificates, as if the portal had been asked for it.
    fn remember(
        &self,
        owner: &CertificateOwner,
        kind: CertificateKind,
        issued: &IssuedCertificate,
    ) -> Result<(), ControlError> {
        let owner = match owner {
            CertificateOwner::Company(nip) => Subject::nip(nip),
            CertificateOwner::Person(id) => id.subject(),
        };
        let (valid_from, valid_to) = issued.validity();
        let row = Certificate {
            serial: issued.serial().clone(),
            name: "Certyfikat z symulatora".to_owned(),
            kind,
            owner,
            common_name: issued.common_name(),
            der: ksef_crypto::base64::encode(&issued.certificate_der()?),
            key_hash: key_name(&issued.key_hash()?),
            requested: self.0.now(),
            valid_from,
            valid_to,
            state: CertificateState::Active,
            revocation: None,
            last_use: None,
        };
        self.0.change(|state| state.certificates.put(issued.serial().as_str(), row))?;
        Ok(())
    }

    pub(super) fn subject(&self, owner: CertificateOwner) -> Result<CertificateSubject, ControlError> {
        match owner {
            CertificateOwner::Company(nip) => {
                let company = self.0.look(|state| state.companies.get(nip.as_str()).cloned())?;
                let company = company.ok_or(ControlError::NoCompany(nip))?;
                Ok(CertificateSubject::Seal { organisation: shortened(&company.name), nip })
            }
            CertificateOwner::Person(id) => {
                let person = self.0.look(|state| state.people.get(&id.subject().value).cloned())?;
                let person = person.filter(|person| person.id == id).ok_or(ControlError::NoPerson)?;
                let identifier = match id {
                    PersonId::Pesel(pesel) => PersonIdentifier::Pesel(pesel),
                    PersonId::Nip(nip) => PersonIdentifier::Nip(nip),
                };
                Ok(CertificateSubject::Person {
                    given_name: shortened(&person.given_name),
                    surname: shortened(&person.surname),
                    identifier,
                })
            }
        }
    }

    /// Revokes a certificate for good (460).
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn revoke_certificate(&self, serial: &CertificateSerial) -> Result<(), ControlError> {
        self.withdraw(serial, CertificateState::Revoked, |list| list.revoke(serial))
    }

    /// Suspends a certificate (460).
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn suspend_certificate(&self, serial: &CertificateSerial) -> Result<(), ControlError> {
        self.withdraw(serial, CertificateState::Blocked, |list| list.suspend(serial))
    }

    /// Lifts a suspension.
    ///
    /// # Errors
    /// When there was none.
    pub fn resume_certificate(&self, serial: &CertificateSerial) -> Result<(), ControlError> {
        let resumed = self.withdraw(serial, CertificateState::Active, |list| list.resume(serial))?;
        if resumed { Ok(()) } else { Err(ControlError::NotFound(serial.to_string())) }
    }

    /// What is revoked stays that.
    fn withdraw<T>(
        &self,
        serial: &CertificateSerial,
        becomes: CertificateState,
        change: impl FnOnce(&mut RevocationList) -> T,
    ) -> Result<T, ControlError> {
        let outcome = self.0.change(|state| {
            let outcome = change_withdrawn(state, change);
            if let Some(row) = state.certificates.change(serial.as_str())
                && row.state != CertificateState::Revoked
            {
                row.state = becomes;
            }
            outcome
        })?;
        Ok(outcome)
    }
}

/// The content of a key file as people bring it.
fn damaged(key: &SecretText, damage: Damage) -> SecretText {
    // Exposed to be spoilt.
    let text = key.expose();
    SecretText::from(match damage {
        Damage::CutOff => text.chars().take(text.len() / 2).collect(),
        Damage::SavedAsHtml => "<!DOCTYPE html><html><body>Pobieranie certyfikatu</body></html>".to_owned(),
        Damage::HeaderLost => text.lines().filter(|line| !line.starts_with("-----")).collect(),
        Damage::OtherKey => text.to_owned(),
    })
}

/// X.509 allows 64 characters for these parts of a name.
pub(super) fn shortened(name: &str) -> String {
    name.chars().take(64).collect()
}
