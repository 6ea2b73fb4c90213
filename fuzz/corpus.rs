//! The inputs of the fuzz targets, as the tests use them: what fuzzing once found stays mended.

use std::path::{Path, PathBuf};

/// A target's name and what it does with an input.
type Target = (&'static str, fn(&[u8]));

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus")
}

/// One input of a target.
pub(crate) fn input(target: &str, name: &str) -> Vec<u8> {
    std::fs::read(folder().join(target).join(name)).unwrap()
}

/// Every input goes through every target, whichever found it.
pub(crate) fn every_input_goes_through(targets: &[Target]) {
    let mut inputs = 0;
    for (name, _) in targets {
        for entry in std::fs::read_dir(folder().join(name)).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            inputs += 1;
            for (target, body) in targets {
                let fine = std::panic::catch_unwind(|| body(&bytes));
                assert!(fine.is_ok(), "{target} fails on {}", path.display());
            }
        }
    }
    assert!(inputs >= 40, "{inputs} inputs");
}

/// Writes the first inputs, each for a target under a name.
pub(crate) fn write(inputs: Vec<(&'static str, String, Vec<u8>)>) {
    for (target, name, bytes) in inputs {
        let folder = folder().join(target);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}
