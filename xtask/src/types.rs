//! `cargo xtask types`: the TypeScript types of the commands, written from the Rust ones.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::process;
use crate::project;
use crate::setup::{self, Setup};

/// Names the file that the exporting test writes.
const FILE_VARIABLE: &str = "OKIENKO_BINDINGS";

/// The exporting test. It runs under this name in the library of the shell.
const EXPORTING_TEST: &str = "export_types";

pub(crate) fn run(mut arguments: Arguments) -> Result<ExitCode, Failure> {
    let only_compare = arguments.flag("--check");
    arguments.finish()?;
    Setup::default().provide(setup::TO_BUILD)?;
    if only_compare {
        compare()?;
        println!("the TypeScript types are those of the commands");
        return Ok(ExitCode::SUCCESS);
    }
    export(&kept())?;
    println!("written: {}", kept().display());
    Ok(ExitCode::SUCCESS)
}

/// Fails when the kept types are not those that the commands have now.
pub(crate) fn compare() -> Result<(), Failure> {
    let fresh = project::notes().join("bindings.ts");
    export(&fresh)?;
    let (fresh, kept_text) = (read(&fresh)?, read(&kept())?);
    match first_difference(&kept_text, &fresh) {
        None => Ok(()),
        Some(line) => Err(Failure::Found(vec![format!(
            "ui/src/host/bindings.ts:{line}: not what the commands' types say now; run cargo xtask types"
        )])),
    }
}

fn kept() -> PathBuf {
    project::interface().join("src/host/bindings.ts")
}

fn export(file: &Path) -> Result<(), Failure> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|error| Failure::File { path: folder.to_path_buf(), error })?;
    }
    // The whole workspace is named so that its dependencies are built as the other tests build them.
    let mut command = project::cargo(["test", "--workspace", "--lib", EXPORTING_TEST]);
    process::capture("types", command.env(FILE_VARIABLE, file))?.text_of_success()?;
    if file.exists() {
        return Ok(());
    }
    Err(Failure::Answer {
        program: format!("the test {EXPORTING_TEST}"),
        problem: format!("it did not write the file named in {FILE_VARIABLE}"),
    })
}

/// The number of the first line in which the texts differ.
fn first_difference(kept: &str, fresh: &str) -> Option<usize> {
    let (mut kept, mut fresh) = (kept.lines(), fresh.lines());
    let mut number = 0;
    loop {
        number += 1;
        match (kept.next(), fresh.next()) {
            (None, None) => return None,
            (left, right) if left == right => {}
            _ => return Some(number),
        }
    }
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| Failure::File { path: path.to_path_buf(), error })
}

#[cfg(test)]
mod tests {
    use super::first_difference;

    #[test]
    fn the_first_differing_line_is_named() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), Some(2));
        assert_eq!(first_difference("a\n", "a\nb\n"), Some(2));
        assert_eq!(first_difference("", "a\n"), Some(1));
    }
}
