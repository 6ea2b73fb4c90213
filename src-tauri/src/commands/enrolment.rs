use ksef_commands::Problem;
use ksef_commands::views::{EnrolmentOffer, EnrolmentView, EnrolmentWish, Scope};

use super::{Answer, Given};

#[tauri::command]
#[specta::specta]
pub(crate) async fn enrolment_offer(shell: Given<'_>, scope: Scope) -> Answer<EnrolmentOffer> {
    shell.app()?.enrolment_offer(&scope).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn check_certificate_name(shell: Given<'_>, name: String) -> Answer<Option<Problem>> {
    shell.app()?.check_certificate_name(&name).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn enrol(shell: Given<'_>, scope: Scope, wish: EnrolmentWish) -> Answer<Vec<EnrolmentView>> {
    shell.app()?.enrol(&scope, wish).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn enrolments(shell: Given<'_>, scope: Scope) -> Answer<Vec<EnrolmentView>> {
    shell.app()?.enrolments(&scope).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn continue_enrolment(
    shell: Given<'_>,
    scope: Scope,
    id: String,
) -> Answer<Vec<EnrolmentView>> {
    shell.app()?.continue_enrolment(&scope, &id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn abandon_enrolment(
    shell: Given<'_>,
    scope: Scope,
    id: String,
) -> Answer<Vec<EnrolmentView>> {
    shell.app()?.abandon_enrolment(&scope, &id).await
}
