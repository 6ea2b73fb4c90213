//! The system's clipboard. What a person copied goes straight to the program: the web view never sees it. A secret that
//! came from the clipboard, or went into it, is wiped from it after a minute, or when the program ends before that, if it
//! is still there.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use arboard::Clipboard;
use ksef_commands::{NextStep, Problem};
use ksef_types::SecretText;
use tauri::async_runtime::spawn_blocking;

/// How long the end of the program waits for a clipboard whose owner does not answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long a secret may stay in the clipboard; in debug builds a test may change it.
fn stay() -> Duration {
    #[cfg(debug_assertions)]
    if let Some(seconds) = std::env::var("OKIENKO_CLIPBOARD_SECONDS").ok().and_then(|text| text.parse().ok())
    {
        return Duration::from_secs(seconds);
    }
    Duration::from_secs(60)
}

/// The secrets that came from the clipboard, or went into it, and are still to be wiped from it.
#[derive(Default)]
pub(crate) struct Secrets {
    waiting: Mutex<Vec<Waiting>>,
}

/// A thread that waits before it wipes.
struct Waiting {
    /// Let go of, it ends the wait.
    hurry: Sender<()>,
    /// Its other end is gone once the thread has wiped.
    wiped: Receiver<()>,
}

/// The same, in the hands of that thread.
struct Wait {
    hurried: Receiver<()>,
    _wiped: Sender<()>,
}

impl Secrets {
    /// A secret from the clipboard; it is wiped there after a minute.
    ///
    /// # Errors
    /// As for [`text`].
    pub(crate) async fn take(&self) -> Result<SecretText, Problem> {
        let text = text().await?;
        self.wipe_later(SecretText::from(text.clone()));
        Ok(SecretText::from(text))
    }

    /// What is in the clipboard was pasted into a field for a secret: it is wiped there after a minute.
    ///
    /// # Errors
    /// When the system gives no access.
    pub(crate) async fn pasted(&self) -> Result<(), Problem> {
        if let Some(text) = read().await? {
            self.wipe_later(SecretText::from(text));
        }
        Ok(())
    }

    /// Puts a secret into the clipboard; it is wiped there after a minute.
    ///
    /// # Errors
    /// When the system gives no access.
    pub(crate) async fn put(&self, secret: SecretText) -> Result<(), Problem> {
        let (told, outcome) = tokio::sync::oneshot::channel();
        let wait = self.waits();
        // With X11 what was copied is handed out by who copied it: this thread stays for as long as the secret may.
        std::thread::spawn(move || match put(&secret) {
            Ok(clipboard) => {
                let _ = told.send(Ok(()));
                wait.out();
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

    /// The program ends: what would be wiped later is wiped now.
    pub(crate) fn wipe_now(&self) {
        let waiting = std::mem::take(&mut *self.waiting());
        for Waiting { hurry, wiped } in waiting {
            drop(hurry);
            if wiped.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                tracing::info!("the clipboard did not answer while the program ended");
                return;
            }
        }
    }

    /// Empties the clipboard after [`stay`], if it still holds the secret: what else a person copied stays.
    fn wipe_later(&self, secret: SecretText) {
        let wait = self.waits();
        std::thread::spawn(move || {
            wait.out();
            note(Clipboard::new().and_then(|clipboard| wipe(clipboard, &secret)));
        });
    }

    fn waits(&self) -> Wait {
        let ((hurry, hurried), (through, wiped)) = (mpsc::channel(), mpsc::channel());
        let mut waiting = self.waiting();
        waiting.retain(|other| other.wiped.try_recv() != Err(TryRecvError::Disconnected));
        waiting.push(Waiting { hurry, wiped });
        Wait { hurried, _wiped: through }
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wait {
    /// Until [`stay`] is over or the program ends.
    fn out(&self) {
        let _ = self.hurried.recv_timeout(stay());
    }
}

/// The text in the clipboard.
///
/// # Errors
/// When there is none, or the system gives no access.
pub(crate) async fn text() -> Result<String, Problem> {
    read().await?.ok_or_else(|| Problem::new("program.clipboardEmpty", NextStep::CorrectField))
}

async fn read() -> Result<Option<String>, Problem> {
    match spawn_blocking(|| Clipboard::new()?.get_text()).await {
        Ok(Ok(text)) => Ok(Some(text)),
        Ok(Err(arboard::Error::ContentNotAvailable)) => Ok(None),
        Ok(Err(error)) => Err(unavailable(&error)),
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
