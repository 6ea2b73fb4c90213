//! People who sign with something else than a certificate of KSeF.

use chrono::{DateTime, Duration, Utc};
use ksef_crypto::OsRandomness;
use ksef_types::{Nip, ReferenceNumber};
use serde::Deserialize;

use super::certificates::shortened;
use super::making::Making;
use super::{CertificateOwner, Control, ControlError, KeyAlgorithm, MadeCertificate};
use crate::judge::authority::{CertificateKind, CertificateSubject, PersonIdentifier};
use crate::judge::jwt::REFRESH_DAYS;
use crate::judge::{ProfileOwner, Quality};
use crate::model::{Authentication, AuthenticationPlan, Method, PersonId};
use crate::process::succeeded;
use crate::rights;

/// Whom a certificate from elsewhere is for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SignerOwner {
    /// A company that was made: its seal.
    Company(Nip),
    /// A person that was made.
    Person(PersonId),
    /// Somebody from another country whose certificate has neither PESEL nor NIP: known by its fingerprint.
    #[serde(rename_all = "camelCase")]
    Foreigner {
        /// First name.
        given_name: String,
        /// Family name.
        surname: String,
        /// Two letters.
        country: String,
    },
}

/// A certificate from a simulated trust service.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewSigner {
    /// What it is.
    pub quality: Quality,
    /// Whom it is for.
    pub owner: SignerOwner,
    #[serde(flatten)]
    making: Making,
}

impl NewSigner {
    /// With a key on P-256, valid for two years, with a password made up.
    #[must_use]
    pub const fn new(quality: Quality, owner: SignerOwner) -> Self {
        Self { quality, owner, making: Making::USUAL }
    }

    /// The same, valid from and to.
    #[must_use]
    pub fn valid(self, from: DateTime<Utc>, to: DateTime<Utc>) -> Self {
        Self { making: Making { valid_from: Some(from), valid_to: Some(to), ..self.making }, ..self }
    }

    /// The same with another key.
    #[must_use]
    pub fn with_key(self, key: KeyAlgorithm) -> Self {
        Self { making: Making { key, ..self.making }, ..self }
    }
}

impl Control {
    /// Makes a qualified certificate or one for an identity card, with its key. [`Control::revoke_certificate`] and its
    /// like work on it as on the others.
    ///
    /// # Errors
    /// When the owner was not made, gets no such certificate (a seal is a company's, an identity card is that of a person
    /// with PESEL), or the password is one that the portal would not take.
    pub fn make_signer(&self, wanted: NewSigner) -> Result<MadeCertificate, ControlError> {
        let subject = self.named(wanted.quality, wanted.owner)?;
        let kind = CertificateKind::Authentication;
        let (request, password) = wanted.making.request(subject, kind, self.0.now())?;
        let issued = self.0.keys().trust.issue(wanted.quality, &request, &OsRandomness)?;
        let key = issued.encrypted_key(&password)?;
        Ok(MadeCertificate { crt: issued.crt()?, key, password, serial: issued.serial().clone() })
    }

    fn named(&self, quality: Quality, owner: SignerOwner) -> Result<CertificateSubject, ControlError> {
        let subject = match (quality, owner) {
            (Quality::QualifiedSeal, SignerOwner::Company(nip)) => {
                self.subject(CertificateOwner::Company(nip))?
            }
            (Quality::QualifiedSeal, _) => {
                return Err(ControlError::NoSuchSigner("a seal is a company's"));
            }
            (_, SignerOwner::Company(_)) => {
                return Err(ControlError::NoSuchSigner("a company has a seal, no signature"));
            }
            (_, SignerOwner::Person(id)) => self.subject(CertificateOwner::Person(id))?,
            (_, SignerOwner::Foreigner { given_name, surname, country }) => {
                if country.len() != 2 || !country.bytes().all(|letter| letter.is_ascii_uppercase()) {
                    return Err(ControlError::NoSuchSigner("a country is two capital letters"));
                }
                CertificateSubject::Foreigner {
                    given_name: shortened(&given_name),
                    surname: shortened(&surname),
                    country,
                }
            }
        };
        let by_pesel =
            matches!(&subject, CertificateSubject::Person { identifier: PersonIdentifier::Pesel(_), .. });
        if quality == Quality::PersonalSignature && !by_pesel {
            return Err(ControlError::NoSuchSigner("an identity card is that of a person with PESEL"));
        }
        Ok(subject)
    }

    /// Signs a request as the government's page does for a person with Profil Zaufany: with the ministry's seal, the person
    /// in the signed role.
    ///
    /// # Errors
    /// When the person was not made or is not known by PESEL; when the document is nothing to sign.
    pub fn sign_by_trusted_profile(
        &self,
        person: PersonId,
        document: &[u8],
    ) -> Result<Vec<u8>, ControlError> {
        let PersonId::Pesel(pesel) = person else {
            return Err(ControlError::NoSuchSigner("Profil Zaufany is that of a person with PESEL"));
        };
        let found = self.0.look(|state| state.people.get(&person.subject().value).cloned())?;
        let found = found.filter(|row| row.id == person).ok_or(ControlError::NoPerson)?;
        let owner =
            ProfileOwner { pesel: Some(&pesel), given_name: &found.given_name, surname: &found.surname };
        Ok(self.0.keys().trust.sign_by_profile(document, owner, self.0.now())?)
    }

    /// Logs a person in at the ministry's portal by login.gov.pl: one more session in the list of the active ones, with
    /// the category `NationalNode`, which no login over the API has. Answers its number.
    ///
    /// # Errors
    /// When the person may do nothing there.
    pub fn log_in_at_portal(&self, person: PersonId, nip: Nip) -> Result<ReferenceNumber, ControlError> {
        let world = &self.0;
        let (subject, context) = (person.subject(), nip.into());
        let now = world.now();
        let permissions = world.look(|state| rights::effective(state, &subject, &context))?;
        if permissions.is_empty() {
            return Err(ControlError::NoSuchSigner("the person may do nothing in that company"));
        }
        let reference = world.chance.reference(world.today(), ['A', 'U']);
        let row = Authentication {
            reference: reference.clone(),
            context,
            subject,
            method: Method::NationalNode,
            permissions,
            allowed_ips: Vec::new(),
            started: now,
            plan: AuthenticationPlan::Succeed,
            status: succeeded(),
            redeemed: true,
            refresh_valid_until: Some(now + Duration::days(REFRESH_DAYS)),
            last_refresh: None,
            access: Vec::new(),
            looks: 0,
            identity: None,
            certificate: None,
        };
        world.change(|state| state.authentications.put(reference.as_str(), row))?;
        Ok(reference)
    }
}
