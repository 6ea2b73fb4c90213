//! What can go wrong in the project's commands.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// Why a command ended early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line was not understood.
    Usage(String),
    /// The machine lacks something; the text says what to do.
    Missing(String),
    /// A file could not be read or written.
    File { path: PathBuf, error: io::Error },
    /// A program could not be started.
    NotStarted { program: String, error: io::Error },
    /// A program ended with a failure after showing its own output.
    Ended { program: String, code: Option<i32> },
    /// A program answered something unexpected.
    Answer { program: String, problem: String },
    /// A check found something; one line each.
    Found(Vec<String>),
    /// A part's program failed; this is everything that it printed.
    Output(String),
}

impl Failure {
    /// 2 for a command line that is not understood, otherwise 1.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            _ => ExitCode::FAILURE,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(text) | Self::Missing(text) | Self::Output(text) => out.write_str(text),
            Self::File { path, error } => write!(out, "{}: {error}", path.display()),
            Self::NotStarted { program, error } => write!(out, "{program} could not be started: {error}"),
            Self::Ended { program, code: Some(code) } => write!(out, "{program} ended with code {code}"),
            Self::Ended { program, code: None } => write!(out, "{program} was ended by a signal"),
            Self::Answer { program, problem } => write!(out, "{program} answered unexpectedly: {problem}"),
            Self::Found(lines) => out.write_str(&lines.join("\n")),
        }
    }
}
