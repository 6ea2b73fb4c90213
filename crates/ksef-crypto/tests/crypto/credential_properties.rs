//! No file makes it panic, and what is cut off is never called a wrong password.

use crate::support::password;
use ksef_crypto::{FileProblem, KeyProblem, Recognised, recognise};
use proptest::prelude::*;

const VECTORS: [&str; 17] = [
    "offline-ec.crt",
    "offline-ec.key",
    "offline-ec.unencrypted.key",
    "offline-rsa.unencrypted.key",
    "uciety.key",
    "smieci.key",
    "uwierzytelnianie-ec.base64-bez-naglowkow.crt",
    "uwierzytelnianie-ec.bom.crt",
    "uwierzytelnianie-ec.der.crt",
    "uwierzytelnianie-ec.der.key",
    "uwierzytelnianie-ec.legacy-rc2.p12",
    "uwierzytelnianie-ec.razem.pem",
    "uwierzytelnianie-ec.sec1-szyfrowany.key",
    "uwierzytelnianie-rsa.crt",
    "uwierzytelnianie-rsa.key",
    "uwierzytelnianie-rsa.p12",
    "uwierzytelnianie-rsa.pkcs1-szyfrowany.key",
];

/// Recognises and opens with the right password; a panic fails the test.
fn walk(bytes: &[u8]) -> Option<KeyProblem> {
    match recognise(bytes).ok()? {
        Recognised::Key(key) | Recognised::Both { key, .. } => key.open(Some(&password())).err(),
        Recognised::Container(container) => container.open(Some(&password())).err(),
        Recognised::Certificates(certificates) => {
            for certificate in certificates {
                let _ = (certificate.owner(), certificate.issuer_rfc2253(), certificate.subject_name());
                let _ = (certificate.key_kind(), certificate.purpose(), certificate.serial());
            }
            None
        }
    }
}

#[test]
fn every_truncation_of_every_vector() {
    for name in VECTORS {
        let Some(bytes) = crate::support::credential_file(name) else { return };
        // The containers cost thousands of rounds each time that they are whole; every length is tried all the same.
        for length in 0..bytes.len() {
            let problem = walk(&bytes[..length]);
            assert_ne!(problem, Some(KeyProblem::WrongPassword), "{name} cut off after {length} bytes");
        }
    }
}

#[test]
fn a_cut_off_file_is_called_cut_off() {
    for name in
        VECTORS.iter().filter(|name| !matches!(**name, "smieci.key" | "uwierzytelnianie-ec.razem.pem"))
    {
        let Some(bytes) = crate::support::credential_file(name) else { return };
        // From a start that tells what it was, to half of it.
        for length in 40..bytes.len() / 2 {
            assert_eq!(recognise(&bytes[..length]).unwrap_err(), FileProblem::CutOff, "{name} at {length}");
        }
    }
}

#[test]
fn a_megabyte_made_to_be_slow_is_judged_all_the_same() {
    for piece in [
        "-----BEGIN A-----\n",
        "-----BEGIN CERTIFICATE----------END CERTIFICATE-----",
        "A\n",
        "a: b\n",
        "-----END ",
        "MIIB",
        "\u{30}\u{7e}",
        "<",
    ] {
        for start in ["", "-----BEGIN PRIVATE KEY-----\n"] {
            let count = ((1 << 20) - start.len()) / piece.len();
            assert!(recognise(format!("{start}{}", piece.repeat(count)).as_bytes()).is_err(), "{piece:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn arbitrary_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        walk(&bytes);
    }

    #[test]
    fn arbitrary_bytes_that_begin_well(start in "(\u{30}\u{5}|-----BEGIN [A-Z ]{0,20}-----\n|MII|<html|\u{30}\u{3}\u{2}\u{1}\u{3})", bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        walk(&[start.as_bytes(), &bytes].concat());
    }

    #[test]
    fn arbitrary_text(text in "[A-Za-z0-9+/=\\-: \r\n]{0,400}") {
        walk(text.as_bytes());
        walk(format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----").as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn flipped_bits(vector in 0..VECTORS.len(), place in any::<proptest::sample::Index>(), bit in 0u8..8) {
        let Some(mut bytes) = crate::support::credential_file(VECTORS[vector]) else { return Ok(()) };
        let place = place.index(bytes.len());
        bytes[place] ^= 1 << bit;
        walk(&bytes);
    }
}
