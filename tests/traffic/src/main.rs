//! `okienko-traffic FOLDER OPEN_API`: validates every exchange that the simulator recorded in a folder (see
//! `KSEF_SIM_TRAFFIC` in its README) against the ministry's OpenAPI file, with what 2.8 and 2.9 added.
//!
//! A request is judged where the answer was a good one: tests send wrong requests on purpose. An answer is judged
//! unless a fault or a quirk made it. Closes with the number of exchanges and operations, or fails with each difference.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for a terminal")]

mod contract;
mod exchange;
mod judge;
mod overlay;
mod schema;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use contract::OpenApi;
use judge::Judge;

/// Differences that are shown; more of them say the same.
const SHOWN: usize = 50;

/// Why nothing could be judged.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("usage: okienko-traffic FOLDER OPEN_API")]
    Usage,
    #[error("{}: {error}", path.display())]
    File { path: PathBuf, error: std::io::Error },
    #[error("{}, line {line}: {error}", path.display())]
    Line { path: PathBuf, line: usize, error: serde_json::Error },
    #[error("the contract cannot be read: {0}")]
    Contract(String),
    #[error("there are no recorded exchanges in {}", .0.display())]
    Empty(PathBuf),
}

fn main() -> ExitCode {
    match run() {
        Ok(differences) if differences.is_empty() => ExitCode::SUCCESS,
        Ok(differences) => {
            for difference in differences.iter().take(SHOWN) {
                println!("{difference}");
            }
            println!("{} differences from the contract", differences.len());
            ExitCode::FAILURE
        }
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<Vec<String>, Failure> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(folder), Some(open_api), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err(Failure::Usage);
    };
    let openapi = OpenApi::read(&open_api)?;
    let mut judge = Judge::new(&openapi);
    for file in files(&folder)? {
        let text = read(&file)?;
        for (place, line) in text.lines().enumerate() {
            let exchange = serde_json::from_str(line).map_err(|error| Failure::Line {
                path: file.clone(),
                line: place + 1,
                error,
            })?;
            judge.take(&exchange)?;
        }
    }
    if judge.exchanges == 0 {
        return Err(Failure::Empty(folder));
    }
    println!(
        "   {} exchanges of {} operations (the contract has {}) were compared with it, {} made by faults or quirks passed over",
        judge.exchanges,
        judge.seen.len(),
        openapi.operations().count(),
        judge.skipped,
    );
    Ok(judge.differences.into_values().collect())
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| Failure::File { path: path.to_owned(), error })
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error| Failure::File { path: folder.to_owned(), error };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
