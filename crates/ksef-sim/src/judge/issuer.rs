//! Somebody who issues certificates: a key with a certificate of its own.

use chrono::{DateTime, Months, Utc};
use ksef_types::{CertificateSerial, Randomness};
use openssl::asn1::{Asn1Object, Asn1OctetString, Asn1Time};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkey::{HasPublic, PKey, PKeyRef, Private};
use openssl::x509::extension::{AuthorityKeyIdentifier, BasicConstraints, KeyUsage, SubjectKeyIdentifier};
use openssl::x509::{X509, X509Builder, X509Extension, X509Name, X509NameBuilder, X509NameRef, X509Ref};
use serde::{Deserialize, Serialize};

use super::keys::DamagedState;
use super::openssl_parts::{CryptoFailed, KeyAlgorithm, asn1_time, new_key, new_serial};

/// An issuer outlives what it issues.
pub(super) const ISSUER_MONTHS: u32 = 240;

#[derive(Debug)]
pub(super) struct Issuer {
    certificate: X509,
    key: PKey<Private>,
}

/// An issuer as a state file holds it. It contains its private key (of the simulator, worth nothing elsewhere).
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct IssuerState {
    certificate_pem: String,
    private_key_pem: String,
}

/// What is beside the names in a certificate.
pub(super) struct Marks {
    pub(super) usage: KeyUsage,
    /// Object identifiers with the DER of their values.
    pub(super) others: Vec<(&'static str, Vec<u8>)>,
}

impl Issuer {
    /// A new one with a key on P-256, named by these parts.
    pub(super) fn create(
        name: &[(&str, &str)],
        now: DateTime<Utc>,
        random: &dyn Randomness,
    ) -> Result<Self, CryptoFailed> {
        let key = new_key(KeyAlgorithm::P256)?;
        let name = name_of(name)?;
        let mut builder = X509::builder()?;
        let not_before = now - chrono::Duration::days(1);
        let not_after = months_later(not_before, ISSUER_MONTHS);
        fill(&mut builder, &name, &name, &key, (not_before, not_after), random)?;
        builder.append_extension(BasicConstraints::new().critical().ca().build()?)?;
        builder.append_extension(KeyUsage::new().critical().key_cert_sign().crl_sign().build()?)?;
        let identifier = SubjectKeyIdentifier::new().build(&builder.x509v3_context(None, None))?;
        builder.append_extension(identifier)?;
        builder.sign(&key, MessageDigest::sha256())?;
        Ok(Self { certificate: builder.build(), key })
    }

    pub(super) fn sign<T: HasPublic>(
        &self,
        subject: &X509NameRef,
        key: &PKeyRef<T>,
        marks: &Marks,
        validity: (DateTime<Utc>, DateTime<Utc>),
        random: &dyn Randomness,
    ) -> Result<X509, ErrorStack> {
        let mut builder = X509::builder()?;
        fill(&mut builder, subject, self.certificate.subject_name(), key, validity, random)?;
        builder.append_extension(BasicConstraints::new().critical().build()?)?;
        builder.append_extension(marks.usage.build()?)?;
        for (object, value) in &marks.others {
            let (object, value) = (Asn1Object::from_str(object)?, Asn1OctetString::new_from_bytes(value)?);
            builder.append_extension(X509Extension::new_from_der(&object, false, &value)?)?;
        }
        let context = builder.x509v3_context(Some(&self.certificate), None);
        let own_identifier = SubjectKeyIdentifier::new().build(&context)?;
        let issuer_identifier = AuthorityKeyIdentifier::new().keyid(true).build(&context)?;
        builder.append_extension(own_identifier)?;
        builder.append_extension(issuer_identifier)?;
        builder.sign(&self.key, MessageDigest::sha256())?;
        Ok(builder.build())
    }

    /// Its own certificate in DER.
    pub(super) fn certificate_der(&self) -> Result<Vec<u8>, CryptoFailed> {
        Ok(self.certificate.to_der()?)
    }

    /// Whether the certificate claims to come from here.
    pub(super) fn is_named_by(&self, certificate: &X509Ref) -> bool {
        let ours = self.certificate.subject_name().to_der();
        let theirs = certificate.issuer_name().to_der();
        matches!((ours, theirs), (Ok(ours), Ok(theirs)) if ours == theirs)
    }

    /// Whether the certificate carries a good signature of this issuer.
    pub(super) fn signed(&self, certificate: &X509Ref) -> bool {
        certificate.verify(&self.key).unwrap_or(false)
    }

    pub(super) fn to_state(&self) -> Result<IssuerState, CryptoFailed> {
        pair_to_state(&self.certificate, &self.key)
    }

    pub(super) fn from_state(state: &IssuerState) -> Result<Self, DamagedState> {
        let (certificate, key) = pair_from_state(state)?;
        Ok(Self { certificate, key })
    }
}

/// A certificate with its key, for the state folder.
pub(super) fn pair_to_state(
    certificate: &X509Ref,
    key: &PKeyRef<Private>,
) -> Result<IssuerState, CryptoFailed> {
    Ok(IssuerState {
        certificate_pem: pem_text(certificate.to_pem()?),
        private_key_pem: pem_text(key.private_key_to_pem_pkcs8()?),
    })
}

/// The same, back again.
pub(super) fn pair_from_state(state: &IssuerState) -> Result<(X509, PKey<Private>), DamagedState> {
    let certificate = X509::from_pem(state.certificate_pem.as_bytes())?;
    let key = PKey::private_key_from_pem(state.private_key_pem.as_bytes())?;
    if certificate.public_key()?.public_eq(&key) {
        Ok((certificate, key))
    } else {
        Err(DamagedState::Mismatch)
    }
}

pub(super) fn name_of(parts: &[(&str, &str)]) -> Result<X509Name, ErrorStack> {
    let mut name = X509NameBuilder::new()?;
    for (kind, value) in parts {
        name.append_entry_by_text(kind, value)?;
    }
    Ok(name.build())
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

pub(super) fn serial_of(certificate: &X509Ref) -> Result<CertificateSerial, ErrorStack> {
    Ok(CertificateSerial::from_bytes(&certificate.serial_number().to_bn()?.to_vec()))
}

/// Beyond the calendar's end there is no later moment to name.
pub(super) fn months_later(moment: DateTime<Utc>, months: u32) -> DateTime<Utc> {
    moment.checked_add_months(Months::new(months)).unwrap_or(moment)
}

pub(super) fn pem_text(pem: Vec<u8>) -> String {
    // PEM is ASCII by definition.
    String::from_utf8(pem).unwrap_or_default()
}
