//! Connecting, and a hundred documents through one session, beside the PyPI package `ksef-client`.

use super::figure::Figure;
use crate::failure::Failure;
use crate::interop;
use crate::process;
use crate::project;
use crate::setup::{Need, Setup};

/// The example that sends through the engine and tells what it cost.
const EXAMPLE: &str = "sending_cost";

pub(super) fn measure() -> Result<Vec<Figure>, Failure> {
    Setup::default().provide(&[Need::Compiler, Need::TestPackages])?;
    let release = ["build", "--release", "--package", "ksef-sim", "--bin", "ksef-sim"];
    process::show(&mut project::cargo(release))?;
    process::show(&mut project::cargo([
        "build",
        "--release",
        "--package",
        "ksef-engine",
        "--example",
        EXAMPLE,
    ]))?;
    let simulator = project::built_program("ksef-sim", true);
    let sender = project::built_program(&format!("examples/{EXAMPLE}"), true);
    Figure::all_from(&process::read(interop::python("bench_sending.py")?.arg(simulator).arg(sender))?)
}
