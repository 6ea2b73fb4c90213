use ksef_commands::views::{ProgramView, Settings};

use super::{Answer, Given};

#[tauri::command]
#[specta::specta]
pub(crate) async fn program(shell: Given<'_>) -> Answer<ProgramView> {
    shell.app()?.program().await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_settings(shell: Given<'_>, settings: Settings) -> Answer<()> {
    shell.app()?.save_settings(settings).await
}
