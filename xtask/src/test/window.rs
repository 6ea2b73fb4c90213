//! End to end in the real window: a virtual display, a private session with a keychain, WebKit's own driver.

use std::path::PathBuf;
use std::process::ExitCode;

use super::part::Passed;
use super::rust;
use super::session::{in_keychain_session, on_virtual_display};
use super::traffic;
use crate::arguments::Arguments;
use crate::check::workspace::Workspace;
use crate::failure::Failure;
use crate::process;
use crate::project;
use crate::setup::{self, Need, Setup};

/// The package whose tests drive the window.
const END_TO_END: &str = "okienko-e2e";

/// The program that the tests start.
const PROGRAM_VARIABLE: &str = "OKIENKO_PROGRAM";

/// The folder for the pictures that the tests make.
const SCREENSHOTS_VARIABLE: &str = "OKIENKO_SCREENSHOTS";

/// `cargo xtask e2e [--screenshots FOLDER]`
pub(crate) fn run(mut arguments: Arguments) -> Result<ExitCode, Failure> {
    let screenshots = arguments.values("--screenshots")?.pop().map(PathBuf::from);
    arguments.finish()?;
    Setup::default().provide(&[setup::TO_BUILD, &[Need::KeychainPackages, Need::TestPackages]].concat())?;
    match drive(screenshots.unwrap_or_else(screenshots_folder))? {
        Passed::With(lines) => lines.iter().for_each(|line| println!("{line}")),
        Passed::Skipped(why) => println!("skipped: {why}"),
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn test() -> Result<Passed, Failure> {
    drive(screenshots_folder())
}

fn screenshots_folder() -> PathBuf {
    project::target().join("screenshots")
}

fn drive(screenshots: PathBuf) -> Result<Passed, Failure> {
    if !cfg!(target_os = "linux") {
        return Ok(Passed::Skipped("the window is driven through WebKitGTK's driver, on Linux".to_owned()));
    }
    let targets = test_targets()?;
    rust::build()?;
    let screenshots = project::root().join(screenshots);
    std::fs::create_dir_all(&screenshots)
        .map_err(|error| Failure::File { path: screenshots.clone(), error })?;
    let mut tests = project::cargo(["test", "--workspace", "--no-fail-fast"]);
    tests.args(targets.iter().flat_map(|target| ["--test", target]));
    // One window at a time: two would fight for the focus.
    tests.args(["--", "--test-threads=1"]);
    tests
        .env(PROGRAM_VARIABLE, project::built_program("okienko", false))
        .env(SCREENSHOTS_VARIABLE, screenshots)
        .env(traffic::VARIABLE, traffic::folder());
    let mut command = on_virtual_display(in_keychain_session(tests));
    let text = process::capture("e2e", &mut command)?.text_of_success()?;
    Ok(Passed::With(rust::closing_lines(&text)))
}

fn test_targets() -> Result<Vec<String>, Failure> {
    let workspace = Workspace::read()?;
    let targets: Vec<String> = workspace.test_targets(END_TO_END).cloned().collect();
    if targets.is_empty() {
        return Err(Failure::Missing(format!("the package {END_TO_END} has no test")));
    }
    Ok(targets)
}
