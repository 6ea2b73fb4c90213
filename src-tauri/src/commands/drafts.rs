use ksef_commands::draft::InvoiceDraft;
use ksef_commands::views::{
    AfterIssuing, DraftCheckView, DraftOpened, DraftRow, DraftSaved, DraftStart, SaleView, Scope,
};
use ksef_commands::{FieldDescription, InvoiceSheet};

use super::{Answer, Given};

#[tauri::command]
#[specta::specta]
pub(crate) async fn new_draft(shell: Given<'_>, scope: Scope, start: DraftStart) -> Answer<DraftOpened> {
    shell.app()?.new_draft(&scope, start).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn draft(shell: Given<'_>, id: String) -> Answer<DraftOpened> {
    shell.app()?.draft(&id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_draft(
    shell: Given<'_>,
    id: String,
    revision: u32,
    draft: InvoiceDraft,
) -> Answer<DraftSaved> {
    shell.app()?.save_draft(&id, revision, draft).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_draft(shell: Given<'_>, id: String) -> Answer<()> {
    shell.app()?.remove_draft(&id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn drafts(shell: Given<'_>, scope: Scope) -> Answer<Vec<DraftRow>> {
    shell.app()?.drafts(&scope).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn check_draft(
    shell: Given<'_>,
    scope: Scope,
    draft: InvoiceDraft,
) -> Answer<DraftCheckView> {
    shell.app()?.check_draft(&scope, draft).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn issue_draft(
    shell: Given<'_>,
    id: String,
    revision: u32,
    then: AfterIssuing,
) -> Answer<SaleView> {
    shell.app()?.issue_draft(&id, revision, then).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn open_advances(shell: Given<'_>, scope: Scope) -> Answer<Vec<SaleView>> {
    shell.app()?.open_advances(&scope).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn sale_sheet(shell: Given<'_>, id: String) -> Answer<InvoiceSheet> {
    shell.app()?.sale_sheet(&id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn prepared_sheet(shell: Given<'_>, scope: Scope, id: String) -> Answer<InvoiceSheet> {
    shell.app()?.prepared_sheet(&scope, &id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn describe_part(shell: Given<'_>, path: String) -> Answer<FieldDescription> {
    shell.app()?.describe_part(&path).await
}
