//! The fuzz targets' bodies over the corpus, so that what fuzzing once found stays mended.

#![expect(clippy::unwrap_used, reason = "tests stop where they cannot go on")]

#[path = "../../../../fuzz/bodies.rs"]
mod bodies;
#[path = "../../../../fuzz/corpus.rs"]
mod corpus;
mod seeds;

use corpus::input;

/// Every input goes through every target, whichever found it.
#[test]
fn every_input_goes_through_every_target() {
    corpus::every_input_goes_through(&bodies::ALL);
}

/// Some inputs must be taken, or the corpus would prove little.
#[test]
fn the_corpus_has_valid_documents() {
    for name in ["sample.xml", "correction.xml", "advance.xml", "attachment.xml", "dressed.xml"] {
        let findings = ksef_invoice::validate_structure(&input("read_fa3", name));
        assert!(findings.is_empty(), "{name}: {:?}", findings.first());
    }
    assert_eq!(ksef_invoice::view::view(&input("view_any", "fa2.xml")).unwrap().form, "FA(2)");
    assert_eq!(ksef_invoice::view::view(&input("view_any", "fa_rr.xml")).unwrap().form, "FA_RR(1)");
    assert_eq!(ksef_invoice::upo::read(&input("read_upo", "session.xml")).unwrap().documents.len(), 2);
}

#[test]
#[ignore = "writes the first inputs of the corpus"]
fn write_the_corpus() {
    corpus::write(seeds::all());
}
