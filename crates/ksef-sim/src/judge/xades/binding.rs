//! SignedProperties: when it was signed, and by which certificate.

use chrono::{DateTime, NaiveDateTime, Utc};
use openssl::hash::hash;
use openssl::x509::{X509, X509Ref};

use super::algorithms::digest;
use super::layout::Parts;
use super::names::is_name;
use super::profile::Profile;
use super::tree::{DSIG, Misfit, Node, XADES};
use crate::judge::der::{INTEGER, SEQUENCE, tagged};
use crate::judge::openssl_parts::from_xml_base64;
use crate::judge::refusal::Exception;

const MAX_CERTIFICATES: usize = 16;
/// `GeneralName.directoryName`
const DIRECTORY_NAME: u8 = 0xa4;

/// What SignedProperties say.
pub(super) struct Signed {
    pub(super) time: Option<DateTime<Utc>>,
    pub(super) certificates: Binding,
    /// Whom a signature by Profil Zaufany names.
    pub(super) profile: Profile,
}

/// How the signature names the signer's certificate.
pub(super) enum Binding {
    /// Not in SignedProperties.
    Absent,
    /// `SigningCertificate` or `SigningCertificateV2`, the signer's first.
    Named(CertificateId),
}

pub(super) struct CertificateId {
    digest: openssl::hash::MessageDigest,
    value: Vec<u8>,
    issuer: IssuerId,
}

enum IssuerId {
    /// V2 may leave it out.
    Absent,
    /// V1: `X509IssuerName` and `X509SerialNumber`.
    Text { name: String, serial: String },
    /// V2: `IssuerSerialV2`, DER of the ASN.1 type IssuerSerial.
    Der(Vec<u8>),
}

/// How well an identifier fits a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// In all its parts.
    Whole,
    /// By digest and serial number; the issuer's name is spelled in a way that cannot be recognised.
    NameDiffers,
    /// Another certificate.
    No,
}

impl Signed {
    pub(super) fn read(properties: Node<'_, '_>) -> Result<Self, Exception> {
        Self::read_strictly(properties).map_err(|Misfit(_)| Exception::signature())
    }

    fn read_strictly(properties: Node<'_, '_>) -> Result<Self, Misfit> {
        properties.only_attributes(&["Id"])?;
        let mut children = properties.sequence()?;
        let of_signature = children.optional(XADES, "SignedSignatureProperties");
        children.optional(XADES, "SignedDataObjectProperties");
        children.end()?;
        let Some(of_signature) = of_signature else {
            return Ok(Self { time: None, certificates: Binding::Absent, profile: Profile::Absent });
        };
        of_signature.only_attributes(&["Id"])?;
        let mut children = of_signature.sequence()?;
        let time = children.optional(XADES, "SigningTime").map(read_time).transpose()?.flatten();
        let first = children.optional(XADES, "SigningCertificate");
        let second = children.optional(XADES, "SigningCertificateV2");
        let certificates = match (first, second) {
            (None, None) => Binding::Absent,
            (Some(list), None) => Binding::Named(read_first(list, false)?),
            (None, Some(list)) => Binding::Named(read_first(list, true)?),
            (Some(_), Some(_)) => return Err(misfit("both versions of SigningCertificate")),
        };
        // Policies, places and roles may follow; a second answer to the same questions may not.
        let mut profile = Profile::Absent;
        while let Some(other) = children.any() {
            if other.is(XADES, "SignerRole") {
                profile = Profile::read(other)?;
            }
            if other.local_name().starts_with("SigningCertificate") || other.local_name() == "SigningTime" {
                return Err(misfit("a property out of order"));
            }
        }
        Ok(Self { time, certificates, profile })
    }
}

impl CertificateId {
    pub(super) fn fits(&self, der: &[u8]) -> bool {
        hash(self.digest, der).is_ok_and(|computed| *computed == *self.value)
    }

    pub(super) fn fit(&self, certificate: &X509, der: &[u8]) -> Fit {
        if !self.fits(der) {
            return Fit::No;
        }
        match &self.issuer {
            IssuerId::Absent => Fit::Whole,
            IssuerId::Der(given) if issuer_serial(certificate).as_ref() == Some(given) => Fit::Whole,
            IssuerId::Der(_) => Fit::No,
            IssuerId::Text { serial, .. } if decimal_serial(certificate).as_ref() != Some(serial) => Fit::No,
            IssuerId::Text { name, .. } if is_name(name, certificate.issuer_name()) => Fit::Whole,
            IssuerId::Text { .. } => Fit::NameDiffers,
        }
    }
}

/// The certificates in `X509Data`, in order.
pub(super) fn certificates(parts: &Parts<'_, '_>) -> Result<Vec<Vec<u8>>, Exception> {
    let read = || -> Result<Vec<Vec<u8>>, Misfit> {
        let mut found = Vec::new();
        for data in parts.key_info.elements()?.into_iter().filter(|node| node.is(DSIG, "X509Data")) {
            for node in data.elements()?.into_iter().filter(|node| node.is(DSIG, "X509Certificate")) {
                node.only_attributes(&[])?;
                found.push(from_xml_base64(&node.text()?).ok_or_else(|| misfit("no Base64"))?);
            }
        }
        Ok(found)
    };
    let found = read().map_err(|Misfit(_)| Exception::signature())?;
    if found.is_empty() || found.len() > MAX_CERTIFICATES {
        return Err(Exception::signature());
    }
    Ok(found)
}

/// `xsd:dateTime`; without a zone it is nobody's time, and counts as missing.
fn read_time(node: Node<'_, '_>) -> Result<Option<DateTime<Utc>>, Misfit> {
    node.only_attributes(&[])?;
    let text = node.text()?;
    let text = text.trim();
    match DateTime::parse_from_rfc3339(text) {
        Ok(time) => Ok(Some(time.with_timezone(&Utc))),
        Err(_) if NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").is_ok() => Ok(None),
        Err(_) => Err(misfit("no time")),
    }
}

fn read_first(list: Node<'_, '_>, second_version: bool) -> Result<CertificateId, Misfit> {
    list.only_attributes(&[])?;
    let mut certificates = list.sequence()?;
    let first = certificates.required(XADES, "Cert")?;
    certificates.many(XADES, "Cert", MAX_CERTIFICATES)?;
    certificates.end()?;

    first.only_attributes(&["URI"])?;
    let mut parts = first.sequence()?;
    let cert_digest = parts.required(XADES, "CertDigest")?;
    let issuer = if second_version {
        match parts.optional(XADES, "IssuerSerialV2") {
            None => IssuerId::Absent,
            Some(node) => IssuerId::Der(base64(node)?),
        }
    } else {
        read_issuer_serial(parts.required(XADES, "IssuerSerial")?)?
    };
    parts.end()?;

    cert_digest.only_attributes(&[])?;
    let mut parts = cert_digest.sequence()?;
    let method = parts.required(DSIG, "DigestMethod")?;
    method.only_attributes(&["Algorithm"])?;
    let digest = method.attribute("Algorithm").and_then(digest).ok_or_else(|| misfit("another digest"))?;
    let value = base64(parts.required(DSIG, "DigestValue")?)?;
    parts.end()?;
    Ok(CertificateId { digest, value, issuer })
}

fn read_issuer_serial(node: Node<'_, '_>) -> Result<IssuerId, Misfit> {
    node.only_attributes(&[])?;
    let mut parts = node.sequence()?;
    let name = parts.required(DSIG, "X509IssuerName")?.text()?;
    let serial = parts.required(DSIG, "X509SerialNumber")?.text()?;
    parts.end()?;
    // A space at the name's end may be escaped, and so part of it: the reader of names knows.
    Ok(IssuerId::Text { name, serial: serial.trim().to_owned() })
}

fn base64(node: Node<'_, '_>) -> Result<Vec<u8>, Misfit> {
    node.only_attributes(&[])?;
    from_xml_base64(&node.text()?).ok_or_else(|| misfit("no Base64"))
}

fn decimal_serial(certificate: &X509Ref) -> Option<String> {
    Some(certificate.serial_number().to_bn().ok()?.to_dec_str().ok()?.to_string())
}

/// `IssuerSerial ::= SEQUENCE { issuer GeneralNames, serial INTEGER }` with one directoryName (RFC 5035).
fn issuer_serial(certificate: &X509Ref) -> Option<Vec<u8>> {
    let name = certificate.issuer_name().to_der().ok()?;
    let mut serial = certificate.serial_number().to_bn().ok()?.to_vec();
    if serial.first().is_none_or(|first| first & 0x80 != 0) {
        serial.insert(0, 0);
    }
    let names = tagged(SEQUENCE, &tagged(DIRECTORY_NAME, &name));
    Some(tagged(SEQUENCE, &[names, tagged(INTEGER, &serial)].concat()))
}

fn misfit(text: &str) -> Misfit {
    Misfit(text.to_owned())
}
