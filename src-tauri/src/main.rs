//! Okienko.
fn main() {}
