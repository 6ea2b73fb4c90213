//! Validating invoices: how long it takes, and how much faster it is than libxml2 with the ministry's schema on the same
//! bytes in the same run.
//!
//! libxml2 reads a document and validates it with a schema that has been read before; that is what ours does too.

use std::path::{Path, PathBuf};

use super::figure::{Figure, Limit};
use crate::failure::Failure;
use crate::process;
use crate::project;
use crate::setup::{Need, Setup};

/// Invoices of the size that people send.
const USUAL_BYTES: std::ops::RangeInclusive<u64> = 3_000..=5_000;
/// The most that validating one of them may take.
const MOST_MICROSECONDS: f64 = 30.0;
/// How many times as fast as libxml2 it is at least.
const TIMES_AS_FAST: f64 = 3.0;

#[expect(clippy::float_arithmetic, reason = "figures, not money")]
pub(super) fn measure() -> Result<Vec<Figure>, Failure> {
    Setup::default().provide(&[Need::Compiler, Need::TestPackages])?;
    let samples = usual_samples()?;
    let mut ours = project::cargo([
        "run",
        "--release",
        "--quiet",
        "--package",
        "ksef-invoice",
        "--example",
        "validation_time",
        "--",
    ]);
    let ours = process::read(ours.args(&samples))?;
    let mut figures = Figure::all_from(&ours)?;
    if samples.is_empty() {
        println!("skipped: the ministry's samples and schemas are not beside the repository");
        return Ok(figures);
    }
    let ours = nanoseconds(&ours, samples.len())?;
    let theirs = nanoseconds(&libxml2(&samples)?, samples.len())?;
    let slowest = ours.iter().copied().fold(0.0, f64::max) / 1000.0;
    let least = ours.iter().zip(&theirs).map(|(ours, theirs)| theirs / ours).fold(f64::INFINITY, f64::min);
    figures.push(Figure::at_most("validation of an invoice of 3 to 5 kB", slowest, "µs", MOST_MICROSECONDS));
    figures.push(Figure {
        name: "validation against libxml2's".to_owned(),
        value: least,
        unit: "times as fast".to_owned(),
        limit: Limit::AtLeast(TIMES_AS_FAST),
    });
    Ok(figures)
}

/// The first word of each line that begins with a digit; the second says that there was nothing to find.
fn nanoseconds(output: &str, expected: usize) -> Result<Vec<f64>, Failure> {
    let strange =
        || Failure::Answer { program: "a measuring program".to_owned(), problem: output.to_owned() };
    let lines = output.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_digit()));
    let times = lines
        .map(|line| match line.split_once(' ') {
            Some((time, "0")) => time.parse::<f64>().map_err(|_| strange()),
            _ => Err(strange()),
        })
        .collect::<Result<Vec<f64>, Failure>>()?;
    if times.len() == expected { Ok(times) } else { Err(strange()) }
}

/// Compiles the little program beside this file and lets it take the times.
fn libxml2(samples: &[PathBuf]) -> Result<String, Failure> {
    let folder = project::notes();
    std::fs::create_dir_all(&folder).map_err(|error| Failure::File { path: folder.clone(), error })?;
    let built = folder.join("libxml2-time");
    let flags = process::read(project::program("pkg-config").args(["--cflags", "--libs", "libxml-2.0"]))?;
    let mut compile = project::program("cc");
    compile.args(["-O2", "-o"]).arg(&built).arg(project::root().join("xtask/src/bench/libxml2.c"));
    process::show(compile.args(flags.split_whitespace()))?;
    let schemas = project::shared().join("schemas");
    let mut run = project::program(&built);
    run.env("XML_CATALOG_FILES", schemas.join("catalog.xml"));
    process::read(run.arg(schemas.join("FA/schemat_FA(3)_v1-0E.xsd")).args(samples))
}

fn usual_samples() -> Result<Vec<PathBuf>, Failure> {
    let folder = project::shared().join("samples/fa3");
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let failed = |error| Failure::File { path: folder.clone(), error };
    let mut samples = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if USUAL_BYTES.contains(&entry.metadata().map_err(failed)?.len()) && is_xml(&entry.path()) {
            samples.push(entry.path());
        }
    }
    samples.sort();
    Ok(samples)
}

fn is_xml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "xml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_and_anything_else_is_refused() {
        let output = "1500 0\n{\"figure\":\"x\"}\n2500 0\n";
        assert_eq!(nanoseconds(output, 2).unwrap(), [1500.0, 2500.0]);
        assert!(nanoseconds(output, 3).is_err());
        assert!(nanoseconds("1500 1\n", 1).is_err(), "a document with findings is none to measure");
    }
}
