//! What the tests before this one asked of the simulator, and what it answered, against the published contract.

use std::path::PathBuf;

use super::part::Passed;
use crate::failure::Failure;
use crate::process;
use crate::project;

/// Names the folder in which the simulator records its exchanges; see its README.
pub(super) const VARIABLE: &str = "KSEF_SIM_TRAFFIC";

/// Where they are recorded.
pub(super) fn folder() -> PathBuf {
    project::target().join("traffic")
}

/// Forgets what an earlier run recorded.
pub(super) fn clear() -> Result<(), Failure> {
    let folder = folder();
    match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::File { path: folder, error })
        }
        _ => Ok(()),
    }
}

pub(super) fn validate() -> Result<Passed, Failure> {
    let contract = project::shared().join("open-api.json");
    if !contract.is_file() {
        return Ok(Passed::Skipped("the ministry's contract is not beside the repository".to_owned()));
    }
    if !folder().is_dir() {
        return Ok(Passed::Skipped("nothing is recorded: the parts rust and e2e record it".to_owned()));
    }
    let mut command = project::cargo(["run", "--quiet", "--package", "okienko-traffic", "--"]);
    let text = process::capture("traffic", command.arg(folder()).arg(contract))?.text_of_success()?;
    Ok(Passed::With(text.lines().filter(|line| line.contains("exchanges")).map(str::to_owned).collect()))
}
