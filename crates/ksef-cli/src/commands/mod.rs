mod certificates;
mod check;
mod company;
mod company_data;
mod credential;
mod demo;
mod doctor;
mod invoice;
mod journal;
mod many;
mod permissions;
mod send;
mod sim;
mod status;
mod tokens;
mod validate;

use ksef_commands::Problem;

use crate::arguments::{Arguments, Command};
use crate::exit::Ending;
use crate::terminal::Terminal;

/// Does what was asked for.
pub(crate) async fn run(terminal: &Terminal, arguments: &Arguments) -> Result<Ending, Problem> {
    match &arguments.command {
        Command::Company(command) => company::run(terminal, command).await,
        Command::Credential(command) => credential::run(terminal, command).await,
        Command::Check => check::run(terminal).await,
        Command::Doctor { read_only, offline } => doctor::run(terminal, *read_only, *offline).await,
        Command::Certificates(command) => certificates::run(terminal, command).await,
        Command::Tokens(command) => tokens::run(terminal, command).await,
        Command::Permissions(command) => permissions::run(terminal, command).await,
        Command::Journal { save, all } => journal::run(terminal, save.as_deref(), *all).await,
        Command::Send { files, yes, check_only } => send::run(terminal, files, *yes, *check_only).await,
        Command::Validate { files, schema_only } => Ok(validate::run(terminal, files, *schema_only)),
        Command::Invoice(command) => invoice::run(terminal, command).await,
        Command::Status { id, search, resume } => {
            status::run(terminal, id.as_deref(), search.as_deref(), *resume).await
        }
        Command::Upo { id, output } => status::upo(terminal, id, output.as_deref()).await,
        Command::Demo => demo::run(terminal).await,
        Command::Sim { port, state } => sim::run(terminal, *port, state.clone()).await,
    }
}

/// Asks before something that cannot be taken back; without a keyboard the answer is no.
fn confirmed(terminal: &Terminal, question: &str) -> bool {
    use std::io::{IsTerminal as _, Write as _};
    if !std::io::stdin().is_terminal() {
        return false;
    }
    eprint!("{question} {} ", terminal.word("cli.yesNo"));
    let _ = std::io::stderr().flush();
    let mut line = String::new();
    let read = std::io::stdin().read_line(&mut line);
    read.is_ok() && matches!(line.trim().to_lowercase().as_str(), "t" | "tak" | "y" | "yes")
}
