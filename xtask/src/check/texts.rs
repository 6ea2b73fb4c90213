//! What must not stand in a tracked text.

use std::path::Path;

/// Marks of unfinished work, put together here so that this file does not find itself.
const LOOSE_ENDS: [&str; 5] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("<<<<", "<<< "),
    concat!(">>>>", ">>> "),
    concat!("unimpl", "emented!("),
];

/// The home of the machine's own user; nobody keeps documents there.
const HOME_OF_ROOT: &str = concat!("/ro", "ot/");

/// Where packages may be said to come from in a lock file.
const CARGO_SOURCE: &str = "registry+https://github.com/rust-lang/crates.io-index";
const NPM_SOURCE: &str = "https://registry.npmjs.org/";

/// Paths of the machine that runs the check, which would be strange to meet in the repository.
pub(super) fn traces_of_this_machine(root: &Path) -> Vec<String> {
    let home = std::env::home_dir();
    let paths = std::iter::once(root).chain(home.as_deref());
    // The root of the file system, or a single folder in it, is too common a word.
    paths.filter(|path| path.components().count() > 2).map(|path| path.display().to_string()).collect()
}

/// What is wrong in the text of one file.
pub(super) fn findings(name: &str, text: &str, traces: &[String]) -> Vec<String> {
    let mut findings = Vec::new();
    if !text.is_empty() && !text.ends_with('\n') {
        findings.push(format!("{name}: no line break at the end"));
    }
    for (number, line) in (1..).zip(text.lines()) {
        findings.extend(problem(name, line, traces).map(|problem| format!("{name}:{number}: {problem}")));
    }
    findings
}

fn problem(name: &str, line: &str, traces: &[String]) -> Option<String> {
    let mut machine = std::iter::once(HOME_OF_ROOT).chain(traces.iter().map(String::as_str));
    if let Some(path) = machine.find(|path| line.contains(path)) {
        return Some(format!("a path of one machine ({path})"));
    }
    if let Some(mark) = LOOSE_ENDS.iter().find(|mark| has_word(line, mark)) {
        return Some(format!("unfinished work ({})", mark.trim()));
    }
    foreign_source(name, line).map(|source| format!("a package from another registry ({source})"))
}

/// A mark of letters counts as a word of its own, not as a part of one.
fn has_word(line: &str, mark: &str) -> bool {
    line.match_indices(mark).any(|(at, _)| {
        let neighbour =
            |found: Option<char>| found.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
        let ends_open = !mark.ends_with(char::is_alphanumeric);
        let before = neighbour(line[..at].chars().next_back());
        let after = neighbour(line[at + mark.len()..].chars().next());
        !before && (ends_open || !after)
    })
}

/// The source in a line of a lock file, when it is not the public registry.
fn foreign_source<'a>(name: &str, line: &'a str) -> Option<&'a str> {
    let line = line.trim().trim_end_matches(',');
    let (value, allowed) = if name.ends_with("Cargo.lock") {
        (line.strip_prefix("source = ")?, CARGO_SOURCE)
    } else if name.ends_with("package-lock.json") {
        (line.strip_prefix("\"resolved\": ")?, NPM_SOURCE)
    } else {
        return None;
    };
    let value = value.trim_matches('"');
    (!value.starts_with(allowed)).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, text: &str) -> Vec<String> {
        findings(name, text, &["/srv/okienko".to_owned()])
    }

    #[test]
    fn an_ordinary_text_has_no_findings() {
        assert!(found("a.md", "Okienko.\n\nhttps://api.example/v2 and TODOS\n").is_empty());
        assert!(found("empty", "").is_empty());
    }

    #[test]
    fn paths_of_a_machine_are_found_with_their_line() {
        for path in [HOME_OF_ROOT, "/srv/okienko"] {
            let findings = found("a.rs", &format!("one\nlet path = \"{path}x\";\n"));
            assert!(findings.len() == 1 && findings[0].starts_with("a.rs:2: a path"), "{path}");
        }
    }

    #[test]
    fn loose_ends_are_found() {
        for mark in LOOSE_ENDS {
            assert_eq!(found("a.rs", &format!("    // {mark}: later\n")).len(), 1, "{mark}");
        }
        assert_eq!(found("a.rs", "no break").len(), 1);
    }

    #[test]
    fn packages_come_from_the_public_registries() {
        assert!(found("Cargo.lock", &format!("source = \"{CARGO_SOURCE}\"\n")).is_empty());
        assert_eq!(found("Cargo.lock", "source = \"registry+https://mirror.example/index\"\n").len(), 1);
        assert!(
            found("ui/package-lock.json", "  \"resolved\": \"https://registry.npmjs.org/a/-/a-1.tgz\",\n")
                .is_empty()
        );
        assert_eq!(
            found("ui/package-lock.json", "  \"resolved\": \"https://npm.example/a-1.tgz\",\n").len(),
            1
        );
        assert!(found("README.md", "source = \"elsewhere\"\n").is_empty());
    }
}
