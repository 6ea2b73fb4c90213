//! The surroundings of tests: a private session with a real keychain, a virtual display.

use std::process::Command;

use crate::project;

/// Tells the tests that a keychain stands ready which they may fill and empty.
const KEYCHAIN_VARIABLE: &str = "OKIENKO_TEST_KEYCHAIN";

/// The virtual display. `-a` finds a free number, so that two runs do not meet.
const DISPLAY: [&str; 4] = ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24"];

/// On Linux the command is wrapped in a private session bus with an unlocked keyring; elsewhere the system's own
/// keychain would be the person's, and the tests that need one report themselves as skipped.
pub(crate) fn in_keychain_session(command: Command) -> Command {
    if !cfg!(target_os = "linux") {
        return command;
    }
    let mut session = wrapped(project::program(project::root().join("tests").join("keychain.sh")), &command);
    session.env(KEYCHAIN_VARIABLE, "1");
    session
}

/// The command on a display of its own, of 1280 × 800 pixels.
pub(crate) fn on_virtual_display(command: Command) -> Command {
    let mut display = project::program(DISPLAY[0]);
    display.args(&DISPLAY[1..]);
    let mut display = wrapped(display, &command);
    display.env_remove("WAYLAND_DISPLAY").env("GDK_BACKEND", "x11");
    display
}

/// `outer`, followed by the inner command and with its variables.
fn wrapped(mut outer: Command, inner: &Command) -> Command {
    outer.arg(inner.get_program()).args(inner.get_args());
    for (name, value) in inner.get_envs() {
        match value {
            Some(value) => outer.env(name, value),
            None => outer.env_remove(name),
        };
    }
    outer
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_session_keeps_the_command_and_its_variables() {
        let mut command = Command::new("cargo");
        command.args(["test", "--workspace"]).env("ONE", "1");
        let session = on_virtual_display(in_keychain_session(command));
        let words: Vec<_> = session.get_args().map(|word| word.to_string_lossy()).collect();
        assert!(words.ends_with(&["cargo".into(), "test".into(), "--workspace".into()]));
        let has = |name: &str| session.get_envs().any(|(key, value)| key == name && value.is_some());
        assert!(has("ONE") && has(KEYCHAIN_VARIABLE));
    }
}
