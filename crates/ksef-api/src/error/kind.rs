use std::time::Duration;

use crate::error::ExceptionDetail;
use crate::open_enum::open_enum;
use crate::public_keys::KeyUsage;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no way to the network, or none to that host.
    #[error("no network")]
    NoNetwork,
    /// The name of the host could not be resolved.
    #[error("the name of the host was not found")]
    Dns,
    /// The host is there and nothing listens.
    #[error("the connection was refused")]
    ConnectionRefused,
    /// The connection broke.
    #[error("the connection was lost")]
    ConnectionLost,
    /// No secure connection.
    #[error("no secure connection: {0}")]
    Tls(TlsProblem),
    /// A proxy stood in the way.
    #[error("the proxy: {0}")]
    Proxy(ProxyProblem),
    /// It took too long.
    #[error("timed out: {0}")]
    Timeout(TimeoutPhase),
    /// 401: the token is not, or no longer, accepted.
    #[error("not authenticated")]
    Unauthorized,
    /// 403: not allowed.
    #[error("forbidden: {reason}{}", wanted(.required_permissions))]
    Forbidden {
        /// Why.
        reason: ForbiddenReason,
        /// `requiredAnyOfPermissions`, where it is about permissions.
        required_permissions: Vec<String>,
        /// `presentPermissions`, where it is about permissions.
        present_permissions: Vec<String>,
    },
    /// 403 from the shield in front of KSeF: not a missing permission.
    #[error("blocked by the shield in front of KSeF")]
    Shielded {
        /// The number of the incident, for the help desk.
        incident: Option<String>,
        /// The address from which the request came.
        client_ip: Option<String>,
    },
    /// 429: too many requests; nothing was done.
    #[error("too many requests")]
    RateLimited {
        /// For how long, counted from the answer.
        retry_after: Option<Duration>,
    },
    /// 400: refused, with reasons.
    #[error("refused: {}", codes(.0))]
    Refused(Vec<ExceptionDetail>),
    /// 410: it was there and is no longer kept.
    #[error("no longer kept")]
    Gone,
    /// 5xx.
    #[error("the server failed with {status}")]
    Server {
        /// The status of HTTP.
        status: u16,
        /// For how long, where it says so.
        retry_after: Option<Duration>,
    },
    /// A status that the contract does not know for the operation.
    #[error("unexpected status {status}")]
    UnexpectedStatus {
        /// The status of HTTP.
        status: u16,
    },
    /// The answer does not come from KSeF, or not whole.
    #[error("not an answer of KSeF: {0}")]
    NotKsef(NotKsef),
    /// The answer is larger than it may be; it was not read to its end.
    #[error("the answer has more than {limit} bytes")]
    TooLarge {
        /// The most that is read, in bytes.
        limit: u64,
    },
    /// The answer sends elsewhere. KSeF never does.
    #[error("redirected")]
    ForeignRedirect {
        /// Where to, without path and query.
        host: Option<String>,
    },
    /// An address from an answer does not belong to the environment.
    #[error("an address that does not belong to the environment: {host}")]
    ForeignAddress {
        /// Its host.
        host: String,
    },
    /// None of the ministry's keys is for that use and valid now.
    #[error("no valid key of the ministry for {0}")]
    NoCurrentKey(KeyUsage),
    /// The request could not be written, or the system's TLS not be set up; nothing was sent.
    #[error("the request could not be made")]
    NotSent,
}

fn codes(details: &[ExceptionDetail]) -> String {
    details.iter().map(|detail| detail.code.to_string()).collect::<Vec<_>>().join(", ")
}

fn wanted(permissions: &[String]) -> String {
    if permissions.is_empty() { String::new() } else { format!(" (one of {})", permissions.join(", ")) }
}

/// Why there is no secure connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TlsProblem {
    /// The certificate of the server is not trusted (a proxy that looks inside, often).
    #[error("the server's certificate is not trusted")]
    Untrusted,
    /// The certificate of the server has expired or is not valid yet; often the clock of this computer.
    #[error("the server's certificate is not valid now")]
    Expired,
    /// The certificate of the server is for another host.
    #[error("the server's certificate is for another host")]
    Hostname,
    /// Something else: no common version, not TLS at all.
    #[error("the handshake failed")]
    Other,
}

/// What the proxy did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProxyProblem {
    /// It wants a user and a password (407).
    #[error("it asks for a user and a password")]
    AuthenticationRequired,
    /// It cannot be reached.
    #[error("it cannot be reached")]
    Unreachable,
    /// It would not connect to KSeF.
    #[error("it would not connect")]
    Refused,
}

/// What took too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TimeoutPhase {
    /// Connecting: nothing was sent.
    #[error("connecting")]
    Connect,
    /// The answer as a whole, or a piece of it.
    #[error("the answer")]
    Answer,
}

/// What the answer is instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotKsef {
    /// A page for people.
    #[error("a page in HTML")]
    Html,
    /// No JSON where JSON belongs.
    #[error("not JSON")]
    NotJson,
    /// The beginning of an answer.
    #[error("cut off")]
    CutOff,
    /// JSON of another shape; where it differs, without the values.
    #[error("of the wrong shape at line {line}, column {column}")]
    WrongShape {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
    },
    /// Another type of content than the contract says.
    #[error("another type of content")]
    ContentType,
    /// Nothing.
    #[error("empty")]
    Empty,
    /// All the bytes, but other ones than KSeF announced.
    #[error("its digest is not the announced one")]
    WrongHash,
}

open_enum! {
    /// Why something is not allowed. Source: OpenAPI `ForbiddenProblemDetails.reasonCode`.
    ForbiddenReason {
        /// The permission is missing.
        MissingPermissions = "missing-permissions",
        /// The access is restricted to other addresses.
        IpNotAllowed = "ip-not-allowed",
        /// The thing asked for is another's.
        InsufficientResourceAccess = "insufficient-resource-access",
        /// Not with this method of authentication.
        AuthMethodNotAllowed = "auth-method-not-allowed",
        /// Not for this kind of context.
        ContextTypeNotAllowed = "context-type-not-allowed",
    }
}

/// Whether the same thing may be tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryKind {
    /// It will end the same way.
    Permanent,
    /// Nothing was done, or doing it twice does no harm.
    Transient {
        /// Not before, where KSeF says so.
        after: Option<Duration>,
    },
    /// The work may have been done: ask before trying again.
    Unknown,
}
