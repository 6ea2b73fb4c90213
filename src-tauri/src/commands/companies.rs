use ksef_commands::views::{CompanyView, EnvironmentName, NewCompany, Scope};

use super::{Answer, Given};

#[tauri::command]
#[specta::specta]
pub(crate) async fn companies(shell: Given<'_>) -> Answer<Vec<CompanyView>> {
    shell.app()?.companies().await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn add_company(shell: Given<'_>, company: NewCompany) -> Answer<CompanyView> {
    shell.app()?.add_company(company).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn rename_company(shell: Given<'_>, nip: String, name: Option<String>) -> Answer<()> {
    shell.app()?.rename_company(&nip, name).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_company(shell: Given<'_>, nip: String) -> Answer<()> {
    shell.app()?.remove_company(&nip).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_environment(
    shell: Given<'_>,
    nip: String,
    environment: EnvironmentName,
) -> Answer<()> {
    shell.app()?.choose_environment(&nip, environment).await
}

#[tauri::command]
#[specta::specta]
pub(crate) fn check_nip(text: &str) -> Answer<String> {
    ksef_commands::check_nip(text)
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn make_sample_company(shell: Given<'_>) -> Answer<Scope> {
    shell.app()?.make_sample_company().await
}
