//! `cargo xtask run`: the program on the screen, or its path in the terminal.

use std::process::{Command, ExitCode};

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::process;
use crate::project;
use crate::setup::{self, Need, Setup};
use crate::test::session;

/// The exit code of `ksef` where the system's password store cannot be used.
const NO_KEYCHAIN: i32 = 5;

pub(crate) fn run(mut arguments: Arguments) -> Result<ExitCode, Failure> {
    let release = arguments.flag("--release");
    let handed_on = arguments.take_handed_on();
    arguments.finish()?;
    if has_display() { in_window(release, &handed_on) } else { in_terminal(release, &handed_on) }
}

fn in_window(release: bool, handed_on: &[String]) -> Result<ExitCode, Failure> {
    Setup::default().provide(setup::TO_BUILD)?;
    let mut command = project::cargo(["run", "--package", "okienko"]);
    if release {
        command.args(["--release", "--features", "custom-protocol"]);
    }
    process::show(command.arg("--").args(handed_on))?;
    Ok(ExitCode::SUCCESS)
}

fn in_terminal(release: bool, handed_on: &[String]) -> Result<ExitCode, Failure> {
    println!("there is no display here: walking through a sending in the terminal instead (ksef demo)");
    let mut setup = Setup::default();
    setup.provide(&[Need::Compiler])?;
    if has_session_bus() {
        match process::show(&mut demonstration(release, handed_on)) {
            Err(Failure::Ended { code: Some(NO_KEYCHAIN), .. }) if cfg!(target_os = "linux") => {}
            ended => return ended.map(|()| ExitCode::SUCCESS),
        }
    }
    println!(
        "there is no keychain here either: using one of its own that is gone afterwards, with everything in it"
    );
    setup.provide(&[Need::KeychainPackages])?;
    process::show(&mut session::in_keychain_session(demonstration(release, handed_on)))?;
    Ok(ExitCode::SUCCESS)
}

fn demonstration(release: bool, handed_on: &[String]) -> Command {
    let mut command = project::cargo(["run", "--package", "ksef-cli"]);
    if release {
        command.arg("--release");
    }
    command.args(["--", "demo"]).args(handed_on);
    command
}

/// Windows and macOS always have one; elsewhere a display server names itself in the environment.
fn has_display() -> bool {
    cfg!(any(windows, target_os = "macos")) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// The keychain of Linux is found over the session bus; the other systems have theirs without one.
fn has_session_bus() -> bool {
    let beside_runtime = || {
        std::env::var_os("XDG_RUNTIME_DIR")
            .is_some_and(|folder| std::path::Path::new(&folder).join("bus").exists())
    };
    !cfg!(target_os = "linux") || is_set("DBUS_SESSION_BUS_ADDRESS") || beside_runtime()
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}
