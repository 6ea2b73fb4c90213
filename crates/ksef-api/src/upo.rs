//! UPO, KSeF's signed receipts: of one document, of a session in parts, and from the addresses given for them.

use chrono::{DateTime, Utc};
use ksef_types::{KsefNumber, ReferenceNumber, Sha256Hash};
use serde::Deserialize;

use crate::addresses::DownloadUrl;
use crate::answer::Answer;
use crate::auth::AccessToken;
use crate::body::Document;
use crate::budget::RateGroup;
use crate::client::Client;
use crate::error::ApiError;
use crate::operation::Operation;

pub(crate) static INVOICE: Operation = Operation::get(
    "invoice_upo",
    "/sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}/upo",
    RateGroup::SessionMisc,
);
pub(crate) static INVOICE_BY_NUMBER: Operation = Operation::get(
    "invoice_upo_by_ksef_number",
    "/sessions/{referenceNumber}/invoices/ksef/{ksefNumber}/upo",
    RateGroup::SessionMisc,
);
pub(crate) static SESSION: Operation = Operation::get(
    "session_upo",
    "/sessions/{referenceNumber}/upo/{upoReferenceNumber}",
    RateGroup::SessionMisc,
);
/// Outside the API: an address from an answer, no access token, no limits (OpenAPI `UpoPageResponse`).
static DOWNLOAD: Operation = Operation::get("download_upo", "", RateGroup::Unlimited);

/// The parts of a session's UPO, each for up to 10 000 documents.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpoPages {
    /// In order.
    pub pages: Vec<UpoPage>,
}

/// A part of a session's UPO. Source: OpenAPI `UpoPageResponse`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpoPage {
    /// Its number, for [`Client::session_upo`].
    pub reference_number: ReferenceNumber,
    /// Where it can be fetched without a token.
    pub download_url: DownloadUrl,
    /// Until when.
    pub download_url_expiration_date: DateTime<Utc>,
}

/// A UPO as KSeF signed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpoDocument {
    /// The XML, byte by byte.
    pub xml: Vec<u8>,
    /// SHA-256 from the header `x-ms-meta-hash`; the caller compares it.
    pub announced_hash: Option<Sha256Hash>,
}

impl From<Document> for UpoDocument {
    fn from(document: Document) -> Self {
        Self { xml: document.bytes, announced_hash: document.announced_hash }
    }
}

impl Client {
    /// `GET /sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}/upo`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn invoice_upo(
        &self,
        token: &AccessToken,
        session: &ReferenceNumber,
        invoice: &ReferenceNumber,
    ) -> Result<Answer<UpoDocument>, ApiError> {
        let request = self.request(&INVOICE).reference(session.as_str()).reference(invoice.as_str());
        Ok(request.bearer(token.secret()).document_answer().await?.map(UpoDocument::from))
    }

    /// `GET /sessions/{referenceNumber}/invoices/ksef/{ksefNumber}/upo`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn invoice_upo_by_ksef_number(
        &self,
        token: &AccessToken,
        session: &ReferenceNumber,
        number: &KsefNumber,
    ) -> Result<Answer<UpoDocument>, ApiError> {
        let request = self.request(&INVOICE_BY_NUMBER).reference(session.as_str()).reference(number.as_str());
        Ok(request.bearer(token.secret()).document_answer().await?.map(UpoDocument::from))
    }

    /// `GET /sessions/{referenceNumber}/upo/{upoReferenceNumber}`: one part of a session's UPO.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn session_upo(
        &self,
        token: &AccessToken,
        session: &ReferenceNumber,
        page: &ReferenceNumber,
    ) -> Result<Answer<UpoDocument>, ApiError> {
        let request = self.request(&SESSION).reference(session.as_str()).reference(page.as_str());
        Ok(request.bearer(token.secret()).document_answer().await?.map(UpoDocument::from))
    }

    /// Fetches a UPO from an address that KSeF gave, without a token; only from the environment's own hosts.
    ///
    /// # Errors
    /// [`crate::ErrorKind::ForeignAddress`] when the address belongs to another host; else see [`ApiError`].
    pub async fn download_upo(&self, address: &DownloadUrl) -> Result<Answer<UpoDocument>, ApiError> {
        let request = self.download(&DOWNLOAD, address)?;
        Ok(request.document_answer().await?.map(UpoDocument::from))
    }
}
