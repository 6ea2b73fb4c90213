//! `cargo xtask test`: every check and test, part by part, in an order that fails early.

mod part;
mod parts;
mod rust;
pub(crate) mod session;
mod summary;
mod traffic;
mod window;

use std::process::ExitCode;
use std::time::Instant;

pub(crate) use window::run as run_end_to_end;

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::setup::{Need, Setup};
use part::{Outcome, Part};
use summary::{Summary, duration_in_words};

/// The text behind `cargo xtask test --help`.
pub(crate) fn help() -> String {
    let lines: Vec<String> =
        parts::ALL.iter().map(|part| format!("  {:<12}{}", part.name, part.what)).collect();
    format!(
        "Usage: cargo xtask test [--only PART]...\n\n\
         Prepares the machine as `run` does, then runs the parts in this order, shows the whole output of each that\n\
         fails, and closes with a line \"N passed, N failed, N skipped\". Exit code 1 when a part failed.\n\n{}",
        lines.join("\n")
    )
}

/// `cargo xtask test [--only PART]...`
pub(crate) fn run(mut arguments: Arguments) -> Result<ExitCode, Failure> {
    let names = arguments.values("--only")?;
    arguments.finish()?;
    run_parts(&chosen(&names)?)
}

/// `cargo xtask check`: the parts that build nothing.
pub(crate) fn run_quick(arguments: Arguments) -> Result<ExitCode, Failure> {
    arguments.finish()?;
    run_parts(&parts::ALL.iter().filter(|part| part.is_quick).collect::<Vec<_>>())
}

/// The parts of these names in the order in which they run; all of them when no name is given.
fn chosen(names: &[String]) -> Result<Vec<&'static Part>, Failure> {
    if let Some(unknown) = names.iter().find(|name| !parts::ALL.iter().any(|part| part.name == name.as_str()))
    {
        let known: Vec<&str> = parts::ALL.iter().map(|part| part.name).collect();
        return Err(Failure::Usage(format!(
            "there is no part \"{unknown}\"; the parts are {}",
            known.join(", ")
        )));
    }
    Ok(parts::ALL
        .iter()
        .filter(|part| names.is_empty() || names.iter().any(|name| name == part.name))
        .collect())
}

fn run_parts(parts: &[&Part]) -> Result<ExitCode, Failure> {
    let started = Instant::now();
    let mut setup = Setup::default();
    let needs: Vec<Need> = parts.iter().flat_map(|part| part.needs).copied().collect();
    setup.provide_packages(&needs)?;
    let mut summary = Summary::default();
    for part in parts {
        println!("── {} · {}", part.name, part.what);
        let started = Instant::now();
        let outcome = part.run(&mut setup);
        outcome.print(part.name, started.elapsed());
        summary.add(part.name, &outcome);
    }
    summary.print(started.elapsed());
    Ok(if summary.has_failures() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

impl Outcome {
    fn print(&self, name: &str, took: std::time::Duration) {
        let took = duration_in_words(took);
        match self {
            Self::Passed { closing } => {
                closing.iter().for_each(|line| println!("{line}"));
                println!("   {name}: passed in {took}");
            }
            Self::Failed { output } => {
                println!("{}", output.trim_end());
                println!("   {name}: FAILED after {took}");
            }
            Self::Skipped { why } => println!("   {name}: skipped: {why}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_chosen_by_name_and_run_in_the_order_of_the_table() {
        let names = |given: &[&str]| {
            let given: Vec<String> = given.iter().map(|name| (*name).to_owned()).collect();
            chosen(&given).map(|parts| parts.iter().map(|part| part.name).collect::<Vec<_>>())
        };
        assert_eq!(names(&["rust", "format"]).unwrap(), ["format", "rust"]);
        assert_eq!(names(&[]).unwrap().len(), parts::ALL.len());
        assert!(matches!(names(&["rsut"]), Err(Failure::Usage(text)) if text.contains("clippy")));
    }

    #[test]
    fn the_help_names_every_part() {
        let help = help();
        assert!(parts::ALL.iter().all(|part| help.contains(part.name)));
    }
}
