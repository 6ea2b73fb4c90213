use ksef_commands::views::{LimitsView, PeppolPage, Scope};

use super::{Answer, Given};

#[tauri::command]
#[specta::specta]
pub(crate) async fn limits(shell: Given<'_>, scope: Scope) -> Answer<LimitsView> {
    shell.app()?.limits(&scope).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn peppol_providers(shell: Given<'_>, scope: Scope, page: u32) -> Answer<PeppolPage> {
    shell.app()?.peppol_providers(&scope, page).await
}
