//! One question and its answer, whatever the service.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use ksef_types::{ApiAddress, Clock};
use reqwest::header::{ACCEPT, HeaderMap, HeaderValue, RETRY_AFTER};
use serde::de::DeserializeOwned;
use tokio::time::Instant;
use url::Url;

use crate::body::read_json;
use crate::client::{AnswerBegins, Timeouts, http_client};
use crate::error::kind_of;
use crate::public_services::PublicServiceError;
use crate::transport::{BodyFailure, Received, read_body};

/// What a client of a public service is made of.
#[derive(Clone)]
pub struct PublicServiceConfig {
    /// Where the service is, without the path.
    pub address: ApiAddress,
    /// For limits that hold until a moment.
    pub clock: Arc<dyn Clock>,
    /// How long anything may take; `document` has no meaning here.
    pub timeouts: Timeouts,
    /// How large an answer may be, in bytes.
    pub largest_answer: u64,
}

impl PublicServiceConfig {
    /// A person waits for the answer in a form that can be filled in without it: better none than a late one.
    #[must_use]
    pub fn new(address: ApiAddress, clock: Arc<dyn Clock>) -> Self {
        let timeouts = Timeouts {
            connect: Duration::from_secs(4),
            idle: Duration::from_secs(6),
            request: Duration::from_secs(10),
            ..Timeouts::default()
        };
        // A payer with thousands of accounts has 100 kB, thirty of them 3 MB.
        Self { address, clock, timeouts, largest_answer: 4 << 20 }
    }
}

pub(super) struct Door {
    service: &'static str,
    http: reqwest::Client,
    config: PublicServiceConfig,
}

/// Any answer, whatever its status.
pub(super) struct Reply {
    pub(super) status: u16,
    service: &'static str,
    received: Received,
}

/// A question without an answer.
pub(super) struct Failure {
    pub(super) error: PublicServiceError,
    /// Whether the service may have counted it.
    pub(super) sent: bool,
}

impl Door {
    pub(super) fn new(
        service: &'static str,
        config: PublicServiceConfig,
    ) -> Result<Self, PublicServiceError> {
        let http = http_client(&config.address, &config.timeouts, AnswerBegins::WithinIdle)
            .map_err(|_| PublicServiceError::NotSent)?;
        Ok(Self { service, http, config })
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.config.clock.now()
    }

    /// The path is made of what was parsed before: digits, dates, letters.
    pub(super) async fn get(&self, path: &str, query: &[(&str, &str)]) -> Result<Reply, Failure> {
        let started = Instant::now();
        let outcome = self.exchange(path, query).await;
        let (service, milliseconds) = (self.service, started.elapsed().as_millis());
        // Without the path: it names somebody.
        match &outcome {
            Ok(reply) => tracing::debug!(service, status = reply.status, milliseconds, "answered"),
            Err(failure) => tracing::warn!(service, milliseconds, error = %failure.error, "failed"),
        }
        outcome
    }

    async fn exchange(&self, path: &str, query: &[(&str, &str)]) -> Result<Reply, Failure> {
        let mut url = Url::parse(&format!("{}{path}", self.config.address))
            .map_err(|_| Failure { error: PublicServiceError::NotSent, sent: false })?;
        url.query_pairs_mut().extend_pairs(query);
        let mut request = reqwest::Request::new(reqwest::Method::GET, url);
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        *request.timeout_mut() = Some(self.config.timeouts.request);
        let response = self.http.execute(request).await.map_err(|error| transport(&error))?;
        let status = response.status().as_u16();
        let received = read_body(response, self.config.largest_answer).await;
        let received = received.map_err(|failure| match failure {
            BodyFailure::TooLarge => Failure {
                error: PublicServiceError::TooLarge { limit: self.config.largest_answer },
                sent: true,
            },
            BodyFailure::Transport(error) => transport(&error),
        })?;
        Ok(Reply { status, service: self.service, received })
    }
}

fn transport(error: &reqwest::Error) -> Failure {
    let sent = !error.is_connect() && !error.is_builder();
    Failure { error: kind_of(error).into(), sent }
}

impl Reply {
    pub(super) fn json<T: DeserializeOwned>(self) -> Result<T, PublicServiceError> {
        let service = self.service;
        read_json(self.received).map_err(|kind| {
            let error = PublicServiceError::from(kind);
            tracing::warn!(service, %error, "not understood");
            error
        })
    }

    /// For how long the service wants to be left alone: seconds, or a moment.
    pub(super) fn retry_after(&self, now: DateTime<Utc>) -> Option<Duration> {
        asked_pause(&self.received.headers, now)
    }

    /// What a status means that no service gives a meaning of its own.
    pub(super) fn unexpected(&self) -> PublicServiceError {
        match self.status {
            300..=399 => PublicServiceError::Redirected,
            500..=599 => PublicServiceError::Down { status: self.status },
            status => PublicServiceError::UnexpectedStatus { status },
        }
    }
}

fn asked_pause(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let pause = match value.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => (DateTime::parse_from_rfc2822(value).ok()?.to_utc() - now).to_std().ok()?,
    };
    Some(pause.min(LONGEST))
}

impl fmt::Debug for Door {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct(self.service).field("address", &self.config.address).finish_non_exhaustive()
    }
}
