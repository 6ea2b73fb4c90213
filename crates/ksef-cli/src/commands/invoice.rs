//! Invoices from JSON and from tables.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use ksef_commands::draft::{DraftFinding, InvoiceDraft};
use ksef_commands::invoice_json::{self, InvoiceJson, JsonProblem, JsonSeller};
use ksef_commands::views::{
    AfterIssuing, EnvironmentName, ImportView, Language, RowFindingView, SaleView, Scope, TableFormat,
};
use ksef_commands::{App, Document, NextStep, Problem};
use ksef_types::{Clock as _, Nip, SystemClock};
use serde_json::json;

use super::validate::bytes_of;
use crate::arguments::{Invoice, Leaving};
use crate::exit::Ending;
use crate::output;
use crate::terminal::Terminal;

pub(crate) async fn run(terminal: &Terminal, command: &Invoice) -> Result<Ending, Problem> {
    match command {
        Invoice::New { from, out, leaving } => new(terminal, from, out.as_deref(), *leaving).await,
        Invoice::Import { file, leaving } => import(terminal, file, *leaving).await,
        Invoice::Template { file } => template(terminal, file).await,
    }
}

/// An XML of a JSON file, or an issued invoice.
async fn new(
    terminal: &Terminal,
    from: &Path,
    out: Option<&Path>,
    leaving: Leaving,
) -> Result<Ending, Problem> {
    let invoice = match json_of(terminal, from, invoice_json::read) {
        Ok(invoice) => invoice,
        Err(ending) => return Ok(ending),
    };
    match (leaving.after(), invoice) {
        (Some(_), InvoiceJson { seller: Some(_), .. }) => {
            Err(Problem::new("cli.sellerGiven", NextStep::CorrectField))
        }
        (Some(then), InvoiceJson { draft, .. }) => issue(terminal, draft, then, leaving.yes).await,
        (None, InvoiceJson { seller: Some(seller), draft }) => {
            let environment = terminal.environment().unwrap_or(EnvironmentName::Production);
            document(terminal, &draft, &seller, environment, out).await
        }
        (None, InvoiceJson { seller: None, draft }) => {
            let app = terminal.app().await?;
            let scope = terminal.scope(&app).await?;
            let profile = app.seller_profile(&scope.nip).await?;
            let nip = nip_of(&scope)?;
            document(terminal, &draft, &JsonSeller { nip, profile }, scope.environment, out).await
        }
    }
}

/// Composes the XML and writes it: to a file, or to the standard output.
async fn document(
    terminal: &Terminal,
    draft: &InvoiceDraft,
    seller: &JsonSeller,
    environment: EnvironmentName,
    out: Option<&Path>,
) -> Result<Ending, Problem> {
    let composed = invoice_json::compose(draft, seller, environment, SystemClock.now());
    let Some(xml) = composed.xml.clone() else {
        return Ok(refused(terminal, &composed.findings, Ending::Refused));
    };
    // The standard output belongs to the document.
    composed.findings.iter().for_each(|finding| tell_finding(terminal, finding));
    match out {
        Some(path) => {
            let document = Document { suggested_name: String::new(), bytes: xml.into_bytes() };
            let file = document.write(path.to_owned()).await?;
            let (totals, findings) = (&composed.totals, &composed.findings);
            terminal.answer(&json!({ "file": file, "totals": totals, "findings": findings }));
            let gross = output::amount(&composed.totals.gross, &composed.totals.currency);
            terminal.say(format!("✓ {file}  {}  {gross}", draft.number));
        }
        None if terminal.is_json() => terminal.answer(&composed),
        // A reader that closed the pipe has what it wanted.
        None => drop(std::io::stdout().write_all(xml.as_bytes())),
    }
    Ok(Ending::Done)
}

/// Reads a file of JSON, or says how the run ends.
pub(super) fn json_of<T>(
    terminal: &Terminal,
    file: &Path,
    read: impl FnOnce(&[u8]) -> Result<T, JsonProblem>,
) -> Result<T, Ending> {
    let bytes = bytes_of(file).map_err(|problem| {
        terminal.fail(&problem);
        Ending::Unread
    })?;
    read(&bytes).map_err(|problem| match problem {
        JsonProblem::NotJson(finding) => refused(terminal, &[finding], Ending::Unread),
        JsonProblem::Fields(findings) => refused(terminal, &findings, Ending::Refused),
    })
}

pub(super) fn nip_of(scope: &Scope) -> Result<Nip, Problem> {
    let unknown = || Problem::new("company.unknown", NextStep::CorrectField).with("nip", scope.nip.clone());
    ksef_commands::check_nip(&scope.nip)?.parse().map_err(|_| unknown())
}

/// What keeps JSON from being an invoice.
pub(super) fn refused(terminal: &Terminal, findings: &[DraftFinding], ending: Ending) -> Ending {
    terminal.answer(&json!({ "findings": findings }));
    findings.iter().for_each(|finding| tell_finding(terminal, finding));
    ending
}

/// The field, what is wrong, code; beside the document, never in it.
pub(super) fn tell_finding(terminal: &Terminal, finding: &DraftFinding) {
    let words = match terminal.language {
        Language::Pl => &finding.pl,
        Language::En => &finding.en,
    };
    let place = if finding.field.is_empty() { String::new() } else { format!("{}: ", finding.field) };
    let mark = if finding.error { "✗" } else { "!" };
    terminal.note(format!("{mark} {place}{words} [{}]", finding.code));
}

/// Issues an invoice with the company's data, and sends it where that is wanted.
async fn issue(
    terminal: &Terminal,
    draft: InvoiceDraft,
    then: AfterIssuing,
    yes: bool,
) -> Result<Ending, Problem> {
    let app = terminal.app().await?;
    let scope = terminal.scope(&app).await?;
    let checked = app.check_draft(&scope, draft.clone()).await?;
    if !checked.issuable {
        return Ok(refused(terminal, &checked.findings, Ending::Refused));
    }
    checked.findings.iter().for_each(|finding| tell_finding(terminal, finding));
    confirm(terminal, &scope, yes)?;
    let sales = app.queue_typed(&scope, draft, then).await?;
    leave(terminal, &app, &scope, sales, then).await
}

/// What is issued in production cannot be taken back.
fn confirm(terminal: &Terminal, scope: &Scope, yes: bool) -> Result<(), Problem> {
    let asked = scope.environment == EnvironmentName::Production && !yes;
    if asked && !super::confirmed(terminal, &terminal.word("cli.final")) {
        return Err(Problem::new("cli.notConfirmed", NextStep::Retry));
    }
    Ok(())
}

/// Sends what was issued, or says that it waits.
async fn leave(
    terminal: &Terminal,
    app: &Arc<App>,
    scope: &Scope,
    sales: Vec<SaleView>,
    then: AfterIssuing,
) -> Result<Ending, Problem> {
    let ending = match then {
        AfterIssuing::Wait => {
            sales.iter().for_each(|sale| terminal.say(output::sale(terminal, sale)));
            terminal.answer(&sales);
            Ending::Done
        }
        AfterIssuing::Send => {
            let sales = super::send::follow(terminal, app, scope, sales).await?;
            terminal.answer(&sales);
            super::send::ending(&sales)
        }
    };
    app.stop().await;
    Ok(ending)
}

/// Reads a table, says what is wrong with it, and issues all of it where that is wanted.
async fn import(terminal: &Terminal, file: &Path, leaving: Leaving) -> Result<Ending, Problem> {
    let app = terminal.app().await?;
    let scope = terminal.scope(&app).await?;
    let table = match app.load_import(&scope, file.to_owned()).await {
        Ok(table) => table,
        Err(problem) if Ending::of(&problem) == Ending::File => {
            terminal.fail(&problem);
            return Ok(Ending::Unread);
        }
        Err(problem) => return Err(problem),
    };
    show_table(terminal, &table);
    let Some(then) = leaving.after().filter(|_| table.issuable) else {
        terminal.answer(&table);
        return Ok(looked_at(&table));
    };
    confirm(terminal, &scope, leaving.yes)?;
    let sales = app.queue_import(&scope, &table.id, then).await?;
    leave(terminal, &app, &scope, sales, then).await
}

/// What is said of the file as a whole where no row of it could be read: another file, a damaged one, no text.
const UNREAD: [&str; 5] =
    ["import.otherFile", "import.damaged", "import.unpacksTooLarge", "import.notText", "import.openQuote"];

fn looked_at(table: &ImportView) -> Ending {
    let unread = |finding: &RowFindingView| UNREAD.contains(&finding.code.as_str());
    match table.issuable {
        true => Ending::Done,
        false if table.findings.iter().any(unread) => Ending::Unread,
        false => Ending::Refused,
    }
}

fn show_table(terminal: &Terminal, table: &ImportView) {
    table.findings.iter().for_each(|finding| show_row(terminal, finding));
    for row in &table.invoices {
        let mark = if row.findings.iter().any(|finding| finding.error) { "✗" } else { "✓" };
        let rows = format!("{}–{}", row.first_row, row.last_row);
        terminal.say(format!("{mark} {rows:<9} {}", output::invoice(&row.invoice)));
        row.findings.iter().for_each(|finding| show_row(terminal, finding));
    }
    if !table.issuable {
        terminal.say(terminal.word("cli.nothingIssued"));
    }
}

fn show_row(terminal: &Terminal, finding: &RowFindingView) {
    let words = match terminal.language {
        Language::Pl => &finding.pl,
        Language::En => &finding.en,
    };
    let row = finding.row.map(|row| format!("{row} ")).unwrap_or_default();
    let column = finding.column.as_ref().map(|column| format!("{column}: ")).unwrap_or_default();
    let mark = if finding.error { "✗" } else { "!" };
    terminal.say(format!("    {mark} {row}{column}{words} [{}]", finding.code));
}

/// Writes the table to fill in; the name says in which format.
async fn template(terminal: &Terminal, file: &Path) -> Result<Ending, Problem> {
    let csv = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let format = if csv { TableFormat::Csv } else { TableFormat::Xlsx };
    let app = terminal.app().await?;
    let written = app.import_template(format).await?.write(file.to_owned()).await?;
    terminal.answer(&json!({ "file": written }));
    terminal.say(format!("✓ {written}"));
    Ok(Ending::Done)
}
