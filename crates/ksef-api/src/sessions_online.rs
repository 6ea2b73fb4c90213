//! Interactive sessions: open, send a document, close.

use chrono::{DateTime, Utc};
use ksef_types::{ReferenceNumber, SecretBytes, Sha256Hash};
use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::ApiError;
use crate::operation::{Operation, Repeat};
use crate::public_keys::PublicKeyId;

pub(crate) static OPEN: Operation =
    Operation::post("open_online_session", "/sessions/online", RateGroup::OnlineSession, Repeat::Never);
pub(crate) static SEND: Operation = Operation::post(
    "send_invoice",
    "/sessions/online/{referenceNumber}/invoices",
    RateGroup::InvoiceSend,
    Repeat::Never,
);
pub(crate) static CLOSE: Operation = Operation::post(
    "close_online_session",
    "/sessions/online/{referenceNumber}/close",
    RateGroup::OnlineSessionClose,
    Repeat::Safe,
);

/// The structure of the documents in a session. Source: OpenAPI `FormCode`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FormCode {
    /// Such as `FA (3)`.
    pub system_code: String,
    /// Such as `1-0E`.
    pub schema_version: String,
    /// Such as `FA`.
    pub value: String,
}

impl FormCode {
    /// `FA (3)`, `1-0E`, `FA`: the structure in force since February 2026.
    #[must_use]
    pub fn fa3() -> Self {
        Self { system_code: "FA (3)".to_owned(), schema_version: "1-0E".to_owned(), value: "FA".to_owned() }
    }
}

/// The key of a session, wrapped for the ministry. Source: OpenAPI `EncryptionInfo`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EncryptionInfo {
    /// RSA-OAEP-SHA256 of the AES-256 key, the ciphertext. Base64 is added here, once.
    #[serde(serialize_with = "crate::wire::secret_bytes::serialize")]
    pub encrypted_symmetric_key: SecretBytes,
    /// The initialization vector.
    #[serde(serialize_with = "crate::wire::bytes::serialize")]
    pub initialization_vector: [u8; 16],
    /// The key with which it was wrapped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_key_id: Option<PublicKeyId>,
}

/// Opens a session. Source: OpenAPI `OpenOnlineSessionRequest`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OpenOnlineSession {
    /// The structure of its documents.
    pub form_code: FormCode,
    /// Its key.
    pub encryption: EncryptionInfo,
}

/// A session that takes documents. Source: OpenAPI `OpenOnlineSessionResponse`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OnlineSession {
    /// Its number.
    pub reference_number: ReferenceNumber,
    /// Until when it takes documents.
    pub valid_until: DateTime<Utc>,
}

/// One encrypted document. Source: OpenAPI `SendInvoiceRequest`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SendInvoice {
    /// SHA-256 of the document as issued.
    #[serde(serialize_with = "crate::wire::hash::serialize")]
    pub invoice_hash: Sha256Hash,
    /// Bytes of the document as issued.
    pub invoice_size: u64,
    /// SHA-256 of the encrypted document.
    #[serde(serialize_with = "crate::wire::hash::serialize")]
    pub encrypted_invoice_hash: Sha256Hash,
    /// Bytes of the encrypted document.
    pub encrypted_invoice_size: u64,
    /// The encrypted document.
    #[serde(serialize_with = "crate::wire::bytes::serialize")]
    pub encrypted_invoice_content: Vec<u8>,
    /// Whether it was issued offline.
    pub offline_mode: bool,
    /// SHA-256 of the refused document that this one replaces (technical correction).
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::wire::optional_hash::serialize"
    )]
    pub hash_of_corrected_invoice: Option<Sha256Hash>,
}

/// KSeF has the document; whether it accepts it is asked for under this number. Source: OpenAPI `SendInvoiceResponse`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InvoiceSent {
    /// The number of the document within KSeF until it has a KSeF number.
    pub reference_number: ReferenceNumber,
}

impl Client {
    /// `POST /sessions/online`. Never repeated: a lost answer is [`crate::RetryKind::Unknown`]. A session without
    /// documents does no harm, so a caller may open another.
    ///
    /// # Errors
    /// See [`ApiError`]; 21470 when the ministry's key has changed ([`crate::KeyRing`] deals with it).
    pub async fn open_online_session(
        &self,
        token: &AccessToken,
        request: &OpenOnlineSession,
    ) -> Result<Answer<OnlineSession>, ApiError> {
        self.request(&OPEN).bearer(token.secret()).json(request).json_answer().await
    }

    /// `POST /sessions/online/{referenceNumber}/invoices`. Never repeated: after a lost answer
    /// ([`crate::RetryKind::Unknown`]) ask [`Client::session_invoices`] for the hash before sending again.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn send_invoice(
        &self,
        token: &AccessToken,
        session: &ReferenceNumber,
        invoice: &SendInvoice,
    ) -> Result<Answer<InvoiceSent>, ApiError> {
        self.request(&SEND)
            .reference(session.as_str())
            .bearer(token.secret())
            .json(invoice)
            .json_answer()
            .await
    }

    /// `POST /sessions/online/{referenceNumber}/close`. Repeated after a lost answer; when KSeF then says that the
    /// session's status does not allow it (21180), the lost one had closed it.
    ///
    /// # Errors
    /// See [`ApiError`]. Whatever it is, [`Client::session_status`] tells whether the session was closed.
    pub async fn close_online_session(
        &self,
        token: &AccessToken,
        session: &ReferenceNumber,
    ) -> Result<Answer<()>, ApiError> {
        self.request(&CLOSE)
            .reference(session.as_str())
            .bearer(token.secret())
            .done_before_if(crate::error::code::SESSION_STATUS_FORBIDS)
            .no_answer()
            .await
    }
}
