//! The program's own signatures before the judge: good by the strict checks, without a warning, bound in every byte.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod judge_common;

use judge_common::{Bench, CHALLENGE, NIP, now, person, xmlsec_verifies};
use ksef_crypto::xades::{AuthTokenRequest, SubjectIdentifierType, sign};
use ksef_crypto::{Certificate, Credential, PrivateKey};
use ksef_sim::judge::authority::{CertificateRequest, CertificateSubject, KeyAlgorithm};
use ksef_sim::judge::xades::{Policy, verify};
use ksef_types::{ContextIdentifier, SecretBytes};
use openssl::bn::BigNum;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::x509::{X509, X509NameBuilder};

fn request(context: ContextIdentifier) -> AuthTokenRequest {
    AuthTokenRequest {
        challenge: CHALLENGE.parse().unwrap(),
        context,
        subject: SubjectIdentifierType::CertificateSubject,
    }
}

fn credential(certificate_der: &[u8], key_der: Vec<u8>) -> Credential {
    let key = PrivateKey::from_pkcs8_der(&SecretBytes::new(key_der)).unwrap();
    Credential::assemble(Certificate::from_der(certificate_der).unwrap(), key).unwrap()
}

#[test]
fn signatures_with_certificates_of_the_authority_are_good() {
    let bench = Bench::new();
    let nip = NIP.parse().unwrap();
    let seal = CertificateSubject::Seal { organisation: "Firma & Syn <sp. z o.o.>".to_owned(), nip };
    let contexts = [
        ContextIdentifier::Nip(nip),
        ContextIdentifier::InternalId(format!("{NIP}-12345")),
        ContextIdentifier::NipVatUe(format!("{NIP}-DE123456789")),
        ContextIdentifier::PeppolId("PPL123456".to_owned()),
    ];
    for key in [KeyAlgorithm::P256, KeyAlgorithm::Rsa2048] {
        for subject in [person(key).subject, seal.clone()] {
            let wanted = CertificateRequest { subject, ..person(key) };
            let issued = bench.authority.issue(&wanted, &bench.random).unwrap();
            let der = issued.certificate_der().unwrap();
            let credential = credential(&der, issued.key_der().unwrap().expose().clone());
            for context in &contexts {
                let document = sign(&request(context.clone()), &credential, now()).unwrap();
                let judged = bench.verify_strictly(&document).unwrap();
                assert_eq!(&judged.context, context);
                assert_eq!(judged.certificate.der, der);
                assert_eq!(judged.warning, None);
                assert!(judged.certificate.owner.is_some());
            }
        }
    }
}

/// A self-signed certificate whose name holds everything that RFC 2253 escapes.
fn awkward() -> (Vec<u8>, PKey<Private>) {
    let group = openssl::ec::EcGroup::from_curve_name(openssl::nid::Nid::X9_62_PRIME256V1).unwrap();
    let key = PKey::from_ec_key(openssl::ec::EcKey::generate(&group).unwrap()).unwrap();
    let mut name = X509NameBuilder::new().unwrap();
    name.append_entry_by_text("CN", " #Zażółć, \"gęślą\" + <jaźń>; a\\b = c & 'd' ").unwrap();
    name.append_entry_by_text("2.5.4.97", "VATPL-5265877635").unwrap();
    name.append_entry_by_text("O", "#05 Firma").unwrap();
    let name = name.build();
    let mut builder = X509::builder().unwrap();
    builder.set_version(2).unwrap();
    builder
        .set_serial_number(&BigNum::from_hex_str("FFEEDDCCBBAA9988").unwrap().to_asn1_integer().unwrap())
        .unwrap();
    builder.set_subject_name(&name).unwrap();
    builder.set_issuer_name(&name).unwrap();
    let time = |hours: i64| {
        openssl::asn1::Asn1Time::from_unix((now() + chrono::Duration::hours(hours)).timestamp()).unwrap()
    };
    builder.set_not_before(&time(-1)).unwrap();
    builder.set_not_after(&time(1)).unwrap();
    builder.set_pubkey(&key).unwrap();
    builder.sign(&key, MessageDigest::sha256()).unwrap();
    (builder.build().to_der().unwrap(), key)
}

#[test]
fn an_awkward_issuer_is_written_so_that_others_read_it() {
    let bench = Bench::new();
    let (der, key) = awkward();
    let credential = credential(&der, key.private_key_to_pkcs8().unwrap());
    let document = sign(&request(ContextIdentifier::Nip(NIP.parse().unwrap())), &credential, now()).unwrap();
    let policy = Policy { allow_self_signed: true, enforce_compliance: true, ..bench.policy() };
    let judged = verify(&document, &policy).unwrap();
    assert_eq!(judged.warning, None);
    if judge_common::has_xmlsec() {
        let pem = X509::from_der(&der).unwrap().to_pem().unwrap();
        assert!(xmlsec_verifies(&document, &String::from_utf8(pem).unwrap()));
    }
}
