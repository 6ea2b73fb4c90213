//! The table of parts, and the short ones themselves.

use super::part::{Part, Passed};
use super::{rust, traffic, window};
use crate::check;
use crate::failure::Failure;
use crate::process::{self, Captured};
use crate::project;
use crate::setup::{self, Need};
use crate::types;

/// Everything that building the whole workspace takes.
const WORKSPACE: &[Need] =
    &[Need::Compiler, Need::WindowPackages, Need::Interface, Need::KeychainPackages, Need::TestPackages];

/// Every part, in the order in which they run: what fails soonest comes first.
pub(super) const ALL: &[Part] = &[
    Part { name: "format", what: "cargo fmt", needs: &[Need::Rustfmt], is_quick: true, work: format },
    Part {
        name: "repository",
        what: "what must not stand in the repository",
        needs: &[],
        is_quick: true,
        work: repository,
    },
    Part {
        name: "arrows",
        what: "dependencies between crates against the table in ARCHITECTURE.md",
        needs: &[],
        is_quick: true,
        work: || nothing_found(check::arrows::findings()?),
    },
    Part {
        name: "documents",
        what: "files and tests that ARCHITECTURE.md, README.md and CONTRIBUTING.md name",
        needs: &[],
        is_quick: true,
        work: || nothing_found(check::documents::findings()?),
    },
    Part {
        name: "ui",
        what: "the interface: types, lints, tests",
        needs: &[Need::InterfacePackages],
        is_quick: false,
        work: interface,
    },
    Part {
        name: "deny",
        what: "licences, bans, sources and advisories of all dependencies",
        needs: &[Need::Compiler],
        is_quick: false,
        work: deny,
    },
    Part {
        name: "clippy",
        what: "lints, warnings are errors",
        needs: &[Need::Compiler, Need::WindowPackages, Need::Interface, Need::Clippy],
        is_quick: false,
        work: clippy,
    },
    Part {
        name: "types",
        what: "the TypeScript types are those of the commands",
        needs: WORKSPACE,
        is_quick: false,
        work: || types::compare().map(|()| Passed::silently()),
    },
    Part {
        name: "rust",
        what: "all Rust tests, with a real keychain",
        needs: WORKSPACE,
        is_quick: false,
        work: rust::test,
    },
    Part {
        name: "e2e",
        what: "end to end in the real window, with a real keychain",
        needs: WORKSPACE,
        is_quick: false,
        work: window::test,
    },
    Part {
        name: "traffic",
        what: "every exchange with the simulator in rust and e2e, against the ministry's contract",
        needs: &[Need::Compiler],
        is_quick: false,
        work: traffic::validate,
    },
];

fn format() -> Result<Passed, Failure> {
    succeed(process::capture(
        "format",
        &mut project::cargo(["fmt", "--all", "--check", "--", "--color", "never"]),
    )?)
}

fn repository() -> Result<Passed, Failure> {
    if !check::repository::is_here() {
        return Ok(Passed::Skipped("this is no clone of the repository".to_owned()));
    }
    nothing_found(check::repository::findings()?)
}

fn clippy() -> Result<Passed, Failure> {
    let mut command = project::cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    succeed(process::capture("clippy", &mut command)?)
}

fn interface() -> Result<Passed, Failure> {
    process::capture("ui", &mut project::npm(["run", "check"]))?.text_of_success()?;
    let tests = process::capture("ui", project::npm(["test"]).env("NO_COLOR", "1"))?;
    let text = tests.text_of_success()?;
    let is_count =
        |line: &&str| ["Test Files", "Tests"].iter().any(|start| line.trim_start().starts_with(start));
    Ok(Passed::With(text.lines().filter(is_count).map(str::to_owned).collect()))
}

fn deny() -> Result<Passed, Failure> {
    let program = setup::deny_program()?;
    let deny = |label: &str, arguments: &[&str]| {
        process::capture(label, project::program(&program).args(["--color", "never"]).args(arguments))
    };
    let rules = deny("deny", &["check", "bans", "licenses", "sources"])?.text_of_success()?;
    let closing = rules.lines().rev().find(|line| line.contains("bans")).unwrap_or_default().to_owned();
    if !deny("advisories", &["fetch", "db"])?.succeeded {
        let word = "advisories skipped: the database of advisories cannot be fetched from here".to_owned();
        return Ok(Passed::With(vec![closing, word]));
    }
    deny("advisories", &["--offline", "check", "advisories"])?.text_of_success()?;
    Ok(Passed::With(vec![format!("{closing}, advisories ok")]))
}

fn nothing_found(findings: Vec<String>) -> Result<Passed, Failure> {
    if findings.is_empty() { Ok(Passed::silently()) } else { Err(Failure::Found(findings)) }
}

fn succeed(captured: Captured) -> Result<Passed, Failure> {
    captured.text_of_success().map(|_| Passed::silently())
}
