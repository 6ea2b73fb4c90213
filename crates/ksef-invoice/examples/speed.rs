//! How long validating and reading take, and how much memory reading needs:
//! `cargo run --release -p ksef-invoice --example speed -- FILE…`.
//!
//! Without a file it makes invoices of 10 and of 8200 lines (about 2 MB). It ends with an error when reading a document
//! of at most 2 MB needs more than 20 MB.
#![expect(clippy::print_stdout, reason = "what it prints is its result")]

mod made;

use std::alloc::System;
use std::hint::black_box;
use std::io::{Error, Result};
use std::time::Instant;

use cap::Cap;
use chrono::NaiveDate;
use ksef_invoice::view::view;
use ksef_invoice::{CheckOptions, check, fa3, summary, validate_structure};
use ksef_types::Environment;

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// Bytes of memory that reading 2 MB may need at once.
const MOST_MEMORY: usize = 20_000_000;

fn main() -> Result<()> {
    let mut documents = Vec::new();
    for path in std::env::args().skip(1) {
        documents.push((std::fs::read(&path)?, path));
    }
    if documents.is_empty() {
        documents.push((made::invoice(10)?, "10 lines".to_owned()));
        documents.push((made::invoice(8_200)?, "8200 lines".to_owned()));
    }
    documents.iter().try_for_each(|(bytes, name)| report(bytes, name))
}

fn report(bytes: &[u8], name: &str) -> Result<()> {
    let options = CheckOptions::new(NaiveDate::MAX, Environment::Test);
    // The peak is the program's: what was in use before is taken off. The first document's peak is its own.
    let before = MEMORY.allocated();
    let faktura = fa3::read(bytes);
    let peak = MEMORY.max_allocated().saturating_sub(before);
    println!("{name}: {} bytes, {} findings", bytes.len(), validate_structure(bytes).len());
    println!("  structure {} µs", micros(|| drop(black_box(validate_structure(black_box(bytes))))));
    println!("  check     {} µs", micros(|| drop(black_box(check(black_box(bytes), &options)))));
    println!("  summary   {} µs", micros(|| drop(black_box(summary(black_box(bytes))))));
    println!("  reading   {} µs", micros(|| drop(black_box(fa3::read(black_box(bytes))))));
    if let Ok(faktura) = faktura {
        println!("  writing   {} µs", micros(|| drop(black_box(fa3::write(black_box(&faktura))))));
    }
    println!("  view      {} µs", micros(|| drop(black_box(view(black_box(bytes))))));
    println!("  memory    {peak} bytes at most while reading");
    match peak > MOST_MEMORY && bytes.len() <= 2_200_000 {
        true => Err(Error::other("reading needs more than 20 MB")),
        false => Ok(()),
    }
}

/// The median of some runs, in tenths of a microsecond as text.
fn micros(work: impl Fn()) -> String {
    let start = Instant::now();
    work();
    let runs = if start.elapsed().as_millis() > 2 { 31 } else { 501 };
    let mut times: Vec<u128> = (0..runs)
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
