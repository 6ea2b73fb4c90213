//! What a failure of the transport was, found in the chain of its causes by type.

use std::error::Error;
use std::io;

use crate::error::kind::{ErrorKind, NotKsef, ProxyProblem, TimeoutPhase};
use crate::error::{ApiError, tls};
use crate::operation::Operation;
use crate::resolver::NameNotFound;

/// Reads what `reqwest` reports. The address is taken out of it first: it may carry an authorisation.
pub(crate) fn classify(operation: &Operation, error: reqwest::Error) -> ApiError {
    let error = error.without_url();
    let sent = !error.is_connect() && !error.is_builder();
    ApiError::new(operation, kind_of(&error), sent).with_source(error)
}

/// What kind of failure it is, by its causes.
pub(crate) fn kind_of(error: &reqwest::Error) -> ErrorKind {
    if error.is_builder() {
        return ErrorKind::NotSent;
    }
    if error.is_timeout() {
        let phase = if error.is_connect() { TimeoutPhase::Connect } else { TimeoutPhase::Answer };
        return ErrorKind::Timeout(phase);
    }
    if find::<NameNotFound>(error).is_some() {
        return ErrorKind::Dns;
    }
    if let Some(failure) = find::<native_tls::Error>(error) {
        return ErrorKind::Tls(tls::problem(failure));
    }
    if let Some(problem) = proxy_problem(error) {
        return ErrorKind::Proxy(problem);
    }
    if let Some(kind) = causes(error).filter_map(|cause| cause.downcast_ref()).find_map(io_kind) {
        return kind;
    }
    if error.is_body() || error.is_decode() {
        return ErrorKind::NotKsef(NotKsef::CutOff);
    }
    if error.is_connect() { ErrorKind::NoNetwork } else { ErrorKind::ConnectionLost }
}

fn io_kind(error: &io::Error) -> Option<ErrorKind> {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Some(ErrorKind::ConnectionRefused),
        io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkDown => {
            Some(ErrorKind::NoNetwork)
        }
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe => {
            Some(ErrorKind::ConnectionLost)
        }
        io::ErrorKind::TimedOut => Some(ErrorKind::Timeout(TimeoutPhase::Answer)),
        _ => None,
    }
}

/// The type of the tunnel's error is private to `hyper-util`, so its words are matched:
/// `hyper_util::client::legacy::connect::proxy::tunnel::TunnelError`.
fn proxy_problem(error: &reqwest::Error) -> Option<ProxyProblem> {
    causes(error).find_map(|cause| {
        let words = cause.to_string();
        if words.contains("proxy authorization required") || words.contains("proxy authentication required") {
            Some(ProxyProblem::AuthenticationRequired)
        } else if words.contains("failed to create underlying connection") {
            Some(ProxyProblem::Unreachable)
        } else if words.contains("tunnel error") {
            Some(ProxyProblem::Refused)
        } else {
            None
        }
    })
}

fn find<'error, T: Error + 'static>(error: &'error (dyn Error + 'static)) -> Option<&'error T> {
    causes(error).find_map(|cause| cause.downcast_ref::<T>())
}

/// The chain of causes, including what an `io::Error` wraps: its `source()` skips the wrapped error itself.
fn causes<'error>(
    error: &'error (dyn Error + 'static),
) -> impl Iterator<Item = &'error (dyn Error + 'static)> {
    std::iter::successors(Some(error), |cause: &&'error (dyn Error + 'static)| {
        let cause: &'error (dyn Error + 'static) = *cause;
        let wrapped = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map(|inner| inner as &(dyn Error + 'static)).or_else(|| cause.source())
    })
}
