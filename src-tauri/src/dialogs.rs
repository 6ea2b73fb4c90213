//! The system's file dialogs, behind a trait so that tests can answer them.

use std::path::PathBuf;

/// What a dialog is asked for.
pub(crate) struct Wanted {
    /// Title of the dialog.
    pub(crate) title: String,
    /// Name of the filter and the endings that it shows, without dots.
    pub(crate) filter: (String, &'static [&'static str]),
}

/// Asks the person for files.
#[async_trait::async_trait]
pub(crate) trait FilePicker: Send + Sync {
    /// One or more existing files; nothing when the person changed their mind.
    async fn open(&self, wanted: Wanted) -> Option<Vec<PathBuf>>;
    /// Where to write; nothing when the person changed their mind.
    async fn save(&self, wanted: Wanted, suggested: String) -> Option<PathBuf>;
}

/// The dialogs of the system; in debug builds a test may answer instead.
pub(crate) fn picker() -> Box<dyn FilePicker> {
    #[cfg(debug_assertions)]
    if let Some(answers) = scripted::Answers::from_environment() {
        return Box::new(answers);
    }
    Box::new(Native)
}

struct Native;

#[async_trait::async_trait]
impl FilePicker for Native {
    async fn open(&self, wanted: Wanted) -> Option<Vec<PathBuf>> {
        let picked = dialog(&wanted).pick_files().await?;
        Some(picked.into_iter().map(|file| file.path().to_owned()).collect())
    }

    async fn save(&self, wanted: Wanted, suggested: String) -> Option<PathBuf> {
        let chosen = dialog(&wanted).set_file_name(suggested).save_file().await?;
        Some(chosen.path().to_owned())
    }
}

/// Every dialog also shows all files: people rename what they downloaded.
fn dialog(wanted: &Wanted) -> rfd::AsyncFileDialog {
    let (name, endings) = &wanted.filter;
    rfd::AsyncFileDialog::new().set_title(&wanted.title).add_filter(name, endings).add_filter("*", &["*"])
}

#[cfg(debug_assertions)]
mod scripted {
    use tauri::async_runtime::spawn_blocking;

    use super::{FilePicker, PathBuf, Wanted};

    /// Reads its answers from a file that the test rewrites: one path a line, none for "cancelled".
    pub(super) struct Answers(PathBuf);

    impl Answers {
        pub(super) fn from_environment() -> Option<Self> {
            std::env::var_os("OKIENKO_PICKER_ANSWERS").map(|path| Self(path.into()))
        }

        async fn lines(&self) -> Vec<PathBuf> {
            let path = self.0.clone();
            let read = spawn_blocking(move || std::fs::read_to_string(path)).await;
            let text = read.ok().and_then(Result::ok).unwrap_or_default();
            text.lines().filter(|line| !line.is_empty()).map(PathBuf::from).collect()
        }
    }

    #[async_trait::async_trait]
    impl FilePicker for Answers {
        async fn open(&self, _wanted: Wanted) -> Option<Vec<PathBuf>> {
            Some(self.lines().await).filter(|lines| !lines.is_empty())
        }

        async fn save(&self, _wanted: Wanted, _suggested: String) -> Option<PathBuf> {
            self.lines().await.into_iter().next()
        }
    }
}
