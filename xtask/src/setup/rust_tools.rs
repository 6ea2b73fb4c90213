//! Rust's own tools: formatter, lints, and cargo-deny, which is built once into the target folder.

use std::path::PathBuf;

use super::platform::has_program;
use crate::failure::Failure;
use crate::process;
use crate::project;

/// The version of cargo-deny that deny.toml is written for.
const DENY: &str = "0.20.2";

/// Makes sure that a component of the toolchain is there; `subcommand` is how cargo calls it.
pub(crate) fn component(name: &str, subcommand: &str) -> Result<(), Failure> {
    if process::answer(&mut project::cargo([subcommand, "--version"])).is_some() {
        return Ok(());
    }
    if !has_program("rustup") {
        return Err(Failure::Missing(format!(
            "cargo {subcommand} is missing; install the Rust component {name} (its package may carry the same name)"
        )));
    }
    process::show(project::program("rustup").args(["component", "add", name]))
}

/// The path of cargo-deny: built from source on first use, because no other tool installs it everywhere.
pub(crate) fn deny_program() -> Result<PathBuf, Failure> {
    let folder = project::target().join("tools");
    let program = folder.join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    let version = process::answer(project::program(&program).arg("--version"));
    if version.is_some_and(|version| version.ends_with(DENY)) {
        return Ok(program);
    }
    println!("building cargo-deny {DENY}, once");
    let mut install = project::cargo(["install", "cargo-deny", "--version", DENY, "--locked", "--force"]);
    install.arg("--root").arg(&folder).arg("--target-dir").arg(folder.join("build"));
    // It runs for seconds: a quick build is worth more than a quick program.
    install.env("CARGO_PROFILE_RELEASE_LTO", "off").env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    install.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16").env("CARGO_PROFILE_RELEASE_DEBUG", "0");
    process::capture("cargo-deny", &mut install)?.text_of_success()?;
    Ok(program)
}
