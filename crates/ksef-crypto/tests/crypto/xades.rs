//! Signatures are judged by programs of others: xmlsec1 for the signature, xmllint for the schema and for the
//! canonical form.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use chrono::Duration;
use ksef_crypto::xades::{AuthTokenRequest, SubjectIdentifierType, sign};
use ksef_crypto::{Credential, base64, sha256};
use ksef_types::{ContextIdentifier, ContextKind};
use proptest::prelude::*;

use crate::support::{self, Usage, ec_key, name, now, rsa_key};

fn request(context: ContextIdentifier) -> AuthTokenRequest {
    AuthTokenRequest {
        challenge: "20261101-CR-461EA5B000-537A6BA15D-D7".parse().unwrap(),
        context,
        subject: SubjectIdentifierType::CertificateSubject,
    }
}

fn nip() -> ContextIdentifier {
    ContextIdentifier::Nip("5265877635".parse().unwrap())
}

fn signed(request: &AuthTokenRequest, credential: &Credential) -> String {
    String::from_utf8(sign(request, credential, now()).unwrap()).unwrap()
}

/// Runs a program of others; `None`, said aloud, where it is not installed.
fn run(program: &str, arguments: &[&Path]) -> Option<Output> {
    let output = Command::new(program).args(arguments).output();
    if output.is_err() {
        println!("skipped: {program} is not installed");
    }
    output.ok()
}

/// Whether xmlsec1 takes the document as signed by this certificate; `None` where there is no xmlsec1.
fn verified(document: &str, credential: &Credential) -> Option<Result<(), String>> {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str, bytes: &[u8]| -> PathBuf {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let pem = openssl::x509::X509::from_der(credential.certificate().der()).unwrap().to_pem().unwrap();
    let (document, certificate) = (place("signed.xml", document.as_bytes()), place("certificate.pem", &pem));
    let [verify, properties, id] =
        ["--verify", "--id-attr:Id", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties"].map(Path::new);
    let key = Path::new("--pubkey-cert-pem");
    let output = run("xmlsec1", &[verify, properties, id, key, &certificate, &document])?;
    let said =
        String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    // Two references, the document and the properties, must both have been checked.
    let both = said.contains("SignedInfo References (ok/all): 2/2");
    Some(if output.status.success() && both { Ok(()) } else { Err(said) })
}

fn credentials() -> Vec<Credential> {
    let vectors = ["uwierzytelnianie-ec", "uwierzytelnianie-rsa"].map(support::credential);
    let issuer = name("Okienko & <Spółka>", "VATPL-5265877635");
    let made = [ec_key(), rsa_key(2048), rsa_key(4096)];
    let made = made.iter().map(|key| support::pair(key, &issuer, &Usage::Authentication));
    vectors.into_iter().flatten().chain(made).collect()
}

#[test]
fn xmlsec1_verifies_what_we_sign() {
    for credential in credentials() {
        let document = signed(&request(nip()), &credential);
        let Some(verdict) = verified(&document, &credential) else { return };
        assert_eq!(verdict, Ok(()), "{document}");
    }
}

#[test]
fn xmlsec1_refuses_what_was_changed_afterwards() {
    for credential in credentials() {
        let document = signed(&request(nip()), &credential);
        for (what, with) in [
            ("<Nip>5265877635", "<Nip>9999999999"),
            ("461EA5B000", "461EA5B001"),
            ("2026-12-01T11:59:00Z", "2026-12-01T11:59:01Z"),
            ("certificateSubject", "certificateFingerprint"),
        ] {
            let changed = document.replace(what, with);
            assert_ne!(changed, document, "{what}");
            let Some(verdict) = verified(&changed, &credential) else { return };
            assert!(verdict.is_err(), "{what}");
        }
    }
}

#[test]
fn what_is_signed_is_valid_by_the_schema() {
    let Some(schemas) =
        ksef_testkit::shared().map(|folder| folder.join("schemas/auth/schemat_auth_v2-1.xsd"))
    else {
        println!("skipped: the contract's files are not here");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    // The schema's patterns for NipVatUe and PeppolId end in `$`, which a schema takes as a dollar: no real
    // identifier is valid by them.
    for (kind, value) in [(ContextKind::Nip, "5265877635"), (ContextKind::InternalId, "5265877635-12345")] {
        for subject in
            [SubjectIdentifierType::CertificateSubject, SubjectIdentifierType::CertificateFingerprint]
        {
            let context = ContextIdentifier::parse(kind, value).unwrap();
            let document = folder.path().join("request.xml");
            let request = AuthTokenRequest { subject, ..request(context) };
            std::fs::write(&document, request.to_xml()).unwrap();
            let arguments = ["--nonet", "--noout", "--schema"].map(Path::new);
            let Some(output) = run("xmllint", &[&arguments[..], &[&schemas, &document]].concat()) else {
                return;
            };
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
    }
}

/// The part of the document from the start of an element to its end.
fn element<'a>(document: &'a str, name: &str) -> &'a str {
    let (open, close) = (format!("<{name} "), format!("</{name}>"));
    let start = document.find(&open).unwrap();
    let end = document.find(&close).unwrap() + close.len();
    &document[start..end]
}

/// What xmllint makes of a piece by exclusive canonicalisation.
fn canonical(piece: &str) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("piece.xml");
    std::fs::write(&path, piece).unwrap();
    let output = run("xmllint", &[Path::new("--exc-c14n"), &path])?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn what_is_signed_is_in_canonical_form() {
    let credential =
        support::pair(&ec_key(), &name("A&B<C>\"D\" 'E'", "VATPL-5265877635"), &Usage::Authentication);
    let request = request(nip());
    let document = signed(&request, &credential);
    for piece in [
        request.to_xml().as_str(),
        element(&document, "ds:SignedInfo"),
        element(&document, "xades:SignedProperties"),
    ] {
        let Some(canonical) = canonical(piece) else { return };
        assert_eq!(piece, canonical);
    }
    let info = element(&document, "ds:SignedInfo");
    for signed in [request.to_xml().as_str(), element(&document, "xades:SignedProperties")] {
        assert!(info.contains(&base64::encode(sha256(signed.as_bytes()).as_bytes())));
    }
}

#[test]
fn the_shape_is_the_one_that_the_strict_checks_take() {
    let credential = support::pair(&ec_key(), &name("CCK MF", "VATPL-5265877635"), &Usage::Authentication);
    let document = signed(&request(nip()), &credential);
    let certificate = credential.certificate();
    for expected in [
        r#"<ds:Reference URI="">"#,
        r##"<ds:Reference Type="http://uri.etsi.org/01903#SignedProperties" URI="#SignedProperties">"##,
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
        "<xades:SigningTime>2026-12-01T11:59:00Z</xades:SigningTime>",
        "<xades:SigningCertificate>",
        ",CN=CCK MF,C=PL</ds:X509IssuerName>",
        // 0x00F1020304050607
        ">67837681362863623</ds:X509SerialNumber>",
        &base64::encode(certificate.fingerprint().as_bytes()),
        &format!("<ds:X509Certificate>{}</ds:X509Certificate>", base64::encode(certificate.der())),
    ] {
        assert!(document.contains(expected), "{expected} in {document}");
    }
    for unwanted in ["SigningCertificateV2", "sha1", "<?xml", "/>", "REC-xml-c14n"] {
        assert!(!document.contains(unwanted), "{unwanted} in {document}");
    }
    let value = document.split("<ds:SignatureValue>").nth(1).unwrap().split('<').next().unwrap();
    assert_eq!(base64::decode(value).unwrap().len(), 64, "R||S");
}

#[test]
fn nothing_is_signed_before_the_certificate_began() {
    let credential = support::pair(&ec_key(), &name("Okienko", "VATPL-5265877635"), &Usage::Authentication);
    let start = credential.certificate().not_before();
    let document = sign(&request(nip()), &credential, start + Duration::seconds(5)).unwrap();
    let document = String::from_utf8(document).unwrap();
    assert!(document.contains(&format!(">{}</xades:SigningTime>", start.format("%Y-%m-%dT%H:%M:%SZ"))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_issuer_and_any_context_can_be_signed(
        common in "[&<>\"'\\\\,+;#= \r\n\tA-Zżółć\u{85}\u{2028}\u{fffe}€\u{1f600}]{1,20}",
        identifier in "[&<>\"'\\\\,+;#= \r\nA-Z]{1,20}",
        vat_ue in "NL[A-Z0-9+*]{12}",
    ) {
        let credential = support::pair(&ec_key(), &name(&common, &identifier), &Usage::Authentication);
        let context = ContextIdentifier::parse(ContextKind::NipVatUe, &format!("5265877635-{vat_ue}")).unwrap();
        let document = signed(&request(context), &credential);
        if let Some(properties) = canonical(element(&document, "xades:SignedProperties")) {
            prop_assert_eq!(element(&document, "xades:SignedProperties"), properties);
        }
        if let Some(verdict) = verified(&document, &credential) {
            prop_assert_eq!(verdict, Ok(()));
        }
    }
}
