//! All Rust tests, inside a private session with a real keychain where that can be had.

use std::path::PathBuf;
use std::process::Command;

use super::part::Passed;
use crate::failure::Failure;
use crate::process;
use crate::project;

/// Tells the tests that a keychain stands ready which they may fill and empty.
const KEYCHAIN_VARIABLE: &str = "OKIENKO_TEST_KEYCHAIN";

pub(super) fn test() -> Result<Passed, Failure> {
    build()?;
    let mut command = in_keychain_session(project::cargo(["test", "--workspace", "--no-fail-fast"]));
    // Without a display the window's tests report themselves as skipped; their turn comes in a part of their own.
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    let text = process::capture("rust", &mut command)?.text_of_success()?;
    Ok(Passed::With(closing_lines(&text)))
}

/// Builds everything that any test needs. The same selection of packages as in every other call of cargo in the
/// tests: with another one, cargo would choose other features of shared dependencies and build them again.
pub(super) fn build() -> Result<(), Failure> {
    let mut command = project::cargo(["build", "--workspace", "--all-targets"]);
    process::capture("build", &mut command)?.text_of_success().map(|_| ())
}

/// The lines with which each test program closes, and their sum.
pub(super) fn closing_lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> =
        text.lines().filter(|line| line.starts_with("test result:")).map(str::to_owned).collect();
    let passed: usize = lines.iter().filter_map(|line| count(line, "passed")).sum();
    let ignored: usize = lines.iter().filter_map(|line| count(line, "ignored")).sum();
    lines.push(format!("   {passed} tests passed, {ignored} ignored, in {} test programs", lines.len()));
    lines
}

/// The number before a word in "test result: ok. 12 passed; 0 failed; 1 ignored; …".
fn count(line: &str, word: &str) -> Option<usize> {
    let words: Vec<&str> = line.split([' ', ';']).filter(|part| !part.is_empty()).collect();
    let at = words.iter().position(|part| *part == word)?;
    words.get(at.checked_sub(1)?)?.parse().ok()
}

/// On Linux the command is wrapped in a private session bus with an unlocked keyring; elsewhere the system's own
/// keychain would be the person's, and the tests that need one report themselves as skipped.
pub(super) fn in_keychain_session(command: Command) -> Command {
    if !cfg!(target_os = "linux") {
        return command;
    }
    let mut session = project::program(project::root().join("tests").join("keychain.sh"));
    session.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => session.env(name, value),
            None => session.env_remove(name),
        };
    }
    // The session has a home of its own; cargo has to find its registry and toolchain all the same.
    session.env("CARGO_HOME", cargo_home()).env(KEYCHAIN_VARIABLE, "1");
    if let Some(home) = rustup_home() {
        session.env("RUSTUP_HOME", home);
    }
    session
}

fn cargo_home() -> PathBuf {
    std::env::var_os("CARGO_HOME").map_or_else(|| home().join(".cargo"), PathBuf::from)
}

fn rustup_home() -> Option<PathBuf> {
    let folder = std::env::var_os("RUSTUP_HOME").map_or_else(|| home().join(".rustup"), PathBuf::from);
    folder.is_dir().then_some(folder)
}

fn home() -> PathBuf {
    std::env::home_dir().unwrap_or_else(project::root)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "     Running unittests src/lib.rs\nrunning 2 tests\ntest a ... ok\n\n\
        test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
        test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n";

    #[test]
    fn closing_lines_are_kept_word_for_word_and_summed() {
        let lines = closing_lines(OUTPUT);
        assert!(lines[0].starts_with("test result: ok. 12 passed; 0 failed; 1 ignored;"));
        assert_eq!(lines[2], "   15 tests passed, 1 ignored, in 2 test programs");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_session_keeps_the_command_and_its_variables() {
        let mut command = Command::new("cargo");
        command.args(["test", "--workspace"]).env("ONE", "1");
        let session = in_keychain_session(command);
        let arguments: Vec<_> = session.get_args().map(|word| word.to_string_lossy()).collect();
        assert_eq!(arguments, ["cargo", "test", "--workspace"]);
        let has = |name: &str| session.get_envs().any(|(key, value)| key == name && value.is_some());
        assert!(has("ONE") && has("CARGO_HOME") && has(KEYCHAIN_VARIABLE));
    }
}
