//! The size of the program that is handed to people.

use std::path::PathBuf;

use super::figure::Figure;
use crate::failure::Failure;
use crate::process;
use crate::project;
use crate::setup::{self, Setup};

/// Bytes in a megabyte.
const MEGABYTE: f64 = 1_000_000.0;

#[expect(clippy::float_arithmetic, reason = "a figure, not money")]
pub(super) fn measure() -> Result<Vec<Figure>, Failure> {
    let program = release_program()?;
    let size = std::fs::metadata(&program).map_err(|error| Failure::File { path: program, error })?.len();
    let hundredths = (size as f64 / MEGABYTE * 100.0).round();
    Ok(vec![Figure::at_most("release-program-size", hundredths / 100.0, "MB", 45.0)])
}

/// Builds the program as it is handed to people, and says where it is.
pub(super) fn release_program() -> Result<PathBuf, Failure> {
    Setup::default().provide(setup::TO_BUILD)?;
    let arguments = ["build", "--release", "--package", "okienko", "--features", "custom-protocol"];
    process::show(&mut project::cargo(arguments))?;
    Ok(project::built_program("okienko", true))
}
