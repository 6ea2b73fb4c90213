use serde::{Deserialize, Serialize};

/// How a package is packed. Source: OpenAPI `CompressionType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) enum Compression {
    #[default]
    Zip,
    TarGz,
}

impl Compression {
    /// By the word of the contract; what is absent or null is a ZIP.
    pub(crate) fn of(word: Option<&str>) -> Self {
        if word == Some("TarGz") { Self::TarGz } else { Self::Zip }
    }

    /// Ending of a file's name.
    pub(crate) const fn ending(self) -> &'static str {
        match self {
            Self::Zip => "zip",
            Self::TarGz => "tar.gz",
        }
    }
}

/// What a batch session was opened for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Batch {
    /// `offlineMode` of every document in it.
    pub(crate) offline: bool,
    pub(crate) compression: Compression,
    /// Bytes of the package before it was split and encrypted.
    pub(crate) size: u64,
    /// Its SHA-256, Base64.
    pub(crate) hash: String,
    /// In the order of their numbers, from 1.
    pub(crate) parts: Vec<BatchPart>,
}

impl Batch {
    /// Minutes for sending, for each part that was declared. Source: the guide, "Sesja wsadowa".
    pub(crate) const MINUTES_A_PART: i64 = 20;
    /// Most bytes of a part before encryption.
    pub(crate) const LARGEST_PART: u64 = 100_000_000;
    /// Most parts.
    pub(crate) const MOST_PARTS: usize = 50;
}

/// A part, encrypted by itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct BatchPart {
    pub(crate) ordinal: u32,
    /// Bytes as declared.
    pub(crate) size: u64,
    /// SHA-256 as declared, Base64.
    pub(crate) hash: String,
    /// Bytes and SHA-256 of what came.
    pub(crate) uploaded: Option<(u64, String)>,
}
