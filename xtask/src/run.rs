//! `cargo xtask run`: the program on the screen, or its path in the terminal.

use std::process::{Command, ExitCode};

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::process;
use crate::project;
use crate::setup::{self, Need, Setup};

pub(crate) fn run(mut arguments: Arguments) -> Result<ExitCode, Failure> {
    let release = arguments.flag("--release");
    let handed_on = arguments.take_handed_on();
    arguments.finish()?;
    let mut setup = Setup::default();
    if !has_display() {
        println!("there is no display here: walking through a sending in the terminal instead (ksef demo)");
        setup.provide(&[Need::Compiler])?;
        return start(&mut terminal_program(release), handed_on);
    }
    setup.provide(setup::TO_BUILD)?;
    start(&mut window_program(release), handed_on)
}

fn window_program(release: bool) -> Command {
    let mut command = project::cargo(["run", "--package", "okienko"]);
    if release {
        command.args(["--release", "--features", "custom-protocol"]);
    }
    command
}

fn terminal_program(release: bool) -> Command {
    let mut command = project::cargo(["run", "--package", "ksef-cli"]);
    if release {
        command.arg("--release");
    }
    command.args(["--", "demo"]);
    command
}

fn start(command: &mut Command, handed_on: Vec<String>) -> Result<ExitCode, Failure> {
    let has_separator = command.get_args().any(|argument| argument == "--");
    if !has_separator {
        command.arg("--");
    }
    process::show(command.args(handed_on))?;
    Ok(ExitCode::SUCCESS)
}

/// Windows and macOS always have one; elsewhere a display server names itself in the environment.
fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos")) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}
