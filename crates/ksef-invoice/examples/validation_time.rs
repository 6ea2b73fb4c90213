//! How long validating and reading take and how much memory checking needs: `cargo run --release -p ksef-invoice --example
//! validation_time -- FILE…`.
//!
//! A line for each file: nanoseconds (of the fastest run) for validating its bytes against the structure of FA(3), and the number of
//! findings. Then figures, as JSON lines: of reading the slowest of the files into the model, and of an invoice of some 2 MB that
//! it makes.
#![expect(clippy::print_stdout, reason = "what it prints is its result")]

mod made;

use std::alloc::System;
use std::hint::black_box;
use std::io::{Error, Result};
use std::time::Instant;

use cap::Cap;
use chrono::NaiveDate;
use ksef_invoice::{CheckOptions, check, fa3, validate_structure};
use ksef_types::Environment;

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// How often a usual invoice is validated: long enough for a processor that was asleep to wake up. The peer does as many.
const RUNS: usize = 10_001;

/// Lines of an invoice of some 2 MB.
const LINES: usize = 8_100;

fn main() -> Result<()> {
    let mut slowest_reading = None;
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        let findings = validate_structure(&bytes).len();
        println!("{} {findings}", fastest(RUNS, || drop(black_box(validate_structure(black_box(&bytes))))));
        fa3::read(&bytes).map_err(Error::other)?;
        slowest_reading =
            slowest_reading.max(Some(fastest(RUNS, || drop(black_box(fa3::read(black_box(&bytes)))))));
    }
    if let Some(nanos) = slowest_reading {
        figure("reading an invoice of 3 to 5 kB into the model", nanos / 10, 100, "µs", 60);
    }
    let large = made::invoice(LINES)?;
    let before = MEMORY.allocated();
    let report = check(&large, &CheckOptions::new(NaiveDate::MAX, Environment::Production));
    let peak = MEMORY.max_allocated().saturating_sub(before);
    let size = large.len();
    if size < 2_000_000
        || !report.findings.iter().all(|finding| finding.code == ksef_invoice::FindingCode::TooLarge)
    {
        return Err(Error::other(format!("not the intended invoice: {size} bytes, {:?}", report.findings)));
    }
    figure("memory for checking an invoice of 2 MB", peak as u128 / 10_000, 100, "MB", 20);
    let nanos = fastest(31, || drop(black_box(validate_structure(black_box(&large)))));
    figure("validation of an invoice of 2 MB", nanos / 10_000, 100, "ms", 25);
    Ok(())
}

/// Prints a value that is given in so many parts of its unit.
fn figure(name: &str, parts: u128, of_one: u128, unit: &str, limit: u32) {
    let (whole, rest) = (parts / of_one, parts % of_one);
    println!("{{\"figure\":\"{name}\",\"value\":{whole}.{rest:02},\"unit\":\"{unit}\",\"limit\":{limit}}}");
}

/// Nanoseconds of the fastest run: what the work itself takes, whatever else the machine does.
fn fastest(runs: usize, work: impl Fn()) -> u128 {
    let times: Vec<u128> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_nanos()
        })
        .collect();
    times.into_iter().min().unwrap_or_default()
}
