use chrono::{DateTime, Months, SecondsFormat, Utc};
use ksef_types::Randomness;
use openssl::ecdsa::EcdsaSig;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::x509::extension::{BasicConstraints, KeyUsage};
use openssl::x509::{X509, X509NameBuilder};
use serde::{Deserialize, Serialize};

use super::{CryptoFailed, DamagedState};
use crate::judge::openssl_parts::{KeyAlgorithm, asn1_time, new_key, new_serial, sha256, to_base64};

const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
const XADES: &str = "http://uri.etsi.org/01903/v1.3.2#";
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
const ECDSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
/// Text of the issuer's name by RFC 2253; the certificate is self-signed with exactly these parts.
const ISSUER: &str = "C=PL,O=Symulator KSeF,CN=Symulator KSeF - UPO";
const VALIDITY_MONTHS: u32 = 120;
/// Half a P-256 signature.
const HALF: i32 = 32;

/// The key with which the simulated ministry signs UPO.
#[derive(Debug)]
pub struct UpoSigner {
    key: PKey<Private>,
    certificate: X509,
}

/// The signer as a state file holds it, with its private key (of the simulator, worth nothing elsewhere).
#[derive(Clone, Serialize, Deserialize)]
pub struct UpoSignerState {
    private_key_pem: String,
    certificate_pem: String,
}

impl UpoSigner {
    /// A new key on P-256 with a self-signed certificate.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn create(now: DateTime<Utc>, random: &dyn Randomness) -> Result<Self, CryptoFailed> {
        let key = new_key(KeyAlgorithm::P256)?;
        let certificate = self_signed(&key, now, random)?;
        Ok(Self { key, certificate })
    }

    /// The certificate in DER.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn certificate_der(&self) -> Result<Vec<u8>, CryptoFailed> {
        Ok(self.certificate.to_der()?)
    }

    /// For the state folder.
    ///
    /// # Errors
    /// When OpenSSL fails.
    pub fn to_state(&self) -> Result<UpoSignerState, CryptoFailed> {
        Ok(UpoSignerState {
            private_key_pem: String::from_utf8(self.key.private_key_to_pem_pkcs8()?).unwrap_or_default(),
            certificate_pem: String::from_utf8(self.certificate.to_pem()?).unwrap_or_default(),
        })
    }

    /// From the state folder.
    ///
    /// # Errors
    /// When the state is damaged.
    pub fn from_state(state: &UpoSignerState) -> Result<Self, DamagedState> {
        let key = PKey::private_key_from_pem(state.private_key_pem.as_bytes())?;
        let certificate = X509::from_pem(state.certificate_pem.as_bytes())?;
        if !certificate.public_key()?.public_eq(&key) {
            return Err(DamagedState::Mismatch);
        }
        Ok(Self { key, certificate })
    }

    /// Puts an enveloped XAdES-BES signature into `document`, which must be its own canonical form.
    ///
    /// SignedProperties and SignedInfo are written in exclusive canonical form, hashed, and embedded as they are.
    pub(super) fn sign(
        &self,
        document: &str,
        now: DateTime<Utc>,
        random: &dyn Randomness,
    ) -> Result<Vec<u8>, CryptoFailed> {
        let mut number = [0_u8; 8];
        random.fill(&mut number);
        let id = hex::encode(number);
        let certificate = self.certificate.to_der()?;
        let properties = self.signed_properties(&id, &certificate, now)?;
        let signed_info = signed_info(&id, document, &properties);
        let signature = self.raw_signature(&signed_info)?;
        let signature = format!(
            "<ds:Signature xmlns:ds=\"{DSIG}\" Id=\"Signature-{id}\">{signed_info}\
             <ds:SignatureValue>{}</ds:SignatureValue>\
             <ds:KeyInfo><ds:X509Data><ds:X509Certificate>{}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>\
             <ds:Object><xades:QualifyingProperties xmlns:xades=\"{XADES}\" Target=\"#Signature-{id}\">{properties}\
             </xades:QualifyingProperties></ds:Object></ds:Signature>",
            to_base64(&signature),
            to_base64(&certificate),
        );
        let end = document.rfind("</").unwrap_or(document.len());
        let (body, closing) = document.split_at(end);
        Ok(format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{body}{signature}{closing}").into_bytes())
    }

    fn signed_properties(
        &self,
        id: &str,
        certificate: &[u8],
        now: DateTime<Utc>,
    ) -> Result<String, ErrorStack> {
        let digest = to_base64(sha256(certificate).as_bytes());
        let serial = self.certificate.serial_number().to_bn()?.to_dec_str()?;
        let time = now.to_rfc3339_opts(SecondsFormat::Secs, true);
        Ok(format!(
            "<xades:SignedProperties xmlns:xades=\"{XADES}\" Id=\"SignedProperties-{id}\">\
             <xades:SignedSignatureProperties><xades:SigningTime>{time}</xades:SigningTime>\
             <xades:SigningCertificate><xades:Cert><xades:CertDigest>\
             <ds:DigestMethod xmlns:ds=\"{DSIG}\" Algorithm=\"{SHA256}\"></ds:DigestMethod>\
             <ds:DigestValue xmlns:ds=\"{DSIG}\">{digest}</ds:DigestValue></xades:CertDigest>\
             <xades:IssuerSerial><ds:X509IssuerName xmlns:ds=\"{DSIG}\">{ISSUER}</ds:X509IssuerName>\
             <ds:X509SerialNumber xmlns:ds=\"{DSIG}\">{serial}</ds:X509SerialNumber></xades:IssuerSerial>\
             </xades:Cert></xades:SigningCertificate></xades:SignedSignatureProperties></xades:SignedProperties>"
        ))
    }

    fn raw_signature(&self, signed_info: &str) -> Result<Vec<u8>, ErrorStack> {
        let digest = sha256(signed_info.as_bytes());
        let signature = EcdsaSig::sign(digest.as_bytes(), self.key.ec_key()?.as_ref())?;
        let mut raw = signature.r().to_vec_padded(HALF)?;
        raw.extend(signature.s().to_vec_padded(HALF)?);
        Ok(raw)
    }
}

fn signed_info(id: &str, document: &str, properties: &str) -> String {
    let document_digest = to_base64(sha256(document.as_bytes()).as_bytes());
    let properties_digest = to_base64(sha256(properties.as_bytes()).as_bytes());
    format!(
        "<ds:SignedInfo xmlns:ds=\"{DSIG}\">\
         <ds:CanonicalizationMethod Algorithm=\"{EXCLUSIVE}\"></ds:CanonicalizationMethod>\
         <ds:SignatureMethod Algorithm=\"{ECDSA_SHA256}\"></ds:SignatureMethod>\
         <ds:Reference URI=\"\"><ds:Transforms>\
         <ds:Transform Algorithm=\"{DSIG}enveloped-signature\"></ds:Transform>\
         <ds:Transform Algorithm=\"{EXCLUSIVE}\"></ds:Transform></ds:Transforms>\
         <ds:DigestMethod Algorithm=\"{SHA256}\"></ds:DigestMethod>\
         <ds:DigestValue>{document_digest}</ds:DigestValue></ds:Reference>\
         <ds:Reference Type=\"http://uri.etsi.org/01903#SignedProperties\" URI=\"#SignedProperties-{id}\">\
         <ds:Transforms><ds:Transform Algorithm=\"{EXCLUSIVE}\"></ds:Transform></ds:Transforms>\
         <ds:DigestMethod Algorithm=\"{SHA256}\"></ds:DigestMethod>\
         <ds:DigestValue>{properties_digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>"
    )
}

fn self_signed(key: &PKey<Private>, now: DateTime<Utc>, random: &dyn Randomness) -> Result<X509, ErrorStack> {
    let mut name = X509NameBuilder::new()?;
    // RFC 2253 writes the last part first.
    name.append_entry_by_text("CN", "Symulator KSeF - UPO")?;
    name.append_entry_by_text("O", "Symulator KSeF")?;
    name.append_entry_by_text("C", "PL")?;
    let name = name.build();
    let not_before = now - chrono::Duration::days(1);
    let not_after = not_before.checked_add_months(Months::new(VALIDITY_MONTHS)).unwrap_or(not_before);
    let mut builder = X509::builder()?;
    builder.set_version(2)?;
    let serial = new_serial(random)?;
    builder.set_serial_number(&serial)?;
    builder.set_subject_name(&name)?;
    builder.set_issuer_name(&name)?;
    let (not_before, not_after) = (asn1_time(not_before)?, asn1_time(not_after)?);
    builder.set_not_before(&not_before)?;
    builder.set_not_after(&not_after)?;
    builder.set_pubkey(key)?;
    builder.append_extension(BasicConstraints::new().critical().build()?)?;
    builder.append_extension(KeyUsage::new().critical().digital_signature().non_repudiation().build()?)?;
    builder.sign(key, MessageDigest::sha256())?;
    Ok(builder.build())
}
