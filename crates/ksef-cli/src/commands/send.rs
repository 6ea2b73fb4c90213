use std::path::PathBuf;
use std::sync::Arc;

use ksef_commands::views::{EnvironmentName, PreparedView, SaleState, SaleView, Scope};
use ksef_commands::{App, AppEvent, NextStep, Problem};
use tokio_util::sync::CancellationToken;

use crate::exit::Ending;
use crate::output;
use crate::terminal::Terminal;

/// Checks files and sends those without errors.
pub(crate) async fn run(
    terminal: &Terminal,
    files: &[PathBuf],
    yes: bool,
    check_only: bool,
) -> Result<Ending, Problem> {
    let app = terminal.app().await?;
    let scope = terminal.scope(&app).await?;
    let prepared = app.load_invoices(&scope, files.to_vec()).await?;
    prepared.iter().for_each(|file| show_checked(terminal, file));
    let ids: Vec<String> = prepared.iter().filter(|file| file.sendable).map(|file| file.id.clone()).collect();
    let all_sendable = ids.len() == prepared.len();
    if check_only {
        terminal.answer(&prepared);
        return Ok(if all_sendable { Ending::Done } else { refused(&prepared) });
    }
    if !all_sendable {
        terminal.answer(&prepared);
        terminal.say(terminal.word("cli.nothingSent"));
        return Ok(refused(&prepared));
    }
    if scope.environment == EnvironmentName::Production
        && !yes
        && !super::confirmed(terminal, &terminal.word("cli.final"))
    {
        return Err(Problem::new("cli.notConfirmed", NextStep::Retry));
    }
    let sales = app.enqueue_prepared(&scope, &ids).await?;
    let sales = follow(terminal, &app, &scope, sales).await?;
    terminal.answer(&sales);
    app.stop().await;
    Ok(ending(&sales))
}

/// A file that could not be read at all has its own ending.
fn refused(prepared: &[PreparedView]) -> Ending {
    prepared.iter().filter_map(|file| file.problem.as_ref()).map(Ending::of).next().unwrap_or(Ending::Refused)
}

fn show_checked(terminal: &Terminal, file: &PreparedView) {
    let mark = if file.sendable { "✓" } else { "✗" };
    let what = file.invoice.as_ref().map(output::invoice).unwrap_or_default();
    terminal.say(format!("{mark} {}  {what}", file.file_name));
    for finding in &file.findings {
        terminal.say(format!("    {}", super::validate::sentence(terminal, finding)));
    }
    file.problem.iter().for_each(|problem| terminal.tell(problem));
}

/// Sends, says each step, and gives the rows as they are at the end. Ctrl+C sends nothing more and waits for what has left.
pub(super) async fn follow(
    terminal: &Terminal,
    app: &Arc<App>,
    scope: &Scope,
    sales: Vec<SaleView>,
) -> Result<Vec<SaleView>, Problem> {
    let cancel = CancellationToken::new();
    let mut events = app.events();
    let work = app.send_and_wait(scope, cancel.clone());
    tokio::pin!(work);
    loop {
        tokio::select! {
            done = &mut work => { done?; break; }
            event = events.next() => {
                if let Some(AppEvent::SaleChanged(sale)) = event {
                    terminal.say(output::sale(terminal, &sale));
                }
            }
            _ = tokio::signal::ctrl_c() => cancel.cancel(),
        }
    }
    let mut now = Vec::with_capacity(sales.len());
    for sale in sales {
        let sale = app.sale(&sale.id).await?;
        terminal.say(output::sale(terminal, &sale));
        sale.problem.iter().for_each(|problem| terminal.tell(problem));
        now.push(sale);
    }
    Ok(now)
}

/// Refused beats waiting beats done; what holds an invoice up decides by its area.
pub(super) fn ending(sales: &[SaleView]) -> Ending {
    let stuck = sales.iter().find(|sale| matches!(sale.state, SaleState::Refused | SaleState::Held));
    if let Some(problem) = stuck.and_then(|sale| sale.problem.as_ref()) {
        return Ending::of(problem);
    }
    if stuck.is_some() {
        return Ending::Refused;
    }
    match sales.iter().find(|sale| sale.state != SaleState::Accepted) {
        Some(waiting) => match waiting.problem.as_ref().map(Ending::of) {
            Some(Ending::Network) => Ending::Network,
            _ => Ending::Waiting,
        },
        None => Ending::Done,
    }
}
