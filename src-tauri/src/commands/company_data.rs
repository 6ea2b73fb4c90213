use ksef_commands::draft::{DraftFinding, SellerProfile};
use ksef_commands::views::{Scope, SeriesEdit, SeriesView};

use super::{Answer, Given};

#[tauri::command]
#[specta::specta]
pub(crate) async fn seller_profile(shell: Given<'_>, nip: String) -> Answer<SellerProfile> {
    shell.app()?.seller_profile(&nip).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_seller_profile(shell: Given<'_>, nip: String, profile: SellerProfile) -> Answer<()> {
    shell.app()?.save_seller_profile(&nip, profile).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn check_seller_profile(
    shell: Given<'_>,
    nip: String,
    profile: SellerProfile,
) -> Answer<Vec<DraftFinding>> {
    shell.app()?.check_seller_profile(&nip, profile).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn series(shell: Given<'_>, scope: Scope) -> Answer<Vec<SeriesView>> {
    shell.app()?.series(&scope).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_series(shell: Given<'_>, scope: Scope, edit: SeriesEdit) -> Answer<SeriesView> {
    shell.app()?.save_series(&scope, edit).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_series(shell: Given<'_>, scope: Scope, edit: SeriesEdit) -> Answer<String> {
    shell.app()?.preview_series(&scope, edit).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_series(shell: Given<'_>, scope: Scope, id: String) -> Answer<()> {
    shell.app()?.remove_series(&scope, &id).await
}
