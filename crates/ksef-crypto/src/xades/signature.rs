use chrono::{DateTime, Duration, SecondsFormat, Utc};
use openssl::error::ErrorStack;

use super::canonical::escape_text;
use super::request::AuthTokenRequest;
use crate::credentials::{Certificate, Credential, KeyKind, PrivateKey};
use crate::failure::SigningFailed;
use crate::{base64, sha256};

/// By how much the time of signing is put back, against computers whose clock runs ahead.
pub const CLOCK_TOLERANCE: Duration = Duration::minutes(1);

const DS: &str = "http://www.w3.org/2000/09/xmldsig#";
const XADES: &str = "http://uri.etsi.org/01903/v1.3.2#";
const EXCLUSIVE_C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
const SIGNED_PROPERTIES: &str = "http://uri.etsi.org/01903#SignedProperties";
const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const ECDSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";

/// Signs a request and gives the whole document, UTF-8 without declaration, for `POST /auth/xades-signature`.
///
/// `now` is the present moment: the time of signing is put back by [`CLOCK_TOLERANCE`] here, though not before
/// the certificate's own beginning. RSA signs by PKCS#1 v1.5, elliptic keys by ECDSA with `R||S`.
///
/// Whether the credential is the right one is not judged here: ask [`Credential::problems`] first.
///
/// # Errors
/// A key of a kind that has no signature, or OpenSSL.
pub fn sign(
    request: &AuthTokenRequest,
    credential: &Credential,
    now: DateTime<Utc>,
) -> Result<Vec<u8>, SigningFailed> {
    let algorithm = signature_algorithm(credential.key())?;
    let certificate = credential.certificate();
    let properties = signed_properties(certificate, now)?;
    let info = signed_info(algorithm, &digest(request.to_xml().as_bytes()), &digest(properties.as_bytes()));
    let value = base64::encode(&signature_value(credential.key(), info.as_bytes())?);
    let certificate = base64::encode(certificate.der());
    let signature = format!(
        "<ds:Signature xmlns:ds=\"{DS}\" Id=\"Signature\">{info}<ds:SignatureValue>{value}</ds:SignatureValue>\
         <ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>\
         <ds:Object><xades:QualifyingProperties xmlns:xades=\"{XADES}\" Target=\"#Signature\">{properties}\
         </xades:QualifyingProperties></ds:Object></ds:Signature>"
    );
    Ok(request.with_signature(&signature).into_bytes())
}

fn signature_algorithm(key: &PrivateKey) -> Result<&'static str, SigningFailed> {
    match key.key_kind() {
        KeyKind::Rsa(_) => Ok(RSA_SHA256),
        KeyKind::P256 | KeyKind::OtherCurve(_) => Ok(ECDSA_SHA256),
        KeyKind::Other => Err(SigningFailed::KeyKind(KeyKind::Other)),
    }
}

fn signed_info(algorithm: &str, document_digest: &str, properties_digest: &str) -> String {
    let transform = |algorithm: &str| format!("<ds:Transform Algorithm=\"{algorithm}\"></ds:Transform>");
    let (enveloped, exclusive) = (transform(ENVELOPED), transform(EXCLUSIVE_C14N));
    let method = format!("<ds:DigestMethod Algorithm=\"{SHA256}\"></ds:DigestMethod>");
    format!(
        "<ds:SignedInfo xmlns:ds=\"{DS}\">\
         <ds:CanonicalizationMethod Algorithm=\"{EXCLUSIVE_C14N}\"></ds:CanonicalizationMethod>\
         <ds:SignatureMethod Algorithm=\"{algorithm}\"></ds:SignatureMethod>\
         <ds:Reference URI=\"\"><ds:Transforms>{enveloped}{exclusive}</ds:Transforms>\
         {method}<ds:DigestValue>{document_digest}</ds:DigestValue></ds:Reference>\
         <ds:Reference Type=\"{SIGNED_PROPERTIES}\" URI=\"#SignedProperties\">\
         <ds:Transforms>{exclusive}</ds:Transforms>\
         {method}<ds:DigestValue>{properties_digest}</ds:DigestValue></ds:Reference>\
         </ds:SignedInfo>"
    )
}

fn signed_properties(certificate: &Certificate, now: DateTime<Utc>) -> Result<String, ErrorStack> {
    let time =
        (now - CLOCK_TOLERANCE).max(certificate.not_before()).to_rfc3339_opts(SecondsFormat::Secs, true);
    let digest = base64::encode(certificate.fingerprint().as_bytes());
    let issuer = escape_text(&certificate.issuer_rfc2253());
    let serial = certificate.serial_decimal()?;
    Ok(format!(
        "<xades:SignedProperties xmlns:xades=\"{XADES}\" Id=\"SignedProperties\"><xades:SignedSignatureProperties>\
         <xades:SigningTime>{time}</xades:SigningTime><xades:SigningCertificate><xades:Cert><xades:CertDigest>\
         <ds:DigestMethod xmlns:ds=\"{DS}\" Algorithm=\"{SHA256}\"></ds:DigestMethod>\
         <ds:DigestValue xmlns:ds=\"{DS}\">{digest}</ds:DigestValue></xades:CertDigest><xades:IssuerSerial>\
         <ds:X509IssuerName xmlns:ds=\"{DS}\">{issuer}</ds:X509IssuerName>\
         <ds:X509SerialNumber xmlns:ds=\"{DS}\">{serial}</ds:X509SerialNumber></xades:IssuerSerial></xades:Cert>\
         </xades:SigningCertificate></xades:SignedSignatureProperties></xades:SignedProperties>"
    ))
}

fn digest(bytes: &[u8]) -> String {
    base64::encode(sha256(bytes).as_bytes())
}

fn signature_value(key: &PrivateKey, message: &[u8]) -> Result<Vec<u8>, SigningFailed> {
    match key.key_kind() {
        KeyKind::Rsa(_) => Ok(key.sign_sha256(message)?),
        _ => Ok(key.sign_ecdsa(message)?),
    }
}
