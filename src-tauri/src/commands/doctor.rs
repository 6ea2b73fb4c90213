use ksef_commands::views::{DoctorReport, Scope, WantedRights};

use super::{Answer, Given};

#[tauri::command]
#[specta::specta]
pub(crate) async fn examine(shell: Given<'_>, scope: Scope, wanted: WantedRights) -> Answer<DoctorReport> {
    shell.app()?.examine(&scope, wanted).await
}
