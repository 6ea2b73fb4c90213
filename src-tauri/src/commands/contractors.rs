use ksef_commands::draft::ContractorCard;
use ksef_commands::views::{BookImport, BookQuery, ContractorView, ContractorsPage};

use super::{Answer, Given};
use crate::dialogs::Wanted;

#[tauri::command]
#[specta::specta]
pub(crate) async fn contractors(shell: Given<'_>, nip: String, query: BookQuery) -> Answer<ContractorsPage> {
    shell.app()?.contractors(&nip, query).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn contractor(shell: Given<'_>, id: String) -> Answer<ContractorView> {
    shell.app()?.contractor(&id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_contractor(
    shell: Given<'_>,
    nip: String,
    id: Option<String>,
    card: ContractorCard,
) -> Answer<ContractorView> {
    shell.app()?.save_contractor(&nip, id, card).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_contractor(shell: Given<'_>, id: String) -> Answer<()> {
    shell.app()?.remove_contractor(&id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn contractor_doubles(shell: Given<'_>, nip: String) -> Answer<Vec<Vec<ContractorView>>> {
    shell.app()?.contractor_doubles(&nip).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn merge_contractors(
    shell: Given<'_>,
    into: String,
    from: Vec<String>,
) -> Answer<ContractorView> {
    shell.app()?.merge_contractors(&into, from).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn import_contractors(shell: Given<'_>, nip: String, path: String) -> Answer<BookImport> {
    shell.app()?.import_contractors(&nip, path.into()).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn pick_contractors(shell: Given<'_>, nip: String) -> Answer<Option<BookImport>> {
    let app = shell.app()?;
    let wanted = Wanted {
        title: app.text("dialog.openContractors"),
        filter: ("CSV, Excel".to_owned(), &["csv", "xlsx"]),
    };
    let picked = shell.picker.open(wanted).await.and_then(|paths| paths.into_iter().next());
    match picked {
        Some(path) => app.import_contractors(&nip, path).await.map(Some),
        None => Ok(None),
    }
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn export_contractors(shell: Given<'_>, nip: String) -> Answer<Option<String>> {
    let app = shell.app()?;
    let document = app.export_contractors(&nip).await?;
    let wanted = Wanted { title: app.text("dialog.saveContractors"), filter: ("CSV".to_owned(), &["csv"]) };
    match shell.picker.save(wanted, document.suggested_name.clone()).await {
        Some(path) => document.write(path).await.map(Some),
        None => Ok(None),
    }
}
