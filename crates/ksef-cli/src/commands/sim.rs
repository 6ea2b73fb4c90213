use std::path::PathBuf;

use ksef_commands::{Problem, StandaloneSimulator};

use crate::exit::Ending;
use crate::terminal::Terminal;

/// The simulator alone, until Ctrl+C. Its one line is JSON with or without `--json`: programs read it.
pub(crate) async fn run(_terminal: &Terminal, port: u16, state: Option<PathBuf>) -> Result<Ending, Problem> {
    let simulator = StandaloneSimulator::start(port, state).await?;
    println!("{}", simulator.addresses());
    // Where signals cannot be heard there is nothing to wait for.
    let _ = tokio::signal::ctrl_c().await;
    simulator.stop().await;
    Ok(Ending::Done)
}
