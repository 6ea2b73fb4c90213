use ksef_commands::views::{PreparedView, SaleView, Scope};

use super::{Answer, Given};
use crate::dialogs::Wanted;

#[tauri::command]
#[specta::specta]
pub(crate) async fn pick_invoices(shell: Given<'_>, scope: Scope) -> Answer<Option<Vec<PreparedView>>> {
    let app = shell.app()?;
    let wanted = Wanted { title: app.text("dialog.invoices"), filter: ("XML".to_owned(), &["xml"]) };
    match shell.picker.open(wanted).await {
        Some(paths) => app.load_invoices(&scope, paths).await.map(Some),
        None => Ok(None),
    }
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn load_invoices(
    shell: Given<'_>,
    scope: Scope,
    paths: Vec<String>,
) -> Answer<Vec<PreparedView>> {
    shell.app()?.load_invoices(&scope, paths.into_iter().map(Into::into).collect()).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn prepared(shell: Given<'_>, scope: Scope) -> Answer<Vec<PreparedView>> {
    shell.app()?.prepared(&scope).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn drop_prepared(shell: Given<'_>, scope: Scope, ids: Vec<String>) -> Answer<()> {
    shell.app()?.drop_prepared(&scope, &ids).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn make_sample_invoice(shell: Given<'_>, scope: Scope) -> Answer<PreparedView> {
    shell.app()?.make_sample_invoice(&scope).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn send_prepared(shell: Given<'_>, scope: Scope, ids: Vec<String>) -> Answer<Vec<SaleView>> {
    shell.app()?.send_prepared(&scope, &ids).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_sending(shell: Given<'_>, scope: Scope) -> Answer<()> {
    shell.app()?.cancel_sending(&scope).await
}
