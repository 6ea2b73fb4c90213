//! What the tests of the judge share: an authority, a moment, and xmlsec1 as a signer that is not ours.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot be set up has failed; each test program uses its own part of this"
)]

use std::path::Path;
use std::process::Command;

use chrono::{DateTime, Utc};
use ksef_sim::judge::authority::{
    Authority, CertificateKind, CertificateRequest, CertificateSubject, IssuedCertificate, KeyAlgorithm,
    PersonIdentifier,
};
use ksef_sim::judge::providers::TrustServices;
use ksef_sim::judge::refusal::{CertificateFault, Exception};
use ksef_sim::judge::revocation::RevocationList;
use ksef_sim::judge::xades::{Policy, Refusal, SignedRequest, verify};
use ksef_testkit::SeededRandomness;
use openssl::x509::X509;

pub const CHALLENGE: &str = "20261101-CR-461EA5B000-537A6BA15D-D7";
pub const NIP: &str = "5265877635";

pub fn now() -> DateTime<Utc> {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

/// An authority and what is needed to judge by it.
pub struct Bench {
    pub authority: Authority,
    pub trust: TrustServices,
    pub revoked: RevocationList,
    pub random: SeededRandomness,
    pub now: DateTime<Utc>,
}

impl Bench {
    pub fn new() -> Self {
        let random = SeededRandomness::new(7);
        let authority = Authority::create(now(), &random).unwrap();
        let trust = TrustServices::create(now(), &random).unwrap();
        Self { authority, trust, revoked: RevocationList::default(), random, now: now() }
    }

    pub fn policy(&self) -> Policy<'_> {
        Policy {
            now: self.now,
            enforce_compliance: false,
            allow_self_signed: false,
            verify_chain: false,
            authority: &self.authority,
            trust: &self.trust,
            revoked: &self.revoked,
        }
    }

    pub fn verify(&self, bytes: &[u8]) -> Result<SignedRequest, Refusal> {
        verify(bytes, &self.policy())
    }

    pub fn verify_strictly(&self, bytes: &[u8]) -> Result<SignedRequest, Refusal> {
        verify(bytes, &Policy { enforce_compliance: true, ..self.policy() })
    }

    pub fn issue(&self, request: &CertificateRequest) -> Signer {
        Signer::of(&self.authority.issue(request, &self.random).unwrap())
    }

    pub fn person(&self, key: KeyAlgorithm) -> Signer {
        self.issue(&person(key))
    }
}

pub fn person(key: KeyAlgorithm) -> CertificateRequest {
    CertificateRequest {
        subject: CertificateSubject::Person {
            given_name: "Zażółć".to_owned(),
            surname: "Gęślą, \"Jaźń\" + Syn".to_owned(),
            identifier: PersonIdentifier::Pesel("30112206276".parse().unwrap()),
        },
        kind: CertificateKind::Authentication,
        key,
        valid_from: now() - chrono::Duration::hours(1),
        valid_to: None,
    }
}

/// A certificate and a key, in the forms that templates and xmlsec1 want.
pub struct Signer {
    pub certificate_pem: String,
    pub key_pem: String,
    pub password: Option<String>,
}

impl Signer {
    pub fn of(issued: &IssuedCertificate) -> Self {
        Self {
            certificate_pem: issued.crt().unwrap(),
            key_pem: issued.plain_key().unwrap().expose().clone(),
            password: None,
        }
    }

    /// One of the shared credential files, with the password they all have.
    pub fn shared(folder: &Path, name: &str) -> Self {
        let read = |suffix: &str| {
            std::fs::read_to_string(folder.join("vectors/credentials").join(format!("{name}.{suffix}")))
                .unwrap()
        };
        let password = Some("Tajne-Haslo-2026!".to_owned());
        Self { certificate_pem: read("crt"), key_pem: read("key"), password }
    }

    pub fn certificate(&self) -> X509 {
        X509::from_pem(self.certificate_pem.as_bytes()).unwrap()
    }

    pub fn certificate_base64(&self) -> String {
        openssl::base64::encode_block(&self.certificate().to_der().unwrap())
    }

    pub fn digest_base64(&self) -> String {
        openssl::base64::encode_block(&openssl::sha::sha256(&self.certificate().to_der().unwrap()))
    }

    pub fn serial(&self) -> String {
        self.certificate().serial_number().to_bn().unwrap().to_dec_str().unwrap().to_string()
    }

    /// By the openssl program: an independent writer of names.
    pub fn issuer(&self) -> String {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("c.pem");
        std::fs::write(&file, &self.certificate_pem).unwrap();
        let output = Command::new("openssl")
            .args(["x509", "-noout", "-issuer", "-nameopt", "RFC2253", "-in"])
            .arg(&file)
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        text.trim().strip_prefix("issuer=").unwrap().to_owned()
    }

    pub fn method(&self) -> &'static str {
        let rsa = self.certificate().public_key().unwrap().rsa().is_ok();
        if rsa { RSA_SHA256 } else { ECDSA_SHA256 }
    }
}

pub const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
pub const ECDSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
pub const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
pub const INCLUSIVE: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
pub const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";

pub fn request() -> String {
    format!(
        "<AuthTokenRequest xmlns=\"http://ksef.mf.gov.pl/auth/token/2.1\">\n  <Challenge>{CHALLENGE}</Challenge>\n  \
         <ContextIdentifier>\n    <Nip>{NIP}</Nip>\n  </ContextIdentifier>\n  \
         <SubjectIdentifierType>certificateSubject</SubjectIdentifierType>\n</AuthTokenRequest>"
    )
}

/// The signature's skeleton, digests and value left empty for xmlsec1. `DOCREF` is the document's reference.
fn skeleton(signer: &Signer, document_reference: &str, objects: &str) -> String {
    format!(
        "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" Id=\"Sig\"><ds:SignedInfo>\
         <ds:CanonicalizationMethod Algorithm=\"{EXCLUSIVE}\"/><ds:SignatureMethod Algorithm=\"{method}\"/>\
         {document_reference}\
         <ds:Reference URI=\"#Props\" Type=\"http://uri.etsi.org/01903#SignedProperties\"><ds:Transforms>\
         <ds:Transform Algorithm=\"{EXCLUSIVE}\"/></ds:Transforms><ds:DigestMethod Algorithm=\"{SHA256}\"/>\
         <ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/>\
         <ds:KeyInfo Id=\"Keys\"><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data>\
         </ds:KeyInfo>{objects}<ds:Object>\
         <xades:QualifyingProperties xmlns:xades=\"http://uri.etsi.org/01903/v1.3.2#\" Target=\"#Sig\">\
         <xades:SignedProperties Id=\"Props\"><xades:SignedSignatureProperties>\
         <xades:SigningTime>2026-11-22T11:59:00Z</xades:SigningTime>\
         <xades:SigningCertificate><xades:Cert><xades:CertDigest><ds:DigestMethod Algorithm=\"{SHA256}\"/>\
         <ds:DigestValue>{digest}</ds:DigestValue></xades:CertDigest><xades:IssuerSerial>\
         <ds:X509IssuerName>{issuer}</ds:X509IssuerName><ds:X509SerialNumber>{serial}</ds:X509SerialNumber>\
         </xades:IssuerSerial></xades:Cert></xades:SigningCertificate></xades:SignedSignatureProperties>\
         </xades:SignedProperties></xades:QualifyingProperties></ds:Object></ds:Signature>",
        method = signer.method(),
        certificate = signer.certificate_base64(),
        digest = signer.digest_base64(),
        issuer = signer.issuer().replace('&', "&amp;").replace('<', "&lt;"),
        serial = signer.serial(),
    )
}

pub fn enveloped_template(signer: &Signer) -> String {
    let reference = format!(
        "<ds:Reference URI=\"\"><ds:Transforms>\
         <ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>\
         <ds:Transform Algorithm=\"{EXCLUSIVE}\"/></ds:Transforms><ds:DigestMethod Algorithm=\"{SHA256}\"/>\
         <ds:DigestValue/></ds:Reference>"
    );
    let end = "</AuthTokenRequest>";
    request().replace(end, &format!("{}{end}", skeleton(signer, &reference, "")))
}

pub fn enveloping_template(signer: &Signer) -> String {
    let reference = format!(
        "<ds:Reference URI=\"#Doc\" Type=\"http://www.w3.org/2000/09/xmldsig#Object\"><ds:Transforms>\
         <ds:Transform Algorithm=\"{EXCLUSIVE}\"/></ds:Transforms><ds:DigestMethod Algorithm=\"{SHA256}\"/>\
         <ds:DigestValue/></ds:Reference>"
    );
    skeleton(signer, &reference, &format!("<ds:Object Id=\"Doc\">{}</ds:Object>", request()))
}

/// Whether the independent signer is there; says so where it is not.
pub fn has_xmlsec() -> bool {
    let there = Command::new("xmlsec1").arg("--version").output().is_ok_and(|output| output.status.success());
    if !there {
        eprintln!("skipped: xmlsec1 is not installed");
    }
    there
}

/// Fills digests and value of a template with xmlsec1.
pub fn sign(template: &str, signer: &Signer) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (key, certificate) = (file("k.pem", &signer.key_pem), file("c.pem", &signer.certificate_pem));
    let template = file("t.xml", template);
    let mut command = Command::new("xmlsec1");
    command.args(["--sign", "--privkey-pem", &format!("{key},{certificate}")]);
    if let Some(password) = &signer.password {
        command.args(["--pwd", password]);
    }
    let output = command.args(ID_ATTRIBUTES).arg(&template).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

pub const ID_ATTRIBUTES: [&str; 8] = [
    "--id-attr:Id",
    "http://uri.etsi.org/01903/v1.3.2#:SignedProperties",
    "--id-attr:Id",
    "http://www.w3.org/2000/09/xmldsig#:Object",
    "--id-attr:Id",
    "http://www.w3.org/2000/09/xmldsig#:KeyInfo",
    "--id-attr:Id",
    "http://www.w3.org/2000/09/xmldsig#:SignedInfo",
];

/// Whether xmlsec1 finds the signature good under the key of the certificate.
pub fn xmlsec_verifies(document: &[u8], certificate_pem: &str) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let (document_file, certificate) = (folder.path().join("d.xml"), folder.path().join("c.pem"));
    std::fs::write(&document_file, document).unwrap();
    std::fs::write(&certificate, certificate_pem).unwrap();
    Command::new("xmlsec1")
        .args(["--verify", "--pubkey-cert-pem"])
        .arg(&certificate)
        .args(ID_ATTRIBUTES)
        .arg(&document_file)
        .output()
        .unwrap()
        .status
        .success()
}

#[track_caller]
pub fn assert_exception(result: Result<SignedRequest, Refusal>, code: u32) {
    match result {
        Err(Refusal::Exception(Exception { code: found, .. })) if found == code => {}
        other => panic!("expected {code}, found {other:?}"),
    }
}

#[track_caller]
pub fn assert_later(result: Result<SignedRequest, Refusal>, wanted: CertificateFault) {
    match result {
        Err(Refusal::Later { fault, .. }) if fault == wanted => {}
        other => panic!("expected 460 {wanted:?}, found {other:?}"),
    }
}

/// Replaces, and insists that there was something to replace.
#[track_caller]
pub fn swap(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "nothing to replace: {from}");
    text.replacen(from, to, 1)
}
