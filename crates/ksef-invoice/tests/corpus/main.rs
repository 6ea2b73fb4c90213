//! The fuzz targets' bodies over the corpus, so that what fuzzing once found stays mended.

#![expect(clippy::unwrap_used, reason = "tests stop where they cannot go on")]

#[path = "../../../../fuzz/bodies.rs"]
mod bodies;
mod seeds;

use std::path::{Path, PathBuf};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus")
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
fn the_corpus_has_valid_documents() {
    let of = |target: &str, name: &str| std::fs::read(corpus().join(target).join(name)).unwrap();
    for name in ["sample.xml", "correction.xml", "advance.xml", "attachment.xml", "dressed.xml"] {
        let findings = ksef_invoice::validate_structure(&of("read_fa3", name));
        assert!(findings.is_empty(), "{name}: {:?}", findings.first());
    }
    assert_eq!(ksef_invoice::view::view(&of("view_any", "fa2.xml")).unwrap().form, "FA(2)");
    assert_eq!(ksef_invoice::view::view(&of("view_any", "fa_rr.xml")).unwrap().form, "FA_RR(1)");
    assert_eq!(ksef_invoice::upo::read(&of("read_upo", "session.xml")).unwrap().documents.len(), 2);
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
