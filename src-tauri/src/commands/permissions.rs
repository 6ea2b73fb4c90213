use ksef_commands::views::{
    CompanyStanding, GrantForm, GrantPreview, OperationView, PermissionList, PermissionsPage, RevocationKind,
    Scope,
};

use super::{Answer, Given};

#[tauri::command]
#[specta::specta]
pub(crate) async fn permissions(
    shell: Given<'_>,
    scope: Scope,
    list: PermissionList,
    page: u32,
) -> Answer<PermissionsPage> {
    shell.app()?.permissions(&scope, list, page).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_grant(shell: Given<'_>, scope: Scope, grant: GrantForm) -> Answer<GrantPreview> {
    shell.app()?.preview_grant(&scope, grant).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn grant_permission(
    shell: Given<'_>,
    scope: Scope,
    grant: GrantForm,
) -> Answer<OperationView> {
    shell.app()?.grant_permission(&scope, grant).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn accountant_grant(shell: Given<'_>, scope: Scope, nip: String) -> Answer<GrantForm> {
    shell.app()?.accountant_grant(&scope, &nip).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn revoke_permission(
    shell: Given<'_>,
    scope: Scope,
    id: String,
    kind: RevocationKind,
) -> Answer<OperationView> {
    shell.app()?.revoke_permission(&scope, &id, kind).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn permission_operation(
    shell: Given<'_>,
    scope: Scope,
    reference_number: String,
) -> Answer<OperationView> {
    shell.app()?.permission_operation(&scope, &reference_number).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn company_standing(shell: Given<'_>, scope: Scope) -> Answer<CompanyStanding> {
    shell.app()?.company_standing(&scope).await
}
