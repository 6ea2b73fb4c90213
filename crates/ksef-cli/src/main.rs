//! ksef: the same commands for a terminal, a scheduler, a server.
fn main() {}
