//! Reads what a person copied. The text goes straight to the program: the web view never sees it.

use ksef_commands::{NextStep, Problem};

/// The text in the clipboard.
///
/// # Errors
/// When there is none, or the system gives no access.
pub(crate) async fn text() -> Result<String, Problem> {
    let read = tauri::async_runtime::spawn_blocking(|| arboard::Clipboard::new()?.get_text()).await;
    match read {
        Ok(Ok(text)) => Ok(text),
        Ok(Err(arboard::Error::ContentNotAvailable)) => {
            Err(Problem::new("program.clipboardEmpty", NextStep::CorrectField))
        }
        Ok(Err(error)) => Err(unavailable(&error)),
        Err(error) => Err(unavailable(&error)),
    }
}

fn unavailable(error: &dyn std::error::Error) -> Problem {
    Problem::new("program.clipboardUnavailable", NextStep::CorrectField).technical(error.to_string())
}
