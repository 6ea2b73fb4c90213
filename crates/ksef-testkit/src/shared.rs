use std::path::{Path, PathBuf};

/// The folder with the ministry's contract as data, `../shared/ksef` beside the repository.
///
/// `KSEF_SHARED` names another place. Where neither exists the answer is `None`, and a test that needs it
/// says "skipped" and returns: a clone of the project alone stays green.
#[must_use]
pub fn shared() -> Option<PathBuf> {
    let named = std::env::var_os("KSEF_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/ksef");
    named.into_iter().chain([beside]).find(|folder| folder.join("open-api.json").is_file())
}
