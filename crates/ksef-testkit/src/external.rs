//! A signing program of somebody else: keys by `openssl`, XAdES signatures by `xmlsec1`. Nothing of ours takes part.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A person, or a firm, with a key, a certificate and a signing program.
#[derive(Debug)]
pub struct ExternalSigner {
    folder: TempDir,
    method: &'static str,
}

/// The key of an [`ExternalSigner`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExternalKey {
    /// Elliptic, P-256.
    P256,
    /// RSA with so many bits.
    Rsa(u32),
}

/// Where the signature stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ExternalForm {
    /// Inside the document.
    #[default]
    Enveloped,
    /// Around the document.
    Enveloping,
    /// Around the document in Base64.
    EnvelopingBase64,
    /// In a file of its own.
    Detached,
}

/// How a signing program signs. The default is what KSeF likes best.
#[derive(Debug, Clone, Default)]
pub struct ExternalStyle {
    /// Where the signature stands.
    pub form: ExternalForm,
    /// Inclusive canonical form in place of the exclusive one.
    pub inclusive: bool,
    /// SHA-1 in place of SHA-256, throughout.
    pub sha1: bool,
    /// No certificate in the signature.
    pub no_certificate: bool,
    /// A plain XML signature, without the properties of XAdES.
    pub no_properties: bool,
    /// Properties of XAdES that do not name the signer's certificate.
    pub unbound: bool,
    /// The signature left out of what is signed by the XPath filter in place of the transform made for it; around the
    /// document this leaves out everything.
    pub xpath: bool,
    /// XML inside `ClaimedRole`, as Profil Zaufany writes it.
    pub claimed_role: Option<String>,
}

const DS: &str = "http://www.w3.org/2000/09/xmldsig#";
const XADES: &str = "http://uri.etsi.org/01903/v1.3.2#";
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const INCLUSIVE: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

impl ExternalSigner {
    /// Makes a key and a self-signed certificate for a subject in the way of the `openssl` program, such as
    /// `/C=PL/CN=Jan Testowy/GN=Jan/SN=Testowy/serialNumber=PNOPL-30112206276`.
    ///
    /// `None`, said aloud, where `openssl` or `xmlsec1` is not installed.
    ///
    /// # Panics
    /// When the programs are there and fail.
    #[must_use]
    pub fn new(subject: &str, key: ExternalKey) -> Option<Self> {
        if !["openssl", "xmlsec1"].into_iter().all(is_installed) {
            return None;
        }
        let (kind, option) = match key {
            ExternalKey::P256 => ("EC", "ec_paramgen_curve:P-256".to_owned()),
            ExternalKey::Rsa(bits) => ("RSA", format!("rsa_keygen_bits:{bits}")),
        };
        let method = if key == ExternalKey::P256 { "ecdsa" } else { "rsa" };
        let signer = Self { folder: tempfile::tempdir().unwrap(), method };
        let (key_file, certificate_file) = (signer.key_file(), signer.certificate_file());
        let [key_file, certificate_file] = [&key_file, &certificate_file].map(|path| path.to_str().unwrap());
        run("openssl", &["genpkey", "-quiet", "-algorithm", kind, "-pkeyopt", &option, "-out", key_file]);
        run(
            "openssl",
            &[
                "req",
                "-x509",
                "-new",
                "-sha256",
                "-utf8",
                "-key",
                key_file,
                "-subj",
                subject,
                "-days",
                "3650",
                "-addext",
                "keyUsage=critical,digitalSignature",
                "-out",
                certificate_file,
            ],
        );
        Some(signer)
    }

    /// Takes a certificate and its encrypted key, PEM, from somebody who issues them.
    ///
    /// `None`, said aloud, where `openssl` or `xmlsec1` is not installed.
    ///
    /// # Panics
    /// When the programs are there and fail.
    #[must_use]
    pub fn with(certificate: &str, key: &str, password: &str) -> Option<Self> {
        if !["openssl", "xmlsec1"].into_iter().all(is_installed) {
            return None;
        }
        let mut signer = Self { folder: tempfile::tempdir().unwrap(), method: "rsa" };
        let encrypted = signer.folder.path().join("encrypted.pem");
        std::fs::write(signer.certificate_file(), certificate).unwrap();
        std::fs::write(&encrypted, key).unwrap();
        let (password, plain) = (format!("pass:{password}"), signer.key_file());
        let [encrypted, plain] = [&encrypted, &plain].map(|path| path.to_str().unwrap());
        run("openssl", &["pkey", "-in", encrypted, "-passin", &password, "-out", plain]);
        if run("openssl", &["pkey", "-in", plain, "-noout", "-text_pub"]).contains("ASN1 OID") {
            signer.method = "ecdsa";
        }
        Some(signer)
    }

    /// The private key, PEM, not encrypted.
    #[must_use]
    pub fn key_file(&self) -> PathBuf {
        self.folder.path().join("key.pem")
    }

    /// The certificate, PEM.
    #[must_use]
    pub fn certificate_file(&self) -> PathBuf {
        self.folder.path().join("certificate.pem")
    }

    /// Signs a document, as text without an XML declaration, at this moment (`2026-11-21T12:00:00Z`).
    ///
    /// # Panics
    /// When the programs fail.
    #[must_use]
    pub fn sign(&self, document: &str, signing_time: &str, style: &ExternalStyle) -> Vec<u8> {
        let template = self.folder.path().join("template.xml");
        let signed = self.folder.path().join("signed.xml");
        let beside = self.folder.path().join("request.xml");
        std::fs::write(&beside, document).unwrap();
        std::fs::write(&template, self.template(document, signing_time, style)).unwrap();
        let keys = if style.no_certificate {
            self.key_file().display().to_string()
        } else {
            format!("{},{}", self.key_file().display(), self.certificate_file().display())
        };
        let properties = format!("{XADES}:SignedProperties");
        let object = format!("{DS}:Object");
        let ids = ["--id-attr:Id", &properties, "--id-attr:Id", &object];
        let [signed_path, template_path] = [&signed, &template].map(|path| path.to_str().unwrap());
        let output = ["--privkey-pem", &keys, "--output", signed_path, template_path];
        // A reference to a file beside is looked for from the working folder.
        run_in("xmlsec1", &[&["--sign"], &ids[..], &output[..]].concat(), self.folder.path());
        std::fs::read(signed).unwrap()
    }

    /// What xmlsec1 fills in: everything but digests, value and certificate.
    fn template(&self, document: &str, signing_time: &str, style: &ExternalStyle) -> String {
        let form = if style.inclusive { INCLUSIVE } else { EXCLUSIVE };
        let c14n = format!("<ds:Transform Algorithm=\"{form}\"/>");
        let enveloped = if style.xpath {
            "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"><ds:XPath>\
             not(ancestor-or-self::ds:Signature)</ds:XPath></ds:Transform>"
                .to_owned()
        } else {
            format!("<ds:Transform Algorithm=\"{DS}enveloped-signature\"/>")
        };
        let (target, transforms) = match style.form {
            ExternalForm::Enveloped => ("", format!("{enveloped}{c14n}")),
            ExternalForm::Enveloping if style.xpath => ("#Request", format!("{enveloped}{c14n}")),
            ExternalForm::Enveloping => ("#Request", c14n.clone()),
            ExternalForm::EnvelopingBase64 => {
                ("#Request", format!("<ds:Transform Algorithm=\"{DS}base64\"/>"))
            }
            ExternalForm::Detached => ("request.xml", String::new()),
        };
        let transforms = if transforms.is_empty() {
            transforms
        } else {
            format!("<ds:Transforms>{transforms}</ds:Transforms>")
        };
        let digest = if style.sha1 {
            format!("{DS}sha1")
        } else {
            "http://www.w3.org/2001/04/xmlenc#sha256".to_owned()
        };
        let hash = format!("<ds:DigestMethod Algorithm=\"{digest}\"/><ds:DigestValue/>");
        let properties_reference = format!(
            "<ds:Reference Type=\"http://uri.etsi.org/01903#SignedProperties\" URI=\"#Properties\"><ds:Transforms>{c14n}\
             </ds:Transforms>{hash}</ds:Reference>"
        );
        let (properties_reference, properties) = if style.no_properties {
            (String::new(), String::new())
        } else {
            (properties_reference, self.properties(signing_time, style))
        };
        let object = match style.form {
            ExternalForm::Enveloping => format!("<ds:Object Id=\"Request\">{document}</ds:Object>"),
            ExternalForm::EnvelopingBase64 => {
                format!(
                    "<ds:Object Id=\"Request\" Encoding=\"{DS}base64\">{}</ds:Object>",
                    self.base64(document)
                )
            }
            ExternalForm::Enveloped | ExternalForm::Detached => String::new(),
        };
        let data = if style.no_certificate {
            "<ds:KeyName>k</ds:KeyName>"
        } else {
            "<ds:X509Data><ds:X509Certificate/></ds:X509Data>"
        };
        let signature = format!(
            "<ds:Signature xmlns:ds=\"{DS}\" Id=\"Sig\"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"{form}\"/>\
             <ds:SignatureMethod Algorithm=\"{method}\"/><ds:Reference URI=\"{target}\">{transforms}{hash}\
             </ds:Reference>{properties_reference}</ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo>{data}</ds:KeyInfo>\
             {object}{properties}</ds:Signature>",
            method = self.method(style),
        );
        if style.form == ExternalForm::Enveloped {
            let (start, end) = document.rsplit_once("</").unwrap();
            format!("{start}{signature}</{end}")
        } else {
            signature
        }
    }

    fn method(&self, style: &ExternalStyle) -> String {
        match (self.method, style.sha1) {
            ("rsa", true) => format!("{DS}rsa-sha1"),
            (method, true) => format!("http://www.w3.org/2001/04/xmldsig-more#{method}-sha1"),
            (method, false) => format!("http://www.w3.org/2001/04/xmldsig-more#{method}-sha256"),
        }
    }

    fn properties(&self, signing_time: &str, style: &ExternalStyle) -> String {
        let certificate = self.certificate_file();
        let certificate = certificate.to_str().unwrap();
        let der = self.folder.path().join("certificate.der");
        run("openssl", &["x509", "-in", certificate, "-outform", "DER", "-out", der.to_str().unwrap()]);
        let digest_file = self.folder.path().join("digest");
        let (algorithm, uri) = if style.sha1 {
            ("-sha1", format!("{DS}sha1"))
        } else {
            ("-sha256", "http://www.w3.org/2001/04/xmlenc#sha256".to_owned())
        };
        let output =
            ["dgst", algorithm, "-binary", "-out", digest_file.to_str().unwrap(), der.to_str().unwrap()];
        run("openssl", &output);
        let digest = base64_of(&digest_file);
        let said = |arguments: &[&str]| {
            let text = run("openssl", &[&["x509", "-noout", "-in", certificate], arguments].concat());
            text.trim().split_once('=').map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
        };
        let issuer = said(&["-issuer", "-nameopt", "RFC2253"]);
        let serial = decimal(&said(&["-serial"]));
        let role = style.claimed_role.as_ref().map_or(String::new(), |role| {
            format!(
                "<xades:SignerRole><xades:ClaimedRoles><xades:ClaimedRole>{role}</xades:ClaimedRole></xades:ClaimedRoles>\
                 </xades:SignerRole>"
            )
        });
        let named = format!(
            "<xades:SigningCertificate><xades:Cert><xades:CertDigest><ds:DigestMethod Algorithm=\"{uri}\"/>\
             <ds:DigestValue>{digest}</ds:DigestValue></xades:CertDigest><xades:IssuerSerial>\
             <ds:X509IssuerName>{issuer}</ds:X509IssuerName><ds:X509SerialNumber>{serial}</ds:X509SerialNumber>\
             </xades:IssuerSerial></xades:Cert></xades:SigningCertificate>"
        );
        let named = if style.unbound { String::new() } else { named };
        format!(
            "<ds:Object><xades:QualifyingProperties xmlns:xades=\"{XADES}\" Target=\"#Sig\">\
             <xades:SignedProperties Id=\"Properties\"><xades:SignedSignatureProperties>\
             <xades:SigningTime>{signing_time}</xades:SigningTime>{named}{role}</xades:SignedSignatureProperties>\
             </xades:SignedProperties></xades:QualifyingProperties></ds:Object>"
        )
    }

    fn base64(&self, text: &str) -> String {
        let file = self.folder.path().join("plain");
        std::fs::write(&file, text).unwrap();
        base64_of(&file)
    }
}

fn base64_of(file: &Path) -> String {
    run("openssl", &["base64", "-A", "-in", file.to_str().unwrap()])
}

/// Hex digits of any length as a decimal number.
fn decimal(hex: &str) -> String {
    let mut digits = vec![0_u8];
    for digit in hex.chars().filter_map(|character| character.to_digit(16)) {
        let mut carry = digit;
        for place in &mut digits {
            let value = u32::from(*place) * 16 + carry;
            *place = u8::try_from(value % 10).unwrap_or_default();
            carry = value / 10;
        }
        while carry > 0 {
            digits.push(u8::try_from(carry % 10).unwrap_or_default());
            carry /= 10;
        }
    }
    digits.iter().rev().map(|&digit| char::from(b'0' + digit)).collect()
}

#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
fn is_installed(program: &str) -> bool {
    let found = Command::new(program)
        .arg(if program == "openssl" { "version" } else { "--version" })
        .output()
        .is_ok();
    if !found {
        println!("skipped: {program} is not installed");
    }
    found
}

fn run(program: &str, arguments: &[&str]) -> String {
    run_in(program, arguments, Path::new("."))
}

fn run_in(program: &str, arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_as_decimal() {
        assert_eq!(decimal("00F1020304050607"), "67837681362863623");
        assert_eq!(decimal("0"), "0");
    }
}
