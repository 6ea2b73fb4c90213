//! Making the machine ready: each step is done when something needs it, and quickly passed over when it was done before.

mod interface;
mod packages;
mod platform;
mod rust_tools;

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

pub(crate) use rust_tools::deny_program;

use crate::arguments::Arguments;
use crate::failure::Failure;
use packages::Package;

/// Something that a command needs to find on the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Need {
    /// What every program is built with.
    Compiler,
    /// What the window is built with: WebKit's headers.
    WindowPackages,
    /// A keychain for a private session.
    KeychainPackages,
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
    /// Makes everything in `needs` ready: the system packages of all of them at once, then the rest.
    pub(crate) fn provide(&mut self, needs: &[Need]) -> Result<(), Failure> {
        self.provide_packages(needs)?;
        needs.iter().try_for_each(|need| self.provide_one(*need))
    }

    /// Makes the system packages among `needs` ready, so that a person is asked for all of them in one line.
    pub(crate) fn provide_packages(&mut self, needs: &[Need]) -> Result<(), Failure> {
        let fresh: BTreeSet<Need> =
            needs.iter().copied().filter(|need| !self.done.contains_key(need)).collect();
        let lists: Vec<&[Package]> = fresh.iter().filter_map(|need| need.packages()).collect();
        if lists.is_empty() {
            return Ok(());
        }
        let outcome = platform::provide(&lists.concat()).err().map(|failure| failure.to_string());
        for need in fresh.into_iter().filter(|need| need.packages().is_some()) {
            self.done.insert(need, outcome.clone());
        }
        missing(outcome)
    }

    fn provide_one(&mut self, need: Need) -> Result<(), Failure> {
        if let Some(outcome) = self.done.get(&need) {
            return missing(outcome.clone());
        }
        let outcome = self.make_ready(need).err().map(|failure| failure.to_string());
        self.done.insert(need, outcome.clone());
        missing(outcome)
    }

    fn make_ready(&mut self, need: Need) -> Result<(), Failure> {
        match need {
            Need::Compiler | Need::WindowPackages | Need::KeychainPackages | Need::TestPackages => {
                self.provide_packages(&[need])
            }
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

impl Need {
    /// The system packages that the need stands for.
    fn packages(self) -> Option<&'static [Package]> {
        match self {
            Self::Compiler => Some(packages::COMPILER),
            Self::WindowPackages => Some(packages::WINDOW),
            Self::KeychainPackages => Some(packages::KEYCHAIN),
            Self::TestPackages => Some(packages::TEST),
            Self::InterfacePackages | Self::Interface | Self::Rustfmt | Self::Clippy => None,
        }
    }
}

fn missing(outcome: Option<String>) -> Result<(), Failure> {
    outcome.map_or(Ok(()), |problem| Err(Failure::Missing(problem)))
}

/// `cargo xtask setup [--test]`.
pub(crate) fn run(mut arguments: Arguments) -> Result<ExitCode, Failure> {
    let with_tests = arguments.flag("--test");
    arguments.finish()?;
    let mut needs = TO_BUILD.to_vec();
    if with_tests {
        needs.extend([Need::KeychainPackages, Need::TestPackages, Need::Rustfmt, Need::Clippy]);
    }
    Setup::default().provide(&needs)?;
    if with_tests {
        deny_program()?;
    }
    println!("ready");
    Ok(ExitCode::SUCCESS)
}
