//! Secrets from a prompt that shows nothing, or from the standard input.

use std::io::{BufRead as _, IsTerminal as _, Read as _};

use ksef_commands::{NextStep, Problem};
use ksef_types::SecretText;

/// Longer texts are no secret that anybody typed or pasted.
const LONGEST: u64 = 64 * 1024;

/// One line: asked for where a person sits at the keyboard, read where something is piped in.
///
/// # Errors
/// When nothing can be read.
pub(crate) fn line(prompt: &str) -> Result<SecretText, Problem> {
    if std::io::stdin().is_terminal() {
        return rpassword::prompt_password(prompt).map(SecretText::from).map_err(|error| unreadable(&error));
    }
    let mut text = String::new();
    std::io::stdin().lock().take(LONGEST).read_line(&mut text).map_err(|error| unreadable(&error))?;
    while text.ends_with(['\n', '\r']) {
        text.pop();
    }
    Ok(text.into())
}

/// All of the standard input: a pasted token may be broken into lines.
///
/// # Errors
/// When nothing can be read.
pub(crate) fn all(prompt: &str) -> Result<SecretText, Problem> {
    if std::io::stdin().is_terminal() {
        return line(prompt);
    }
    let mut text = String::new();
    std::io::stdin().lock().take(LONGEST).read_to_string(&mut text).map_err(|error| unreadable(&error))?;
    Ok(text.into())
}

fn unreadable(error: &std::io::Error) -> Problem {
    Problem::new("cli.secretUnreadable", NextStep::Retry).technical(error.to_string())
}
