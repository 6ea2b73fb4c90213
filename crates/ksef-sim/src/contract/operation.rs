use serde::{Deserialize, Serialize};

/// An operation of the API, in domain words; `kebab-case` in the management.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    /// `POST /auth/challenge`
    Challenge,
    /// `POST /auth/xades-signature`
    AuthenticateByXades,
    /// `POST /auth/ksef-token`
    AuthenticateByToken,
    /// `GET /auth/{referenceNumber}`
    AuthenticationStatus,
    /// `POST /auth/token/redeem`
    Redeem,
    /// `POST /auth/token/refresh`
    Refresh,
    /// `GET /auth/sessions`
    ActiveSessions,
    /// `DELETE /auth/sessions/current`
    EndCurrentSession,
    /// `DELETE /auth/sessions/{referenceNumber}`
    EndSession,
    /// `GET /security/public-key-certificates`
    PublicKeys,
    /// `GET /tokens`
    Tokens,
    /// `GET /tokens/{referenceNumber}`
    Token,
    /// `POST /permissions/query/personal/grants`
    PersonalGrants,
    /// `POST /sessions/online`
    OpenOnlineSession,
    /// `POST /sessions/online/{referenceNumber}/invoices`
    SendInvoice,
    /// `POST /sessions/online/{referenceNumber}/close`
    CloseOnlineSession,
    /// `GET /sessions`
    Sessions,
    /// `GET /sessions/{referenceNumber}`
    SessionStatus,
    /// `GET /sessions/{referenceNumber}/invoices`
    SessionInvoices,
    /// `GET /sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}`
    InvoiceStatus,
    /// `GET /sessions/{referenceNumber}/invoices/failed`
    SessionFailedInvoices,
    /// `GET /sessions/{referenceNumber}/invoices/ksef/{ksefNumber}/upo`
    InvoiceUpoByKsefNumber,
    /// `GET /sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}/upo`
    InvoiceUpo,
    /// `GET /sessions/{referenceNumber}/upo/{upoReferenceNumber}`
    SessionUpo,
    /// `GET /invoices/ksef/{ksefNumber}`
    InvoiceByKsefNumber,
    /// `POST /invoices/query/metadata`
    QueryInvoiceMetadata,
    /// `POST /sessions/batch`
    OpenBatchSession,
    /// `POST /sessions/batch/{referenceNumber}/close`
    CloseBatchSession,
    /// `POST /invoices/exports`
    StartExport,
    /// `GET /invoices/exports/{referenceNumber}`
    ExportStatus,
    /// `POST /collective-identifiers`
    MakeCollectiveIdentifier,
    /// `POST /collective-identifiers/query`
    QueryCollectiveIdentifiers,
    /// `GET /collective-identifiers/{collectiveIdentifierNumber}/invoices` (until 2.8)
    CollectiveIdentifierInvoices,
    /// `POST /collective-identifiers/invoices` (since 2.9)
    InvoicesOfCollectiveIdentifiers,
    /// `GET /collective-identifiers/ksef/{ksefNumber}`
    CollectiveIdentifiersByKsefNumber,
    /// `GET /rate-limits`
    RateLimits,
    /// `GET /limits/context`
    ContextLimits,
    /// `GET /limits/subject`
    SubjectLimits,
    /// The address for downloading a UPO without a token; not an operation of the contract.
    DownloadUpo,
    /// The address for sending a part of a batch without a token; not an operation of the contract.
    UploadPart,
    /// The address for downloading a part of an export without a token; not an operation of the contract.
    DownloadPart,
}
