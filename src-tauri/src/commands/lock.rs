use ksef_commands::views::LockView;

use super::{Answer, Given};

#[tauri::command]
#[specta::specta]
pub(crate) async fn lock_state(shell: Given<'_>) -> Answer<LockView> {
    shell.app()?.lock_state().await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn set_lock(
    shell: Given<'_>,
    old: Option<String>,
    password: String,
    idle_minutes: u32,
) -> Answer<LockView> {
    shell.app()?.set_lock(old.map(Into::into), password.into(), idle_minutes).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_lock(shell: Given<'_>, password: String) -> Answer<LockView> {
    shell.app()?.remove_lock(password.into()).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn lock_now(shell: Given<'_>) -> Answer<LockView> {
    shell.app()?.lock_now().await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn unlock(shell: Given<'_>, password: String) -> Answer<LockView> {
    shell.app()?.unlock(password.into()).await
}
