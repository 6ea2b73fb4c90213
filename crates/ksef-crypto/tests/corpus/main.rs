//! The fuzz targets' bodies over the corpus, so that what fuzzing once found stays mended.

#![expect(clippy::unwrap_used, reason = "tests stop where they cannot go on")]

#[path = "../../../../fuzz/crypto_bodies.rs"]
mod bodies;
#[path = "../../../../fuzz/corpus.rs"]
mod corpus;
mod seeds;

use corpus::input;
use ksef_crypto::signed_request::{SignatureForm, read};
use ksef_crypto::{Certificate, Purpose};

/// Every input goes through every target, whichever found it.
#[test]
fn every_input_goes_through_every_target() {
    corpus::every_input_goes_through(&bodies::ALL);
}

/// Some inputs must be taken, or the corpus would prove little.
#[test]
fn the_corpus_has_what_is_taken() {
    let target = "read_signed_request";
    for name in ["enveloped-ec.xml", "enveloped-rsa.xml", "profil-zaufany.xml", "program.xml"] {
        assert_eq!(read(&input(target, name)).unwrap().form(), SignatureForm::Enveloped, "{name}");
    }
    for name in ["enveloping.xml", "enveloping-base64.xml"] {
        assert_eq!(read(&input(target, name)).unwrap().form(), SignatureForm::Enveloping, "{name}");
    }
    for (name, purpose) in [
        ("authentication.der", Some(Purpose::Authentication)),
        ("offline.der", Some(Purpose::Offline)),
        ("both.der", None),
        ("never-valid.der", Some(Purpose::Authentication)),
    ] {
        let certificate = Certificate::from_der(&input("read_certificate", name)).unwrap();
        assert_eq!(certificate.purpose(), purpose, "{name}");
    }
}

#[test]
#[ignore = "writes the first inputs of the corpus"]
fn write_the_corpus() {
    corpus::write(seeds::all());
}
