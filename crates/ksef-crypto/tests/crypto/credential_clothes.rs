//! Clothes for certificates and keys made on the spot: what other programs and editors do to files.

use crate::support::{Usage, ec_key, name, now, password, rsa_key};
use ksef_crypto::{
    Certificate, Credential, CredentialProblem, FileProblem, KeyFile, KeyProblem, MAX_FILE_BYTES, Purpose,
    Recognised, recognise,
};
use ksef_types::SecretText;
use openssl::pkcs12::Pkcs12;
use openssl::pkey::{PKey, Private};
use openssl::symm::Cipher;
use openssl::x509::{X509, X509Req};
use std::io::Write as _;
use std::process::{Command, Stdio};

fn own(key: &PKey<Private>) -> X509 {
    crate::support::certificate(key, &name("Okienko", "VATPL-5265877635"), &Usage::Authentication)
}

fn key_of(bytes: &[u8]) -> KeyFile {
    match recognise(bytes) {
        Ok(Recognised::Key(key)) => key,
        other => panic!("{other:?}"),
    }
}

fn certificates_of(bytes: &[u8]) -> Vec<Certificate> {
    match recognise(bytes) {
        Ok(Recognised::Certificates(certificates)) => certificates,
        other => panic!("{other:?}"),
    }
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2], mark: bool) -> Vec<u8> {
    let mark = if mark { Some(0xFEFF) } else { None };
    mark.into_iter().chain(text.encode_utf16()).flat_map(order).collect()
}

#[test]
fn what_editors_do_to_a_certificate() {
    let x509 = own(&ec_key());
    let expected = Certificate::from_der(&x509.to_der().unwrap()).unwrap();
    let pem = String::from_utf8(x509.to_pem().unwrap()).unwrap();
    let body: String =
        pem.lines().filter(|line| !line.starts_with('-')).map(|line| format!("{line}\n")).collect();
    let without_first = pem.split_once('\n').unwrap().1.to_owned();
    let without_last = pem.split_once("-----END").unwrap().0.to_owned();
    let mut der_and_more = x509.to_der().unwrap();
    der_and_more.extend_from_slice(b"\r\n\0");
    let spellings: Vec<Vec<u8>> = vec![
        pem.clone().into_bytes(),
        pem.replace('\n', "\r\n").into_bytes(),
        pem.replace('\n', "\r").into_bytes(),
        pem.replace('\n', " ").into_bytes(),
        pem.replace('\n', "\n\n  ").into_bytes(),
        format!("\u{feff}{pem}").into_bytes(),
        utf16(&pem, u16::to_le_bytes, true),
        utf16(&pem, u16::to_be_bytes, true),
        utf16(&pem, u16::to_le_bytes, false),
        utf16(&pem, u16::to_be_bytes, false),
        [b"Bag Attributes\n    friendlyName: Za\xBF\xF3\xB3\xE6\n".as_slice(), pem.as_bytes()].concat(),
        body.clone().into_bytes(),
        body.replace('\n', "").into_bytes(),
        body.replace('=', "").into_bytes(),
        utf16(&body, u16::to_le_bytes, true),
        without_first.into_bytes(),
        without_last.into_bytes(),
        x509.to_der().unwrap(),
        der_and_more,
        format!("{pem}{pem}").into_bytes(),
    ];
    for (place, spelling) in spellings.iter().enumerate() {
        assert_eq!(certificates_of(spelling), std::slice::from_ref(&expected), "spelling {place}");
    }
}

#[test]
fn of_a_chain_the_one_that_fits() {
    let (key, authority, root) = (ec_key(), ec_key(), rsa_key(2048));
    let chain = [own(&authority), own(&root), own(&key)].map(|x509| x509.to_pem().unwrap()).concat();
    let certificates = certificates_of(&chain);
    assert_eq!(certificates.len(), 3);
    let credential =
        Credential::assemble_from_chain(certificates.clone(), crate::support::private_key(&key)).unwrap();
    assert_eq!(credential.certificate(), &certificates[2]);
    let stranger = Credential::assemble_from_chain(certificates, crate::support::private_key(&ec_key()));
    assert_eq!(stranger.unwrap_err(), CredentialProblem::NotAPair);
}

/// The `openssl` program as an independent writer of keys; what it refuses to write is skipped aloud.
fn written_by_openssl(arguments: &[&str], input: &[u8]) -> Option<Vec<u8>> {
    let mut child = Command::new("openssl")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    if !output.status.success() {
        println!("skipped: this openssl does not do {arguments:?}");
    }
    output.status.success().then_some(output.stdout)
}

#[test]
fn keys_encrypted_in_every_way_old_and_new() {
    let pass = format!("pass:{}", crate::support::PASSWORD);
    let schemes: &[&[&str]] = &[
        &["-v2", "aes-256-cbc"],
        &["-v2", "aes-128-cbc", "-v2prf", "hmacWithSHA512"],
        &["-v2", "des3", "-v2prf", "hmacWithSHA1"],
        &["-scrypt"],
        &["-v1", "PBE-SHA1-3DES"],
        &["-v1", "PBE-SHA1-2DES"],
        &["-v1", "PBE-MD5-DES", "-provider", "legacy", "-provider", "default"],
        &["-v1", "PBE-SHA1-RC4-128", "-provider", "legacy", "-provider", "default"],
        &["-v1", "PBE-SHA1-RC2-40", "-provider", "legacy", "-provider", "default"],
        &["-v2", "des", "-provider", "legacy", "-provider", "default"],
    ];
    let mut opened = 0;
    for key in [ec_key(), rsa_key(2048)] {
        let plain = key.private_key_to_pem_pkcs8().unwrap();
        for scheme in schemes {
            for form in ["PEM", "DER"] {
                let start = ["pkcs8", "-topk8", "-outform", form, "-passout", &pass];
                let Some(file) = written_by_openssl(&[&start[..], scheme].concat(), &plain) else { continue };
                let read = key_of(&file);
                let private =
                    read.open(Some(&password())).unwrap_or_else(|problem| panic!("{scheme:?}: {problem}"));
                assert_eq!(private.to_pkcs8_der().unwrap().expose(), &key.private_key_to_pkcs8().unwrap());
                let wrong = SecretText::from("zupelnie-inne".to_owned());
                assert_eq!(read.open(Some(&wrong)).unwrap_err(), KeyProblem::WrongPassword, "{scheme:?}");
                opened += 1;
            }
        }
    }
    println!("{opened} keys opened");
}

#[test]
fn keys_encrypted_the_old_way() {
    let (ec, rsa) = (ec_key(), rsa_key(2048));
    for cipher in
        [Cipher::aes_128_cbc(), Cipher::aes_192_cbc(), Cipher::aes_256_cbc(), Cipher::des_ede3_cbc()]
    {
        let pass = crate::support::PASSWORD.as_bytes();
        let sec1 = ec.ec_key().unwrap().private_key_to_pem_passphrase(cipher, pass).unwrap();
        let pkcs1 = rsa.rsa().unwrap().private_key_to_pem_passphrase(cipher, pass).unwrap();
        for file in [sec1, pkcs1] {
            let windows = String::from_utf8(file.clone()).unwrap().replace('\n', "\r\n");
            assert!(key_of(&file).open(Some(&password())).is_ok());
            assert!(key_of(windows.as_bytes()).open(Some(&password())).is_ok());
            let lines: Vec<&str> = std::str::from_utf8(&file).unwrap().lines().collect();
            let clipped = lines[..lines.len() - 2].join("\n");
            assert_eq!(recognise(clipped.as_bytes()).unwrap_err(), FileProblem::CutOff);
        }
    }
}

#[test]
fn an_old_cipher_that_nobody_reads_has_its_own_problem() {
    let file = ec_key().ec_key().unwrap().private_key_to_pem_passphrase(Cipher::aes_256_cbc(), b"x").unwrap();
    let other = String::from_utf8(file).unwrap().replace("AES-256-CBC", "IDEA-CBC");
    let problem = key_of(other.as_bytes()).open(Some(&password())).unwrap_err();
    assert_eq!(problem, KeyProblem::UnsupportedEncryption { scheme: "IDEA-CBC".to_owned() });
}

#[test]
fn keys_without_encryption_in_three_forms() {
    let (ec, rsa) = (ec_key(), rsa_key(2048));
    let parameters = b"-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
    let sec1 = ec.ec_key().unwrap().private_key_to_pem().unwrap();
    let files = [
        ec.private_key_to_pem_pkcs8().unwrap(),
        [parameters.as_slice(), &sec1].concat(),
        sec1,
        ec.ec_key().unwrap().private_key_to_der().unwrap(),
        rsa.rsa().unwrap().private_key_to_pem().unwrap(),
        rsa.rsa().unwrap().private_key_to_der().unwrap(),
        rsa.private_key_to_pkcs8().unwrap(),
    ];
    for (place, file) in files.iter().enumerate() {
        let key = key_of(file);
        assert!(!key.needs_password() && key.open(None).is_ok(), "form {place}");
    }
}

#[test]
fn containers_without_password_key_or_certificate() {
    let key = ec_key();
    let x509 = own(&key);
    let open = |file: Pkcs12, password: &str| {
        let Ok(Recognised::Container(container)) = recognise(&file.to_der().unwrap()) else { panic!() };
        let password = SecretText::from(password.to_owned());
        container.open(Some(&password)).map(|opened| opened.certificates.len())
    };
    let full = Pkcs12::builder().name("Klucz").pkey(&key).cert(&x509).build2("").unwrap();
    assert_eq!(open(full, ""), Ok(1));
    let mut authorities = openssl::stack::Stack::new().unwrap();
    authorities.push(own(&rsa_key(2048))).unwrap();
    let with_chain = Pkcs12::builder().pkey(&key).cert(&x509).ca(authorities).build2("ż").unwrap();
    assert_eq!(open(with_chain, "ż"), Ok(2));
    assert_eq!(open(Pkcs12::builder().cert(&x509).build2("x").unwrap(), "x"), Err(KeyProblem::NoKeyInside));
    assert_eq!(
        open(Pkcs12::builder().pkey(&key).build2("x").unwrap(), "x"),
        Err(KeyProblem::NoCertificateInside)
    );
}

#[test]
fn what_is_something_else_has_its_own_problem() {
    let key = ec_key();
    let public = key.public_key_to_pem().unwrap();
    let mut request = X509Req::builder().unwrap();
    request.set_pubkey(&key).unwrap();
    request.sign(&key, openssl::hash::MessageDigest::sha256()).unwrap();
    let request = request.build();
    let token = format!("20261121-EC-0123456789-ABCDEF0123-4E|nip-5265877635|{}", "ab".repeat(32));
    let other = |label: &str| FileProblem::OtherKind { label: label.to_owned() };
    let ssh = b"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n".to_vec();
    let two_keys =
        [key.private_key_to_pem_pkcs8().unwrap(), ec_key().private_key_to_pem_pkcs8().unwrap()].concat();
    let cases: Vec<(Vec<u8>, FileProblem)> = vec![
        (Vec::new(), FileProblem::Empty),
        (b" \r\n\t".to_vec(), FileProblem::Empty),
        (b"\xEF\xBB\xBF\r\n".to_vec(), FileProblem::Empty),
        (vec![b'A'; 1 + (1 << 20)], FileProblem::TooLarge { bytes: MAX_FILE_BYTES + 1 }),
        (b"<!DOCTYPE html>\n<html><body>Zaloguj".to_vec(), FileProblem::Html),
        (b"\xEF\xBB\xBF\n <HTML lang=pl>".to_vec(), FileProblem::Html),
        (utf16("<html><body>", u16::to_le_bytes, true), FileProblem::Html),
        (b"PK\x03\x04rest".to_vec(), FileProblem::Archive),
        (token.into_bytes(), FileProblem::Token),
        ("Ala ma kota, a kot ma Alę".as_bytes().to_vec(), FileProblem::SomethingElse),
        (b"<Faktura></Faktura>".to_vec(), FileProblem::SomethingElse),
        (b"%PDF-1.7\n\xE2\xE3\xCF\xD3\n\0".to_vec(), FileProblem::SomethingElse),
        (b"0123456789".to_vec(), FileProblem::SomethingElse),
        (public, FileProblem::PublicKey),
        (key.public_key_to_der().unwrap(), FileProblem::PublicKey),
        (request.to_pem().unwrap(), FileProblem::CertificateRequest),
        (request.to_der().unwrap(), FileProblem::CertificateRequest),
        (ssh, other("OPENSSH PRIVATE KEY")),
        (two_keys, FileProblem::SeveralKeys),
    ];
    for (place, (bytes, expected)) in cases.iter().enumerate() {
        assert_eq!(&recognise(bytes).unwrap_err(), expected, "case {place}");
    }
}

#[test]
fn a_key_that_would_take_hours_is_refused_at_once() {
    // PBES2 with PBKDF2 of 2^31 rounds: the count in a file that another program wrote is changed.
    let key = ec_key().private_key_to_pkcs8_passphrase(Cipher::aes_256_cbc(), b"x").unwrap();
    let place = key.windows(4).position(|window| window == [0x02, 0x02, 0x08, 0x00]).expect("2048 rounds");
    let mut slow = key;
    slow.splice(place..place + 4, [0x02, 0x05, 0x00, 0x80, 0, 0, 0]);
    // Three bytes more in the file, in the algorithm, in its parameters, in the derivation, in its parameters.
    let lengths: Vec<usize> = (0..place).filter(|&at| slow[at] == 0x30).map(|at| at + 1).collect();
    for at in lengths {
        let at = if slow[at] & 0x80 == 0 { at } else { at + usize::from(slow[at] & 0x7F) };
        slow[at] += 3;
    }
    assert_eq!(key_of(&slow).open(Some(&password())).unwrap_err(), KeyProblem::TooExpensive);
}

#[test]
fn purposes_that_are_neither() {
    let key = ec_key();
    for usage in [Usage::Both, Usage::None] {
        let pair = crate::support::pair(&key, &name("Okienko", "VATPL-5265877635"), &usage);
        assert_eq!(pair.problems(Purpose::Authentication, now()), [CredentialProblem::UnknownPurpose]);
    }
}

#[test]
fn a_stored_key_is_read_again() {
    for key in [ec_key(), rsa_key(2048)] {
        let private = crate::support::private_key(&key);
        let stored = private.to_pkcs8_der().unwrap();
        assert_eq!(stored.expose(), &key.private_key_to_pkcs8().unwrap());
    }
}
