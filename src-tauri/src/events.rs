//! What the program tells by itself, as events of the window.

use ksef_commands::AppEvent;
use ksef_commands::views::{ChangedPart, SaleView, Scope};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

use crate::shell::Shell;

/// An invoice moved on.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct SaleChanged(pub(crate) SaleView);

/// Companies were added, renamed, removed, or have other invoices waiting.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct CompaniesChanged;

/// Something else that is shown changed; who shows it asks again.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PartChanged {
    /// What.
    pub(crate) part: ChangedPart,
    /// Of which company, where it is one's.
    pub(crate) scope: Option<Scope>,
}

/// Sends the program's events to the window for as long as both live.
pub(crate) fn forward(window: tauri::AppHandle, shell: &Shell) {
    let Ok(app) = shell.app() else { return };
    let mut events = app.events();
    tauri::async_runtime::spawn(async move {
        while let Some(event) = events.next().await {
            let sent = match event {
                AppEvent::SaleChanged(sale) => SaleChanged(*sale).emit(&window),
                AppEvent::CompaniesChanged => CompaniesChanged.emit(&window),
                AppEvent::PartChanged { part, scope } => PartChanged { part, scope }.emit(&window),
            };
            if let Err(error) = sent {
                tracing::warn!(%error, "the window did not take an event");
            }
        }
    });
}
