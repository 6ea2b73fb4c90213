use std::path::Path;

use ksef_types::SecretBytes;

/// A file that a person chose or dropped: its name and content. The content may be a private key.
#[derive(Debug, Clone)]
pub struct PickedFile {
    /// Name without folder.
    pub name: String,
    /// Content.
    pub bytes: SecretBytes,
}

/// The largest file that is read, in bytes. Larger ones are no credentials and no invoices.
pub const LARGEST_FILE: u64 = 4 * 1024 * 1024;

/// Why a file could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    /// There is no such file.
    #[error("the file is not there")]
    NotFound,
    /// It is a folder.
    #[error("this is a folder")]
    Folder,
    /// The system does not permit to read it.
    #[error("no permission to read the file")]
    NoPermission,
    /// Larger than anything that the program reads; sizes in bytes.
    #[error("the file has {size} bytes, at most {limit} are read")]
    TooLarge {
        /// What the file has.
        size: u64,
        /// What is read at most.
        limit: u64,
    },
    /// A device, a pipe or the like.
    #[error("this is no ordinary file")]
    NotAFile,
    /// The disk or the network share failed.
    #[error("the file could not be read ({0})")]
    Unreadable(std::io::ErrorKind),
}

/// Reads a file that a person picked, within limits.
///
/// # Errors
/// Says what stands in the way; nothing is read of a file that is too large.
pub fn read_picked(path: &Path) -> Result<PickedFile, FileProblem> {
    let _ = path;
    unimplemented!()
}
