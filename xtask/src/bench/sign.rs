//! Signing a request for authentication, by an example of `ksef-crypto`.

use super::figure::Figure;
use crate::failure::Failure;
use crate::process;
use crate::project;
use crate::setup::{Need, Setup};

pub(super) fn measure() -> Result<Vec<Figure>, Failure> {
    Setup::default().provide(&[Need::Compiler])?;
    let mut command = project::cargo([
        "run",
        "--release",
        "--quiet",
        "--package",
        "ksef-crypto",
        "--example",
        "signing_time",
    ]);
    Figure::all_from(&process::read(&mut command)?)
}
