//! Running other programs: shown as they go, or kept until the end.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use crate::failure::Failure;

/// How often a long silent program is reported to be alive.
const SIGN_OF_LIFE: Duration = Duration::from_secs(60);

/// What a program printed (both streams, in order) and whether it succeeded.
pub(crate) struct Captured {
    pub(crate) succeeded: bool,
    pub(crate) text: String,
}

impl Captured {
    /// The text of a success; a failure with the whole text otherwise.
    pub(crate) fn text_of_success(self) -> Result<String, Failure> {
        if self.succeeded { Ok(self.text) } else { Err(Failure::Output(self.text)) }
    }
}

/// Runs a program with its output going straight to the terminal.
pub(crate) fn show(command: &mut Command) -> Result<(), Failure> {
    let status = command.status().map_err(|error| not_started(command, error))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::Ended { program: name(command), code: status.code() })
    }
}

/// What a program prints on its standard output, or `None` when it is absent or fails.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a program and gives its standard output; its errors go to the terminal.
pub(crate) fn read(command: &mut Command) -> Result<String, Failure> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| not_started(command, error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(Failure::Ended { program: name(command), code: output.status.code() })
}

/// Runs a program and keeps what it prints. `label` is shown with its last line when it takes minutes.
pub(crate) fn capture(label: &str, command: &mut Command) -> Result<Captured, Failure> {
    let (reader, writer) = std::io::pipe().map_err(|error| not_started(command, error))?;
    let second = writer.try_clone().map_err(|error| not_started(command, error))?;
    command.stdin(Stdio::null()).stdout(writer).stderr(second);
    let mut child = command.spawn().map_err(|error| not_started(command, error))?;
    // The command holds the pipe's writing ends; reading would never end while they are open.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let text = collect(label, reader);
    let status = child.wait().map_err(|error| not_started(command, error))?;
    Ok(Captured { succeeded: status.success(), text })
}

fn collect(label: &str, reader: std::io::PipeReader) -> String {
    let (sender, lines) = mpsc::channel();
    std::thread::spawn(move || {
        let mut reader = BufReader::new(reader);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            if sender.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                return;
            }
            line.clear();
        }
    });
    let started = Instant::now();
    let mut next_sign = started + SIGN_OF_LIFE;
    let mut text = String::new();
    loop {
        match lines.recv_timeout(next_sign.saturating_duration_since(Instant::now())) {
            Ok(line) => text.push_str(&line),
            Err(RecvTimeoutError::Disconnected) => return text,
            Err(RecvTimeoutError::Timeout) => {
                let last = text.lines().last().unwrap_or_default().trim();
                println!("  {label}: {} min, at: {last}", started.elapsed().as_secs() / 60);
                next_sign += SIGN_OF_LIFE;
            }
        }
    }
}

fn not_started(command: &Command, error: std::io::Error) -> Failure {
    Failure::NotStarted { program: name(command), error }
}

fn name(command: &Command) -> String {
    let path = std::path::Path::new(command.get_program());
    let program = path.file_name().unwrap_or(command.get_program());
    let first = command.get_args().next().map(|argument| format!(" {}", argument.to_string_lossy()));
    format!("{}{}", program.to_string_lossy(), first.unwrap_or_default())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn both_streams_are_kept_in_order_and_the_result_is_told() {
        let captured =
            capture("shell", Command::new("sh").args(["-c", "echo one; echo two >&2; echo three; exit 3"]))
                .unwrap();
        assert_eq!(captured.text, "one\ntwo\nthree\n");
        assert!(!captured.succeeded);
    }

    #[test]
    fn an_absent_program_is_a_failure_of_its_own() {
        let missing = capture("x", &mut Command::new("okienko-has-no-such-program"));
        assert!(matches!(missing, Err(Failure::NotStarted { .. })));
        assert_eq!(answer(&mut Command::new("okienko-has-no-such-program")), None);
    }

    #[test]
    fn a_failing_program_is_named_with_its_code() {
        let failure = show(Command::new("sh").args(["-c", "exit 7"])).unwrap_err();
        assert_eq!(failure.to_string(), "sh -c ended with code 7");
    }
}
