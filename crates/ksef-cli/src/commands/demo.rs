use ksef_commands::Problem;
use ksef_commands::views::ConnectionView;

use super::{check, send};
use crate::exit::Ending;
use crate::output;
use crate::terminal::Terminal;

/// The whole path in the sandbox: a sample company, who it is in KSeF, an invoice, its number, its UPO.
pub(crate) async fn run(terminal: &Terminal) -> Result<Ending, Problem> {
    terminal.say(terminal.word("cli.demo.begin"));
    let app = terminal.app().await?;
    let scope = app.make_sample_company().await?;
    terminal.say(format!("✓ {} {}", terminal.word("cli.demo.company"), output::nip(&scope.nip)));
    let connection = app.check_connection(&scope).await?;
    let seen = check::show(terminal, &connection);
    if matches!(connection, ConnectionView::Refused { .. }) {
        return Ok(seen);
    }
    let invoice = app.make_sample_invoice(&scope).await?;
    let sales = app.enqueue_prepared(&scope, &[invoice.id]).await?;
    let sales = send::follow(terminal, &app, &scope, sales).await?;
    for sale in sales.iter().filter(|sale| sale.has_upo) {
        let upo = app.upo(&sale.id).await?;
        terminal.say(format!("✓ UPO: {} ({} B)", upo.suggested_name, upo.bytes.len()));
    }
    terminal.answer(&serde_json::json!({ "scope": scope, "connection": connection, "sales": sales }));
    app.stop().await;
    Ok(send::ending(&sales))
}
