use std::path::Path;

use ksef_commands::views::{BulkCompany, BulkRow, BulkState, BulkView, BulkWish};
use ksef_commands::{App, NextStep, Problem};

use crate::exit::Ending;
use crate::output;
use crate::terminal::Terminal;

/// Adds companies from a list, with the certificate of the company that is named or the only one.
pub(super) async fn run(
    terminal: &Terminal,
    app: &App,
    file: &Path,
    with_offline: bool,
    yes: bool,
) -> Result<Ending, Problem> {
    let source = terminal.scope(app).await?;
    let list = app.load_nip_list(vec![file.to_path_buf()]).await?;
    for line in &list.rows {
        if let Some(problem) = &line.problem {
            terminal.note(format!("{}: {}", line.line, line.text));
            terminal.tell(problem);
        }
    }
    let companies: Vec<BulkCompany> = list
        .rows
        .into_iter()
        .filter(|line| line.problem.is_none())
        .filter_map(|line| Some(BulkCompany { nip: line.nip?, name: line.name }))
        .collect();
    let question = terminal.word("cli.addMany").replace("{count}", &companies.len().to_string());
    if !yes && !super::confirmed(terminal, &question) {
        return Err(Problem::new("cli.notConfirmed", NextStep::Retry));
    }
    let mut events = app.events();
    let mut shown = Shown::default();
    let mut view = app.add_companies(BulkWish { source, companies, with_offline }).await?;
    while view.running {
        shown.show(terminal, &view);
        // Any event may be the one that ended it.
        let heard = events.next().await;
        view = app.bulk().await?;
        if heard.is_none() {
            break;
        }
    }
    shown.show(terminal, &view);
    terminal.answer(&view);
    let refused = view.rows.iter().find_map(|row| row.problem.as_ref());
    Ok(refused.map_or(Ending::Done, Ending::of))
}

/// Rows that were told already.
#[derive(Default)]
struct Shown(std::collections::BTreeSet<String>);

impl Shown {
    fn show(&mut self, terminal: &Terminal, view: &BulkView) {
        for row in &view.rows {
            let settled = !matches!(row.state, BulkState::Waiting | BulkState::Checking);
            if settled && self.0.insert(row.nip.clone()) {
                tell(terminal, row);
            }
        }
    }
}

fn tell(terminal: &Terminal, row: &BulkRow) {
    let name = row.name.as_deref().unwrap_or_default();
    let mark = if row.state == BulkState::Added { "✓" } else { "✗" };
    terminal.say(format!("{mark} {}  {name}  {}", output::nip(&row.nip), row.permissions.join(", ")));
    row.problem.iter().for_each(|problem| terminal.tell(problem));
}
