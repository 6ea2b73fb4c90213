//! The shell: one window, native dialogs, the clipboard, and one-line adapters to [`ksef_commands`].
//!
//! It decides nothing: what can be tested without a window lives in `ksef-commands` and below.

mod bindings;
mod clipboard;
mod commands;
mod dialogs;
mod events;
mod shell;

use std::process::ExitCode;

use tauri::Manager as _;

use crate::shell::Shell;

/// Starts the program and returns when its window is closed.
#[must_use]
pub fn run() -> ExitCode {
    let bindings = bindings::builder();
    let handler = bindings.invoke_handler();
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| bring_to_front(app)))
        .plugin(tauri_plugin_opener::init())
        .invoke_handler(move |invoke| match refusal(&invoke) {
            Some(problem) => {
                invoke.resolver.reject(problem);
                true
            }
            None => handler(invoke),
        })
        .setup(move |app| {
            bindings.mount_events(app);
            let shell = tauri::async_runtime::block_on(Shell::start());
            events::forward(app.handle().clone(), &shell);
            app.manage(shell);
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|app, event| {
                if let tauri::RunEvent::Exit = event {
                    leave_no_secret(app);
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "the window could not be opened");
            ExitCode::FAILURE
        }
    }
}

/// A secret does not stay in the clipboard longer than the program.
fn leave_no_secret(app: &tauri::AppHandle) {
    if let Some(shell) = app.try_state::<Shell>() {
        shell.clipboard.wipe_now();
    }
}

/// Why a command is not done: the program may be locked.
fn refusal(invoke: &tauri::ipc::Invoke) -> Option<ksef_commands::Problem> {
    let shell = invoke.message.webview_ref().try_state::<Shell>()?;
    shell.app().ok()?.admit(invoke.message.command()).err()
}

/// A second start of the program shows the window of the first.
fn bring_to_front(app: &tauri::AppHandle) {
    let Some(window) = app.get_webview_window("main") else { return };
    for step in [window.unminimize(), window.show(), window.set_focus()] {
        if let Err(error) = step {
            tracing::warn!(%error, "the window could not be brought to the front");
        }
    }
}
