//! All Rust tests, inside a private session with a real keychain where that can be had.

use super::part::Passed;
use super::session::in_keychain_session;
use super::traffic;
use crate::failure::Failure;
use crate::process;
use crate::project;

pub(super) fn test() -> Result<Passed, Failure> {
    build()?;
    let mut command = in_keychain_session(project::cargo(["test", "--workspace", "--no-fail-fast"]));
    // Without a display the window's tests report themselves as skipped; their turn comes in a part of their own.
    traffic::clear()?;
    command.env(traffic::VARIABLE, traffic::folder());
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
}
