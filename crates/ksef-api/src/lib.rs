//! Typed asynchronous HTTP client of KSeF 2.0, of Latarnia and of two public services. No storage.
//!
//! [`Client`] has a method for each operation, in a file for each group of operations. Around it stand the
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
mod auth_wait;
mod body;
mod budget;
mod client;
mod error;
mod invoices;
mod key_ring;
mod latarnia;
mod limits;
mod metadata;
mod open_enum;
mod operation;
mod permissions;
mod public_keys;
mod public_services;
mod request;
mod resolver;
mod sessions_online;
mod sessions_status;
mod status;
mod tokens;
mod transport;
mod upo;
mod wire;

pub use access::{AccessError, AccessTokens, Authenticator};
pub use addresses::{DownloadUrl, InvalidDownloadUrl, may_be_fetched};
pub use answer::{Answer, SystemWarning};
pub use auth::{
    AccessToken, AllowedIps, AuthenticationMethod, AuthenticationMethodCategory, AuthenticationMethodInfo,
    AuthenticationSession, AuthenticationSessions, AuthenticationStarted, AuthenticationStatus,
    AuthenticationToken, AuthorizationPolicy, Challenge, RefreshToken, TokenAuthentication, Tokens,
    XadesOptions,
};
pub use auth_wait::{WaitError, WaitPolicy};
pub use budget::{
    Limit, Permit, RateBudget, RateBudgets, RateGroup, RateLimits, Waiting, WaitingReason, WaitingWatch,
    Window,
};
pub use client::{AnswerSizes, Client, ClientConfig, RepeatPolicy, Timeouts};
pub use error::{
    ApiError, CarriesApiError, ErrorKind, ExceptionDetail, ForbiddenReason, NotKsef, ProxyProblem, RetryKind,
    TimeoutPhase, TlsProblem, code,
};
pub use invoices::{
    Amount, AmountKind, BuyerIdentifierKind, DateKind, DateRange, FormType, InvoiceDocument, InvoiceKind,
    InvoiceQuery, Page, QueryBuyer, SortOrder, SubjectKind,
};
pub use key_ring::KeyRing;
pub use latarnia::{Availability, Latarnia, LatarniaCategory, LatarniaMessage, LatarniaStatus, LatarniaType};
pub use limits::{
    ContextLimits, EffectiveRateLimit, EffectiveRateLimits, SessionLimits, SubjectCertificateLimit,
    SubjectEnrollmentLimit, SubjectLimits,
};
pub use metadata::{
    InvoiceMetadata, InvoiceMetadataPage, MetadataAuthorizedSubject, MetadataBuyer, MetadataIdentifier,
    MetadataSeller, MetadataThirdSubject,
};
pub use operation::{OPERATIONS, Operation, Repeat};
pub use permissions::{
    AuthorizedKind, EntityDetails, OwnerPermission, PermissionAuthorized, PermissionContext,
    PermissionContextKind, PermissionState, PermissionTarget, PermissionTargetKind, PersonDetails,
    PersonalGrant, PersonalGrants, PersonalGrantsQuery, PersonalPermission,
};
pub use public_keys::{KeyUsage, PublicKey, PublicKeyId};
pub use public_services::{
    AccountNumber, Confirmed, CurrencyCode, DailyBudget, Entry, InvalidAccountNumber, InvalidCurrencyCode,
    MeanRate, NBP_ADDRESS, Nbp, Payer, PublicServiceConfig, PublicServiceError, VatStatus,
    WHITE_LIST_ADDRESS, WhiteList, WhiteListMethod,
};
pub use sessions_online::{
    EncryptionInfo, FormCode, InvoiceSent, OnlineSession, OpenOnlineSession, SendInvoice,
};
pub use sessions_status::{
    InvoiceStatus, InvoiceStatusInfo, InvoicingMode, SessionInvoices, SessionKind, SessionListItem,
    SessionState, SessionStatus, SessionsPage, SessionsQuery,
};
pub use status::{ContinuationToken, StatusInfo};
pub use tokens::{
    KsefTokenAuthor, KsefTokenAuthorKind, KsefTokenInfo, KsefTokenPage, KsefTokenPermission, KsefTokenState,
    KsefTokensQuery,
};
pub use upo::{UpoDocument, UpoPage, UpoPages};
