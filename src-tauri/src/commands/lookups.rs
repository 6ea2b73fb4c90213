use ksef_commands::views::{PayerView, RateView, Scope};

use super::{Answer, Given};

#[tauri::command]
#[specta::specta]
pub(crate) async fn look_up_payer(shell: Given<'_>, scope: Scope, nip: String) -> Answer<PayerView> {
    shell.app()?.look_up_payer(&scope, &nip).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn exchange_rate(
    shell: Given<'_>,
    scope: Scope,
    currency: String,
    day: String,
) -> Answer<RateView> {
    shell.app()?.exchange_rate(&scope, &currency, &day).await
}
