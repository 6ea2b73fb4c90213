//! Every problem code that the sources of the fronts name has its sentences.

#![expect(clippy::unwrap_used, reason = "what fails must stop the test")]

use std::collections::BTreeSet;
use std::path::Path;

use ksef_commands::catalogue::codes;
use ksef_commands::views::Language;

const SOURCES: [&str; 3] = ["src", "../ksef-cli/src", "../../src-tauri/src"];
/// First words of the catalogue's codes.
const AREAS: &[&str] = &[
    "nip",
    "company",
    "file",
    "credential",
    "token",
    "keychain",
    "network",
    "ksef",
    "sending",
    "archive",
    "sandbox",
    "program",
    "cli",
    "invoice",
    "signing",
    "enrolment",
    "certificate",
    "journal",
    "secret",
    "lock",
    "permission",
    "context",
    "discovery",
    "limits",
    "doctor",
    "auth",
    "collective",
    "session",
];

#[test]
fn every_code_in_the_sources_has_sentences() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut named = BTreeSet::new();
    SOURCES.iter().for_each(|folder| collect(&root.join(folder), &mut named));
    assert!(named.len() > 80, "the sources were not found: {}", named.len());
    for language in [Language::Pl, Language::En] {
        let known: BTreeSet<&str> = codes(language).collect();
        let missing: Vec<_> = named.iter().filter(|code| !known.contains(code.as_str())).collect();
        assert!(missing.is_empty(), "without sentences in {language:?}: {missing:?}");
    }
}

fn collect(folder: &Path, named: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, named);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            // A code stands where a problem is made, or beside a status in a table: a literal `"area.name"` alone.
            let made = text
                .split("Problem::new(\"")
                .skip(1)
                .chain(text.split("(\"").skip(1))
                .chain(text.split("=> \"").skip(1))
                .chain(text.split(", \"").skip(1));
            named.extend(
                made.filter_map(|rest| rest.split('"').next())
                    .filter(|code| is_code(code))
                    .map(str::to_owned),
            );
        }
    }
}

fn is_code(text: &str) -> bool {
    // Texts of the terminal and of dialogs live in a catalogue of their own.
    let word = ksef_commands::catalogue::text(text, Language::Pl);
    word == text
        && text.split_once('.').is_some_and(|(area, rest)| AREAS.contains(&area) && !rest.is_empty())
        && text.chars().all(|character| character.is_ascii_alphanumeric() || character == '.')
        && !text.ends_with('.')
        && !["json", "xml", "key", "crt", "new"].iter().any(|ending| text.ends_with(&format!(".{ending}")))
}
