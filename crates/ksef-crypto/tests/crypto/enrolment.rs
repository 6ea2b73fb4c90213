//! Requests for certificates, judged by `openssl`, and certificates that come back.

use std::process::Command;

use chrono::Duration;
use ksef_crypto::{
    Certificate, CertificateRequest, IssuedProblem, KeyAlgorithm, KeyKind, PrivateKey, Purpose,
    SubjectAttribute, SubjectData, base64,
};
use openssl::asn1::{Asn1Integer, Asn1Time};
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::x509::extension::KeyUsage;
use openssl::x509::{X509, X509Req};
use proptest::prelude::*;

use crate::support::{ec_key, now};

fn person() -> SubjectData {
    SubjectData {
        common_name: "Jan Maria Żółć-Kowalski".to_owned(),
        country_name: "PL".to_owned(),
        given_names: vec!["Jan".to_owned(), "Maria".to_owned()],
        surname: Some("Żółć-Kowalski".to_owned()),
        serial_number: Some("PNOPL-30112206276".to_owned()),
        ..SubjectData::default()
    }
}

fn organisation() -> SubjectData {
    SubjectData {
        common_name:
            "Zakład Produkcyjno-Usługowo-Handlowy „Łąka & Synowie” Spółka z ograniczoną odpowiedzialnością"
                .to_owned(),
        country_name: "PL".to_owned(),
        organization_name: Some("Zakład „Łąka” ".repeat(8)),
        organization_identifier: Some("VATPL-5265877635".to_owned()),
        unique_identifier: Some("AB".repeat(32)),
        ..SubjectData::default()
    }
}

/// What `openssl req` says of a request; `None` where it is not installed.
fn said(request: &CertificateRequest, arguments: &[&str]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("request.der");
    std::fs::write(&file, request.der()).unwrap();
    let output = Command::new("openssl")
        .args(["req", "-inform", "DER", "-in"])
        .arg(&file)
        .args(["-noout", "-nameopt", "RFC2253,-esc_msb,utf8,-dn_rev,sep_multiline"])
        .args(arguments)
        .output();
    let Ok(output) = output else {
        println!("skipped: openssl is not installed");
        return None;
    };
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(output.status.success(), "{said}");
    Some(said)
}

#[test]
fn openssl_verifies_every_request_and_reads_its_data() {
    for algorithm in [KeyAlgorithm::P256, KeyAlgorithm::Rsa2048] {
        let key = PrivateKey::generate(algorithm).unwrap();
        for subject in [person(), organisation()] {
            let request = CertificateRequest::make(&subject, &key).unwrap();
            let Some(verdict) = said(&request, &["-verify"]) else { return };
            assert!(verdict.contains("verify OK"), "{verdict}");
            let name = said(&request, &["-subject"]).unwrap();
            let values = SubjectAttribute::ALL.into_iter().flat_map(|attribute| subject.values(attribute));
            for value in values {
                let escaped = value.replace(',', "\\,").replace("  ", " \\ ");
                assert!(name.contains(escaped.trim()), "{value} in {name}");
            }
            let text = said(&request, &["-text"]).unwrap();
            let expected = match algorithm {
                KeyAlgorithm::P256 => ["ecdsa-with-SHA256", "ASN1 OID: prime256v1"],
                KeyAlgorithm::Rsa2048 => ["sha256WithRSAEncryption", "Public-Key: (2048 bit)"],
            };
            assert!(expected.iter().all(|part| text.contains(part)), "{text}");
            assert!(text.contains("Version: 1 (0x0)"), "{text}");
        }
    }
}

#[test]
fn given_names_are_attributes_of_their_own_in_their_order() {
    let key = PrivateKey::generate(KeyAlgorithm::P256).unwrap();
    let subject =
        SubjectData { given_names: ["Zofia", "Anna", "Ewa"].map(str::to_owned).to_vec(), ..person() };
    let request = CertificateRequest::make(&subject, &key).unwrap();
    let Some(name) = said(&request, &["-subject"]) else { return };
    let places = ["2.5.4.42=", "givenName=", "GN="];
    let names: Vec<&str> = name
        .lines()
        .map(str::trim)
        .filter_map(|line| places.iter().find_map(|prefix| line.strip_prefix(prefix)))
        .collect();
    let read = X509Req::from_der(request.der()).unwrap();
    let by_library: Vec<String> = read
        .subject_name()
        .entries_by_nid(openssl::nid::Nid::GIVENNAME)
        .map(|entry| entry.data().to_string().unwrap())
        .collect();
    assert_eq!(by_library, ["Zofia", "Anna", "Ewa"], "{names:?}");
}

#[test]
fn a_request_says_what_it_was_made_with() {
    let key = PrivateKey::generate(KeyAlgorithm::P256).unwrap();
    for subject in [person(), organisation()] {
        let request = CertificateRequest::make(&subject, &key).unwrap();
        let read = SubjectData::of_request(request.der()).unwrap();
        let trimmed = |data: &SubjectData| {
            let values = |attribute| data.values(attribute).into_iter().map(|text| text.trim().to_owned());
            SubjectAttribute::ALL.map(|attribute| values(attribute).collect::<Vec<_>>())
        };
        assert_eq!(trimmed(&read), trimmed(&subject));
        let made = issued(&request, Purpose::Offline, -1, 30, 1);
        assert_eq!(SubjectData::of_certificate(&made), read);
        assert!(read.is_of_the_owner_of(&subject));
    }
    assert_eq!(SubjectData::of_request(b"request"), None);
}

#[test]
fn an_owner_is_the_same_by_pesel_or_nip_and_not_by_name() {
    let other_names = SubjectData {
        given_names: vec!["JAN".to_owned()],
        common_name: "JAN KOWALSKI".to_owned(),
        serial_number: person().serial_number.map(|text| text.replace("PNOPL-", "PESEL: ")),
        ..person()
    };
    assert!(person().is_of_the_owner_of(&other_names) && other_names.is_of_the_owner_of(&person()));
    assert!(!person().is_of_the_owner_of(&organisation()));
    let nobody = |identifier: Option<&str>, name: &str| SubjectData {
        common_name: name.to_owned(),
        unique_identifier: identifier.map(str::to_owned),
        ..SubjectData::default()
    };
    assert!(nobody(Some("ab"), "Jan").is_of_the_owner_of(&nobody(Some("ab"), "Jan K.")));
    assert!(!nobody(Some("ab"), "Jan").is_of_the_owner_of(&nobody(Some("cd"), "Jan")));
    assert!(nobody(None, "Jan").is_of_the_owner_of(&nobody(None, "Jan")));
    assert!(!nobody(None, "Jan").is_of_the_owner_of(&nobody(None, "Ewa")));
    assert!(!nobody(None, "Jan").is_of_the_owner_of(&person()));
}

#[test]
fn base64_is_the_ders() {
    let key = PrivateKey::generate(KeyAlgorithm::P256).unwrap();
    let request = CertificateRequest::make(&person(), &key).unwrap();
    assert_eq!(base64::decode(&request.to_base64()).unwrap(), request.der());
    assert!(!format!("{request:?}").contains("Kowalski"));
}

#[test]
fn keys_are_of_their_kind_and_never_the_same() {
    let [one, other] = [(); 2].map(|()| PrivateKey::generate(KeyAlgorithm::P256).unwrap());
    assert_eq!(one.key_kind(), KeyKind::P256);
    assert_eq!(PrivateKey::generate(KeyAlgorithm::Rsa2048).unwrap().key_kind(), KeyKind::Rsa(2048));
    assert_ne!(one.public_key_der().unwrap(), other.public_key_der().unwrap());
}

/// A certificate by an authority of the test, with the name and key of a request.
fn issued(
    request: &CertificateRequest,
    usage: Purpose,
    from_day: i64,
    to_day: i64,
    serial: u32,
) -> Certificate {
    let request = X509Req::from_der(request.der()).unwrap();
    let mut builder = X509::builder().unwrap();
    builder.set_version(2).unwrap();
    builder.set_subject_name(request.subject_name()).unwrap();
    builder.set_issuer_name(request.subject_name()).unwrap();
    builder.set_pubkey(&request.public_key().unwrap()).unwrap();
    let at = |days: i64| Asn1Time::from_unix((now() + Duration::days(days)).timestamp()).unwrap();
    builder.set_not_before(&at(from_day)).unwrap();
    builder.set_not_after(&at(to_day)).unwrap();
    let serial = openssl::bn::BigNum::from_u32(serial).unwrap();
    builder.set_serial_number(&Asn1Integer::from_bn(&serial).unwrap()).unwrap();
    let mut extension = KeyUsage::new();
    let extension = match usage {
        Purpose::Authentication => extension.digital_signature(),
        Purpose::Offline => extension.non_repudiation(),
    };
    builder.append_extension(extension.build().unwrap()).unwrap();
    let authority: PKey<_> = ec_key();
    builder.sign(&authority, MessageDigest::sha256()).unwrap();
    Certificate::from_der(&builder.build().to_der().unwrap()).unwrap()
}

#[test]
fn what_comes_back_is_compared_with_what_was_asked_for() {
    let key = PrivateKey::generate(KeyAlgorithm::P256).unwrap();
    let stranger = PrivateKey::generate(KeyAlgorithm::P256).unwrap();
    let request = |subject: &SubjectData, key: &PrivateKey| CertificateRequest::make(subject, key).unwrap();
    let serial = "000000000000002A".parse().unwrap();
    let judge = |certificate: &Certificate| {
        certificate.issued_problems(&key, &person(), Purpose::Authentication, &serial, now())
    };
    for subject in [person(), organisation()] {
        let good = issued(&request(&subject, &key), Purpose::Authentication, 0, 730, 42);
        assert_eq!(good.issued_problems(&key, &subject, Purpose::Authentication, &serial, now()), []);
    }
    let later = issued(&request(&person(), &key), Purpose::Authentication, 30, 730, 42);
    assert_eq!(judge(&later), [], "a later beginning may have been asked for");

    assert_eq!(
        judge(&issued(&request(&person(), &stranger), Purpose::Authentication, 0, 730, 42)),
        [IssuedProblem::OtherKey]
    );
    assert_eq!(
        judge(&issued(&request(&person(), &key), Purpose::Offline, 0, 730, 42)),
        [IssuedProblem::OtherPurpose { found: Some(Purpose::Offline) }]
    );
    let other = "000000000000002B".parse().unwrap();
    assert_eq!(
        judge(&issued(&request(&person(), &key), Purpose::Authentication, 0, 730, 43)),
        [IssuedProblem::OtherSerial { found: other }]
    );
    let over = issued(&request(&person(), &key), Purpose::Authentication, -10, -1, 42);
    assert_eq!(judge(&over), [IssuedProblem::Expired { since: over.not_after() }]);
    let swapped = SubjectData { given_names: vec!["Maria".to_owned(), "Jan".to_owned()], ..person() };
    assert_eq!(
        judge(&issued(&request(&swapped, &key), Purpose::Authentication, 0, 730, 42)),
        [IssuedProblem::OtherSubject { attributes: vec![SubjectAttribute::GivenName] }]
    );
    let more = SubjectData { organization_name: Some("Firma".to_owned()), surname: None, ..person() };
    let all = judge(&issued(&request(&more, &stranger), Purpose::Offline, 5, 2, 43));
    assert_eq!(all.len(), 5, "everything is told at once: {all:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_text_comes_back_from_openssl(common in "[^\u{0}]{1,80}", organisation in "\\PC{1,120}", surname in "[ -~]{1,40}") {
        let subject = SubjectData {
            common_name: common.clone(),
            country_name: "PL".to_owned(),
            organization_name: Some(organisation.clone()),
            surname: Some(surname),
            ..SubjectData::default()
        };
        let key = PrivateKey::generate(KeyAlgorithm::P256).unwrap();
        let request = CertificateRequest::make(&subject, &key).unwrap();
        let read = X509Req::from_der(request.der()).unwrap();
        prop_assert!(read.verify(&read.public_key().unwrap()).unwrap());
        let text = |nid| read.subject_name().entries_by_nid(nid).next().unwrap().data().to_string().unwrap();
        prop_assert_eq!(text(openssl::nid::Nid::COMMONNAME), common);
        prop_assert_eq!(text(openssl::nid::Nid::ORGANIZATIONNAME), organisation);
        let certificate = issued(&request, Purpose::Authentication, 0, 1, 1);
        prop_assert_eq!(subject.differences(&certificate), []);
    }
}
