use std::path::Path;

use ksef_commands::Problem;
use ksef_commands::views::SalesFilter;

use super::send;
use crate::exit::Ending;
use crate::output;
use crate::terminal::Terminal;

/// One invoice, or the list of them, all pages.
pub(crate) async fn run(
    terminal: &Terminal,
    id: Option<&str>,
    search: Option<&str>,
    resume: bool,
) -> Result<Ending, Problem> {
    let app = terminal.app().await?;
    if let Some(id) = id {
        let sale = app.sale(id).await?;
        terminal.answer(&sale);
        terminal.say(output::sale(terminal, &sale));
        sale.problem.iter().for_each(|problem| terminal.tell(problem));
        return Ok(send::ending(&[sale]));
    }
    let scope = terminal.scope(&app).await?;
    if resume {
        send::follow(terminal, &app, &scope, Vec::new()).await?;
        app.stop().await;
    }
    let mut filter = SalesFilter { text: search.unwrap_or_default().to_owned(), ..SalesFilter::default() };
    let mut all = Vec::new();
    loop {
        let page = app.sales(&scope, filter.clone()).await?;
        page.rows.iter().for_each(|sale| terminal.say(output::sale(terminal, sale)));
        all.extend(page.rows);
        match page.next {
            Some(next) => filter.after = Some(next),
            None => break,
        }
    }
    terminal.answer(&all);
    if all.is_empty() {
        terminal.say(terminal.word("cli.noSales"));
    }
    Ok(Ending::Done)
}

/// The UPO into a file, or to the standard output.
pub(crate) async fn upo(terminal: &Terminal, id: &str, output: Option<&Path>) -> Result<Ending, Problem> {
    let app = terminal.app().await?;
    let document = app.upo(id).await?;
    match output {
        Some(path) => {
            let path = document.write(path.to_owned()).await?;
            terminal.answer(&serde_json::json!({ "file": path }));
            terminal.say(format!("✓ {path}"));
        }
        None => {
            use std::io::Write as _;
            // A reader that closed the pipe has what it wanted.
            let _ = std::io::stdout().write_all(&document.bytes);
        }
    }
    Ok(Ending::Done)
}
