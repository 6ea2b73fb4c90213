use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read};
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
    read_at_most(path, LARGEST_FILE)
}

/// Reads a file that a person picked, of at most so many bytes.
///
/// # Errors
/// Says what stands in the way; nothing is read of a file that is too large.
pub fn read_at_most(path: &Path, limit: u64) -> Result<PickedFile, FileProblem> {
    // Asked before opening: a pipe would keep the caller waiting, a folder is "no permission" on some systems.
    judge(&std::fs::metadata(path).map_err(problem)?, limit)?;
    let file = File::open(path).map_err(problem)?;
    let metadata = file.metadata().map_err(problem)?;
    judge(&metadata, limit)?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0) + 1);
    // It may have grown since.
    file.take(limit + 1).read_to_end(&mut bytes).map_err(problem)?;
    let size = bytes.len() as u64;
    let bytes = SecretBytes::from(bytes);
    if size > limit {
        return Err(FileProblem::TooLarge { size, limit });
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(PickedFile { name, bytes })
}

fn judge(metadata: &Metadata, limit: u64) -> Result<(), FileProblem> {
    if metadata.is_dir() {
        return Err(FileProblem::Folder);
    }
    if !metadata.is_file() {
        return Err(FileProblem::NotAFile);
    }
    let size = metadata.len();
    if size > limit { Err(FileProblem::TooLarge { size, limit }) } else { Ok(()) }
}

pub(crate) fn problem(error: std::io::Error) -> FileProblem {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename => FileProblem::NotFound,
        ErrorKind::PermissionDenied => FileProblem::NoPermission,
        ErrorKind::IsADirectory => FileProblem::Folder,
        other => FileProblem::Unreadable(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_polish_letters_and_spaces_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Żółta łódź.crt");
        std::fs::write(&path, b"abc").unwrap();
        let picked = read_picked(&path).unwrap();
        assert_eq!(picked.name, "Żółta łódź.crt");
        assert_eq!(picked.bytes.expose(), b"abc");
    }

    #[test]
    fn what_stands_in_the_way_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read_picked(folder.path()).unwrap_err(), FileProblem::Folder);
        assert_eq!(read_picked(&folder.path().join("nie ma")).unwrap_err(), FileProblem::NotFound);
        let large = folder.path().join("100 MB");
        File::create(&large).unwrap().set_len(100_000_000).unwrap();
        assert_eq!(
            read_picked(&large).unwrap_err(),
            FileProblem::TooLarge { size: 100_000_000, limit: LARGEST_FILE }
        );
    }

    #[cfg(unix)]
    #[test]
    fn no_permission_and_no_ordinary_file() {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(read_picked(Path::new("/dev/zero")).unwrap_err(), FileProblem::NotAFile);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("moje.key");
        std::fs::write(&path, b"abc").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
        if File::open(&path).is_ok() {
            println!("skipped: the superuser may read everything");
            return;
        }
        assert_eq!(read_picked(&path).unwrap_err(), FileProblem::NoPermission);
    }
}
