//! Secrets that were just made: shown or copied at a click, forgotten when the dialog is closed; and what is to be wiped of
//! those that a person pasted.

use ksef_commands::views::OnceHandle;

use super::{Answer, Given};

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
    shell.clipboard.put(shell.app()?.once(&handle)?).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn drop_once(shell: Given<'_>, handle: OnceHandle) -> Answer<()> {
    shell.app()?.drop_once(&handle);
    Ok(())
}

/// What is in the clipboard was pasted into a field for a secret with the keyboard: it is wiped like what the program itself
/// took from there. Nothing of it is answered.
#[tauri::command]
#[specta::specta]
pub(crate) async fn secret_pasted(shell: Given<'_>) -> Answer<()> {
    shell.clipboard.pasted().await
}
