use ksef_commands::views::{
    CertificateSlot, CredentialSlot, CredentialsView, LoadTarget, OfflineCheck, Scope, TokenPasted,
};

use super::{Answer, Given};
use crate::clipboard;
use crate::dialogs::Wanted;

#[tauri::command]
#[specta::specta]
pub(crate) async fn credentials(shell: Given<'_>, scope: Scope) -> Answer<CredentialsView> {
    shell.app()?.credentials(&scope).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn pick_credential_files(
    shell: Given<'_>,
    scope: Scope,
    target: LoadTarget,
) -> Answer<Option<CredentialsView>> {
    let app = shell.app()?;
    let wanted = Wanted {
        title: app.text("dialog.credentialFiles"),
        filter: (app.text("dialog.credentialFilter"), &["crt", "cer", "pem", "key", "der", "p12", "pfx"]),
    };
    match shell.picker.open(wanted).await {
        Some(paths) => app.load_credential_files(&scope, target, paths).await.map(Some),
        None => Ok(None),
    }
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn load_credential_files(
    shell: Given<'_>,
    scope: Scope,
    target: LoadTarget,
    paths: Vec<String>,
) -> Answer<CredentialsView> {
    shell.app()?.load_credential_files(&scope, target, paths.into_iter().map(Into::into).collect()).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn set_certificate_password(
    shell: Given<'_>,
    scope: Scope,
    slot: CertificateSlot,
    password: String,
) -> Answer<CredentialsView> {
    shell.app()?.set_certificate_password(&scope, slot, password.into()).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn set_offline_serial(
    shell: Given<'_>,
    scope: Scope,
    text: String,
) -> Answer<CredentialsView> {
    shell.app()?.set_offline_serial(&scope, &text).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn paste_offline_serial(shell: Given<'_>, scope: Scope) -> Answer<CredentialsView> {
    shell.app()?.set_offline_serial(&scope, &clipboard::text().await?).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn check_offline_certificate(shell: Given<'_>, scope: Scope) -> Answer<OfflineCheck> {
    shell.app()?.check_offline_certificate(&scope).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_credential(
    shell: Given<'_>,
    scope: Scope,
    slot: CredentialSlot,
) -> Answer<CredentialsView> {
    shell.app()?.remove_credential(&scope, slot).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn set_token(shell: Given<'_>, scope: Scope, text: String) -> Answer<TokenPasted> {
    shell.app()?.set_token(&scope, text.into()).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn paste_token(shell: Given<'_>, scope: Scope) -> Answer<TokenPasted> {
    shell.app()?.set_token(&scope, shell.clipboard.take().await?).await
}
