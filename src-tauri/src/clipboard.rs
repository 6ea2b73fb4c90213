//! The system's clipboard. What a person copied goes straight to the program: the web view never sees it. A secret that
//! came from the clipboard, or went into it, is wiped from it after a minute, if it is still there.

use std::time::Duration;

use arboard::Clipboard;
use ksef_commands::{NextStep, Problem};
use ksef_types::SecretText;
use tauri::async_runtime::spawn_blocking;

/// How long a secret may stay in the clipboard; in debug builds a test may shorten it.
fn stay() -> Duration {
    #[cfg(debug_assertions)]
    if let Some(seconds) = std::env::var("OKIENKO_CLIPBOARD_SECONDS").ok().and_then(|text| text.parse().ok())
    {
        return Duration::from_secs(seconds);
    }
    Duration::from_secs(60)
}

/// The text in the clipboard.
///
/// # Errors
/// When there is none, or the system gives no access.
pub(crate) async fn text() -> Result<String, Problem> {
    match spawn_blocking(|| Clipboard::new()?.get_text()).await {
        Ok(Ok(text)) => Ok(text),
        Ok(Err(arboard::Error::ContentNotAvailable)) => {
            Err(Problem::new("program.clipboardEmpty", NextStep::CorrectField))
        }
        Ok(Err(error)) => Err(unavailable(&error)),
        Err(error) => Err(unavailable(&error)),
    }
}

/// A secret from the clipboard; it is wiped there after a minute.
///
/// # Errors
/// As for [`text`].
pub(crate) async fn secret() -> Result<SecretText, Problem> {
    let text = text().await?;
    wipe_later(SecretText::from(text.clone()));
    Ok(SecretText::from(text))
}

/// Puts a secret into the clipboard; it is wiped there after a minute.
///
/// # Errors
/// When the system gives no access.
pub(crate) async fn put_secret(secret: SecretText) -> Result<(), Problem> {
    let (told, outcome) = tokio::sync::oneshot::channel();
    // With X11 what was copied is handed out by who copied it: this thread stays for as long as the secret may.
    std::thread::spawn(move || match put(&secret) {
        Ok(clipboard) => {
            let _ = told.send(Ok(()));
            std::thread::sleep(stay());
            note(wipe(clipboard, &secret));
        }
        Err(error) => {
            let _ = told.send(Err(error));
        }
    });
    match outcome.await {
        Ok(outcome) => outcome.map_err(|error| unavailable(&error)),
        Err(error) => Err(unavailable(&error)),
    }
}

/// Histories of the clipboard are asked to leave it out.
fn put(secret: &SecretText) -> Result<Clipboard, arboard::Error> {
    let mut clipboard = Clipboard::new()?;
    // Exposed to be copied at the person's wish.
    history::keep_out(clipboard.set()).text(secret.expose())?;
    Ok(clipboard)
}

/// Empties the clipboard after [`stay`], if it still holds the secret: what else a person copied stays.
fn wipe_later(secret: SecretText) {
    std::thread::spawn(move || {
        std::thread::sleep(stay());
        note(Clipboard::new().and_then(|clipboard| wipe(clipboard, &secret)));
    });
}

fn wipe(mut clipboard: Clipboard, secret: &SecretText) -> Result<(), arboard::Error> {
    match clipboard.get_text() {
        // Exposed to be compared; ends of lines that came along with the copying do not matter.
        Ok(now) if now.trim() == secret.expose().trim() => clipboard.clear(),
        Ok(_) | Err(arboard::Error::ContentNotAvailable) => Ok(()),
        Err(error) => Err(error),
    }
}

fn note(wiped: Result<(), arboard::Error>) {
    if let Err(error) = wiped {
        tracing::info!(%error, "the clipboard could not be looked at");
    }
}

fn unavailable(error: &dyn std::error::Error) -> Problem {
    Problem::new("program.clipboardUnavailable", NextStep::CorrectField).technical(error.to_string())
}

/// Each system has its own mark for "not into the history".
mod history {
    #[cfg(windows)]
    pub(super) fn keep_out(set: arboard::Set<'_>) -> arboard::Set<'_> {
        use arboard::SetExtWindows as _;
        set.exclude_from_history().exclude_from_cloud()
    }

    #[cfg(target_os = "macos")]
    pub(super) fn keep_out(set: arboard::Set<'_>) -> arboard::Set<'_> {
        use arboard::SetExtApple as _;
        set.exclude_from_history()
    }

    #[cfg(all(unix, not(target_os = "macos")))]
    pub(super) fn keep_out(set: arboard::Set<'_>) -> arboard::Set<'_> {
        use arboard::SetExtLinux as _;
        set.exclude_from_history()
    }
}
