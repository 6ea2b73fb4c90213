use ksef_commands::views::{NewToken, Scope, TokenFilter, TokenMade, TokenState, TokensPage};

use super::{Answer, Given};

#[tauri::command]
#[specta::specta]
pub(crate) async fn tokens(shell: Given<'_>, scope: Scope, filter: TokenFilter) -> Answer<TokensPage> {
    shell.app()?.tokens(&scope, filter).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn make_token(shell: Given<'_>, scope: Scope, wish: NewToken) -> Answer<TokenMade> {
    shell.app()?.make_token(&scope, wish).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn revoke_token(
    shell: Given<'_>,
    scope: Scope,
    reference_number: String,
) -> Answer<TokenState> {
    shell.app()?.revoke_token(&scope, &reference_number).await
}
