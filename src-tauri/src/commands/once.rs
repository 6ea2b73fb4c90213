//! Secrets that were just made: shown or copied at a click, forgotten when the dialog is closed.

use ksef_commands::views::OnceHandle;

use super::{Answer, Given};
use crate::clipboard;

/// The only command that answers with a secret: one that was made a moment ago and that a person asked to see.
#[tauri::command]
#[specta::specta]
pub(crate) async fn show_once(shell: Given<'_>, handle: OnceHandle) -> Answer<String> {
    // Exposed to be read by the person.
    Ok(shell.app()?.once(&handle)?.expose().to_owned())
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn copy_once(shell: Given<'_>, handle: OnceHandle) -> Answer<()> {
    clipboard::put_secret(shell.app()?.once(&handle)?).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn drop_once(shell: Given<'_>, handle: OnceHandle) -> Answer<()> {
    shell.app()?.drop_once(&handle);
    Ok(())
}
