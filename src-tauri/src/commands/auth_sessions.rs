use ksef_commands::views::{AuthSessionsPage, Scope};

use super::{Answer, Given};

#[tauri::command]
#[specta::specta]
pub(crate) async fn auth_sessions(
    shell: Given<'_>,
    scope: Scope,
    next: Option<String>,
) -> Answer<AuthSessionsPage> {
    shell.app()?.auth_sessions(&scope, next).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn end_auth_session(
    shell: Given<'_>,
    scope: Scope,
    reference_number: Option<String>,
) -> Answer<AuthSessionsPage> {
    shell.app()?.end_auth_session(&scope, reference_number).await
}
