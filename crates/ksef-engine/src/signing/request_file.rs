use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use ksef_types::Nip;

use crate::FileProblem;
use crate::files::problem;

/// Other files with the same name are left alone; so many names are tried.
const NAMES: u32 = 100;

/// The request as it was saved for signing.
pub(crate) struct RequestFile {
    pub(super) path: PathBuf,
    pub(super) content: Vec<u8>,
}

impl RequestFile {
    /// Saves the request under a name of its own, over nothing.
    pub(super) fn save(
        folder: &Path,
        company: Nip,
        content: Vec<u8>,
        now: DateTime<Utc>,
    ) -> Result<Self, FileProblem> {
        let stamp = now.with_timezone(&chrono::Local).format("%H%M%S");
        for number in 1..=NAMES {
            let more = if number == 1 { String::new() } else { format!("-{number}") };
            let path = folder.join(format!("KSeF-logowanie-{company}-{stamp}{more}.xml"));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(mut file) => {
                    file.write_all(&content).and_then(|()| file.sync_all()).map_err(problem)?;
                    return Ok(Self { path, content });
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(problem(error)),
            }
        }
        Err(FileProblem::Unreadable(ErrorKind::AlreadyExists))
    }

    /// The beginning of the names of its signed copies.
    pub(super) fn stem(&self) -> String {
        self.path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase()
    }

    /// Takes the file away when nobody needs it any more, unless a person or a program has changed it.
    pub(super) fn tidy_up(&self) {
        let ours = crate::read_picked(&self.path).is_ok_and(|file| *file.bytes.expose() == self.content);
        if ours && let Err(error) = std::fs::remove_file(&self.path) {
            tracing::info!(%error, "a request that is no longer needed stays where it is");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_overwritten_and_only_our_own_is_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let nip = "5265877635".parse().unwrap();
        let save =
            |content: &str| RequestFile::save(folder.path(), nip, content.into(), DateTime::UNIX_EPOCH);
        let (first, second) = (save("<a/>").unwrap(), save("<b/>").unwrap());
        assert_ne!(first.path, second.path);
        assert_eq!(std::fs::read(&first.path).unwrap(), b"<a/>");
        std::fs::write(&second.path, b"<signed/>").unwrap();
        first.tidy_up();
        second.tidy_up();
        assert!(!first.path.exists());
        assert!(second.path.exists());
    }
}
