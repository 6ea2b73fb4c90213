//! `cargo xtask bench`: the figures that have a limit, one JSON line each.

mod companies;
mod editor;
mod figure;
mod sending;
mod sign;
mod simulator;
mod size;
mod validation;
mod window;

use std::process::ExitCode;

use crate::arguments::Arguments;
use crate::failure::Failure;
use figure::Figure;

/// Takes the figures of a group.
type Measure = fn() -> Result<Vec<Figure>, Failure>;

/// A named group of figures, in the order in which they are taken.
const GROUPS: [(&str, Measure); 8] = [
    ("sign", sign::measure),
    ("validation", validation::measure),
    ("editor", editor::measure),
    ("sending", sending::measure),
    ("simulator", simulator::measure),
    ("companies", companies::measure),
    ("size", size::measure),
    ("window", window::measure),
];

/// `cargo xtask bench [GROUP]...`
pub(crate) fn run(mut arguments: Arguments) -> Result<ExitCode, Failure> {
    let mut chosen = Vec::new();
    while let Some(word) = arguments.next_word() {
        chosen.push(word);
    }
    arguments.finish()?;
    if let Some(unknown) = chosen.iter().find(|word| !GROUPS.iter().any(|(name, _)| name == word)) {
        let known = GROUPS.map(|(name, _)| name).join(", ");
        return Err(Failure::Usage(format!("there is no figure \"{unknown}\"; there are {known}")));
    }
    let mut all_held = true;
    for (name, measure) in GROUPS {
        if !chosen.is_empty() && !chosen.iter().any(|word| word == name) {
            continue;
        }
        for figure in measure()? {
            println!("{}", figure.to_json());
            all_held &= figure.holds();
        }
    }
    Ok(if all_held { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
