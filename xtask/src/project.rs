//! Where things are, and how this project's programs are started.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Variables that `cargo run` sets for this program alone. Handed on to another cargo they would look like a change.
const OF_THIS_PROGRAM: [&str; 4] =
    ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_BIN_NAME", "CARGO_CRATE_NAME"];

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

/// The folder for what is built; like cargo, it obeys `CARGO_TARGET_DIR`.
pub(crate) fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// The interface's folder.
pub(crate) fn interface() -> PathBuf {
    root().join("ui")
}

/// Where this program keeps its own notes and logs.
pub(crate) fn notes() -> PathBuf {
    target().join("xtask")
}

/// A program of this project, already built, in `target/debug` or `target/release`.
pub(crate) fn built_program(name: &str, release: bool) -> PathBuf {
    let folder = target().join(if release { "release" } else { "debug" });
    folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// A program, started in the root of the repository.
pub(crate) fn program(name: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    for (name, _) in std::env::vars_os() {
        let own = name
            .to_str()
            .is_some_and(|name| OF_THIS_PROGRAM.contains(&name) || name.starts_with("CARGO_PKG_"));
        if own {
            command.env_remove(name);
        }
    }
    command
}

/// The cargo that runs this program, with `arguments`.
pub(crate) fn cargo<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = program(cargo_path());
    command.args(arguments);
    command
}

/// Which cargo runs this program.
pub(crate) fn cargo_path() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// npm, started in the interface's folder.
pub(crate) fn npm<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = program(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(interface()).args(arguments);
    command
}

/// Where the ministry's files are, if they are here at all.
pub(crate) fn shared() -> PathBuf {
    let named = std::env::var_os("KSEF_SHARED").map(PathBuf::from);
    let beside = root().join("../shared/ksef");
    named.filter(|folder| folder.is_dir()).unwrap_or(beside)
}
