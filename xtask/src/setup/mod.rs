//! Making the machine ready: each step is done when something needs it, and quickly passed over when it was done before.

mod interface;
mod packages;
mod platform;
mod rust_tools;

use std::collections::BTreeMap;
use std::process::ExitCode;

pub(crate) use rust_tools::deny_program;

use crate::arguments::Arguments;
use crate::failure::Failure;

/// Something that a command needs to find on the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Need {
    /// What every program is built with.
    Compiler,
    /// What the window is built with: WebKit's headers.
    WindowPackages,
    /// What the tests drive or use as independent judges.
    TestPackages,
    /// Node and the interface's packages, as locked.
    InterfacePackages,
    /// The interface, built from its present sources.
    Interface,
    /// `cargo fmt`.
    Rustfmt,
    /// `cargo clippy`.
    Clippy,
}

/// What building the window needs.
pub(crate) const TO_BUILD: &[Need] = &[Need::Compiler, Need::WindowPackages, Need::Interface];

/// What was made ready so far in this run; a step that failed is not tried again.
#[derive(Default)]
pub(crate) struct Setup {
    done: BTreeMap<Need, Option<String>>,
}

impl Setup {
    /// Makes everything in `needs` ready.
    pub(crate) fn provide(&mut self, needs: &[Need]) -> Result<(), Failure> {
        needs.iter().try_for_each(|need| self.provide_one(*need))
    }

    fn provide_one(&mut self, need: Need) -> Result<(), Failure> {
        let outcome = match self.done.get(&need) {
            Some(outcome) => outcome.clone(),
            None => {
                let outcome = self.make_ready(need).err().map(|failure| failure.to_string());
                self.done.insert(need, outcome.clone());
                outcome
            }
        };
        outcome.map_or(Ok(()), |problem| Err(Failure::Missing(problem)))
    }

    fn make_ready(&mut self, need: Need) -> Result<(), Failure> {
        match need {
            Need::Compiler => platform::provide(packages::COMPILER),
            Need::WindowPackages => platform::provide(packages::WINDOW),
            Need::TestPackages => platform::provide(packages::TEST),
            Need::InterfacePackages => interface::install(),
            Need::Interface => {
                self.provide_one(Need::InterfacePackages)?;
                interface::build()
            }
            Need::Rustfmt => rust_tools::component("rustfmt", "fmt"),
            Need::Clippy => rust_tools::component("clippy", "clippy"),
        }
    }
}

/// `cargo xtask setup [--test]`.
pub(crate) fn run(mut arguments: Arguments) -> Result<ExitCode, Failure> {
    let with_tests = arguments.flag("--test");
    arguments.finish()?;
    let mut setup = Setup::default();
    setup.provide(TO_BUILD)?;
    if with_tests {
        setup.provide(&[Need::TestPackages, Need::Rustfmt, Need::Clippy])?;
        deny_program()?;
    }
    println!("ready");
    Ok(ExitCode::SUCCESS)
}
