//! How many simple requests the simulator answers in a second of one core, by the processor time of its own process.
//!
//! The client is a program of its own (an example of `ksef-sim`), so that what it costs does not count; both numbers are
//! in the output.

use super::figure::Figure;
use crate::failure::Failure;
use crate::process;
use crate::project;
use crate::setup::{Need, Setup};

/// The example that asks.
const EXAMPLE: &str = "requests_a_second";

pub(super) fn measure() -> Result<Vec<Figure>, Failure> {
    Setup::default().provide(&[Need::Compiler])?;
    let build = ["build", "--release", "--package", "ksef-sim", "--bin", "ksef-sim", "--example", EXAMPLE];
    process::show(&mut project::cargo(build))?;
    let simulator = project::built_program("ksef-sim", true);
    let asking = project::built_program(&format!("examples/{EXAMPLE}"), true);
    Figure::all_from(&process::read(project::program(asking).arg(simulator))?)
}
