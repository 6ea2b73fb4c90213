//! Values of the engine as texts in the archive.

use ksef_archive::ArchiveError;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// `what` names the value, for the error; a value of ours is always written.
pub(crate) fn write<T: Serialize>(value: &T, what: &'static str) -> Result<String, ArchiveError> {
    serde_json::to_string(value).map_err(|_| ArchiveError::Damaged(what))
}

/// What does not read back is damage.
pub(crate) fn read<T: DeserializeOwned>(text: &str, what: &'static str) -> Result<T, ArchiveError> {
    serde_json::from_str(text).map_err(|_| ArchiveError::Damaged(what))
}
