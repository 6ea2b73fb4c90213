use ksef_commands::views::{SaleView, SalesFilter, SalesPage, Scope};

use super::{Answer, Given};
use crate::dialogs::Wanted;

#[tauri::command]
#[specta::specta]
pub(crate) async fn sales(shell: Given<'_>, scope: Scope, filter: SalesFilter) -> Answer<SalesPage> {
    shell.app()?.sales(&scope, filter).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn sale(shell: Given<'_>, id: String) -> Answer<SaleView> {
    shell.app()?.sale(&id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn retry_sale(shell: Given<'_>, id: String) -> Answer<SaleView> {
    shell.app()?.retry_sale(&id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn withdraw_sale(shell: Given<'_>, id: String) -> Answer<SaleView> {
    shell.app()?.withdraw_sale(&id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_upo(shell: Given<'_>, id: String) -> Answer<Option<String>> {
    let app = shell.app()?;
    let document = app.upo(&id).await?;
    let wanted = Wanted { title: app.text("dialog.saveUpo"), filter: ("XML".to_owned(), &["xml"]) };
    match shell.picker.save(wanted, document.suggested_name.clone()).await {
        Some(path) => document.write(path).await.map(Some),
        None => Ok(None),
    }
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_xml(shell: Given<'_>, id: String) -> Answer<Option<String>> {
    let app = shell.app()?;
    let document = app.invoice_xml(&id).await?;
    let wanted = Wanted { title: app.text("dialog.saveXml"), filter: ("XML".to_owned(), &["xml"]) };
    match shell.picker.save(wanted, document.suggested_name.clone()).await {
        Some(path) => document.write(path).await.map(Some),
        None => Ok(None),
    }
}
