//! A part of the tests: a name, what it needs, and a function.

use crate::failure::Failure;
use crate::setup::{Need, Setup};

/// One named part.
pub(crate) struct Part {
    /// What `--only` calls it.
    pub(crate) name: &'static str,
    /// What it looks at, in a few words.
    pub(crate) what: &'static str,
    /// What the machine has to offer.
    pub(crate) needs: &'static [Need],
    /// Whether it builds nothing and ends in seconds.
    pub(crate) is_quick: bool,
    /// Does the work.
    pub(crate) work: fn() -> Result<Passed, Failure>,
}

/// What a part that did not fail says.
pub(crate) enum Passed {
    /// Everything was looked at; these lines close its output.
    With(Vec<String>),
    /// It does not apply here.
    Skipped(String),
}

/// How a part ended.
pub(crate) enum Outcome {
    Passed { closing: Vec<String> },
    Failed { output: String },
    Skipped { why: String },
}

impl Part {
    /// Makes ready what the part needs, and runs it.
    pub(crate) fn run(&self, setup: &mut Setup) -> Outcome {
        match setup.provide(self.needs).and_then(|()| (self.work)()) {
            Ok(Passed::With(closing)) => Outcome::Passed { closing },
            Ok(Passed::Skipped(why)) => Outcome::Skipped { why },
            Err(failure) => Outcome::Failed { output: failure.to_string() },
        }
    }
}

impl Passed {
    /// Passed with nothing more to say.
    pub(crate) fn silently() -> Self {
        Self::With(Vec::new())
    }
}
