//! The fuzz targets' bodies over the corpus, so that what fuzzing once found stays mended.

#![expect(clippy::unwrap_used, reason = "tests stop where they cannot go on")]

#[path = "../../../../fuzz/crypto_bodies.rs"]
mod bodies;
mod seeds;

use std::path::{Path, PathBuf};

use ksef_crypto::signed_request::{SignatureForm, read};
use ksef_crypto::{Certificate, Purpose};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus")
}

fn of(target: &str, name: &str) -> Vec<u8> {
    std::fs::read(corpus().join(target).join(name)).unwrap()
}

/// Every input goes through every target, whichever found it.
#[test]
fn every_input_goes_through_every_target() {
    let mut inputs = 0;
    for (name, _) in bodies::ALL {
        for entry in std::fs::read_dir(corpus().join(name)).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            inputs += 1;
            for (target, body) in bodies::ALL {
                let fine = std::panic::catch_unwind(|| body(&bytes));
                assert!(fine.is_ok(), "{target} fails on {}", path.display());
            }
        }
    }
    assert!(inputs >= 40, "{inputs} inputs");
}

/// Some inputs must be taken, or the corpus would prove little.
#[test]
fn the_corpus_has_what_is_taken() {
    let target = "read_signed_request";
    for name in ["enveloped-ec.xml", "enveloped-rsa.xml", "profil-zaufany.xml", "program.xml"] {
        assert_eq!(read(&of(target, name)).unwrap().form(), SignatureForm::Enveloped, "{name}");
    }
    for name in ["enveloping.xml", "enveloping-base64.xml"] {
        assert_eq!(read(&of(target, name)).unwrap().form(), SignatureForm::Enveloping, "{name}");
    }
    for (name, purpose) in [
        ("authentication.der", Some(Purpose::Authentication)),
        ("offline.der", Some(Purpose::Offline)),
        ("both.der", None),
        ("never-valid.der", Some(Purpose::Authentication)),
    ] {
        let certificate = Certificate::from_der(&of("read_certificate", name)).unwrap();
        assert_eq!(certificate.purpose(), purpose, "{name}");
    }
}

#[test]
#[ignore = "writes the first inputs of the corpus"]
fn write_the_corpus() {
    for (target, name, bytes) in seeds::all() {
        let folder = corpus().join(target);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}
