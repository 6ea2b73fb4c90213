//! A part of a package as a stream: never more than was announced, and only whole when size and digest fit.

use bytes::Bytes;
use futures::StreamExt as _;
use futures::stream::BoxStream;
use ksef_types::Sha256Hash;
use sha2::{Digest as _, Sha256};

use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::{ApiError, ErrorKind, NotKsef, classify};
use crate::exports::PackagePart;
use crate::operation::Operation;

/// Outside the API: addresses from an answer, no access token, no limits (OpenAPI `InvoicePackagePart`).
pub(crate) static DOWNLOAD: Operation = Operation::get("download_part", "", RateGroup::Unlimited);

/// A part that is being fetched. It is good only after [`PartDownload::chunk`] has answered `None`.
pub struct PartDownload {
    pieces: BoxStream<'static, Result<Bytes, reqwest::Error>>,
    hasher: Sha256,
    left: u64,
    expected: Sha256Hash,
    done: bool,
}

impl PartDownload {
    /// The next piece; `None` once everything has come and size and digest are those that KSeF announced.
    ///
    /// # Errors
    /// [`NotKsef::CutOff`] for fewer bytes than announced, [`ErrorKind::TooLarge`] for more,
    /// [`NotKsef::WrongHash`] for other ones; else see [`ApiError`]. What came so far is worthless then; the whole part
    /// may be fetched again.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, ApiError> {
        if self.done {
            return Ok(None);
        }
        let outcome = match self.pieces.next().await {
            Some(Ok(piece)) => self.take(piece).map(Some),
            Some(Err(error)) => Err(classify(&DOWNLOAD, error)),
            None => self.finish().map(|()| None),
        };
        self.done = !matches!(outcome, Ok(Some(_)));
        outcome
    }

    fn take(&mut self, piece: Bytes) -> Result<Bytes, ApiError> {
        let announced = self.left;
        self.left = announced
            .checked_sub(piece.len() as u64)
            .ok_or_else(|| failed(ErrorKind::TooLarge { limit: announced }))?;
        self.hasher.update(&piece);
        Ok(piece)
    }

    fn finish(&mut self) -> Result<(), ApiError> {
        if self.left > 0 {
            return Err(failed(ErrorKind::NotKsef(NotKsef::CutOff)));
        }
        let found: [u8; 32] = std::mem::take(&mut self.hasher).finalize().into();
        if Sha256Hash::new(found) == self.expected {
            Ok(())
        } else {
            Err(failed(ErrorKind::NotKsef(NotKsef::WrongHash)))
        }
    }
}

impl std::fmt::Debug for PartDownload {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("PartDownload").field("left", &self.left).finish_non_exhaustive()
    }
}

fn failed(kind: ErrorKind) -> ApiError {
    ApiError::new(&DOWNLOAD, kind, true)
}

impl Client {
    /// Begins fetching a part of a package, without a token; only from the environment's own hosts. Beginning is
    /// repeated where that is safe, the stream itself is not.
    ///
    /// # Errors
    /// [`ErrorKind::ForeignAddress`] when the address belongs to another host, [`ErrorKind::TooLarge`] when the part is
    /// larger than the client's bound, [`ErrorKind::Forbidden`] or [`ErrorKind::Gone`] when the address no longer
    /// works (a new look at the export's status gives another); else see [`ApiError`].
    pub async fn download_part(&self, part: &PackagePart) -> Result<PartDownload, ApiError> {
        let limit = self.config().sizes.part;
        if part.encrypted_part_size > limit {
            return Err(ApiError::new(&DOWNLOAD, ErrorKind::TooLarge { limit }, false));
        }
        let pieces = self.download(&DOWNLOAD, &part.url)?.stream().await?;
        let (left, expected) = (part.encrypted_part_size, part.encrypted_part_hash);
        Ok(PartDownload { pieces, hasher: Sha256::new(), left, expected, done: false })
    }

    /// Fetches a whole part into memory, still encrypted.
    ///
    /// # Errors
    /// Those of [`Client::download_part`] and [`PartDownload::chunk`].
    pub async fn fetch_part(&self, part: &PackagePart) -> Result<Vec<u8>, ApiError> {
        let mut download = self.download_part(part).await?;
        let mut whole = Vec::new();
        while let Some(piece) = download.chunk().await? {
            whole.extend_from_slice(&piece);
        }
        Ok(whole)
    }
}
