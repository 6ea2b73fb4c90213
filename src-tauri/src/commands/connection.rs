use ksef_commands::views::{ConnectionView, EnvironmentName, Scope, StartView};
use ksef_commands::{NextStep, Problem};
use tauri_plugin_opener::OpenerExt as _;

use super::{Answer, Given};

#[tauri::command]
#[specta::specta]
pub(crate) async fn check_connection(shell: Given<'_>, scope: Scope) -> Answer<ConnectionView> {
    shell.app()?.check_connection(&scope).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn start(shell: Given<'_>, scope: Scope) -> Answer<StartView> {
    shell.app()?.start_view(&scope).await
}

/// Opens the ministry's portal in the person's browser; its addresses are constants.
#[tauri::command]
#[specta::specta]
pub(crate) fn open_portal(window: tauri::AppHandle, environment: EnvironmentName) -> Answer<()> {
    let address = ksef_commands::portal(environment)?;
    window.opener().open_url(address, None::<&str>).map_err(|error| {
        Problem::new("program.portalNotOpened", NextStep::Retry)
            .with("address", address)
            .technical(error.to_string())
    })
}
