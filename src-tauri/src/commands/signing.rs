use ksef_commands::views::{Scope, SigningPage, SigningView, SubjectIdentifierType};

use ksef_commands::{NextStep, Problem};
use tauri_plugin_opener::OpenerExt as _;

use super::{Answer, Given};
use crate::dialogs::Wanted;

#[tauri::command]
#[specta::specta]
pub(crate) async fn start_signing(
    shell: Given<'_>,
    scope: Scope,
    subject: SubjectIdentifierType,
) -> Answer<SigningView> {
    shell.app()?.start_signing(&scope, subject).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn sign_on_trial(shell: Given<'_>, scope: Scope) -> Answer<SigningView> {
    shell.app()?.sign_on_trial(&scope).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn signing(shell: Given<'_>, scope: Scope) -> Answer<SigningView> {
    shell.app()?.signing(&scope).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn load_signed_files(
    shell: Given<'_>,
    scope: Scope,
    paths: Vec<String>,
) -> Answer<SigningView> {
    shell.app()?.load_signed_files(&scope, paths.into_iter().map(Into::into).collect()).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn sign_with_files(
    shell: Given<'_>,
    scope: Scope,
    paths: Vec<String>,
    password: Option<String>,
) -> Answer<SigningView> {
    shell
        .app()?
        .sign_with_files(&scope, paths.into_iter().map(Into::into).collect(), password.map(Into::into))
        .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_signing(shell: Given<'_>, scope: Scope) -> Answer<SigningView> {
    shell.app()?.cancel_signing(&scope).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn pick_signed_file(shell: Given<'_>, scope: Scope) -> Answer<Option<SigningView>> {
    let app = shell.app()?;
    let wanted = Wanted {
        title: app.text("dialog.signedFile"),
        filter: (app.text("dialog.signedFileFilter"), &["xml", "xades", "sig"]),
    };
    match shell.picker.open(wanted).await {
        Some(paths) => app.load_signed_files(&scope, paths).await.map(Some),
        None => Ok(None),
    }
}

/// Lets the person choose a `.p12`, or a certificate and its key, to sign with; only their paths come back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pick_signing_files(shell: Given<'_>) -> Answer<Option<Vec<String>>> {
    let app = shell.app()?;
    let wanted = Wanted {
        title: app.text("dialog.signingFiles"),
        filter: (app.text("dialog.credentialFilter"), &["p12", "pfx", "crt", "cer", "pem", "key", "der"]),
    };
    let paths = shell.picker.open(wanted).await;
    Ok(paths.map(|paths| paths.iter().map(|path| path.to_string_lossy().into_owned()).collect()))
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_signing_request_as(shell: Given<'_>, scope: Scope) -> Answer<Option<SigningView>> {
    let app = shell.app()?;
    let wanted = Wanted {
        title: app.text("dialog.saveSigningRequest"),
        filter: (app.text("dialog.signedFileFilter"), &["xml"]),
    };
    match shell.picker.save(wanted, "logowanie-do-ksef.xml".to_owned()).await {
        Some(path) => app.save_signing_request(&scope, path).await.map(Some),
        None => Ok(None),
    }
}

/// Opens the page on which people sign; its addresses are constants.
#[tauri::command]
#[specta::specta]
pub(crate) fn open_signing_page(window: tauri::AppHandle, page: SigningPage) -> Answer<()> {
    let address = ksef_commands::signing_page(page);
    window.opener().open_url(address, None::<&str>).map_err(|error| {
        Problem::new("program.portalNotOpened", NextStep::Retry)
            .with("address", address)
            .technical(error.to_string())
    })
}
