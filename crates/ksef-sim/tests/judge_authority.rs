//! What the simulator's authority and ministry hand out, looked at with the openssl program.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod judge_common;

use std::process::Command;

use base64::Engine as _;
use chrono::{Duration, Months};
use judge_common::{Bench, NIP, now, person};
use ksef_sim::judge::authority::{
    Authority, CertificateKind, CertificateRequest, CertificateSubject, IssuedCertificate, KeyAlgorithm,
    PersonIdentifier,
};
use ksef_sim::judge::keys::{DecryptionRefusal, KeyPurpose, MinistryKeys};
use ksef_testkit::SeededRandomness;
use ksef_types::SecretText;
use openssl::encrypt::Encrypter;
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::rsa::Padding;
use openssl::x509::X509;

fn openssl(arguments: &[&str], input: &str) -> (bool, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("input.pem");
    std::fs::write(&file, input).unwrap();
    let output = Command::new("openssl").args(arguments).arg("-in").arg(&file).output().unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
}

fn described(issued: &IssuedCertificate) -> String {
    let (good, text) =
        openssl(&["x509", "-noout", "-text", "-nameopt", "RFC2253,utf8,-esc_msb"], &issued.crt().unwrap());
    assert!(good);
    text
}

#[test]
fn kinds_subjects_and_serials() {
    let bench = Bench::new();
    let nip = NIP.parse().unwrap();
    let seal = CertificateSubject::Seal { organisation: "Żółw sp. z o.o.".to_owned(), nip };
    let by_nip = CertificateSubject::Person {
        given_name: "Jan".to_owned(),
        surname: "Kowalski".to_owned(),
        identifier: PersonIdentifier::Nip(nip),
    };
    let by_pesel = person(KeyAlgorithm::P256).subject;
    let mut serials = std::collections::BTreeSet::new();
    for kind in [CertificateKind::Authentication, CertificateKind::Offline] {
        for (subject, identifier) in [
            (&seal, "organizationIdentifier=VATPL-5265877635"),
            (&by_nip, "serialNumber=TINPL-5265877635"),
            (&by_pesel, "serialNumber=PNOPL-30112206276"),
        ] {
            let request = CertificateRequest { kind, subject: subject.clone(), ..person(KeyAlgorithm::P256) };
            let issued = bench.authority.issue(&request, &bench.random).unwrap();
            let text = described(&issued);
            assert!(text.contains(identifier), "{text}");
            let (usage, other) = match kind {
                CertificateKind::Authentication => ("Digital Signature", "Non Repudiation"),
                CertificateKind::Offline => ("Non Repudiation", "Digital Signature"),
            };
            assert!(text.contains(usage) && !text.contains(other), "{text}");
            assert!(issued.serial().looks_issued_by_ksef(), "{}", issued.serial());
            let digits = issued.serial().as_str().trim_start_matches('0').len();
            assert!((15..=16).contains(&digits));
            assert!(serials.insert(issued.serial().clone()));
        }
    }
}

#[test]
fn keys_of_both_kinds_as_files() {
    let bench = Bench::new();
    let password = SecretText::new("Dobre-Haslo-2026".to_owned());
    for (key, description) in [(KeyAlgorithm::P256, "prime256v1"), (KeyAlgorithm::Rsa2048, "2048 bit")] {
        let issued = bench.authority.issue(&person(key), &bench.random).unwrap();
        assert!(described(&issued).contains(description));
        let encrypted = issued.encrypted_key(&password).unwrap();
        let encrypted = encrypted.expose();
        assert!(encrypted.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
        let (_, structure) = openssl(&["asn1parse"], encrypted);
        assert!(structure.contains("PBES2") && structure.contains("aes-256-cbc"), "{structure}");
        let pass = format!("pass:{}", password.expose());
        let (good, public) = openssl(&["pkey", "-pubout", "-passin", &pass], encrypted);
        assert!(good);
        let (_, of_certificate) = openssl(&["x509", "-noout", "-pubkey"], &issued.crt().unwrap());
        assert_eq!(public, of_certificate);
        assert!(!openssl(&["pkey", "-noout", "-passin", "pass:Zle-Haslo-202600"], encrypted).0);
        assert!(issued.plain_key().unwrap().expose().starts_with("-----BEGIN PRIVATE KEY-----"));
        let (_, plain) = openssl(&["pkey", "-pubout"], issued.plain_key().unwrap().expose());
        assert_eq!(plain, of_certificate);
        let der = issued.key_der().unwrap();
        assert!(PKey::private_key_from_pkcs8(der.expose()).is_ok());
    }
}

#[test]
fn validity_is_two_years_at_most() {
    let bench = Bench::new();
    let end = |valid_to| {
        let request = CertificateRequest { valid_to, ..person(KeyAlgorithm::P256) };
        let issued = bench.authority.issue(&request, &bench.random).unwrap();
        let certificate = X509::from_der(&issued.certificate_der().unwrap()).unwrap();
        certificate.not_after().to_string()
    };
    let asn1 = |moment: chrono::DateTime<chrono::Utc>| {
        openssl::asn1::Asn1Time::from_unix(moment.timestamp()).unwrap().to_string()
    };
    let start = person(KeyAlgorithm::P256).valid_from;
    let latest = start.checked_add_months(Months::new(24)).unwrap();
    assert_eq!(end(None), asn1(latest));
    assert_eq!(end(Some(latest + Duration::days(400))), asn1(latest));
    assert_eq!(end(Some(start + Duration::days(1))), asn1(start + Duration::days(1)));
}

#[test]
fn the_chain_verifies_and_the_authority_survives_its_state() {
    let bench = Bench::new();
    let state = serde_json::to_string(&bench.authority.to_state().unwrap()).unwrap();
    let again = Authority::from_state(&serde_json::from_str(&state).unwrap()).unwrap();
    assert_eq!(again.certificate_der().unwrap(), bench.authority.certificate_der().unwrap());
    let issued = again.issue(&person(KeyAlgorithm::P256), &bench.random).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (root, leaf) = (folder.path().join("root.pem"), folder.path().join("leaf.pem"));
    let root_pem = X509::from_der(&bench.authority.certificate_der().unwrap()).unwrap().to_pem().unwrap();
    std::fs::write(&root, root_pem).unwrap();
    std::fs::write(&leaf, issued.crt().unwrap()).unwrap();
    let output = Command::new("openssl")
        .args(["verify", "-x509_strict", "-attime", &now().timestamp().to_string(), "-CAfile"])
        .arg(&root)
        .arg(&leaf)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let other = Authority::create(now(), &SeededRandomness::new(9)).unwrap().to_state().unwrap();
    let mut mixed: serde_json::Value = serde_json::from_str(&state).unwrap();
    mixed["private_key_pem"] = serde_json::to_value(other).unwrap()["private_key_pem"].clone();
    assert!(Authority::from_state(&serde_json::from_value(mixed).unwrap()).is_err());
}

fn encrypt(certificate: &str, plain: &[u8], digest: MessageDigest, mask: MessageDigest) -> Vec<u8> {
    let der = base64::engine::general_purpose::STANDARD.decode(certificate).unwrap();
    let key = X509::from_der(&der).unwrap().public_key().unwrap();
    let mut encrypter = Encrypter::new(&key).unwrap();
    encrypter.set_rsa_padding(Padding::PKCS1_OAEP).unwrap();
    encrypter.set_rsa_oaep_md(digest).unwrap();
    encrypter.set_rsa_mgf1_md(mask).unwrap();
    let mut out = vec![0; encrypter.encrypt_len(plain).unwrap()];
    let length = encrypter.encrypt(plain, &mut out).unwrap();
    out.truncate(length);
    out
}

#[test]
fn the_ministrys_keys_are_published_rotated_and_withdrawn() {
    let random = SeededRandomness::new(3);
    let mut keys = MinistryKeys::create(now(), &random).unwrap();
    let published = keys.published(now());
    let usages: Vec<_> = published.iter().flat_map(|key| key.usage.clone()).collect();
    assert_eq!(usages, [KeyPurpose::KsefTokenEncryption, KeyPurpose::SymmetricKeyEncryption]);
    let sha256 = MessageDigest::sha256();
    for key in &published {
        assert!(key.valid_from < now() && now() < key.valid_to);
        let der = base64::engine::general_purpose::STANDARD.decode(&key.certificate).unwrap();
        let certificate = X509::from_der(&der).unwrap();
        assert_eq!(certificate.public_key().unwrap().bits(), 2048);
        let id = openssl::base64::encode_block(&openssl::sha::sha256(&der));
        assert_eq!(key.certificate_id, id);
        let spki = certificate.public_key().unwrap().public_key_to_der().unwrap();
        assert_eq!(key.public_key_id, openssl::base64::encode_block(&openssl::sha::sha256(&spki)));
    }
    let symmetric = &published[1];
    let purpose = KeyPurpose::SymmetricKeyEncryption;
    let wrapped = encrypt(&symmetric.certificate, &[7; 32], sha256, sha256);
    let open = |keys: &MinistryKeys, id: Option<&str>, bytes: &[u8]| {
        keys.decrypt(purpose, id, bytes, now()).map(|plain| plain.expose().clone())
    };
    let id = symmetric.public_key_id.as_str();
    assert_eq!(open(&keys, Some(id), &wrapped).unwrap(), [7; 32]);
    assert_eq!(open(&keys, None, &wrapped).unwrap(), [7; 32]);
    // Wrapped with the other usage's key, by another digest, or damaged.
    let with_other = encrypt(&published[0].certificate, &[7; 32], sha256, sha256);
    assert_eq!(open(&keys, Some(id), &with_other), Err(DecryptionRefusal::Undecryptable));
    assert_eq!(open(&keys, None, &with_other), Err(DecryptionRefusal::Undecryptable));
    let sha1 = MessageDigest::sha1();
    for (digest, mask) in [(sha1, sha1), (sha256, sha1), (sha1, sha256)] {
        let bytes = encrypt(&symmetric.certificate, &[7; 32], digest, mask);
        assert_eq!(open(&keys, Some(id), &bytes), Err(DecryptionRefusal::Undecryptable));
    }
    for bytes in [&wrapped[1..], &[], &[0; 256][..]] {
        assert_eq!(open(&keys, Some(id), bytes), Err(DecryptionRefusal::Undecryptable));
    }
    // A key of the other usage, an unknown one, no Base64: 21470 with its detail.
    for wrong in [published[0].public_key_id.as_str(), "AAAA", "?", ""] {
        let Err(DecryptionRefusal::Key(exception)) = open(&keys, Some(wrong), &wrapped) else {
            panic!("{wrong}")
        };
        assert_eq!(exception.code, 21470);
        assert_eq!(exception.details, [format!("Klucz o identyfikatorze {wrong} nie jest wspierany.")]);
    }

    keys.add(purpose, now(), &random).unwrap();
    assert_eq!(keys.published(now()).len(), 3);
    assert!(open(&keys, Some(id), &wrapped).is_ok());
    keys.withdraw_older(purpose);
    let left = keys.published(now());
    assert_eq!(left.len(), 2);
    assert!(matches!(open(&keys, Some(id), &wrapped), Err(DecryptionRefusal::Key(_))));
    let newest = left.iter().find(|key| key.usage == [purpose]).unwrap();
    let wrapped = encrypt(&newest.certificate, &[8; 32], sha256, sha256);
    assert_eq!(open(&keys, Some(&newest.public_key_id), &wrapped).unwrap(), [8; 32]);

    // The state holds everything, the withdrawn ones too.
    let state = serde_json::to_string(&keys.to_state().unwrap()).unwrap();
    let again = MinistryKeys::from_state(&serde_json::from_str(&state).unwrap()).unwrap();
    assert_eq!(again.published(now()), left);
    assert_eq!(open(&again, None, &wrapped).unwrap(), [8; 32]);
    // After their time keys are neither published nor usable.
    let later = now() + Duration::days(800);
    assert!(again.published(later).is_empty());
    let refusal = again.decrypt(purpose, Some(&newest.public_key_id), &wrapped, later).unwrap_err();
    assert!(matches!(refusal, DecryptionRefusal::Key(_)));

    let mut rotated = again;
    rotated.rotate(KeyPurpose::KsefTokenEncryption, now(), &random).unwrap();
    let ids: Vec<_> = rotated.published(now()).into_iter().map(|key| key.public_key_id).collect();
    assert_eq!(ids.len(), 2);
    assert!(!ids.contains(&published[0].public_key_id));
}
