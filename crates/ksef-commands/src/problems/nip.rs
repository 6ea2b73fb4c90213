use ksef_types::InvalidNip;

use crate::{NextStep, Problem};

/// Why a text is no NIP.
pub(crate) fn nip(invalid: InvalidNip) -> Problem {
    let problem = |code| Problem::new(code, NextStep::CorrectField);
    match invalid {
        InvalidNip::Empty => problem("nip.empty"),
        InvalidNip::Character(character) => problem("nip.character").with("character", character.to_string()),
        InvalidNip::Length(count) => problem("nip.length").with("count", count.to_string()),
        InvalidNip::CheckDigit => problem("nip.checkDigit"),
    }
}
