use std::fmt;

use super::subject::{SubjectAttribute, SubjectData};
use crate::base64;
use crate::credentials::der_writer::{
    context, integer, null, object_identifier, sequence, set, text, utf8, with_tag,
};
use crate::credentials::{KeyKind, PrivateKey};
use crate::failure::SigningFailed;

/// A request for a certificate (PKCS#10), signed with the key that it is for.
#[derive(Clone, PartialEq, Eq)]
pub struct CertificateRequest(Vec<u8>);

impl CertificateRequest {
    /// Makes a request with exactly this data, signed by ECDSA or RSASSA-PKCS1-v1_5 with SHA-256.
    ///
    /// The name is written here and not by OpenSSL, which refuses names over the lengths of X.520: names of Polish firms
    /// often have more than 64 characters.
    ///
    /// # Errors
    /// A key of a kind that has no signature, or OpenSSL.
    pub fn make(subject: &SubjectData, key: &PrivateKey) -> Result<Self, SigningFailed> {
        let algorithm = signature_algorithm(key)?;
        let info = sequence(&[integer(0), name(subject), key.public_key_der()?, context(0, &[])]);
        let signature = key.sign_sha256(&info)?;
        // A bit string: no unused bits, then the signature.
        let bits = with_tag(0x03, &[&[0], signature.as_slice()].concat());
        Ok(Self(sequence(&[info, algorithm, bits])))
    }

    /// The request in DER.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.0
    }

    /// The request as `POST /certificates/enrollments` takes it: DER in Base64.
    #[must_use]
    pub fn to_base64(&self) -> String {
        base64::encode(&self.0)
    }
}

fn signature_algorithm(key: &PrivateKey) -> Result<Vec<u8>, SigningFailed> {
    match key.key_kind() {
        // sha256WithRSAEncryption, with parameters that are NULL (RFC 4055, section 5).
        KeyKind::Rsa(_) => Ok(sequence(&[object_identifier("1.2.840.113549.1.1.11"), null()])),
        // ecdsa-with-SHA256, without parameters (RFC 5758, section 3.2).
        KeyKind::P256 | KeyKind::OtherCurve(_) => Ok(sequence(&[object_identifier("1.2.840.10045.4.3.2")])),
        KeyKind::Other => Err(SigningFailed::KeyKind(KeyKind::Other)),
    }
}

/// Each value an attribute in a group of its own.
pub(super) fn name(subject: &SubjectData) -> Vec<u8> {
    let groups: Vec<Vec<u8>> = SubjectAttribute::ALL
        .into_iter()
        .flat_map(|attribute| {
            subject.values(attribute).into_iter().map(move |value| {
                let pair = sequence(&[object_identifier(attribute.identifier()), value_of(attribute, value)]);
                set(&[pair])
            })
        })
        .collect();
    sequence(&groups)
}

/// X.520 wants PrintableString for the country and the serial number; where such a text does not fit, and for all others,
/// UTF8String.
fn value_of(attribute: SubjectAttribute, value: &str) -> Vec<u8> {
    match attribute {
        SubjectAttribute::CountryName | SubjectAttribute::SerialNumber => text(value),
        _ => utf8(value),
    }
}

impl fmt::Debug for CertificateRequest {
    /// Its length only: a subject is personal data.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "CertificateRequest({} bytes)", self.0.len())
    }
}
