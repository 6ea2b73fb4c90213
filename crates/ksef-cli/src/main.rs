//! `ksef`: everything that the window does, for a terminal, a scheduler, a server.
//!
//! It calls the same functions of `ksef-commands` and says the same sentences. Secrets come from a prompt or from the
//! standard input, never from an argument, where other programs of the computer could read them.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

mod arguments;
mod commands;
mod exit;
mod help;
mod output;
mod secret_input;
mod terminal;

use std::process::ExitCode;

use clap::FromArgMatches as _;

use crate::arguments::Arguments;
use crate::exit::Ending;
use crate::terminal::Terminal;

fn main() -> ExitCode {
    let language = help::language();
    let arguments =
        match help::command(language).try_get_matches().and_then(|found| Arguments::from_arg_matches(&found))
        {
            Ok(arguments) => arguments,
            Err(error) => return help::explain(&error, language),
        };
    match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(run(arguments)).into(),
        Err(error) => {
            eprintln!("{error}");
            Ending::Program.into()
        }
    }
}

async fn run(arguments: Arguments) -> Ending {
    let terminal = Terminal::new(&arguments.common);
    match commands::run(&terminal, &arguments).await {
        Ok(ending) => ending,
        Err(problem) => terminal.fail(&problem),
    }
}
