//! One suite for every vault, and what the system's keychain does when it is not there or locked.
#![cfg(test)]

mod conformance;
mod os;
mod sample;

use ksef_vault::MemoryVault;

#[test]
fn the_vault_in_memory_conforms() {
    conformance::check(&MemoryVault::new());
}
