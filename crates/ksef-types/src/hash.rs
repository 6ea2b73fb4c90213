use std::fmt;

/// A SHA-256 digest, 32 bytes. Computed by `ksef-crypto`; on the wire Base64, in links Base64URL, in lists hex.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sha256Hash([u8; 32]);

/// Bytes that are no SHA-256 digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a SHA-256 digest has 32 bytes, found {0}")]
pub struct InvalidSha256(pub usize);

impl Sha256Hash {
    /// Wraps a digest.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// 64 lower-case hex digits, as in lists.
    #[must_use]
    pub fn to_hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl TryFrom<&[u8]> for Sha256Hash {
    type Error = InvalidSha256;

    fn try_from(bytes: &[u8]) -> Result<Self, InvalidSha256> {
        bytes.try_into().map(Self).map_err(|_| InvalidSha256(bytes.len()))
    }
}

impl fmt::Debug for Sha256Hash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Sha256Hash({})", self.to_hex())
    }
}
