//! One exchange: a place in the budget, the request, the answer up to its limit, and what a bad status means.

use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::StreamExt as _;
use reqwest::header::{CONTENT_LENGTH, DATE, HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::{Response, StatusCode};
use tokio::time::Instant;
use tracing::Instrument as _;
use url::Url;

use crate::answer::SystemWarning;
use crate::body::{Expected, is_html};
use crate::client::Client;
use crate::error::{
    ApiError, ErrorKind, ForbiddenReason, NotKsef, ProxyProblem, Refusal, TimeoutPhase, classify,
    read_refusal,
};
use crate::operation::Operation;

/// An answer with a good status.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Received {
    pub(crate) fn warnings(&self) -> Vec<SystemWarning> {
        let values = self.headers.get_all("x-system-warning").iter();
        values.filter_map(|value| value.to_str().ok()).flat_map(SystemWarning::parse_all).collect()
    }
}

/// A 429 without `Retry-After` closes the group for so long.
const UNSPECIFIED_PAUSE: Duration = Duration::from_secs(10);

/// No pause of KSeF is longer; what an answer says must not overflow a moment, or close the program for years.
const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

impl Client {
    /// Sends a request once.
    pub(crate) async fn exchange(
        &self,
        operation: &'static Operation,
        references: &[&str],
        request: reqwest::Request,
        expected: Expected,
    ) -> Result<Received, ApiError> {
        let span = tracing::info_span!("ksef", operation = operation.name, references = references.join(" "));
        async {
            let permit = self.budget().acquire(operation.group).await;
            let started = Instant::now();
            let (status, outcome) = self.send_and_read(operation, request, expected).await;
            if outcome.as_ref().is_err_and(|error| !error.may_have_arrived()) {
                permit.unused();
            } else {
                drop(permit);
            }
            self.log(status, started.elapsed(), &outcome);
            outcome
        }
        .instrument(span)
        .await
    }

    fn log(&self, status: Option<StatusCode>, took: Duration, outcome: &Result<Received, ApiError>) {
        let status = status.map(|status| status.as_u16());
        let milliseconds = took.as_millis();
        match outcome {
            Ok(received) => {
                tracing::debug!(status, milliseconds, "answered");
                for warning in received.warnings() {
                    tracing::warn!(code = warning.code, message = warning.message, "warning from KSeF");
                }
            }
            Err(error) => {
                let trace_id = error.trace_id();
                tracing::warn!(status, milliseconds, kind = %error.kind(), trace_id, "failed");
            }
        }
    }

    async fn send_and_read(
        &self,
        operation: &'static Operation,
        mut request: reqwest::Request,
        expected: Expected,
    ) -> (Option<StatusCode>, Result<Received, ApiError>) {
        let (timeouts, sizes) = (self.config().timeouts, self.config().sizes);
        let (timeout, limit) = match expected {
            Expected::Document => (timeouts.document, sizes.document),
            Expected::Uploaded => (timeouts.part, sizes.json),
            Expected::Json | Expected::Nothing => (timeouts.request, sizes.json),
        };
        *request.timeout_mut() = Some(timeout);
        let http = if expected == Expected::Uploaded { self.upload_http() } else { Ok(self.http()) };
        let http = match http {
            Ok(http) => http,
            Err(error) => return (None, Err(error)),
        };
        let response = match http.execute(request).await {
            Ok(response) => response,
            Err(error) => return (None, Err(classify(operation, error))),
        };
        if let Some(server) = date(response.headers(), DATE.as_str()) {
            self.note_server_time(server);
        }
        let status = response.status();
        let outcome = if status.is_success() {
            read(operation, response, limit).await
        } else {
            Err(self.refused(operation, response).await)
        };
        (Some(status), outcome)
    }

    /// Sends a request once and gives the answer before its body is read; for parts of packages, which no limit counts.
    pub(crate) async fn begin(
        &self,
        operation: &'static Operation,
        mut request: reqwest::Request,
    ) -> Result<Response, ApiError> {
        *request.timeout_mut() = Some(self.config().timeouts.part);
        let response = self.http().execute(request).await.map_err(|error| classify(operation, error))?;
        let status = response.status();
        tracing::debug!(operation = operation.name, status = status.as_u16(), "answered");
        if status.is_success() { Ok(response) } else { Err(self.refused(operation, response).await) }
    }

    async fn refused(&self, operation: &'static Operation, response: Response) -> ApiError {
        let status = response.status();
        let pause = self.retry_after(response.headers());
        if status == StatusCode::TOO_MANY_REQUESTS {
            self.budget().close(operation.group, pause.unwrap_or(UNSPECIFIED_PAUSE));
        }
        // An error's body only adds to what the status says, so what cannot be read is left out.
        let limit = self.config().sizes.json;
        let fallback = Received { headers: response.headers().clone(), body: Vec::new() };
        let received = read(operation, response, limit).await.unwrap_or(fallback);
        let html = is_html(&received.headers, &received.body);
        let refusal = read_refusal(&received.body);
        let trace_id = refusal.as_ref().and_then(|refusal| refusal.trace_id.clone());
        let kind = match status.as_u16() {
            300..=399 => ErrorKind::ForeignRedirect { host: redirect_host(&received.headers) },
            401 => ErrorKind::Unauthorized,
            403 => forbidden(refusal, html),
            407 => ErrorKind::Proxy(ProxyProblem::AuthenticationRequired),
            408 => ErrorKind::Timeout(TimeoutPhase::Answer),
            410 => ErrorKind::Gone,
            429 => ErrorKind::RateLimited { retry_after: pause },
            500..=599 => ErrorKind::Server { status: status.as_u16(), retry_after: pause },
            _ if html => ErrorKind::NotKsef(NotKsef::Html),
            status => match refusal {
                Some(refusal) if !refusal.details.is_empty() => ErrorKind::Refused(refusal.details),
                _ => ErrorKind::UnexpectedStatus { status },
            },
        };
        ApiError::new(operation, kind, true).with_trace_id(trace_id)
    }

    /// Seconds, or a moment as the server's own clock sees it; never more than a day.
    fn retry_after(&self, headers: &HeaderMap) -> Option<Duration> {
        self.asked_pause(headers).map(|pause| pause.min(LONGEST_PAUSE))
    }

    fn asked_pause(&self, headers: &HeaderMap) -> Option<Duration> {
        let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
        if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
            // Digits that are no number of seconds are too many of them.
            return Some(value.parse().map_or(LONGEST_PAUSE, Duration::from_secs));
        }
        let until = date(headers, RETRY_AFTER.as_str())?;
        Some((until - self.server_now()).to_std().unwrap_or_default())
    }
}

/// HTML or an incident's number is the shield; a reason is KSeF; anything else is not known.
fn forbidden(refusal: Option<Refusal>, html: bool) -> ErrorKind {
    if html {
        return ErrorKind::Shielded { incident: None, client_ip: None };
    }
    refusal.and_then(Refusal::forbidden).unwrap_or_else(|| ErrorKind::Forbidden {
        reason: ForbiddenReason::Other(String::new()),
        required_permissions: Vec::new(),
        present_permissions: Vec::new(),
    })
}

fn redirect_host(headers: &HeaderMap) -> Option<String> {
    let location = headers.get(LOCATION)?.to_str().ok()?;
    Url::parse(location).ok()?.host_str().map(ToOwned::to_owned)
}

fn date(headers: &HeaderMap, name: &str) -> Option<DateTime<Utc>> {
    let value = headers.get(name)?.to_str().ok()?;
    DateTime::parse_from_rfc2822(value).ok().map(|moment| moment.to_utc())
}

async fn read(operation: &'static Operation, response: Response, limit: u64) -> Result<Received, ApiError> {
    read_body(response, limit).await.map_err(|failure| match failure {
        BodyFailure::TooLarge => ApiError::new(operation, ErrorKind::TooLarge { limit }, true),
        BodyFailure::Transport(error) => classify(operation, error),
    })
}

/// Why a body was not read to its end.
pub(crate) enum BodyFailure {
    TooLarge,
    Transport(reqwest::Error),
}

/// Reads an answer, never more of it than `limit` bytes.
pub(crate) async fn read_body(response: Response, limit: u64) -> Result<Received, BodyFailure> {
    let headers = response.headers().clone();
    let announced = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|announced| announced > limit) {
        return Err(BodyFailure::TooLarge);
    }
    let mut body = Vec::new();
    let mut pieces = response.bytes_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(BodyFailure::Transport)?;
        if body.len() as u64 + piece.len() as u64 > limit {
            return Err(BodyFailure::TooLarge);
        }
        body.extend_from_slice(&piece);
    }
    Ok(Received { headers, body })
}
