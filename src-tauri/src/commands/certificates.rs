use ksef_commands::views::{
    CertificateSlot, CertificatesView, EnrolmentView, ExportForm, Exported, Reminder, RevocationPreview,
    RevocationReason, Scope,
};

use super::{Answer, Given};
use crate::dialogs::Wanted;

#[tauri::command]
#[specta::specta]
pub(crate) async fn certificates(shell: Given<'_>, scope: Scope, ask: bool) -> Answer<CertificatesView> {
    shell.app()?.certificates(&scope, ask).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn renew_certificate(
    shell: Given<'_>,
    scope: Scope,
    slot: CertificateSlot,
) -> Answer<EnrolmentView> {
    shell.app()?.renew_certificate(&scope, slot).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn revocation_preview(
    shell: Given<'_>,
    scope: Scope,
    identifier: String,
) -> Answer<RevocationPreview> {
    shell.app()?.revocation_preview(&scope, &identifier).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn revoke_certificate(
    shell: Given<'_>,
    scope: Scope,
    serial: String,
    reason: RevocationReason,
) -> Answer<CertificatesView> {
    shell.app()?.revoke_certificate(&scope, &serial, reason).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn reminders(shell: Given<'_>) -> Answer<Vec<Reminder>> {
    shell.app()?.reminders().await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn export_credential(
    shell: Given<'_>,
    scope: Scope,
    slot: CertificateSlot,
    form: ExportForm,
    password: Option<String>,
) -> Answer<Option<Exported>> {
    let app = shell.app()?;
    let (ending, endings): (&str, &'static [&'static str]) = match form {
        ExportForm::Pair => ("crt", &["crt"]),
        ExportForm::Container => ("p12", &["p12"]),
    };
    let wanted = Wanted {
        title: app.text("dialog.exportCredential"),
        filter: (app.text("dialog.credentialFilter"), endings),
    };
    match shell.picker.save(wanted, format!("ksef-{}.{ending}", scope.nip)).await {
        Some(path) => {
            app.export_credential(&scope, slot, form, password.map(Into::into), path).await.map(Some)
        }
        None => Ok(None),
    }
}
