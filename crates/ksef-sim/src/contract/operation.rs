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
    /// `GET /certificates/limits`
    CertificateLimits,
    /// `GET /certificates/enrollments/data`
    EnrollmentData,
    /// `POST /certificates/enrollments`
    Enroll,
    /// `GET /certificates/enrollments/{referenceNumber}`
    EnrollmentStatus,
    /// `POST /certificates/retrieve`
    RetrieveCertificates,
    /// `POST /certificates/{certificateSerialNumber}/revoke`
    RevokeCertificate,
    /// `POST /certificates/query`
    QueryCertificates,
    /// `POST /tokens`
    GenerateToken,
    /// `DELETE /tokens/{referenceNumber}`
    RevokeToken,
    /// `POST /permissions/persons/grants`
    GrantToPerson,
    /// `POST /permissions/entities/grants`
    GrantToEntity,
    /// `POST /permissions/authorizations/grants`
    GrantAuthorization,
    /// `POST /permissions/indirect/grants`
    GrantIndirectly,
    /// `POST /permissions/subunits/grants`
    GrantToSubunit,
    /// `POST /permissions/eu-entities/administration/grants`
    GrantEuAdministration,
    /// `POST /permissions/eu-entities/grants`
    GrantToEuEntity,
    /// `DELETE /permissions/common/grants/{permissionId}`
    RevokeGrant,
    /// `DELETE /permissions/authorizations/grants/{permissionId}`
    RevokeAuthorization,
    /// `GET /permissions/operations/{referenceNumber}`
    PermissionOperation,
    /// `GET /permissions/attachments/status`
    AttachmentConsent,
    /// `POST /permissions/query/persons/grants`
    PersonGrants,
    /// `POST /permissions/query/subunits/grants`
    SubunitGrants,
    /// `POST /permissions/query/entities/grants`
    EntityGrants,
    /// `GET /permissions/query/entities/roles`
    EntityRoles,
    /// `POST /permissions/query/subordinate-entities/roles`
    SubordinateRoles,
    /// `POST /permissions/query/authorizations/grants`
    AuthorizationGrants,
    /// `POST /permissions/query/eu-entities/grants`
    EuEntityGrants,
    /// `GET /peppol/query`
    PeppolProviders,
    /// `POST /testdata/subject`
    CreateSubject,
    /// `POST /testdata/subject/remove`
    RemoveSubject,
    /// `POST /testdata/person`
    CreatePerson,
    /// `POST /testdata/person/remove`
    RemovePerson,
    /// `POST /testdata/permissions`
    GrantTestPermissions,
    /// `POST /testdata/permissions/revoke`
    RevokeTestPermissions,
    /// `POST /testdata/attachment`
    AllowAttachments,
    /// `POST /testdata/attachment/revoke`
    DisallowAttachments,
    /// `POST /testdata/context/block`
    BlockContext,
    /// `POST /testdata/context/unblock`
    UnblockContext,
    /// `POST /testdata/limits/context/session`
    SetSessionLimits,
    /// `DELETE /testdata/limits/context/session`
    ResetSessionLimits,
    /// `POST /testdata/limits/subject/certificate`
    SetCertificateLimits,
    /// `DELETE /testdata/limits/subject/certificate`
    ResetCertificateLimits,
    /// `POST /testdata/rate-limits`
    SetRateLimits,
    /// `DELETE /testdata/rate-limits`
    ResetRateLimits,
    /// `POST /testdata/rate-limits/production`
    UseProductionRateLimits,
    /// `PUT /testdata/certificates/{serialNumber}`
    ChangeCertificateEnd,
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
