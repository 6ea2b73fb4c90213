//! The signer's certificate: what it says, and whether it may authenticate here.

use chrono::{DateTime, Utc};
use ksef_types::CertificateSerial;
use openssl::asn1::{Asn1Time, Asn1TimeRef};
use openssl::nid::Nid;
use openssl::pkey::{Id, PKey, Public};
use openssl::x509::{X509, X509KeyUsage, X509NameRef};

use super::algorithms::KeyFamily;
use super::names::is_kind;
use super::{CertificateOwner, Policy, SignerCertificate};
use crate::judge::identity::Identity;
use crate::judge::openssl_parts::sha256;
use crate::judge::providers::Provider;
use crate::judge::qualities::Quality;
use crate::judge::refusal::{CertificateFault, Exception};

const MIN_RSA_BITS: u32 = 2048;
const MIN_EC_BITS: u32 = 256;
/// OID 2.5.4.97; OpenSSL has no constant for it here.
const ORGANIZATION_IDENTIFIER: &str = "2.5.4.97";

/// A certificate that could be read, with its key.
pub(super) struct Signer {
    pub(super) x509: X509,
    pub(super) key: PKey<Public>,
    pub(super) facts: SignerCertificate,
    /// What it claims to be.
    pub(super) quality: Option<Quality>,
}

/// Whom a certificate names as its issuer, as far as that counts here. Whether it is true is judged apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::judge) enum IssuedBy {
    /// The simulator's own authority.
    Ksef,
    /// One of the simulated trust services.
    Provider(Provider),
    /// Its owner, or somebody who is nobody here.
    Others,
}

impl Signer {
    pub(super) fn read(der: Vec<u8>, policy: &Policy<'_>) -> Result<Self, Exception> {
        let x509 = X509::from_der(&der).map_err(|_| Exception::certificate())?;
        // Trailing bytes would give one certificate many fingerprints.
        if x509.to_der().ok().as_deref() != Some(der.as_slice()) {
            return Err(Exception::certificate());
        }
        let key = x509.public_key().map_err(|_| Exception::certificate())?;
        let facts = facts(&x509, der, policy).ok_or_else(Exception::certificate)?;
        let quality = Quality::of(&facts.der);
        Ok(Self { x509, key, facts, quality })
    }

    /// The size in bytes of half a signature for a key on a curve; `None` for RSA.
    pub(super) fn field_bytes(&self) -> Option<usize> {
        let curve = self.key.ec_key().ok()?;
        usize::try_from(curve.group().degree().div_ceil(8)).ok()
    }

    pub(super) fn fits(&self, family: KeyFamily) -> bool {
        match family {
            KeyFamily::Rsa => self.key.id() == Id::RSA,
            KeyFamily::Ec => self.key.id() == Id::EC,
        }
    }

    /// What makes a certificate unusable for authentication whoever issued it.
    pub(super) fn check_usable(&self) -> Result<(), Exception> {
        let strong = match self.key.id() {
            Id::RSA => self.key.bits() >= MIN_RSA_BITS,
            Id::EC => self.named_curve() && self.key.bits() >= MIN_EC_BITS,
            _ => false,
        };
        // Without the extension any use is allowed (RFC 5280, 4.2.1.3). nonRepudiation alone is what qualified
        // certificates have; of KSeF's own those are the ones for KOD II.
        let foreign = self.facts.issued_by != IssuedBy::Ksef;
        let binding = foreign && self.quality.is_some();
        let may_sign = self.x509.key_usage().is_none_or(|usage| {
            usage.contains(X509KeyUsage::DIGITAL_SIGNATURE)
                || (binding && usage.contains(X509KeyUsage::NON_REPUDIATION))
        });
        if strong && may_sign && !self.signed_with_weak_hash() {
            Ok(())
        } else {
            Err(Exception::certificate())
        }
    }

    /// Whether anybody who counts here stands behind the certificate, and whether it is good now.
    ///
    /// A foreign certificate is refused at once (field notes, 16), everything else when the operation is processed.
    pub(super) fn judge(&self, policy: &Policy<'_>) -> Result<Option<CertificateFault>, Exception> {
        let facts = &self.facts;
        let trusted = match facts.issued_by {
            IssuedBy::Others if self.accepted_foreigner(policy) => true,
            IssuedBy::Others if policy.verify_chain => return Ok(Some(CertificateFault::Untrusted)),
            IssuedBy::Others => return Err(Exception::certificate()),
            IssuedBy::Ksef => policy.authority.signed(&self.x509),
            IssuedBy::Provider(provider) => policy.trust.signed(provider, &self.x509),
        };
        if !trusted {
            return Ok(Some(CertificateFault::ChainBroken));
        }
        if policy.now < facts.not_before || facts.not_after < policy.now {
            return Ok(Some(CertificateFault::NotValid));
        }
        if self.x509.key_usage().is_some_and(|usage| usage.contains(X509KeyUsage::KEY_CERT_SIGN)) {
            return Ok(Some(CertificateFault::Incorrect));
        }
        Ok(policy.revoked.fault(&facts.serial).filter(|_| facts.issued_by != IssuedBy::Others))
    }

    fn accepted_foreigner(&self, policy: &Policy<'_>) -> bool {
        policy.allow_self_signed && !policy.verify_chain && self.is_self_signed()
    }

    fn is_self_signed(&self) -> bool {
        let names = (self.x509.issuer_name().to_der(), self.x509.subject_name().to_der());
        matches!(names, (Ok(issuer), Ok(subject)) if issuer == subject)
            && self.x509.verify(&self.key).unwrap_or(false)
    }

    /// Curves with parameters written out could be anything.
    fn named_curve(&self) -> bool {
        let curve = self.key.ec_key().ok().and_then(|key| key.group().curve_name());
        matches!(curve, Some(Nid::X9_62_PRIME256V1 | Nid::SECP384R1 | Nid::SECP521R1))
    }

    fn signed_with_weak_hash(&self) -> bool {
        let algorithm = self.x509.signature_algorithm().object().nid();
        let digest = algorithm.signature_algorithms().map(|algorithms| algorithms.digest);
        matches!(digest, Some(Nid::SHA1 | Nid::MD5 | Nid::MD4 | Nid::MD2))
    }
}

fn facts(x509: &X509, der: Vec<u8>, policy: &Policy<'_>) -> Option<SignerCertificate> {
    let serial = x509.serial_number().to_bn().ok()?;
    Some(SignerCertificate {
        fingerprint: sha256(&der),
        serial: CertificateSerial::from_bytes(&serial.to_vec()),
        owner: owner(x509.subject_name()),
        identity: Identity::of(x509.subject_name()),
        not_before: moment(x509.not_before())?,
        not_after: moment(x509.not_after())?,
        issued_by: issued_by(x509, policy),
        der,
    })
}

fn issued_by(x509: &X509, policy: &Policy<'_>) -> IssuedBy {
    if policy.authority.is_named_by(x509) {
        return IssuedBy::Ksef;
    }
    policy.trust.named_by(x509).map_or(IssuedBy::Others, IssuedBy::Provider)
}

/// Patterns of the guide: `(PNOPL|PESEL).*?\d{11}`, `(TINPL|NIP).*?\d{10}` in serialNumber; `(VATPL).*?\d{10}` in
/// organizationIdentifier, and then no given name or surname.
fn owner(subject: &X509NameRef) -> Option<CertificateOwner> {
    if let Some(number) = entry(subject, "2.5.4.5") {
        let pesel = number_after(&number, &["PNOPL", "PESEL"], 11).and_then(|digits| digits.parse().ok());
        let nip = || number_after(&number, &["TINPL", "NIP"], 10).and_then(|digits| digits.parse().ok());
        if let Some(owner) = pesel.map(CertificateOwner::Pesel).or_else(|| nip().map(CertificateOwner::Nip)) {
            return Some(owner);
        }
    }
    let person = entry(subject, "2.5.4.42").is_some() || entry(subject, "2.5.4.4").is_some();
    let identifier = entry(subject, ORGANIZATION_IDENTIFIER).filter(|_| !person)?;
    number_after(&identifier, &["VATPL"], 10)?.parse().ok().map(CertificateOwner::Seal)
}

fn number_after<'t>(text: &'t str, prefixes: &[&str], digits: usize) -> Option<&'t str> {
    let starts = prefixes.iter().filter_map(|prefix| Some(text.find(prefix)? + prefix.len()));
    let rest = &text[starts.min()?..];
    let bytes = rest.as_bytes();
    let place = bytes.windows(digits).position(|window| window.iter().all(u8::is_ascii_digit))?;
    rest.get(place..place + digits)
}

fn entry(name: &X509NameRef, oid: &str) -> Option<String> {
    let entry = name.entries().find(|entry| is_kind(entry.object(), oid))?;
    entry.data().to_string().ok()
}

fn moment(time: &Asn1TimeRef) -> Option<DateTime<Utc>> {
    let since = Asn1Time::from_unix(0).ok()?.diff(time).ok()?;
    DateTime::from_timestamp(i64::from(since.days) * 86_400 + i64::from(since.secs), 0)
}
