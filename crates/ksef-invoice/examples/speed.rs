//! How long validating takes: `cargo run --release -p ksef-invoice --example speed -- FILE…`.
#![expect(clippy::print_stdout, reason = "what it prints is its result")]

use std::hint::black_box;
use std::time::Instant;

use chrono::NaiveDate;
use ksef_invoice::{CheckOptions, check, summary, validate_structure};
use ksef_types::Environment;

fn main() -> std::io::Result<()> {
    let options = CheckOptions::new(NaiveDate::MAX, Environment::Test);
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        let findings = validate_structure(&bytes);
        let structure = micros(|| drop(black_box(validate_structure(black_box(&bytes)))));
        let whole = micros(|| drop(black_box(check(black_box(&bytes), &options))));
        let brief = micros(|| drop(black_box(summary(black_box(&bytes)))));
        println!(
            "{:>8} bytes  {:>3} findings  structure {structure} µs  check {whole} µs  summary {brief} µs  {path}",
            bytes.len(),
            findings.len()
        );
    }
    Ok(())
}

/// The median of some hundred runs, in tenths of a microsecond as text.
fn micros(work: impl Fn()) -> String {
    let mut times: Vec<u128> = (0..501)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_nanos()
        })
        .collect();
    times.sort_unstable();
    let tenths = times[times.len() / 2] / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}
