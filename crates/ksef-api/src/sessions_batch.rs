//! Batch sessions: open with a declared package, upload its parts to addresses of their own, close.

use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;
use ksef_types::{ReferenceNumber, Sha256Hash};
use reqwest::Method;
use serde::{Deserialize, Serialize};

use crate::addresses::DownloadUrl;
use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::{ApiError, code};
use crate::open_enum::sent_enum;
use crate::operation::{Operation, Repeat};
use crate::part_file::PartFile;
use crate::request::Payload;
use crate::sessions_online::{EncryptionInfo, FormCode};

pub(crate) static OPEN: Operation =
    Operation::post("open_batch_session", "/sessions/batch", RateGroup::BatchSession, Repeat::Never);
pub(crate) static CLOSE: Operation = Operation::post(
    "close_batch_session",
    "/sessions/batch/{referenceNumber}/close",
    RateGroup::BatchSessionClose,
    Repeat::Safe,
);
/// Outside the API: addresses from an answer, no access token, no limits. Putting the same bytes twice does no harm.
static UPLOAD: Operation = Operation::put("upload_batch_part", "", RateGroup::Unlimited);

sent_enum! {
    /// How a package is compressed. Source: OpenAPI `CompressionType`.
    Compression {
        /// ZIP.
        Zip = "Zip",
        /// A tar archive, gzipped.
        TarGz = "TarGz",
    }
}

/// A part of a package as it is uploaded. Source: OpenAPI `BatchFilePartInfo`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchPart {
    /// From 1.
    pub ordinal_number: u32,
    /// Bytes of the encrypted part; at most 100 MB before encryption.
    pub file_size: u64,
    /// SHA-256 of the encrypted part.
    #[serde(serialize_with = "crate::wire::hash::serialize")]
    pub file_hash: Sha256Hash,
}

/// A package. Source: OpenAPI `BatchFileInfo`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchFile {
    /// Bytes of the whole package before it is split and encrypted; at most 5 GB.
    pub file_size: u64,
    /// SHA-256 of the same.
    #[serde(serialize_with = "crate::wire::hash::serialize")]
    pub file_hash: Sha256Hash,
    /// How it is compressed.
    #[serde(rename = "compressionType")]
    pub compression: Compression,
    /// Its parts, 1 to 50.
    #[serde(rename = "fileParts")]
    pub parts: Vec<BatchPart>,
}

/// Opens a batch session. Source: OpenAPI `OpenBatchSessionRequest`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OpenBatchSession {
    /// The structure of its documents.
    pub form_code: FormCode,
    /// The package.
    pub batch_file: BatchFile,
    /// Its key; every part is encrypted by itself with the same key and vector.
    pub encryption: EncryptionInfo,
    /// Whether its documents were issued offline.
    pub offline_mode: bool,
}

/// Where and how a part is uploaded. Source: OpenAPI `PartUploadRequest`.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartUpload {
    /// Which part.
    pub ordinal_number: u32,
    method: String,
    url: DownloadUrl,
    #[serde(default, deserialize_with = "crate::wire::null_as_default")]
    headers: BTreeMap<String, Option<String>>,
}

impl PartUpload {
    /// The host, for messages.
    #[must_use]
    pub fn host(&self) -> &str {
        self.url.host()
    }
}

/// Without the headers: they, too, may carry an authorisation.
impl fmt::Debug for PartUpload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PartUpload")
            .field("ordinal_number", &self.ordinal_number)
            .field("method", &self.method)
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

/// A session that waits for its parts, 20 minutes for each of them. Source: OpenAPI `OpenBatchSessionResponse`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchSession {
    /// Its number.
    pub reference_number: ReferenceNumber,
    /// Where its parts go.
    #[serde(rename = "partUploadRequests")]
    pub uploads: Vec<PartUpload>,
}

impl Client {
    /// `POST /sessions/batch`. Never repeated: a lost answer is [`crate::RetryKind::Unknown`]. A session without parts
    /// does no harm, so a caller may open another.
    ///
    /// # Errors
    /// See [`ApiError`]; 21157 and 21161 for parts of a wrong size or number, 21470 when the ministry's key has changed
    /// ([`crate::KeyRing`] deals with it).
    pub async fn open_batch_session(
        &self,
        token: &AccessToken,
        request: &OpenBatchSession,
    ) -> Result<Answer<BatchSession>, ApiError> {
        self.request(&OPEN).bearer(token.secret()).json(request).json_answer().await
    }

    /// Uploads an encrypted part, with exactly the headers given for it and without an access token; only to the
    /// environment's own hosts. Parts may be uploaded at the same time, and again after a failure.
    ///
    /// # Errors
    /// [`crate::ErrorKind::ForeignAddress`] when the address belongs to another host, [`crate::ErrorKind::NotSent`]
    /// when KSeF asks for a method that is none for uploading or for headers that are none,
    /// [`crate::ErrorKind::Forbidden`] when the time for uploading is over; else see [`ApiError`].
    pub async fn upload_batch_part(&self, upload: &PartUpload, part: Bytes) -> Result<Answer<()>, ApiError> {
        self.upload_payload(upload, Payload::Bytes(part)).await
    }

    /// The same from a file, which is read while it is sent: a part is never in memory as a whole.
    ///
    /// # Errors
    /// Those of [`Client::upload_batch_part`]; [`crate::ErrorKind::NotSent`] also when the file cannot be opened or has
    /// another size than it had.
    pub async fn upload_batch_part_from(
        &self,
        upload: &PartUpload,
        part: &PartFile,
    ) -> Result<Answer<()>, ApiError> {
        self.upload_payload(upload, Payload::File(part.clone())).await
    }

    async fn upload_payload(&self, upload: &PartUpload, part: Payload) -> Result<Answer<()>, ApiError> {
        let method = match upload.method.as_str() {
            "PUT" => Method::PUT,
            "POST" => Method::POST,
            _ => return Err(ApiError::new(&UPLOAD, crate::error::ErrorKind::NotSent, false)),
        };
        let given =
            upload.headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?)));
        self.download(&UPLOAD, &upload.url)?.upload(method, given, part).await
    }

    /// `POST /sessions/batch/{referenceNumber}/close`. Repeated after a lost answer; when KSeF then says that the
    /// session's status does not allow it (21180), the lost one had closed it.
    ///
    /// # Errors
    /// See [`ApiError`]; 21157 and 21205 for parts that are missing or differ from what was declared, 21208 when the
    /// time is over. Whatever it is, [`Client::session_status`] tells whether the session was closed.
    pub async fn close_batch_session(
        &self,
        token: &AccessToken,
        session: &ReferenceNumber,
    ) -> Result<Answer<()>, ApiError> {
        self.request(&CLOSE)
            .reference(session.as_str())
            .bearer(token.secret())
            .done_before_if(code::SESSION_STATUS_FORBIDS)
            .no_answer()
            .await
    }
}
