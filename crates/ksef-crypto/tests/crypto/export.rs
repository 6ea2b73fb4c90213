//! Credentials as files for other programs: read back by this crate and by `openssl`.

use std::path::Path;
use std::process::Command;

use ksef_crypto::{Credential, KeyProblem, OsRandomness, Recognised, recognise};
use ksef_types::SecretText;

use crate::support::{self, PASSWORD, Usage, ec_key, name, password, rsa_key};

fn credentials() -> Vec<Credential> {
    let made = [ec_key(), rsa_key(2048)];
    made.iter()
        .map(|key| support::pair(key, &name("Okienko", "VATPL-5265877635"), &Usage::Authentication))
        .collect()
}

fn same(read: &Credential, exported: &Credential) {
    assert_eq!(read.certificate(), exported.certificate());
    // Exposed to be compared.
    let [one, other] = [read, exported].map(|credential| credential.key().to_pkcs8_der().unwrap());
    assert_eq!(one.expose(), other.expose());
}

/// What the `openssl` program says; `None` where it is not installed.
fn openssl(arguments: &[&str], file: &Path) -> Option<(bool, String)> {
    let output = Command::new("openssl").args(arguments).arg("-in").arg(file).output();
    let Ok(output) = output else {
        println!("skipped: openssl is not installed");
        return None;
    };
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    Some((output.status.success(), said))
}

fn other_password() -> SecretText {
    SecretText::from("Inne-Haslo-2026!!".to_owned())
}

#[test]
fn two_files_are_read_back() {
    for credential in credentials() {
        let files = credential.export_pair(&password(), &OsRandomness).unwrap();
        let Ok(Recognised::Certificates(mut certificates)) = recognise(&files.certificate) else {
            panic!("a certificate")
        };
        // Exposed to be read back.
        let Ok(Recognised::Key(key)) = recognise(files.key.expose()) else { panic!("a key") };
        assert!(key.needs_password());
        assert_eq!(key.open(Some(&other_password())).unwrap_err(), KeyProblem::WrongPassword);
        same(
            &Credential::assemble(certificates.remove(0), key.open(Some(&password())).unwrap()).unwrap(),
            &credential,
        );
    }
}

#[test]
fn openssl_reads_the_two_files() {
    let folder = tempfile::tempdir().unwrap();
    for credential in credentials() {
        let files = credential.export_pair(&password(), &OsRandomness).unwrap();
        let (certificate, key) = (folder.path().join("a.crt"), folder.path().join("a.key"));
        std::fs::write(&certificate, &files.certificate).unwrap();
        // Exposed to be written where openssl reads it.
        std::fs::write(&key, files.key.expose()).unwrap();
        let pass = format!("pass:{PASSWORD}");
        let Some((ok, said)) = openssl(&["pkey", "-check", "-noout", "-passin", &pass], &key) else { return };
        assert!(ok && said.contains("Key is valid"), "{said}");
        let (ok, _) = openssl(&["pkey", "-noout", "-passin", "pass:Inne-Haslo-2026!!"], &key).unwrap();
        assert!(!ok, "another password");
        let (_, of_key) = openssl(&["pkey", "-pubout", "-passin", &pass], &key).unwrap();
        let (_, of_certificate) = openssl(&["x509", "-noout", "-pubkey"], &certificate).unwrap();
        assert_eq!(of_key, of_certificate);
        let (_, structure) = openssl(&["asn1parse"], &key).unwrap();
        for part in ["PBES2", "PBKDF2", "hmacWithSHA256", "aes-256-cbc", ":0927C0"] {
            assert!(structure.contains(part), "{part} in {structure}");
        }
    }
}

#[test]
fn the_container_is_read_back_here_and_by_openssl() {
    let folder = tempfile::tempdir().unwrap();
    for credential in credentials() {
        let container = credential.export_container(&password(), "Zażółć").unwrap();
        // Exposed to be read back.
        let Ok(Recognised::Container(read)) = recognise(container.expose()) else { panic!("a container") };
        assert_eq!(read.open(Some(&other_password())).unwrap_err(), KeyProblem::WrongPassword);
        let opened = read.open(Some(&password())).unwrap();
        same(&Credential::assemble_from_chain(opened.certificates, opened.key).unwrap(), &credential);

        let file = folder.path().join("a.p12");
        // Exposed to be written where openssl reads it.
        std::fs::write(&file, container.expose()).unwrap();
        let pass = format!("pass:{PASSWORD}");
        let Some((ok, said)) = openssl(&["pkcs12", "-info", "-noout", "-passin", &pass], &file) else {
            return;
        };
        assert!(ok, "{said}");
        for part in [
            "MAC: sha256, Iteration 600000",
            "PBES2, PBKDF2, AES-256-CBC, Iteration 600000, PRF hmacWithSHA256",
        ] {
            assert!(said.contains(part), "{part} in {said}");
        }
        assert!(!said.contains("RC2") && !said.contains("3DES"), "{said}");
    }
}

#[test]
fn the_same_key_is_never_encrypted_the_same_way_twice() {
    let credential = credentials().remove(0);
    let [one, other] = [(); 2].map(|()| credential.export_pair(&password(), &OsRandomness).unwrap());
    // Exposed to be compared; both are encrypted.
    assert_ne!(one.key.expose(), other.key.expose());
    assert!(!format!("{one:?}").contains("ENCRYPTED"));
}
