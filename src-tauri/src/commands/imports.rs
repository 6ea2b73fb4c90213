use ksef_commands::views::{AfterIssuing, ImportView, SaleView, Scope, TableFormat};

use super::{Answer, Given};
use crate::dialogs::Wanted;

#[tauri::command]
#[specta::specta]
pub(crate) async fn load_import(shell: Given<'_>, scope: Scope, path: String) -> Answer<ImportView> {
    shell.app()?.load_import(&scope, path.into()).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn pick_import(shell: Given<'_>, scope: Scope) -> Answer<Option<ImportView>> {
    let app = shell.app()?;
    let wanted =
        Wanted { title: app.text("dialog.openImport"), filter: ("CSV, Excel".to_owned(), &["csv", "xlsx"]) };
    let picked = shell.picker.open(wanted).await.and_then(|paths| paths.into_iter().next());
    match picked {
        Some(path) => app.load_import(&scope, path).await.map(Some),
        None => Ok(None),
    }
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn issue_import(
    shell: Given<'_>,
    scope: Scope,
    id: String,
    then: AfterIssuing,
) -> Answer<Vec<SaleView>> {
    shell.app()?.issue_import(&scope, &id, then).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_import_template(shell: Given<'_>, format: TableFormat) -> Answer<Option<String>> {
    let app = shell.app()?;
    let document = app.import_template(format).await?;
    let filter = match format {
        TableFormat::Xlsx => ("Excel".to_owned(), &["xlsx"] as &'static [&'static str]),
        TableFormat::Csv => ("CSV".to_owned(), &["csv"] as &'static [&'static str]),
    };
    let wanted = Wanted { title: app.text("dialog.saveTemplate"), filter };
    match shell.picker.save(wanted, document.suggested_name.clone()).await {
        Some(path) => document.write(path).await.map(Some),
        None => Ok(None),
    }
}
