//! The project's own commands. `cargo xtask --help` lists them.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a terminal program: what it prints is its result"
)]

mod arguments;
mod bench;
mod check;
mod fa3_table;
mod failure;
mod help;
mod interop;
mod process;
mod project;
mod run;
mod setup;
mod stamp;
mod test;
mod types;

use std::process::ExitCode;

use arguments::Arguments;
use failure::Failure;

fn main() -> ExitCode {
    let mut arguments = Arguments::from_command_line();
    let command = arguments.next_word();
    if command.is_none() || arguments.wants_help() {
        return help::show(command.as_deref());
    }
    match dispatch(command.as_deref().unwrap_or_default(), arguments) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("cargo xtask: {failure}");
            failure.exit_code()
        }
    }
}

fn dispatch(command: &str, arguments: Arguments) -> Result<ExitCode, Failure> {
    match command {
        "run" => run::run(arguments),
        "test" => test::run(arguments),
        "check" => test::run_quick(arguments),
        "e2e" => test::run_end_to_end(arguments),
        "types" => types::run(arguments),
        "setup" => setup::run(arguments),
        "bench" => bench::run(arguments),
        "interop" => interop::run(arguments),
        "fa3-table" => structure_table(arguments),
        "help" => Ok(help::show(None)),
        other => {
            Err(Failure::Usage(format!("there is no command \"{other}\"; cargo xtask --help lists them")))
        }
    }
}

/// `cargo xtask fa3-table [--check]`
fn structure_table(mut arguments: Arguments) -> Result<ExitCode, Failure> {
    let only_compare = arguments.flag("--check");
    arguments.finish()?;
    let found = |problem: fa3_table::Problem| Failure::Found(vec![problem.to_string()]);
    if !only_compare {
        fa3_table::run().map_err(found)?;
    } else if !fa3_table::check().map_err(found)? {
        println!("skipped: the schemas are not here");
    }
    Ok(ExitCode::SUCCESS)
}
