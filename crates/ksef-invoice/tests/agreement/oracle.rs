//! `xmllint --schema`, many files in one call.

use std::collections::HashSet;
use std::path::Path;
use std::process::Command;

pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl Case {
    pub(crate) fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: bytes.into() }
    }
}

pub(crate) struct Verdicts {
    pub(crate) accepted: usize,
}

pub(crate) fn samples(shared: &Path) -> Vec<(String, String)> {
    let mut samples: Vec<(String, String)> = std::fs::read_dir(shared.join("samples/fa3"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "xml"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
            (path.file_stem().unwrap().to_string_lossy().into_owned(), text)
        })
        .collect();
    samples.sort();
    samples
}

/// Asks both about every case and fails with all differences.
pub(crate) fn compare(shared: &Path, cases: &[Case]) -> Verdicts {
    let mut accepted = HashSet::new();
    for (number, chunk) in cases.chunks(400).enumerate() {
        let folder = tempfile::tempdir().unwrap();
        let names: Vec<String> =
            (0..chunk.len()).map(|index| format!("{}.xml", number * 400 + index)).collect();
        for (case, name) in chunk.iter().zip(&names) {
            std::fs::write(folder.path().join(name), &case.bytes).unwrap();
        }
        let output = Command::new("xmllint")
            .args(["--nonet", "--noout", "--schema"])
            .arg(shared.join("schemas/FA/schemat_FA(3)_v1-0E.xsd"))
            .args(&names)
            .env("XML_CATALOG_FILES", shared.join("schemas/catalog.xml"))
            .current_dir(folder.path())
            .output()
            .expect("xmllint is installed");
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().filter_map(|line| line.strip_suffix(".xml validates"));
        accepted.extend(said.filter_map(|number| number.parse::<usize>().ok()));
    }
    let mut differences = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        let findings = ksef_invoice::validate_structure(&case.bytes);
        if findings.is_empty() != accepted.contains(&index) {
            let ours =
                findings.first().map_or("accepted".to_owned(), |finding| finding.message_en().to_owned());
            differences.push(format!("{}: ours: {ours}", case.name));
            if let Some(folder) = std::env::var_os("KEEP_DIFFERENCES") {
                std::fs::write(Path::new(&folder).join(format!("{}.xml", differences.len())), &case.bytes)
                    .unwrap();
            }
        }
    }
    let shown = differences.iter().take(60).cloned().collect::<Vec<_>>().join("\n");
    assert!(differences.is_empty(), "{} of {} differ:\n{shown}", differences.len(), cases.len());
    Verdicts { accepted: accepted.len() }
}
