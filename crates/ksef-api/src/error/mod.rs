//! What can go wrong, in terms that a caller can act upon.

mod kind;
mod network;
mod refusal;
mod tls;

use std::fmt;
use std::sync::Arc;

pub use kind::{ErrorKind, ForbiddenReason, NotKsef, ProxyProblem, RetryKind, TimeoutPhase, TlsProblem};
pub use refusal::ExceptionDetail;
pub(crate) use refusal::{Refusal, read_refusal};

use crate::operation::{Operation, Repeat};

/// Codes of refusals on which the client itself acts. Source: OpenAPI, the tables of the 400 answers.
pub mod code {
    /// The operation of authentication is not (yet) known, or a token was revoked.
    pub const NO_AUTHENTICATION: i32 = 21304;
    /// The session's status does not allow it.
    pub const SESSION_STATUS_FORBIDS: i32 = 21180;
    /// The session is unavailable for a moment (since 2.8).
    pub const SESSION_UNAVAILABLE: i32 = 21184;
    /// The invoice is processed but cannot be fetched yet.
    pub const INVOICE_NOT_YET_AVAILABLE: i32 = 21165;
    /// The continuation token is no longer good: start the listing again.
    pub const CONTINUATION_REFUSED: i32 = 21418;
    /// There is no application for a certificate under this number (yet).
    pub const NO_ENROLLMENT: i32 = 25005;
    /// A certificate that is revoked, blocked or expired cannot be revoked.
    pub const NOT_REVOCABLE: i32 = 25009;
    /// There is no export under this number (yet).
    pub const NO_EXPORT: i32 = 21175;
    /// As many exports as may run at once are running.
    pub const EXPORTS_RUNNING: i32 = 21182;
    /// The body could not be read (since 2.9).
    pub const BODY_UNREADABLE: i32 = 21001;
    /// Invoices of different sellers in one collective identifier (since 2.8).
    pub const COLLECTIVE_SELLERS: i32 = 71004;
    /// A KSeF number twice in a collective identifier (since 2.8).
    pub const COLLECTIVE_REPEATED: i32 = 71005;
    /// The ministry's key is unknown or withdrawn: fetch the keys anew and repeat once.
    pub const KEY_REFUSED: i32 = 21470;
}

/// An operation that did not end as wanted.
///
/// Holds no piece of a request, and of an answer only what the contract says about errors.
#[derive(Clone)]
pub struct ApiError(Box<Inner>);

#[derive(Clone)]
struct Inner {
    operation: &'static str,
    repeat: Repeat,
    kind: ErrorKind,
    /// Whether the request may have reached KSeF.
    sent: bool,
    trace_id: Option<String>,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

impl ApiError {
    pub(crate) fn new(operation: &Operation, kind: ErrorKind, sent: bool) -> Self {
        let (operation, repeat) = (operation.name, operation.repeat);
        Self(Box::new(Inner { operation, repeat, kind, sent, trace_id: None, source: None }))
    }

    /// Before any operation: the client itself could not be made or used.
    pub(crate) fn local(operation: &'static str, kind: ErrorKind) -> Self {
        let repeat = Repeat::Safe;
        Self(Box::new(Inner { operation, repeat, kind, sent: false, trace_id: None, source: None }))
    }

    pub(crate) fn with_source(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.0.source = Some(Arc::new(source));
        self
    }

    pub(crate) fn with_trace_id(mut self, trace_id: Option<String>) -> Self {
        self.0.trace_id = trace_id;
        self
    }

    /// What happened.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Which operation, such as `send_invoice`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// KSeF's number of the error, for its help desk.
    #[must_use]
    pub fn trace_id(&self) -> Option<&str> {
        self.0.trace_id.as_deref()
    }

    /// The refusals that KSeF listed; empty for other kinds.
    #[must_use]
    pub fn refusals(&self) -> &[ExceptionDetail] {
        match &self.0.kind {
            ErrorKind::Refused(details) => details,
            _ => &[],
        }
    }

    /// Whether KSeF refused with this code.
    #[must_use]
    pub fn has_code(&self, code: i32) -> bool {
        self.refusals().iter().any(|detail| detail.code == code)
    }

    /// Whether KSeF may have got the request.
    pub(crate) fn may_have_arrived(&self) -> bool {
        self.0.sent
    }

    /// Whether KSeF may have done the work although nobody heard of it.
    pub(crate) fn may_have_been_done(&self) -> bool {
        let unclear = matches!(
            self.0.kind,
            ErrorKind::ConnectionLost
                | ErrorKind::Timeout(_)
                | ErrorKind::NotKsef(_)
                | ErrorKind::TooLarge { .. }
                | ErrorKind::Server { .. }
        );
        self.0.sent && unclear
    }

    /// Whether, and when, it may be tried again.
    #[must_use]
    pub fn retry(&self) -> RetryKind {
        if self.may_have_been_done() && self.0.repeat == Repeat::Never {
            return RetryKind::Unknown;
        }
        match &self.0.kind {
            ErrorKind::NoNetwork
            | ErrorKind::Dns
            | ErrorKind::ConnectionRefused
            | ErrorKind::ConnectionLost
            | ErrorKind::Timeout(_)
            | ErrorKind::Proxy(ProxyProblem::Unreachable)
            | ErrorKind::NotKsef(
                NotKsef::Html | NotKsef::NotJson | NotKsef::CutOff | NotKsef::Empty | NotKsef::WrongHash,
            ) => RetryKind::Transient { after: None },
            ErrorKind::RateLimited { retry_after } | ErrorKind::Server { retry_after, .. } => {
                RetryKind::Transient { after: *retry_after }
            }
            ErrorKind::Refused(_) if self.is_refused_for_now() => RetryKind::Transient { after: None },
            _ => RetryKind::Permanent,
        }
    }

    /// 21184 and 21165 say themselves that it will work later.
    fn is_refused_for_now(&self) -> bool {
        self.has_code(code::SESSION_UNAVAILABLE) || self.has_code(code::INVOICE_NOT_YET_AVAILABLE)
    }
}

/// An error of a caller that may have an [`ApiError`] inside, so that helpers can act upon its code.
pub trait CarriesApiError {
    /// The error of the operation, where there is one.
    fn api_error(&self) -> Option<&ApiError>;
}

impl CarriesApiError for ApiError {
    fn api_error(&self) -> Option<&ApiError> {
        Some(self)
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.0.operation, self.0.kind)
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ApiError")
            .field("operation", &self.0.operation)
            .field("kind", &self.0.kind)
            .field("sent", &self.0.sent)
            .field("trace_id", &self.0.trace_id)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for ApiError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}

pub(crate) use network::{classify, kind_of};
