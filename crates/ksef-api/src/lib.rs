//! Typed asynchronous HTTP client of KSeF 2.0, of Latarnia and of two public services. No storage.
//!
//! [`Client`] has a method for each operation of the contract 2.7 and of what 2.8 and 2.9 added, in a file for each group
//! of operations; what is decided later can be waited for (`await_…`). What is sent has types of the contract's own
//! bounds, what is read tolerates new fields and new values. Around it stand the
//! parts that every caller needs once: [`RateBudget`] (KSeF's limits are kept before they are hit),
//! [`AccessTokens`] (renewed in time, by one request), [`KeyRing`] (the ministry's keys, fetched anew when they
//! change). Every error is an [`ApiError`]: what happened ([`ErrorKind`]) and whether it may be tried again
//! ([`RetryKind`]).
//!
//! Beside KSeF stand [`WhiteList`] (VAT payers by NIP) and [`Nbp`] (exchange rates), with limits and errors of their own.
//!
//! It must not know files, databases, the keychain, cryptography or the window: signed and encrypted bytes are
//! handed to it. It is the one crate that knows `reqwest`.

mod access;
mod addresses;
mod answer;
mod auth;
mod auth_sessions;
mod body;
mod budget;
mod certificates;
mod client;
mod collective_identifiers;
mod error;
mod exports;
mod identifiers;
mod invoices;
mod key_ring;
mod latarnia;
mod limits;
mod metadata;
mod open_enum;
mod operation;
mod page;
mod part_download;
mod part_file;
mod peppol;
mod permissions;
mod public_keys;
mod public_services;
mod request;
mod resolver;
mod sessions_batch;
mod sessions_online;
mod sessions_status;
mod status;
mod testdata;
mod text;
mod tokens;
mod transport;
mod upo;
mod wait;
mod wire;

pub use access::{AccessError, AccessTokens, Authenticator, SignAgain, SignedOutside};
pub use addresses::{DownloadUrl, InvalidDownloadUrl, may_be_fetched};
pub use answer::{Answer, SystemWarning};
pub use auth::{
    AccessToken, AllowedIps, AuthenticationMethod, AuthenticationMethodCategory, AuthenticationMethodInfo,
    AuthenticationStarted, AuthenticationStatus, AuthenticationToken, AuthorizationPolicy, Challenge,
    RefreshToken, TokenAuthentication, Tokens, XadesOptions,
};
pub use auth_sessions::{AuthenticationSession, AuthenticationSessions};
pub use budget::{
    Limit, Permit, RateBudget, RateBudgets, RateGroup, RateLimits, Waiting, WaitingReason, WaitingWatch,
    Window,
};
pub use certificates::{
    CertificateEnrollment, CertificateEnrollmentData, CertificateEnrollmentStatus, CertificateInfo,
    CertificateLimit, CertificateLimits, CertificatesPage, CertificatesQuery, EnrollCertificate,
    KsefCertificateStatus, KsefCertificateType, RetrievedCertificate, RevocationReason,
};
pub use client::{AnswerSizes, Client, ClientConfig, RepeatPolicy, Timeouts};
pub use collective_identifiers::{
    CollectiveIdentifier, CollectiveIdentifiersPage, CollectiveIdentifiersQuery, InvoicePaid, InvoiceToPay,
    InvoicesPaid, Payment,
};
pub use error::{
    ApiError, CarriesApiError, ErrorKind, ExceptionDetail, ForbiddenReason, NotKsef, ProxyProblem, RetryKind,
    TimeoutPhase, TlsProblem, code,
};
pub use exports::{Export, ExportStatus, InvoicePackage, PackageCompression, PackagePart, StartExport};
pub use identifiers::{
    AuthorizedEntity, CollectiveIdentifierNumber, CompanyOrUnit, GrantAuthor, GrantTarget, Identified,
    IdentifierKind, InvalidIdentifier, NipVatUe, PeppolId, PermissionId, PersonIdentifier, PersonNumber,
};
pub use invoices::{
    Amount, AmountKind, BuyerIdentifierKind, DateKind, DateRange, FormType, InvoiceDocument, InvoiceKind,
    InvoiceQuery, Page, QueryBuyer, SortOrder, SubjectKind,
};
pub use key_ring::KeyRing;
pub use latarnia::{Availability, Latarnia, LatarniaCategory, LatarniaMessage, LatarniaStatus, LatarniaType};
pub use limits::{
    CollectiveIdentifierLimits, ContextLimits, EffectiveRateLimit, EffectiveRateLimits, SessionLimits,
    SubjectCertificateLimit, SubjectEnrollmentLimit, SubjectLimits,
};
pub use metadata::{
    InvoiceMetadata, InvoiceMetadataPage, MetadataAuthorizedSubject, MetadataBuyer, MetadataIdentifier,
    MetadataSeller, MetadataThirdSubject,
};
pub use operation::{OPERATIONS, Operation, Repeat};
pub use page::{GrantsPage, PageOf};
pub use part_download::PartDownload;
pub use part_file::PartFile;
pub use peppol::{PeppolProvider, PeppolProvidersPage};
pub use permissions::{
    AttachmentConsent, Authorization, AuthorizationGrant, AuthorizationGrantsQuery, AuthorizationKind,
    AuthorizationsSide, EntityDetails, EntityGrant, EntityGrantsQuery, EntityPermission,
    EntityPermissionGranted, EntityRole, EntityRoleKind, EuEntityGrant, EuEntityGrantsQuery, EuFirm,
    EuGrantPermission, EuPermission, FingerprintHolder, FingerprintOwner, FingerprintPerson,
    GrantAuthorization, GrantEuAdministration, GrantEuRepresentation, GrantIndirectly,
    GrantSubunitAdministration, GrantToEntity, GrantToPerson, IdDocument, OwnerPermission, Permission,
    PermissionKind, PermissionOperation, PermissionOperationStatus, PermissionState, PersonDetails,
    PersonGrant, PersonGrantsQuery, PersonGrantsScope, PersonName, PersonSubject, PersonalGrant,
    PersonalGrants, PersonalGrantsQuery, SubordinateRole, SubordinateRolesQuery, SubunitGrant,
    SubunitGrantsQuery,
};
pub use public_keys::{KeyUsage, PublicKey, PublicKeyId};
pub use public_services::{
    AccountNumber, Confirmed, CurrencyCode, DailyBudget, Entry, InvalidAccountNumber, InvalidCurrencyCode,
    MeanRate, NBP_ADDRESS, Nbp, Payer, PublicServiceConfig, PublicServiceError, VatStatus,
    WHITE_LIST_ADDRESS, WhiteList, WhiteListMethod,
};
pub use sessions_batch::{BatchFile, BatchPart, BatchSession, Compression, OpenBatchSession, PartUpload};
pub use sessions_online::{
    EncryptionInfo, FormCode, InvoiceSent, OnlineSession, OpenOnlineSession, SendInvoice,
};
pub use sessions_status::{
    InvoiceStatus, InvoiceStatusInfo, InvoicingMode, SessionInvoices, SessionKind, SessionListItem,
    SessionState, SessionStatus, SessionsPage, SessionsQuery,
};
pub use status::{ContinuationToken, StatusInfo};
pub use testdata::{
    CertificateLimitOverride, RateLimitsOverride, SessionLimitsOverride, SubjectLimitsOverride, TestData,
    TestDataGrant, TestDataPermission, TestPerson, TestSubject, TestSubjectKind, TestSubunit,
};
pub use text::{
    AddressLine, BoundedText, Description, FirmName, FirstName, FullName, InvalidText, LastName,
    PaymentDescription,
};
pub use tokens::{
    KsefTokenInfo, KsefTokenMade, KsefTokenPage, KsefTokenState, KsefTokensQuery, MakeKsefToken,
};
pub use upo::{UpoDocument, UpoPage, UpoPages};
pub use wait::{WaitError, WaitPolicy};
