//! The simulator's certificate authority: KSeF certificates for people and seals, as files and as bytes.

use chrono::{DateTime, Months, Utc};
use ksef_types::{CertificateSerial, Nip, Pesel, Randomness, SecretBytes, SecretText, Sha256Hash};
use openssl::asn1::Asn1Time;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkey::{HasPublic, PKey, PKeyRef, Private};
use openssl::symm::Cipher;
use openssl::x509::extension::{AuthorityKeyIdentifier, BasicConstraints, KeyUsage, SubjectKeyIdentifier};
use openssl::x509::{X509, X509Builder, X509Name, X509NameBuilder, X509NameRef, X509Ref};
use serde::{Deserialize, Serialize};

use super::identity::Identity;
pub use super::keys::DamagedState;
pub use super::openssl_parts::KeyAlgorithm;
use super::openssl_parts::{CryptoFailed, asn1_time, new_key, new_serial, sha256};

/// KSeF certificates are valid for two years at most.
const MAX_MONTHS: u32 = 24;
/// The authority itself outlives what it issues.
const AUTHORITY_MONTHS: u32 = 240;

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
pub struct Authority {
    certificate: X509,
    key: PKey<Private>,
}

/// The authority as a state file holds it. It contains its private key (of the simulator, worth nothing elsewhere).
#[derive(Clone, Serialize, Deserialize)]
pub struct AuthorityState {
    certificate_pem: String,
    private_key_pem: String,
}

impl Authority {
    /// A new authority with a key on P-256.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn create(now: DateTime<Utc>, random: &dyn Randomness) -> Result<Self, CryptoFailed> {
        let key = new_key(KeyAlgorithm::P256)?;
        let mut name = X509NameBuilder::new()?;
        name.append_entry_by_text("C", "PL")?;
        name.append_entry_by_text("O", "Symulator KSeF")?;
        name.append_entry_by_text("CN", "Centrum certyfikacji symulatora KSeF")?;
        let name = name.build();
        let mut builder = X509::builder()?;
        let not_before = now - chrono::Duration::days(1);
        let not_after = months_later(not_before, AUTHORITY_MONTHS);
        fill(&mut builder, &name, &name, &key, (not_before, not_after), random)?;
        builder.append_extension(BasicConstraints::new().critical().ca().build()?)?;
        builder.append_extension(KeyUsage::new().critical().key_cert_sign().crl_sign().build()?)?;
        let identifier = SubjectKeyIdentifier::new().build(&builder.x509v3_context(None, None))?;
        builder.append_extension(identifier)?;
        builder.sign(&key, MessageDigest::sha256())?;
        Ok(Self { certificate: builder.build(), key })
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
        let key = new_key(request.key)?;
        let name = request.subject.name()?;
        let latest = months_later(request.valid_from, MAX_MONTHS);
        let valid_to = request.valid_to.map_or(latest, |wanted| wanted.min(latest));
        let validity = (request.valid_from, valid_to);
        let certificate = self.sign(&name, &key, request.kind, validity, random)?;
        Ok(IssuedCertificate { serial: serial_of(&certificate)?, certificate, key, validity })
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
        let certificate = self.sign(&name, &key, kind, (valid_from, valid_to), random)?;
        Ok(CertifiedKey {
            serial: serial_of(&certificate)?,
            der: certificate.to_der()?,
            valid_from,
            valid_to,
        })
    }

    fn sign<T: HasPublic>(
        &self,
        subject: &X509NameRef,
        key: &PKeyRef<T>,
        kind: CertificateKind,
        validity: (DateTime<Utc>, DateTime<Utc>),
        random: &dyn Randomness,
    ) -> Result<X509, ErrorStack> {
        let mut builder = X509::builder()?;
        fill(&mut builder, subject, self.certificate.subject_name(), key, validity, random)?;
        builder.append_extension(BasicConstraints::new().critical().build()?)?;
        builder.append_extension(kind.key_usage()?)?;
        let context = builder.x509v3_context(Some(&self.certificate), None);
        let own_identifier = SubjectKeyIdentifier::new().build(&context)?;
        let issuer_identifier = AuthorityKeyIdentifier::new().keyid(true).build(&context)?;
        builder.append_extension(own_identifier)?;
        builder.append_extension(issuer_identifier)?;
        builder.sign(&self.key, MessageDigest::sha256())?;
        Ok(builder.build())
    }

    /// The authority's own certificate in DER.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn certificate_der(&self) -> Result<Vec<u8>, CryptoFailed> {
        Ok(self.certificate.to_der()?)
    }

    /// Whether the certificate claims to come from this authority.
    pub(super) fn is_named_by(&self, certificate: &X509Ref) -> bool {
        let ours = self.certificate.subject_name().to_der();
        let theirs = certificate.issuer_name().to_der();
        matches!((ours, theirs), (Ok(ours), Ok(theirs)) if ours == theirs)
    }

    /// Whether the certificate carries this authority's good signature.
    pub(super) fn signed(&self, certificate: &X509Ref) -> bool {
        certificate.verify(&self.key).unwrap_or(false)
    }

    /// For the state folder.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn to_state(&self) -> Result<AuthorityState, CryptoFailed> {
        Ok(AuthorityState {
            certificate_pem: pem_text(self.certificate.to_pem()?),
            private_key_pem: pem_text(self.key.private_key_to_pem_pkcs8()?),
        })
    }

    /// From the state folder.
    ///
    /// # Errors
    /// When the state is damaged.
    pub fn from_state(state: &AuthorityState) -> Result<Self, DamagedState> {
        let certificate = X509::from_pem(state.certificate_pem.as_bytes())?;
        let key = PKey::private_key_from_pem(state.private_key_pem.as_bytes())?;
        if !certificate.public_key()?.public_eq(&key) {
            return Err(DamagedState::Mismatch);
        }
        Ok(Self { certificate, key })
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
    fn key_usage(self) -> Result<openssl::x509::X509Extension, ErrorStack> {
        let mut usage = KeyUsage::new();
        usage.critical();
        match self {
            Self::Authentication => usage.digital_signature(),
            Self::Offline => usage.non_repudiation(),
        };
        usage.build()
    }
}

impl CertificateSubject {
    /// Names as the portal writes them: `serialNumber` for a person, `organizationIdentifier` for a seal.
    fn name(&self) -> Result<X509Name, ErrorStack> {
        let mut name = X509NameBuilder::new()?;
        match self {
            Self::Person { given_name, surname, identifier } => {
                name.append_entry_by_text("GN", given_name)?;
                name.append_entry_by_text("SN", surname)?;
                let number = match identifier {
                    PersonIdentifier::Pesel(pesel) => format!("PNOPL-{pesel}"),
                    PersonIdentifier::Nip(nip) => format!("TINPL-{nip}"),
                };
                name.append_entry_by_text("serialNumber", &number)?;
                name.append_entry_by_text("CN", &format!("{given_name} {surname}"))?;
            }
            Self::Seal { organisation, nip } => {
                name.append_entry_by_text("O", organisation)?;
                name.append_entry_by_text("2.5.4.97", &format!("VATPL-{nip}"))?;
                name.append_entry_by_text("CN", organisation)?;
            }
        }
        name.append_entry_by_text("C", "PL")?;
        Ok(name.build())
    }
}

fn fill<T: HasPublic>(
    builder: &mut X509Builder,
    subject: &X509NameRef,
    issuer: &X509NameRef,
    key: &PKeyRef<T>,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    random: &dyn Randomness,
) -> Result<(), ErrorStack> {
    builder.set_version(2)?;
    let serial = new_serial(random)?;
    builder.set_serial_number(&serial)?;
    builder.set_subject_name(subject)?;
    builder.set_issuer_name(issuer)?;
    let (not_before, not_after): (Asn1Time, Asn1Time) = (asn1_time(from)?, asn1_time(to)?);
    builder.set_not_before(&not_before)?;
    builder.set_not_after(&not_after)?;
    builder.set_pubkey(key)
}

fn serial_of(certificate: &X509Ref) -> Result<CertificateSerial, ErrorStack> {
    Ok(CertificateSerial::from_bytes(&certificate.serial_number().to_bn()?.to_vec()))
}

/// Beyond the calendar's end there is no later moment to name.
fn months_later(moment: DateTime<Utc>, months: u32) -> DateTime<Utc> {
    moment.checked_add_months(Months::new(months)).unwrap_or(moment)
}

fn pem_text(pem: Vec<u8>) -> String {
    // PEM is ASCII by definition.
    String::from_utf8(pem).unwrap_or_default()
}
