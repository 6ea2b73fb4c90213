//! `cargo xtask interop`: another client, from PyPI, against the simulator.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::process;
use crate::project;
use crate::setup::{Need, Setup};
use crate::stamp::{self, Digest};

pub(crate) fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    arguments.finish()?;
    Setup::default().provide(&[Need::Compiler, Need::TestPackages])?;
    process::show(&mut project::cargo(["build", "--package", "ksef-sim"]))?;
    let mut script = python("interop.py")?;
    process::show(script.arg(project::built_program("ksef-sim", false)))?;
    Ok(ExitCode::SUCCESS)
}

/// A script of `tests/interop`, run by a Python that has the package; installs it when it is absent or its version
/// has changed.
pub(crate) fn python(script: &str) -> Result<Command, Failure> {
    let program = environment()?;
    let mut command = project::program(program);
    // -B: no compiled files beside the sources.
    command.arg("-B").arg(scripts().join(script));
    Ok(command)
}

fn scripts() -> PathBuf {
    project::root().join("tests").join("interop")
}

fn environment() -> Result<PathBuf, Failure> {
    let folder = project::target().join("interop").join("venv");
    let requirements = scripts().join("requirements.txt");
    let (bin, suffix) = if cfg!(windows) { ("Scripts", ".exe") } else { ("bin", "") };
    let program = folder.join(bin).join(format!("python{suffix}"));
    let stamp = folder.join("installed");
    let digest = Digest::of(&[], std::slice::from_ref(&requirements), &[])?;
    if stamp::is_current(&stamp, &digest) {
        return Ok(program);
    }
    println!("installing the packages of tests/interop/requirements.txt");
    let python = if cfg!(windows) { "python" } else { "python3" };
    process::show(project::program(python).args(["-m", "venv", "--clear"]).arg(&folder))?;
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    process::show(project::program(&program).args(install).arg(&requirements))?;
    stamp::set(&stamp, &digest)?;
    Ok(program)
}
