//! Fifty companies of an office: added with one certificate, checked all at once.

use super::figure::Figure;
use crate::failure::Failure;
use crate::process;
use crate::project;
use crate::setup::{Need, Setup};

/// The example that adds and checks them and tells how long it took.
const EXAMPLE: &str = "companies_check";

pub(super) fn measure() -> Result<Vec<Figure>, Failure> {
    Setup::default().provide(&[Need::Compiler])?;
    let release = ["run", "--release", "--quiet", "--package", "ksef-engine", "--example", EXAMPLE];
    Figure::all_from(&process::read(&mut project::cargo(release))?)
}
