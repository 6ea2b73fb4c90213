use std::fmt;

use chrono::{DateTime, Utc};
use ksef_types::{CertificateSerial, Sha256Hash};
use openssl::asn1::{Asn1Time, Asn1TimeRef};
use openssl::error::ErrorStack;
use openssl::nid::Nid;
use openssl::pkey::{HasPublic, Id, PKey, PKeyRef, Public};
use openssl::x509::{X509, X509KeyUsage};

use super::distinguished_name::{Attribute, DistinguishedName};
use super::owner::Owner;
use crate::hashes::sha256;

/// An X.509 certificate whose every needed field could be read.
#[derive(Clone)]
pub struct Certificate {
    der: Vec<u8>,
    public_key: PKey<Public>,
    subject: DistinguishedName,
    issuer: DistinguishedName,
    serial: Vec<u8>,
    not_before: DateTime<Utc>,
    not_after: DateTime<Utc>,
    key_usage: Option<X509KeyUsage>,
}

/// What a certificate of KSeF may be used for; never both in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// `Authentication`: keyUsage digitalSignature.
    Authentication,
    /// `Offline`: keyUsage nonRepudiation; signs KOD II and cannot authenticate.
    Offline,
}

/// The kind and strength of a key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// RSA with this many bits.
    Rsa(u32),
    /// The elliptic curve P-256, the one that KSeF issues.
    P256,
    /// Another elliptic curve, by OpenSSL's short name, such as `secp384r1`.
    OtherCurve(String),
    /// Neither RSA nor ECDSA.
    Other,
}

/// Bytes that are no certificate in DER.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an X.509 certificate")]
pub struct NotACertificate;

impl From<ErrorStack> for NotACertificate {
    fn from(_: ErrorStack) -> Self {
        Self
    }
}

impl Certificate {
    /// Reads a certificate in DER; nothing may follow it.
    ///
    /// # Errors
    /// [`NotACertificate`].
    pub fn from_der(der: &[u8]) -> Result<Self, NotACertificate> {
        let x509 = X509::from_der(der)?;
        let der_again = x509.to_der()?;
        if der_again != der {
            return Err(NotACertificate);
        }
        Ok(Self {
            public_key: x509.public_key()?,
            subject: DistinguishedName::from_der(&x509.subject_name().to_der()?).ok_or(NotACertificate)?,
            issuer: DistinguishedName::from_der(&x509.issuer_name().to_der()?).ok_or(NotACertificate)?,
            serial: x509.serial_number().to_bn()?.to_vec(),
            not_before: moment(x509.not_before()).ok_or(NotACertificate)?,
            not_after: moment(x509.not_after()).ok_or(NotACertificate)?,
            key_usage: x509.key_usage(),
            der: der_again,
        })
    }

    /// The certificate in DER.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The owner's name as a person reads it: the common name, or given name and surname, or the organisation;
    /// without control characters, which could make a screen or a log say something else.
    #[must_use]
    pub fn subject_name(&self) -> String {
        let text = |attribute| self.subject.first(attribute);
        let person = || {
            let names: Vec<String> =
                [text(Attribute::GIVEN_NAME), text(Attribute::SURNAME)].into_iter().flatten().collect();
            (!names.is_empty()).then(|| names.join(" "))
        };
        let name = text(Attribute::COMMON_NAME)
            .or_else(person)
            .or_else(|| text(Attribute::ORGANIZATION))
            .unwrap_or_else(|| self.subject.rfc2253());
        name.chars().filter(|character| !character.is_control() && !is_direction(*character)).collect()
    }

    /// Whom the certificate names.
    #[must_use]
    pub fn owner(&self) -> Owner {
        Owner::of(&self.subject, self.fingerprint())
    }

    /// What the certificate may be used for; `None` where its keyUsage allows neither, or both, or is missing.
    #[must_use]
    pub fn purpose(&self) -> Option<Purpose> {
        let usage = self.key_usage?;
        let signature = usage.contains(X509KeyUsage::DIGITAL_SIGNATURE);
        let non_repudiation = usage.contains(X509KeyUsage::NON_REPUDIATION);
        match (signature, non_repudiation) {
            (true, false) => Some(Purpose::Authentication),
            (false, true) => Some(Purpose::Offline),
            _ => None,
        }
    }

    /// The serial number as KSeF writes it.
    #[must_use]
    pub fn serial(&self) -> CertificateSerial {
        CertificateSerial::from_bytes(&self.serial)
    }

    /// From when it is valid.
    #[must_use]
    pub const fn not_before(&self) -> DateTime<Utc> {
        self.not_before
    }

    /// Until when it is valid, that second included.
    #[must_use]
    pub const fn not_after(&self) -> DateTime<Utc> {
        self.not_after
    }

    /// The kind of its own key; the algorithm by which the issuer signed it says nothing about that.
    #[must_use]
    pub fn key_kind(&self) -> KeyKind {
        KeyKind::of(&self.public_key)
    }

    /// SHA-256 of the certificate in DER.
    #[must_use]
    pub fn fingerprint(&self) -> Sha256Hash {
        sha256(&self.der)
    }

    /// The issuer's name by RFC 2253: last attribute first, unknown attributes as dotted numbers with `#hex`.
    #[must_use]
    pub fn issuer_rfc2253(&self) -> String {
        self.issuer.rfc2253()
    }

    /// The serial number as a decimal number, as XML signatures write it.
    pub(crate) fn serial_decimal(&self) -> Result<String, ErrorStack> {
        Ok(openssl::bn::BigNum::from_slice(&self.serial)?.to_dec_str()?.to_string())
    }

    pub(crate) const fn subject(&self) -> &DistinguishedName {
        &self.subject
    }

    pub(crate) fn public_key(&self) -> &PKeyRef<Public> {
        &self.public_key
    }
}

impl KeyKind {
    pub(crate) fn of<T: HasPublic>(key: &PKeyRef<T>) -> Self {
        match key.id() {
            Id::RSA | Id::RSA_PSS => Self::Rsa(key.bits()),
            Id::EC => match key.ec_key().ok().and_then(|ec| ec.group().curve_name()) {
                Some(Nid::X9_62_PRIME256V1) => Self::P256,
                Some(nid) => Self::OtherCurve(nid.short_name().unwrap_or("unknown").to_owned()),
                None => Self::OtherCurve("unknown".to_owned()),
            },
            _ => Self::Other,
        }
    }
}

/// Marks that turn the direction of writing, by which a name can be made to look like another.
const fn is_direction(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn moment(time: &Asn1TimeRef) -> Option<DateTime<Utc>> {
    let since_epoch = Asn1Time::from_unix(0).ok()?.diff(time).ok()?;
    let seconds = i64::from(since_epoch.days) * 86_400 + i64::from(since_epoch.secs);
    DateTime::from_timestamp(seconds, 0)
}

impl fmt::Debug for Certificate {
    /// The serial number only: a subject is personal data.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Certificate({})", self.serial())
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for Certificate {}
