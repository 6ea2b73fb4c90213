use ksef_commands::views::{
    CollectiveFilter, CollectiveInvoice, CollectivePage, CollectivePreview, CollectiveRow, Scope,
};

use super::{Answer, Given};

#[tauri::command]
#[specta::specta]
pub(crate) async fn make_collective(
    shell: Given<'_>,
    scope: Scope,
    invoices: Vec<CollectiveInvoice>,
) -> Answer<CollectiveRow> {
    shell.app()?.make_collective(&scope, invoices).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_collective(
    shell: Given<'_>,
    scope: Scope,
    invoices: Vec<CollectiveInvoice>,
) -> Answer<CollectivePreview> {
    shell.app()?.preview_collective(&scope, invoices).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn collectives(
    shell: Given<'_>,
    scope: Scope,
    filter: CollectiveFilter,
) -> Answer<CollectivePage> {
    shell.app()?.collectives(&scope, filter).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn collective_invoices(
    shell: Given<'_>,
    scope: Scope,
    number: String,
) -> Answer<Vec<CollectiveInvoice>> {
    shell.app()?.collective_invoices(&scope, &number).await
}
