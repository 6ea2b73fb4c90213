use ksef_engine::FileProblem;

use crate::{NextStep, Problem};

/// Why a file that a person chose could not be read.
pub(crate) fn file(found: &FileProblem, name: &str) -> Problem {
    let problem = |code| Problem::new(code, NextStep::ChooseFile).with("name", name);
    match found {
        FileProblem::NotFound => problem("file.notFound"),
        FileProblem::Folder => problem("file.folder"),
        FileProblem::NoPermission => problem("file.noPermission"),
        FileProblem::TooLarge { size, limit } => {
            problem("file.tooLarge").with("size", megabytes(*size)).with("limit", megabytes(*limit))
        }
        FileProblem::NotAFile => problem("file.notAFile"),
        FileProblem::Unreadable(kind) => problem("file.unreadable").technical(kind.to_string()),
    }
}

/// Whole and tenths of a megabyte, with a comma.
pub(super) fn megabytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10) / (1024 * 1024);
    format!("{},{} MB", tenths / 10, tenths % 10)
}
