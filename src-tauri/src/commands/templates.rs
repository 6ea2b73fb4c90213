use ksef_commands::draft::InvoiceDraft;
use ksef_commands::views::TemplateView;

use super::{Answer, Given};

#[tauri::command]
#[specta::specta]
pub(crate) async fn templates(shell: Given<'_>, nip: String) -> Answer<Vec<TemplateView>> {
    shell.app()?.templates(&nip).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_template(
    shell: Given<'_>,
    nip: String,
    name: String,
    draft: InvoiceDraft,
) -> Answer<TemplateView> {
    shell.app()?.save_template(&nip, &name, draft).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn rename_template(shell: Given<'_>, id: String, name: String) -> Answer<()> {
    shell.app()?.rename_template(&id, &name).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_template(shell: Given<'_>, id: String) -> Answer<()> {
    shell.app()?.remove_template(&id).await
}
