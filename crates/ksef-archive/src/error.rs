use rusqlite::ErrorCode;

/// Why the archive did not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// A newer program made this database; this one would not understand it. Install the newer program.
    #[error("the archive has version {found}, this program knows {known}")]
    Newer {
        /// Version of the database.
        found: u32,
        /// Version that this program makes.
        known: u32,
    },
    /// The file is no SQLite database, is cut off, or holds what this program never writes.
    #[error("the archive is damaged: {0}")]
    Damaged(&'static str),
    /// A whole SQLite database, of another program.
    #[error("the database belongs to another program")]
    Foreign,
    /// Another process holds the archive for too long.
    #[error("another process holds the archive")]
    Busy,
    /// No space left on the disk.
    #[error("the disk is full")]
    DiskFull,
    /// The file or its folder may not be written, or the folder is not there.
    #[error("the archive cannot be opened for writing")]
    NotWritable,
    /// The disk failed.
    #[error("the disk failed: {0}")]
    Disk(#[source] rusqlite::Error),
    /// The lock file of an outbox cannot be made or locked.
    #[error("the lock file cannot be used: {0}")]
    Lock(#[source] std::io::Error),
    /// The change would break a rule of the archive: a second row of the same document, a changed document, a number taken
    /// back. Nothing was changed.
    #[error("a rule of the archive forbids the change: {0}")]
    Rule(String),
    /// Anything else that SQLite says: a fault of the program.
    #[error("the archive failed: {0}")]
    Sql(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for ArchiveError {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, ref message) = error else {
            return match error {
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::IntegralValueOutOfRange(..) => Self::Damaged("a value in a row"),
                other => Self::Sql(other),
            };
        };
        match failure.code {
            ErrorCode::DatabaseCorrupt => Self::Damaged("broken pages"),
            ErrorCode::NotADatabase => Self::Damaged("not a database"),
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::DiskFull => Self::DiskFull,
            ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Self::NotWritable,
            ErrorCode::SystemIoFailure => Self::Disk(error),
            ErrorCode::ConstraintViolation => Self::Rule(message.clone().unwrap_or_default()),
            _ => Self::Sql(error),
        }
    }
}
