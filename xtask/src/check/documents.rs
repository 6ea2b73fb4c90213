//! The documents at the root tell the truth about files: what they name in backticks or link to exists.

use std::path::Path;

use crate::failure::Failure;
use crate::project;

/// The documents that are looked at.
const DOCUMENTS: [&str; 3] = ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"];

/// Every file and every test that is named and does not exist.
pub(crate) fn findings() -> Result<Vec<String>, Failure> {
    let root = project::root();
    let mut findings = Vec::new();
    for name in DOCUMENTS {
        let path = root.join(name);
        let text = std::fs::read_to_string(&path).map_err(|error| Failure::File { path, error })?;
        for (number, line) in (1..).zip(text.lines()) {
            let absent = references(line).filter_map(|reference| problem(&root, reference));
            findings.extend(absent.map(|problem| format!("{name}:{number}: {problem}")));
        }
    }
    Ok(findings)
}

/// Something that a document refers to.
#[derive(Debug, PartialEq, Clone, Copy)]
enum Reference<'a> {
    /// `[text](path)`.
    Link(&'a str),
    /// `` `path::function` ``.
    Test { path: &'a str, function: &'a str },
}

fn references(line: &str) -> impl Iterator<Item = Reference<'_>> {
    let links = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let links =
        links.filter(|target| !target.contains("://") && !target.starts_with('#')).map(Reference::Link);
    // Every second piece between backticks is code.
    let code = line.split('`').skip(1).step_by(2);
    let tests = code.filter_map(|code| code.split_once("::")).filter(|(path, _)| path.ends_with(".rs"));
    links.chain(tests.map(|(path, function)| Reference::Test { path, function }))
}

fn problem(root: &Path, reference: Reference<'_>) -> Option<String> {
    match reference {
        Reference::Link(target) => {
            let path = target.split('#').next().unwrap_or(target);
            (!root.join(path).exists()).then(|| format!("there is no {path}"))
        }
        Reference::Test { path, function } => match std::fs::read_to_string(root.join(path)) {
            Err(_) => Some(format!("there is no {path}")),
            Ok(text) if text.contains(&format!("fn {function}(")) => None,
            Ok(_) => Some(format!("{path} has no test {function}")),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_tests_are_read() {
        let line = "See [a](docs/a.md#b), [c](https://d.example) and [e](#e): `src/f.rs::g`, `cargo h`.";
        let found: Vec<Reference<'_>> = references(line).collect();
        assert_eq!(
            found,
            [Reference::Link("docs/a.md#b"), Reference::Test { path: "src/f.rs", function: "g" }]
        );
    }

    #[test]
    fn what_does_not_exist_is_found() {
        let root = project::root();
        let own = "xtask/src/check/documents.rs";
        let test = |function| problem(&root, Reference::Test { path: own, function });
        assert_eq!(test("what_does_not_exist_is_found"), None);
        assert!(test("nobody_wrote_this").is_some_and(|problem| problem.contains("no test")));
        assert!(problem(&root, Reference::Test { path: "there/is/nothing.rs", function: "x" }).is_some());
        assert_eq!(problem(&root, Reference::Link("Cargo.toml#x")), None);
        assert!(problem(&root, Reference::Link("there/is/nothing.md")).is_some());
    }
}
