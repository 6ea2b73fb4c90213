use ksef_commands::views::{JournalFilter, JournalPage};

use super::{Answer, Given};
use crate::dialogs::Wanted;

#[tauri::command]
#[specta::specta]
pub(crate) async fn journal(shell: Given<'_>, filter: JournalFilter) -> Answer<JournalPage> {
    shell.app()?.journal(filter).await
}

/// Asks where to and writes the journal; `false` when the person changed their mind.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_journal(shell: Given<'_>) -> Answer<bool> {
    let app = shell.app()?;
    let wanted =
        Wanted { title: app.text("dialog.saveJournal"), filter: (app.text("dialog.tableFilter"), &["csv"]) };
    match shell.picker.save(wanted, "dziennik-okienko.csv".to_owned()).await {
        Some(path) => app.save_journal(path).await.map(|()| true),
        None => Ok(false),
    }
}
