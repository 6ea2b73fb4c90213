//! A part of a package in a file: read piece by piece while it goes up, so that fifty parts of a hundred megabytes need no
//! memory of that size.

use std::io;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use tokio::io::AsyncReadExt as _;

/// Bytes that are read and sent at a time.
const PIECE: usize = 64 * 1024;

/// An encrypted part in a file. The file is opened anew for each attempt, and may not change meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartFile {
    path: PathBuf,
    size: u64,
}

impl PartFile {
    /// The file as it is now.
    ///
    /// # Errors
    /// When it is not there, or is no file.
    pub async fn of(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        let found = tokio::fs::metadata(&path).await?;
        if !found.is_file() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        Ok(Self { path, size: found.len() })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its bytes: what [`crate::BatchPart::file_size`] declares.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Its content from the beginning: exactly [`PartFile::size`] bytes, or an error at the end of a shorter one. Read by
    /// hand: a ready-made stream of a reader ends where the file does and says nothing, and over HTTP/2 nobody on this
    /// side compares what went with what was declared.
    pub(crate) fn open(&self) -> io::Result<reqwest::Body> {
        let file = std::fs::File::open(&self.path)?;
        if file.metadata()?.len() != self.size {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let state = (tokio::fs::File::from_std(file), self.size);
        let pieces = futures::stream::try_unfold(state, |(mut file, left)| async move {
            if left == 0 {
                return Ok(None);
            }
            let most = usize::try_from(left).unwrap_or(usize::MAX).min(PIECE);
            let mut piece = vec![0; most];
            let read = file.read(&mut piece).await?;
            if read == 0 {
                return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
            }
            piece.truncate(read);
            Ok(Some((Bytes::from(piece), (file, left - read as u64))))
        });
        Ok(reqwest::Body::wrap_stream(pieces))
    }
}
