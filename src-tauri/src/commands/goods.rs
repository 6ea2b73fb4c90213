use ksef_commands::draft::GoodsCard;
use ksef_commands::views::{BookImport, BookQuery, GoodsPage, GoodsView};

use super::{Answer, Given};
use crate::dialogs::Wanted;

#[tauri::command]
#[specta::specta]
pub(crate) async fn goods(shell: Given<'_>, nip: String, query: BookQuery) -> Answer<GoodsPage> {
    shell.app()?.goods(&nip, query).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn goods_item(shell: Given<'_>, id: String) -> Answer<GoodsView> {
    shell.app()?.goods_item(&id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_goods(
    shell: Given<'_>,
    nip: String,
    id: Option<String>,
    card: GoodsCard,
) -> Answer<GoodsView> {
    shell.app()?.save_goods(&nip, id, card).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_goods(shell: Given<'_>, id: String) -> Answer<()> {
    shell.app()?.remove_goods(&id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn goods_doubles(shell: Given<'_>, nip: String) -> Answer<Vec<Vec<GoodsView>>> {
    shell.app()?.goods_doubles(&nip).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn merge_goods(shell: Given<'_>, into: String, from: Vec<String>) -> Answer<GoodsView> {
    shell.app()?.merge_goods(&into, from).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn import_goods(shell: Given<'_>, nip: String, path: String) -> Answer<BookImport> {
    shell.app()?.import_goods(&nip, path.into()).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn pick_goods(shell: Given<'_>, nip: String) -> Answer<Option<BookImport>> {
    let app = shell.app()?;
    let wanted =
        Wanted { title: app.text("dialog.openGoods"), filter: ("CSV, Excel".to_owned(), &["csv", "xlsx"]) };
    let picked = shell.picker.open(wanted).await.and_then(|paths| paths.into_iter().next());
    match picked {
        Some(path) => app.import_goods(&nip, path).await.map(Some),
        None => Ok(None),
    }
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn export_goods(shell: Given<'_>, nip: String) -> Answer<Option<String>> {
    let app = shell.app()?;
    let document = app.export_goods(&nip).await?;
    let wanted = Wanted { title: app.text("dialog.saveGoods"), filter: ("CSV".to_owned(), &["csv"]) };
    match shell.picker.save(wanted, document.suggested_name.clone()).await {
        Some(path) => document.write(path).await.map(Some),
        None => Ok(None),
    }
}
