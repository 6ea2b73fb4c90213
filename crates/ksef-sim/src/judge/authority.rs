//! The simulator's certificate authority: KSeF certificates for people and seals, as files and as bytes.

use chrono::{DateTime, Utc};
use ksef_types::{CertificateSerial, Nip, Pesel, Randomness, SecretBytes, SecretText, Sha256Hash};
use openssl::error::ErrorStack;
use openssl::pkey::{PKey, Private};
use openssl::symm::Cipher;
use openssl::x509::extension::KeyUsage;
use openssl::x509::{X509, X509Name, X509Ref};
use serde::{Deserialize, Serialize};

use super::identity::Identity;
use super::issuer::{Issuer, IssuerState, Marks, months_later, name_of, pem_text, serial_of};
pub use super::keys::DamagedState;
pub use super::openssl_parts::KeyAlgorithm;
use super::openssl_parts::{CryptoFailed, new_key, sha256};

/// KSeF certificates are valid for two years at most.
const MAX_MONTHS: u32 = 24;

/// The two kinds of KSeF certificates, never both in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CertificateKind {
    /// keyUsage digitalSignature
    Authentication,
    /// keyUsage nonRepudiation; only for KOD II.
    Offline,
}

/// By what number a person is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PersonIdentifier {
    /// `PNOPL-…`
    Pesel(Pesel),
    /// `TINPL-…`
    Nip(Nip),
}

/// Whom a certificate names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CertificateSubject {
    /// A person.
    #[serde(rename_all = "camelCase")]
    Person {
        /// Imię
        given_name: String,
        /// Nazwisko
        surname: String,
        /// PESEL or NIP
        identifier: PersonIdentifier,
    },
    /// A person whose certificate has neither PESEL nor NIP.
    #[serde(rename_all = "camelCase")]
    Foreigner {
        /// Imię
        given_name: String,
        /// Nazwisko
        surname: String,
        /// Two letters.
        country: String,
    },
    /// A company's seal.
    Seal {
        /// The company's name.
        organisation: String,
        /// Its NIP, `VATPL-…`
        nip: Nip,
    },
}

/// What is asked for. The validity is cut to two years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateRequest {
    /// Whom it names.
    pub subject: CertificateSubject,
    /// What it is for.
    pub kind: CertificateKind,
    /// Its key.
    pub key: KeyAlgorithm,
    /// Start of validity; may lie in the past or the future.
    pub valid_from: DateTime<Utc>,
    /// End of validity; `None` means two years.
    pub valid_to: Option<DateTime<Utc>>,
}

/// A certificate with its private key, as the portal would hand it out.
#[derive(Debug)]
pub struct IssuedCertificate {
    serial: CertificateSerial,
    certificate: X509,
    key: PKey<Private>,
    validity: (DateTime<Utc>, DateTime<Utc>),
}

/// A certificate for a key that somebody else holds.
#[derive(Debug, Clone)]
pub struct CertifiedKey {
    /// 16 hex digits.
    pub serial: CertificateSerial,
    /// The certificate.
    pub der: Vec<u8>,
    /// Start of validity.
    pub valid_from: DateTime<Utc>,
    /// End of validity.
    pub valid_to: DateTime<Utc>,
}

/// The simulator's own certificate authority.
#[derive(Debug)]
pub struct Authority(Issuer);

/// The authority as a state file holds it. It contains its private key (of the simulator, worth nothing elsewhere).
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AuthorityState(IssuerState);

impl Authority {
    /// A new authority with a key on P-256.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn create(now: DateTime<Utc>, random: &dyn Randomness) -> Result<Self, CryptoFailed> {
        let name = [("C", "PL"), ("O", "Symulator KSeF"), ("CN", "Centrum certyfikacji symulatora KSeF")];
        Issuer::create(&name, now, random).map(Self)
    }

    /// Makes a key and a certificate for it.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn issue(
        &self,
        request: &CertificateRequest,
        random: &dyn Randomness,
    ) -> Result<IssuedCertificate, CryptoFailed> {
        let validity = request.validity();
        issue(&self.0, request, &request.kind.marks(), validity, random)
    }

    /// Makes a certificate for the key and with the very subject of a request, for two years.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn certify(
        &self,
        subject: &[u8],
        public_key: &[u8],
        kind: CertificateKind,
        valid_from: DateTime<Utc>,
        random: &dyn Randomness,
    ) -> Result<CertifiedKey, CryptoFailed> {
        let (name, key) = (X509Name::from_der(subject)?, PKey::public_key_from_der(public_key)?);
        // A certificate knows whole seconds.
        let valid_from = DateTime::from_timestamp(valid_from.timestamp(), 0).unwrap_or(valid_from);
        let valid_to = months_later(valid_from, MAX_MONTHS);
        let certificate = self.0.sign(&name, &key, &kind.marks(), (valid_from, valid_to), random)?;
        Ok(CertifiedKey {
            serial: serial_of(&certificate)?,
            der: certificate.to_der()?,
            valid_from,
            valid_to,
        })
    }

    /// The authority's own certificate in DER.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn certificate_der(&self) -> Result<Vec<u8>, CryptoFailed> {
        self.0.certificate_der()
    }

    /// Whether the certificate claims to come from this authority.
    pub(super) fn is_named_by(&self, certificate: &X509Ref) -> bool {
        self.0.is_named_by(certificate)
    }

    /// Whether the certificate carries this authority's good signature.
    pub(super) fn signed(&self, certificate: &X509Ref) -> bool {
        self.0.signed(certificate)
    }

    /// For the state folder.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn to_state(&self) -> Result<AuthorityState, CryptoFailed> {
        self.0.to_state().map(AuthorityState)
    }

    /// From the state folder.
    ///
    /// # Errors
    /// When the state is damaged.
    pub fn from_state(state: &AuthorityState) -> Result<Self, DamagedState> {
        Issuer::from_state(&state.0).map(Self)
    }
}

/// Makes a key and a certificate for it, by any issuer.
pub(super) fn issue(
    issuer: &Issuer,
    request: &CertificateRequest,
    marks: &Marks,
    validity: (DateTime<Utc>, DateTime<Utc>),
    random: &dyn Randomness,
) -> Result<IssuedCertificate, CryptoFailed> {
    let key = new_key(request.key)?;
    let name = request.subject.name()?;
    let certificate = issuer.sign(&name, &key, marks, validity, random)?;
    Ok(IssuedCertificate { serial: serial_of(&certificate)?, certificate, key, validity })
}

impl CertificateRequest {
    /// As asked for, and for two years at most.
    pub(super) fn validity(&self) -> (DateTime<Utc>, DateTime<Utc>) {
        let latest = months_later(self.valid_from, MAX_MONTHS);
        (self.valid_from, self.valid_to.map_or(latest, |wanted| wanted.min(latest)))
    }
}

impl IssuedCertificate {
    /// From and to.
    #[must_use]
    pub const fn validity(&self) -> (DateTime<Utc>, DateTime<Utc>) {
        self.validity
    }

    /// `CN` of the subject.
    #[must_use]
    pub fn common_name(&self) -> String {
        Identity::of(self.certificate.subject_name()).common_name
    }

    /// SHA-256 of SubjectPublicKeyInfo.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn key_hash(&self) -> Result<Sha256Hash, CryptoFailed> {
        Ok(sha256(&self.key.public_key_to_der()?))
    }

    /// 16 hex digits.
    #[must_use]
    pub const fn serial(&self) -> &CertificateSerial {
        &self.serial
    }

    /// The certificate in DER.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn certificate_der(&self) -> Result<Vec<u8>, CryptoFailed> {
        Ok(self.certificate.to_der()?)
    }

    /// The content of the `.crt` file: PEM.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn crt(&self) -> Result<String, CryptoFailed> {
        Ok(pem_text(self.certificate.to_pem()?))
    }

    /// The content of the `.key` file as the portal gives it: PEM, PKCS#8 encrypted by PBES2 with AES-256.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn encrypted_key(&self, password: &SecretText) -> Result<SecretText, CryptoFailed> {
        // Exposed to derive the file's key from it.
        let password = password.expose().as_bytes();
        let pem = self.key.private_key_to_pem_pkcs8_passphrase(Cipher::aes_256_cbc(), password)?;
        Ok(SecretText::new(pem_text(pem)))
    }

    /// The `.key` file without a password: PEM, PKCS#8.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn plain_key(&self) -> Result<SecretText, CryptoFailed> {
        Ok(SecretText::new(pem_text(self.key.private_key_to_pem_pkcs8()?)))
    }

    /// The private key in DER, PKCS#8.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn key_der(&self) -> Result<SecretBytes, CryptoFailed> {
        Ok(SecretBytes::new(self.key.private_key_to_pkcs8()?))
    }
}

impl CertificateKind {
    fn marks(self) -> Marks {
        let mut usage = KeyUsage::new();
        usage.critical();
        match self {
            Self::Authentication => usage.digital_signature(),
            Self::Offline => usage.non_repudiation(),
        };
        Marks { usage, others: Vec::new() }
    }
}

impl CertificateSubject {
    /// Names as the portal writes them: `serialNumber` for a person, `organizationIdentifier` for a seal.
    fn name(&self) -> Result<X509Name, ErrorStack> {
        let person = |given_name: &str, surname: &str, number: Option<&str>, country: &str| {
            let full = format!("{given_name} {surname}");
            let number = number.map(|number| ("serialNumber", number));
            let parts = [("GN", given_name), ("SN", surname)].into_iter().chain(number);
            name_of(&parts.chain([("CN", full.as_str()), ("C", country)]).collect::<Vec<_>>())
        };
        match self {
            Self::Person { given_name, surname, identifier } => {
                let number = match identifier {
                    PersonIdentifier::Pesel(pesel) => format!("PNOPL-{pesel}"),
                    PersonIdentifier::Nip(nip) => format!("TINPL-{nip}"),
                };
                person(given_name, surname, Some(&number), "PL")
            }
            Self::Foreigner { given_name, surname, country } => person(given_name, surname, None, country),
            Self::Seal { organisation, nip } => {
                let number = format!("VATPL-{nip}");
                name_of(&[("O", organisation), ("2.5.4.97", &number), ("CN", organisation), ("C", "PL")])
            }
        }
    }
}
