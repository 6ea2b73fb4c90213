//! `cargo xtask interop`: two independent clients, from PyPI and from npm, against the simulator.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::process;
use crate::project;
use crate::setup::{Need, Setup};
use crate::stamp::{self, Digest};

/// The walks: what is tried, and the script that tries it.
const WALKS: [(&str, &str); 2] =
    [("ksef-client (PyPI)", "interop.py"), ("ksef-client-ts (npm)", "typescript.py")];

pub(crate) fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    arguments.finish()?;
    Setup::default().provide(&[Need::Compiler, Need::TestPackages])?;
    process::show(&mut project::cargo(["build", "--package", "ksef-sim"]))?;
    let packages = node_packages()?;
    let (mut passed, mut failed) = (0, 0);
    for (client, script) in WALKS {
        println!("── {client}");
        let mut command = python(script)?;
        command.arg(project::built_program("ksef-sim", false)).arg(&packages);
        let text = process::capture(client, &mut command)?.text;
        print!("{text}");
        let closing = text.lines().rev().find_map(counts);
        // A walk that did not come to its end has failed.
        let (good, bad) = closing.unwrap_or((0, 1));
        passed += good;
        failed += bad;
    }
    println!("interop: {passed} passed, {failed} failed, {} clients", WALKS.len());
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// "12 passed, 0 failed"
fn counts(line: &str) -> Option<(usize, usize)> {
    let (passed, failed) = line.split_once(" passed, ")?;
    Some((passed.parse().ok()?, failed.strip_suffix(" failed")?.parse().ok()?))
}

/// The folder with the packages of `tests/interop/package.json`; installs them when they are absent or have changed.
fn node_packages() -> Result<PathBuf, Failure> {
    let folder = project::target().join("interop").join("node");
    let wanted = scripts().join("package.json");
    let stamp = folder.join("installed");
    let digest = Digest::of(&[], std::slice::from_ref(&wanted), &[])?;
    if stamp::is_current(&stamp, &digest) {
        return Ok(folder);
    }
    println!("installing the packages of tests/interop/package.json");
    let failed = |error| Failure::File { path: folder.clone(), error };
    std::fs::create_dir_all(&folder).map_err(failed)?;
    std::fs::copy(&wanted, folder.join("package.json")).map_err(failed)?;
    let install = ["install", "--silent", "--no-audit", "--no-fund"];
    process::show(project::npm(install).current_dir(&folder))?;
    stamp::set(&stamp, &digest)?;
    Ok(folder)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_counted_and_others_are_not() {
        assert_eq!(counts("18 passed, 1 failed"), Some((18, 1)));
        assert_eq!(counts("passed  sends a batch"), None);
    }
}
