use ksef_commands::draft::InvoiceDraft;
use ksef_commands::views::{RecurringEdit, RecurringView, Scope};

use super::{Answer, Given};

#[tauri::command]
#[specta::specta]
pub(crate) async fn recurring(shell: Given<'_>, scope: Scope) -> Answer<Vec<RecurringView>> {
    shell.app()?.recurring(&scope).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_recurring(
    shell: Given<'_>,
    scope: Scope,
    edit: RecurringEdit,
) -> Answer<RecurringView> {
    shell.app()?.save_recurring(&scope, edit).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn recurring_draft(shell: Given<'_>, id: String) -> Answer<InvoiceDraft> {
    shell.app()?.recurring_draft(&id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_recurring(shell: Given<'_>, id: String) -> Answer<()> {
    shell.app()?.remove_recurring(&id).await
}
