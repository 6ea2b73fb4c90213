//! The text behind `--help`.

use std::process::ExitCode;

use crate::test;

const OVERVIEW: &str = "\
The project's own commands.

Usage: cargo xtask COMMAND [OPTIONS]

  run        prepares the machine, builds Okienko and starts it (ksef demo where there is no display)
  test       prepares the machine and runs every check and test
  check      the quick checks alone: formatting, repository, arrows between crates
  e2e        the end-to-end tests in the real window
  types      writes the TypeScript types of the commands anew (--check: only compares)
  setup      prepares the machine and stops (--test: for the tests as well)
  bench      measures; one JSON line a figure
  interop    lets ksef-client (PyPI) and ksef-client-ts (npm) work against ksef-sim
  fa3-table  writes the structure table of FA(3) anew from the published schema

cargo xtask COMMAND --help says more.";

const RUN: &str = "\
Usage: cargo xtask run [--release] [-- ARGUMENTS OF THE PROGRAM]

Installs missing system packages (Debian and Ubuntu, as root or with sudo that asks no password; otherwise it
prints the line to run), builds the interface and the program, and starts it. Without a display it walks the
same path in the terminal: ksef demo.

  --release  an optimised build";

const CHECK: &str = "\
Usage: cargo xtask check

Formatting; what must not stand in the repository; arrows between crates compared with the table in ARCHITECTURE.md;
files and tests that the documents name.
Builds nothing.";

const E2E: &str = "\
Usage: cargo xtask e2e [--screenshots FOLDER]

Builds the program and drives its real window under a virtual display with a real keychain (Linux).

  --screenshots FOLDER  where the pictures go; target/screenshots by default";

const TYPES: &str = "\
Usage: cargo xtask types [--check]

Writes ui/src/host/bindings.ts from the Rust types of the commands.

  --check  writes nothing; fails when the file is not what would be written";

const SETUP: &str = "\
Usage: cargo xtask setup [--test]

System packages, Node packages, the built interface: what `run` needs.

  --test  what `test` needs as well";

const BENCH: &str = "\
Usage: cargo xtask bench [GROUP]...

Builds release programs and measures. One JSON line a figure: name, value, unit, limit, direction, ok. Exit code 1 when
a figure misses its limit.

  sign     signing a request for authentication, P-256 and RSA 2048
  sending  requests to connect with a token; a hundred documents through one session, beside ksef-client from PyPI
  simulator  how many simple requests the simulator answers in a second of one core
  size     the release program
  window   from the start to a window with content, second start";

const INTEROP: &str = "\
Usage: cargo xtask interop

Installs the PyPI package ksef-client and the npm package ksef-client-ts into target/interop, starts ksef-sim for each,
and lets them log in by token and certificate, make and revoke a token, send online and in batch, export a package,
download UPO and enrol certificates. Closes with a line of counts.";

const FA3_TABLE: &str = "\
Usage: cargo xtask fa3-table [--check]

Writes crates/ksef-invoice/src/structure/table.rs anew from the published schema, which lies in ../shared/ksef or
where KSEF_SHARED says.

  --check  writes nothing; fails when the table is not what the schema gives";

/// Prints the help of a command, or the overview.
pub(crate) fn show(command: Option<&str>) -> ExitCode {
    match command {
        Some("run") => println!("{RUN}"),
        Some("test") => println!("{}", test::help()),
        Some("check") => println!("{CHECK}"),
        Some("e2e") => println!("{E2E}"),
        Some("types") => println!("{TYPES}"),
        Some("setup") => println!("{SETUP}"),
        Some("bench") => println!("{BENCH}"),
        Some("interop") => println!("{INTEROP}"),
        Some("fa3-table") => println!("{FA3_TABLE}"),
        _ => println!("{OVERVIEW}"),
    }
    ExitCode::SUCCESS
}
