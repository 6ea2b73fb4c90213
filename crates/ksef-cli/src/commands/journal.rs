use std::path::Path;

use ksef_commands::Problem;
use ksef_commands::views::{JournalFilter, JournalPage, JournalRow};

use crate::exit::Ending;
use crate::output;
use crate::terminal::Terminal;

/// What was done with credentials: the last page, all of it, or a file with the hashes.
pub(crate) async fn run(terminal: &Terminal, save: Option<&Path>, all: bool) -> Result<Ending, Problem> {
    let app = terminal.app().await?;
    if let Some(path) = save {
        app.save_journal(path.to_path_buf()).await?;
        terminal.answer(&serde_json::json!({ "saved": path.display().to_string() }));
        terminal.say(format!("✓ {}", path.display()));
        return Ok(Ending::Done);
    }
    let mut page = app.journal(JournalFilter::default()).await?;
    while all && let Some(next) = page.next.take() {
        let older = app.journal(JournalFilter { next: Some(next), ..JournalFilter::default() }).await?;
        page.rows.extend(older.rows);
        page.next = older.next;
    }
    terminal.answer(&page);
    page.rows.iter().for_each(|row| show(terminal, row));
    Ok(judge(terminal, &page))
}

fn show(terminal: &Terminal, row: &JournalRow) {
    let mark = if row.succeeded { "✓" } else { "✗" };
    let what = terminal.word(&format!("journal.{}", row.act));
    let values: Vec<&str> = row.values.values().map(String::as_str).collect();
    terminal.say(format!(
        "{mark} {:>5}  {}  {}  {what}  {}",
        row.number,
        output::date(&row.at),
        row.nip.as_deref().map(output::nip).unwrap_or_default(),
        values.join(", ")
    ));
}

fn judge(terminal: &Terminal, page: &JournalPage) -> Ending {
    match &page.broken_at {
        Some(number) => {
            terminal.note(terminal.word("cli.journalBroken").replace("{number}", number));
            Ending::Refused
        }
        None => Ending::Done,
    }
}
