//! The files that people bring, made by other programs: each loads, or is refused with a problem of its own.

use crate::support::{credential_file as file, now, password};
use ksef_crypto::{
    Certificate, Credential, CredentialProblem, Field, FileProblem, KeyFile, KeyKind, KeyProblem, Opened,
    Owner, Purpose, Recognised, recognise,
};
use ksef_types::SecretText;

fn certificates(name: &str) -> Option<Vec<Certificate>> {
    match recognise(&file(name)?) {
        Ok(Recognised::Certificates(certificates)) => Some(certificates),
        other => panic!("{name}: {other:?}"),
    }
}

fn certificate(name: &str) -> Option<Certificate> {
    certificates(name).map(|mut all| all.remove(0))
}

fn key(name: &str) -> Option<KeyFile> {
    match recognise(&file(name)?) {
        Ok(Recognised::Key(key)) => Some(key),
        other => panic!("{name}: {other:?}"),
    }
}

fn problem(name: &str) -> Option<FileProblem> {
    Some(recognise(&file(name)?).unwrap_err())
}

#[test]
fn every_certificate_in_every_clothes() {
    let Some(plain) = certificate("uwierzytelnianie-ec.crt") else { return };
    for clothes in ["base64-bez-naglowkow.crt", "bom.crt", "crlf.crt", "der.crt"] {
        assert_eq!(certificate(&format!("uwierzytelnianie-ec.{clothes}")), Some(plain.clone()), "{clothes}");
    }
}

#[test]
fn every_key_in_every_clothes() {
    let names = [
        ("uwierzytelnianie-ec", "uwierzytelnianie-ec.key"),
        ("uwierzytelnianie-ec", "uwierzytelnianie-ec.der.key"),
        ("uwierzytelnianie-ec", "uwierzytelnianie-ec.sec1-szyfrowany.key"),
        ("uwierzytelnianie-rsa", "uwierzytelnianie-rsa.key"),
        ("uwierzytelnianie-rsa", "uwierzytelnianie-rsa.pkcs1-szyfrowany.key"),
        ("offline-ec", "offline-ec.key"),
        ("offline-rsa", "offline-rsa.key"),
        ("wygasly-ec", "wygasly-ec.key"),
        ("slaby-rsa1024", "slaby-rsa1024.key"),
        ("inna-krzywa-ec384", "inna-krzywa-ec384.key"),
    ];
    for (owner, name) in names {
        let (Some(certificate), Some(key)) = (certificate(&format!("{owner}.crt")), key(name)) else {
            return;
        };
        assert!(key.needs_password(), "{name}");
        let opened = key.open(Some(&password())).unwrap_or_else(|problem| panic!("{name}: {problem}"));
        assert!(Credential::assemble(certificate, opened).is_ok(), "{name}");
        for wrong in ["", "x", "Tajne-Haslo-2026", &"x".repeat(5000)] {
            let expected =
                if wrong.is_empty() { KeyProblem::PasswordNeeded } else { KeyProblem::WrongPassword };
            assert_eq!(key.open(Some(&SecretText::from(wrong.to_owned()))).unwrap_err(), expected, "{name}");
        }
        assert_eq!(key.open(None).unwrap_err(), KeyProblem::PasswordNeeded, "{name}");
    }
}

#[test]
fn keys_without_encryption_need_no_password() {
    for owner in ["offline-ec", "offline-rsa"] {
        let Some(key) = key(&format!("{owner}.unencrypted.key")) else { return };
        let certificate = certificate(&format!("{owner}.crt")).unwrap();
        assert!(!key.needs_password());
        assert!(Credential::assemble(certificate.clone(), key.open(None).unwrap()).is_ok());
        assert!(Credential::assemble(certificate, key.open(Some(&password())).unwrap()).is_ok());
    }
}

#[test]
fn both_in_one_file() {
    let Some(bytes) = file("uwierzytelnianie-ec.razem.pem") else { return };
    let Ok(Recognised::Both { certificates, key }) = recognise(&bytes) else { panic!() };
    let key = key.open(Some(&password())).unwrap();
    assert!(Credential::assemble_from_chain(certificates, key).is_ok());
}

#[test]
fn containers_new_and_old() {
    for (owner, name) in [
        ("uwierzytelnianie-rsa", "uwierzytelnianie-rsa.p12"),
        ("uwierzytelnianie-ec", "uwierzytelnianie-ec.legacy-rc2.p12"),
    ] {
        let Some(bytes) = file(name) else { return };
        let Ok(Recognised::Container(container)) = recognise(&bytes) else { panic!("{name}") };
        let Opened { certificates, key } = container.open(Some(&password())).unwrap();
        assert_eq!(certificates.first(), certificate(&format!("{owner}.crt")).as_ref(), "{name}");
        assert!(Credential::assemble_from_chain(certificates, key).is_ok(), "{name}");
        let wrong = SecretText::from("inne".to_owned());
        assert_eq!(container.open(Some(&wrong)).unwrap_err(), KeyProblem::WrongPassword, "{name}");
        assert_eq!(container.open(None).unwrap_err(), KeyProblem::PasswordNeeded, "{name}");
    }
}

#[test]
fn what_is_no_credential() {
    for (name, expected) in [
        ("pusty.crt", FileProblem::Empty),
        ("uciety.key", FileProblem::CutOff),
        ("smieci.key", FileProblem::SomethingElse),
    ] {
        let Some(problem) = problem(name) else { return };
        assert_eq!(problem, expected, "{name}");
    }
}

#[test]
fn swapped_files() {
    let (Some(certificate), Some(key)) = (file("offline-ec.crt"), file("offline-ec.key")) else { return };
    let in_field = |bytes: &[u8], field| recognise(bytes).unwrap().expect_in(field).err();
    assert_eq!(in_field(&certificate, Field::Key), Some(FileProblem::CertificateInKeyField));
    assert_eq!(in_field(&key, Field::Certificate), Some(FileProblem::KeyInCertificateField));
    assert_eq!(in_field(&certificate, Field::Certificate), None);
    assert_eq!(in_field(&key, Field::Key), None);
}

#[test]
fn key_of_another_certificate() {
    for (certificate_name, key_name) in [
        ("offline-ec.crt", "uwierzytelnianie-ec.key"),
        ("offline-ec.crt", "uwierzytelnianie-rsa.key"),
        ("offline-rsa.crt", "uwierzytelnianie-rsa.key"),
    ] {
        let (Some(certificate), Some(key)) = (certificate(certificate_name), key(key_name)) else { return };
        let assembled = Credential::assemble(certificate, key.open(Some(&password())).unwrap());
        assert_eq!(assembled.unwrap_err(), CredentialProblem::NotAPair, "{certificate_name} {key_name}");
    }
}

#[test]
fn what_certificates_say() {
    let Some(person) = certificate("uwierzytelnianie-ec.crt") else { return };
    let seal = certificate("uwierzytelnianie-rsa.crt").unwrap();
    let offline = certificate("offline-ec.crt").unwrap();
    let offline_seal = certificate("offline-rsa.crt").unwrap();
    assert_eq!(person.subject_name(), "Jan Kowalski");
    assert_eq!(person.owner(), Owner::PersonByPesel("30112206276".parse().unwrap()));
    assert_eq!(person.purpose(), Some(Purpose::Authentication));
    assert_eq!(person.serial().as_str(), "01402F535EB3D120");
    assert_eq!(person.key_kind(), KeyKind::P256);
    assert_eq!(seal.owner(), Owner::Seal("5265877635".parse().unwrap()));
    assert_eq!(seal.key_kind(), KeyKind::Rsa(2048));
    assert_eq!(offline.owner(), Owner::PersonByNip("5265877635".parse().unwrap()));
    assert_eq!(offline.purpose(), Some(Purpose::Offline));
    assert_eq!(offline.serial().as_str(), "019A0CE840428FE6");
    assert_eq!(offline_seal.purpose(), Some(Purpose::Offline));
    assert!(person.not_before() < person.not_after());
}

#[test]
fn nothing_stands_against_the_good_ones() {
    for (name, purpose) in [
        ("uwierzytelnianie-ec", Purpose::Authentication),
        ("uwierzytelnianie-rsa", Purpose::Authentication),
        ("offline-ec", Purpose::Offline),
        ("offline-rsa", Purpose::Offline),
    ] {
        let Some(credential) = crate::support::credential(name) else { return };
        assert_eq!(credential.problems(purpose, now()), [], "{name}");
        let certificate = credential.certificate();
        let before = certificate.not_before() - chrono::Duration::seconds(1);
        let after = certificate.not_after() + chrono::Duration::seconds(1);
        let not_yet = CredentialProblem::NotYetValid { from: certificate.not_before() };
        let expired = CredentialProblem::Expired { since: certificate.not_after() };
        assert_eq!(credential.problems(purpose, before), [not_yet], "{name}");
        assert_eq!(credential.problems(purpose, after), [expired], "{name}");
        assert_eq!(credential.problems(purpose, certificate.not_before()), [], "{name}");
        assert_eq!(credential.problems(purpose, certificate.not_after()), [], "{name}");
    }
}

#[test]
fn the_other_kind_is_told_both_ways() {
    let Some(authentication) = crate::support::credential("uwierzytelnianie-ec") else { return };
    let offline = crate::support::credential("offline-ec").unwrap();
    let found = |found| vec![CredentialProblem::WrongPurpose { found }];
    assert_eq!(authentication.problems(Purpose::Offline, now()), found(Purpose::Authentication));
    assert_eq!(offline.problems(Purpose::Authentication, now()), found(Purpose::Offline));
}

#[test]
fn expired_weak_and_on_another_curve() {
    let Some(expired) = crate::support::credential("wygasly-ec") else { return };
    let weak = crate::support::credential("slaby-rsa1024").unwrap();
    let curve = crate::support::credential("inna-krzywa-ec384").unwrap();
    let problems = |credential: &Credential| credential.problems(Purpose::Authentication, now());
    assert!(matches!(problems(&expired)[..], [CredentialProblem::Expired { .. }]));
    assert_eq!(problems(&weak), [CredentialProblem::TooWeak { bits: 1024 }]);
    assert_eq!(problems(&curve), [CredentialProblem::OtherCurve { curve: "secp384r1".to_owned() }]);
}

#[test]
fn nothing_secret_is_printed() {
    let Some(credential) = crate::support::credential("uwierzytelnianie-ec") else { return };
    let key = key("offline-ec.unencrypted.key").unwrap();
    let encrypted = key_of("uwierzytelnianie-ec.sec1-szyfrowany.key");
    let container = recognise(&file("uwierzytelnianie-rsa.p12").unwrap()).unwrap();
    let shown = format!("{credential:?} {:?} {key:?} {encrypted:?} {container:?}", credential.key());
    // Neither key material in any spelling of bytes, nor the person.
    for part in ["30112206276", "Kowalski", "48, 130", "30820", "MIG", "MIH", "BEGIN", "Proc-Type"] {
        assert!(!shown.contains(part), "{part} in {shown}");
    }
    assert!(shown.contains("[secret]"));
}

fn key_of(name: &str) -> Recognised {
    recognise(&file(name).unwrap()).unwrap()
}
