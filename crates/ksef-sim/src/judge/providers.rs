//! Simulated trust services: who stands behind certificates that are not KSeF's own.
//!
//! Three issue what people sign with in the real system: a qualified provider (signatures of people, seals of firms), the
//! ministry of the interior (the personal signature on an identity card), and the seal of Profil Zaufany, with which the
//! ministry of digital affairs signs for people. All of them are trusted, whether self-signed certificates are or not.

use chrono::{DateTime, Utc};
use ksef_types::Randomness;
use openssl::pkey::{PKey, Private};
use openssl::x509::extension::KeyUsage;
use openssl::x509::{X509, X509Ref};
use serde::{Deserialize, Serialize};

use super::authority::{CertificateRequest, IssuedCertificate, issue};
use super::issuer::{Issuer, IssuerState, Marks, name_of, pair_from_state, pair_to_state};
use super::keys::DamagedState;
use super::openssl_parts::{CryptoFailed, KeyAlgorithm, new_key};
use super::qualities::Quality;

/// Names of the seal of Profil Zaufany. The NIP is that of the ministry of digital affairs, as on the real seal.
const SEAL: [(&str, &str); 4] = [
    ("C", "PL"),
    ("O", "Ministerstwo Cyfryzacji (symulator)"),
    ("2.5.4.97", "VATPL-5252955037"),
    ("CN", "Minister do spraw informatyzacji - pieczęć podpisu zaufanego"),
];

/// The simulated trust services.
#[derive(Debug)]
pub struct TrustServices {
    qualified: Issuer,
    personal: Issuer,
    seal: ProfileSeal,
}

/// The certificate and the key with which Profil Zaufany signs.
#[derive(Debug)]
pub(super) struct ProfileSeal {
    pub(super) certificate: X509,
    pub(super) key: PKey<Private>,
}

/// The services as a state file holds them, with their private keys (of the simulator, worth nothing elsewhere).
#[derive(Clone, Serialize, Deserialize)]
pub struct TrustServicesState {
    qualified: IssuerState,
    personal: IssuerState,
    seal: IssuerState,
}

/// Which of the services a certificate names as its issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Provider {
    Qualified,
    Personal,
}

impl TrustServices {
    /// New ones, with keys on P-256.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn create(now: DateTime<Utc>, random: &dyn Randomness) -> Result<Self, CryptoFailed> {
        let qualified = [
            ("C", "PL"),
            ("O", "Kwalifikowany dostawca usług zaufania (symulator)"),
            ("CN", "Kwalifikowane centrum certyfikacji (symulator)"),
        ];
        let personal = [
            ("C", "PL"),
            ("O", "Ministerstwo Spraw Wewnętrznych i Administracji (symulator)"),
            ("CN", "Podpis osobisty - centrum certyfikacji (symulator)"),
        ];
        let qualified = Issuer::create(&qualified, now, random)?;
        let key = new_key(KeyAlgorithm::P256)?;
        let from = now - chrono::Duration::days(1);
        let validity = (from, super::issuer::months_later(from, super::issuer::ISSUER_MONTHS));
        let marks = marks(Quality::QualifiedSeal);
        let name = name_of(&SEAL)?;
        let certificate = qualified.sign(&name, &key, &marks, validity, random)?;
        let personal = Issuer::create(&personal, now, random)?;
        Ok(Self { qualified, personal, seal: ProfileSeal { certificate, key } })
    }

    /// Makes a key and a certificate of that quality for it, by whoever issues such ones.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn issue(
        &self,
        quality: Quality,
        request: &CertificateRequest,
        random: &dyn Randomness,
    ) -> Result<IssuedCertificate, CryptoFailed> {
        let issuer = match quality {
            Quality::QualifiedSignature | Quality::QualifiedSeal => &self.qualified,
            Quality::PersonalSignature => &self.personal,
        };
        issue(issuer, request, &marks(quality), request.validity(), random)
    }

    /// Which of them the certificate names.
    pub(super) fn named_by(&self, certificate: &X509Ref) -> Option<Provider> {
        if self.qualified.is_named_by(certificate) {
            Some(Provider::Qualified)
        } else {
            self.personal.is_named_by(certificate).then_some(Provider::Personal)
        }
    }

    /// Whether the one that is named really signed it.
    pub(super) fn signed(&self, provider: Provider, certificate: &X509Ref) -> bool {
        match provider {
            Provider::Qualified => self.qualified.signed(certificate),
            Provider::Personal => self.personal.signed(certificate),
        }
    }

    pub(super) const fn seal(&self) -> &ProfileSeal {
        &self.seal
    }

    /// Whether it is the very certificate with which Profil Zaufany signs.
    pub(super) fn is_profile_seal(&self, der: &[u8]) -> bool {
        self.seal.certificate.to_der().is_ok_and(|seal| seal == der)
    }

    /// For the state folder.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn to_state(&self) -> Result<TrustServicesState, CryptoFailed> {
        Ok(TrustServicesState {
            qualified: self.qualified.to_state()?,
            personal: self.personal.to_state()?,
            seal: pair_to_state(&self.seal.certificate, &self.seal.key)?,
        })
    }

    /// From the state folder.
    ///
    /// # Errors
    /// When the state is damaged.
    pub fn from_state(state: &TrustServicesState) -> Result<Self, DamagedState> {
        let (certificate, key) = pair_from_state(&state.seal)?;
        Ok(Self {
            qualified: Issuer::from_state(&state.qualified)?,
            personal: Issuer::from_state(&state.personal)?,
            seal: ProfileSeal { certificate, key },
        })
    }
}

/// Real ones are for nonRepudiation alone: what is signed with them binds.
fn marks(quality: Quality) -> Marks {
    let mut usage = KeyUsage::new();
    usage.critical().non_repudiation();
    Marks { usage, others: quality.extensions() }
}
