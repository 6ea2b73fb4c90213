//! Signing for people by Profil Zaufany, as the government's page does: the ministry's seal over the document, and the
//! person in the signed role. The `bergshamra` crates sign, which `ksef-crypto` does not use for signing.

use bergshamra::keys::{KeysManager, loader};
use bergshamra::{DsigContext, dsig};
use chrono::{DateTime, SecondsFormat, Utc};
use ksef_types::Pesel;
use openssl::error::ErrorStack;

use super::openssl_parts::{sha256, to_base64};
use super::providers::{ProfileSeal, TrustServices};

const DS: &str = "http://www.w3.org/2000/09/xmldsig#";
const XADES: &str = "http://uri.etsi.org/01903/v1.3.2#";
/// Profil Zaufany writes the inclusive form, unlike the ministry's client.
const FORM: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
const ECDSA: &str = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";

/// A document cannot be signed.
#[derive(Debug, thiserror::Error)]
pub enum NotSignable {
    /// It is not UTF-8, no well-formed XML, or signed already.
    #[error("only well-formed XML in UTF-8 without a signature can be signed")]
    Document,
    /// OpenSSL failed.
    #[error("the cryptographic library failed")]
    Crypto(#[from] ErrorStack),
    /// The library that signs failed.
    #[error("the signing library failed: {0}")]
    Library(#[from] bergshamra::Error),
}

/// Who signs.
#[derive(Debug, Clone, Copy)]
pub struct ProfileOwner<'o> {
    /// PESEL; `None` makes a signature that KSeF does not take.
    pub pesel: Option<&'o Pesel>,
    /// First name.
    pub given_name: &'o str,
    /// Family name.
    pub surname: &'o str,
}

impl TrustServices {
    /// Signs any XML document in a person's name; the signature becomes the last child of its root.
    ///
    /// # Errors
    /// See [`NotSignable`].
    pub fn sign_by_profile(
        &self,
        document: &[u8],
        owner: ProfileOwner<'_>,
        now: DateTime<Utc>,
    ) -> Result<Vec<u8>, NotSignable> {
        let text = std::str::from_utf8(document).map_err(|_| NotSignable::Document)?;
        let parsed = bergshamra::xml::uppsala::parse(text).map_err(|_| NotSignable::Document)?;
        if parsed.document_element().is_none() || text.contains(DS) {
            return Err(NotSignable::Document);
        }
        drop(parsed);
        let (start, end) = text.rsplit_once("</").ok_or(NotSignable::Document)?;
        let seal = self.seal();
        let template = format!("{start}{}</{end}", template(seal, owner, now)?);
        let mut keys = KeysManager::new();
        keys.add_key(loader::load_ec_p256_private_pem(&seal.key.private_key_to_pem_pkcs8()?)?);
        Ok(dsig::sign::sign_owned(&DsigContext::new(keys), template)?.into_bytes())
    }
}

/// Everything but the digests and the value.
fn template(seal: &ProfileSeal, owner: ProfileOwner<'_>, now: DateTime<Utc>) -> Result<String, ErrorStack> {
    let certificate = to_base64(&seal.certificate.to_der()?);
    let form = format!("<ds:Transform Algorithm=\"{FORM}\"/>");
    let hash = format!("<ds:DigestMethod Algorithm=\"{SHA256}\"/><ds:DigestValue></ds:DigestValue>");
    Ok(format!(
        "<ds:Signature xmlns:ds=\"{DS}\" Id=\"ID-podpis\"><ds:SignedInfo><ds:CanonicalizationMethod \
         Algorithm=\"{FORM}\"/><ds:SignatureMethod Algorithm=\"{ECDSA}\"/><ds:Reference URI=\"\"><ds:Transforms>\
         <ds:Transform Algorithm=\"{DS}enveloped-signature\"/>{form}</ds:Transforms>{hash}</ds:Reference>\
         <ds:Reference Type=\"http://uri.etsi.org/01903#SignedProperties\" URI=\"#ID-wlasciwosci\"><ds:Transforms>\
         {form}</ds:Transforms>{hash}</ds:Reference></ds:SignedInfo><ds:SignatureValue></ds:SignatureValue>\
         <ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>\
         <ds:Object><xades:QualifyingProperties xmlns:xades=\"{XADES}\" Target=\"#ID-podpis\">\
         {properties}</xades:QualifyingProperties></ds:Object></ds:Signature>",
        properties = properties(seal, owner, now)?,
    ))
}

fn properties(seal: &ProfileSeal, owner: ProfileOwner<'_>, now: DateTime<Utc>) -> Result<String, ErrorStack> {
    let time = now.to_rfc3339_opts(SecondsFormat::Millis, true);
    let digest = to_base64(sha256(&seal.certificate.to_der()?).as_bytes());
    let serial = seal.certificate.serial_number().to_bn()?.to_dec_str()?;
    let issuer = escaped(&issuer_name(seal)?);
    Ok(format!(
        "<xades:SignedProperties Id=\"ID-wlasciwosci\"><xades:SignedSignatureProperties><xades:SigningTime>{time}\
         </xades:SigningTime><xades:SigningCertificate><xades:Cert><xades:CertDigest><ds:DigestMethod \
         Algorithm=\"{SHA256}\"/><ds:DigestValue>{digest}</ds:DigestValue></xades:CertDigest><xades:IssuerSerial>\
         <ds:X509IssuerName>{issuer}</ds:X509IssuerName><ds:X509SerialNumber>{serial}</ds:X509SerialNumber>\
         </xades:IssuerSerial></xades:Cert></xades:SigningCertificate><xades:SignerRole><xades:ClaimedRoles>\
         <xades:ClaimedRole>{role}</xades:ClaimedRole></xades:ClaimedRoles></xades:SignerRole>\
         </xades:SignedSignatureProperties></xades:SignedProperties>",
        role = role(owner),
    ))
}

/// Source: schemas `http://crd.gov.pl/xml/schematy/ppzp/` and `…/osoba/2009/11/16/`.
fn role(owner: ProfileOwner<'_>) -> String {
    let pesel = owner.pesel.map(|pesel| format!("<os:PESEL>{pesel}</os:PESEL>")).unwrap_or_default();
    format!(
        "<ppZP:PodpisZP xmlns:ppZP=\"http://crd.gov.pl/xml/schematy/ppzp/\" \
         xmlns:os=\"http://crd.gov.pl/xml/schematy/osoba/2009/11/16/\"><ppZP:DaneZP><ppZP:DaneZPOsobyFizycznej>\
         <os:Nazwisko rodzajCzlonu=\"pierwszy\">{}</os:Nazwisko><os:Imie>{}</os:Imie>{pesel}\
         </ppZP:DaneZPOsobyFizycznej></ppZP:DaneZP></ppZP:PodpisZP>",
        escaped(owner.surname),
        escaped(owner.given_name),
    )
}

/// RFC 2253: the last part first. The issuer's name has no character that would have to be escaped there.
fn issuer_name(seal: &ProfileSeal) -> Result<String, ErrorStack> {
    let parts = seal.certificate.issuer_name().entries().map(|entry| {
        let kind = entry.object().nid().short_name()?;
        Ok(format!("{kind}={}", entry.data().to_string()?))
    });
    let mut parts = parts.collect::<Result<Vec<_>, ErrorStack>>()?;
    parts.reverse();
    Ok(parts.join(","))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\r', "&#xD;")
}
