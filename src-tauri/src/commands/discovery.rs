use ksef_commands::views::{
    BulkView, BulkWish, ContextView, EnvironmentName, FoundCompany, NipListPreview, Scope,
};

use super::{Answer, Given};
use crate::dialogs::Wanted;

#[tauri::command]
#[specta::specta]
pub(crate) async fn found_companies(shell: Given<'_>, scope: Scope) -> Answer<Vec<FoundCompany>> {
    shell.app()?.found_companies(&scope).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn read_nip_list(shell: Given<'_>, text: String) -> Answer<NipListPreview> {
    shell.app()?.read_nip_list(&text).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn load_nip_list(shell: Given<'_>, paths: Vec<String>) -> Answer<NipListPreview> {
    shell.app()?.load_nip_list(paths.into_iter().map(Into::into).collect()).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn add_companies(shell: Given<'_>, wish: BulkWish) -> Answer<BulkView> {
    shell.app()?.add_companies(wish).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn check_companies(
    shell: Given<'_>,
    environment: EnvironmentName,
    nips: Vec<String>,
) -> Answer<BulkView> {
    shell.app()?.check_companies(environment, nips).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn bulk(shell: Given<'_>) -> Answer<BulkView> {
    shell.app()?.bulk().await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_bulk(shell: Given<'_>) -> Answer<BulkView> {
    shell.app()?.cancel_bulk().await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn company_context(shell: Given<'_>, scope: Scope) -> Answer<ContextView> {
    shell.app()?.company_context(&scope).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn set_company_context(
    shell: Given<'_>,
    scope: Scope,
    context: ContextView,
) -> Answer<ContextView> {
    shell.app()?.set_company_context(&scope, context).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn pick_nip_list(shell: Given<'_>) -> Answer<Option<NipListPreview>> {
    let app = shell.app()?;
    let wanted = Wanted {
        title: app.text("dialog.nipList"),
        filter: (app.text("dialog.tableFilter"), &["csv", "txt"]),
    };
    match shell.picker.open(wanted).await {
        Some(paths) => app.load_nip_list(paths).await.map(Some),
        None => Ok(None),
    }
}
