//! One request: what it carries, how often it is sent, what its answer has to be.

use std::fmt::Display;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable as _};
use bytes::Bytes;
use futures::StreamExt as _;
use futures::stream::BoxStream;
use ksef_types::SecretText;
use reqwest::Method;
use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::addresses::{DownloadUrl, may_be_fetched};
use crate::answer::Answer;
use crate::body::{self, Document, Expected};
use crate::client::{Client, RepeatPolicy};
use crate::error::{ApiError, ErrorKind, RetryKind};
use crate::operation::Operation;
use crate::part_file::PartFile;
use crate::status::ContinuationToken;
use crate::transport::Received;

/// What a request carries. It is taken anew for each attempt.
pub(crate) enum Payload {
    Bytes(Bytes),
    File(PartFile),
}

pub(crate) struct Request<'a> {
    client: &'a Client,
    operation: &'static Operation,
    method: Method,
    /// `None`: could not be written; reported when it is sent.
    url: Option<Url>,
    /// What fills the path's parameters, for logs.
    references: Vec<&'a str>,
    headers: HeaderMap,
    body: Option<Payload>,
    done_before: Option<i32>,
}

impl Client {
    pub(crate) fn request<'a>(&'a self, operation: &'static Operation) -> Request<'a> {
        let url = Url::parse(&format!("{}{}", self.address(), operation.path)).ok();
        let mut request = Request::new(self, operation, url);
        request.headers.insert("x-error-format", HeaderValue::from_static("problem-details"));
        request
    }

    pub(crate) fn download<'a>(
        &'a self,
        operation: &'static Operation,
        address: &DownloadUrl,
    ) -> Result<Request<'a>, ApiError> {
        if !may_be_fetched(self.address(), address) {
            let kind = ErrorKind::ForeignAddress { host: address.host().to_owned() };
            return Err(ApiError::new(operation, kind, false));
        }
        Ok(Request::new(self, operation, Some(address.url().clone())))
    }
}

impl<'a> Request<'a> {
    fn new(client: &'a Client, operation: &'static Operation, url: Option<Url>) -> Self {
        let (references, headers) = (Vec::new(), HeaderMap::new());
        let method = operation.method.clone();
        Self { client, operation, method, url, references, headers, body: None, done_before: None }
    }

    /// Fills the next parameter of the path.
    pub(crate) fn reference(mut self, value: &'a str) -> Self {
        self.references.push(value);
        let path =
            self.references.iter().fold(self.operation.path.to_owned(), |path, value| fill(&path, value));
        self.url = Url::parse(&format!("{}{path}", self.client.address())).ok();
        self
    }

    pub(crate) fn query(mut self, name: &str, value: impl Display) -> Self {
        if let Some(url) = &mut self.url {
            url.query_pairs_mut().append_pair(name, &value.to_string());
        }
        self
    }

    pub(crate) fn optional_query(self, name: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.query(name, value),
            None => self,
        }
    }

    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        match HeaderValue::from_str(value) {
            Ok(value) => {
                self.headers.insert(HeaderName::from_static(name), value);
            }
            Err(_) => self.url = None,
        }
        self
    }

    pub(crate) fn continuation(self, token: Option<&ContinuationToken>) -> Self {
        match token {
            Some(token) => self.header("x-continuation-token", &token.0),
            None => self,
        }
    }

    pub(crate) fn bearer(mut self, token: &SecretText) -> Self {
        // Exposed into the one header that carries it; marked, so that nothing prints it.
        match HeaderValue::from_str(&format!("Bearer {}", token.expose())) {
            Ok(mut value) => {
                value.set_sensitive(true);
                self.headers.insert(AUTHORIZATION, value);
            }
            Err(_) => self.url = None,
        }
        self
    }

    pub(crate) fn json(mut self, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => self.body = Some(Payload::Bytes(bytes.into())),
            Err(_) => self.url = None,
        }
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        self
    }

    pub(crate) fn xml(mut self, body: &[u8]) -> Self {
        self.body = Some(Payload::Bytes(Bytes::copy_from_slice(body)));
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/xml"));
        self
    }

    /// A refusal with this code after a lost answer means that the lost request had done it.
    pub(crate) fn done_before_if(mut self, code: i32) -> Self {
        self.done_before = Some(code);
        self
    }

    pub(crate) async fn json_answer<T: DeserializeOwned>(self) -> Result<Answer<T>, ApiError> {
        let accept = HeaderValue::from_static("application/json, application/problem+json");
        self.send(Expected::Json, accept, body::read_json).await
    }

    pub(crate) async fn document_answer(self) -> Result<Answer<Document>, ApiError> {
        let accept =
            HeaderValue::from_static("application/xml, application/octet-stream, application/problem+json");
        self.send(Expected::Document, accept, body::read_document).await
    }

    pub(crate) async fn no_answer(self) -> Result<Answer<()>, ApiError> {
        let accept = HeaderValue::from_static("application/json, application/problem+json");
        let done_before = self.done_before;
        let lost = AtomicBool::new(false);
        let outcome = self.send_noting(Expected::Nothing, accept, body::read_nothing, &lost).await;
        match (outcome, done_before) {
            (Err(error), Some(code)) if error.has_code(code) && lost.load(Ordering::Relaxed) => {
                Ok(Answer::new((), Vec::new()))
            }
            (outcome, _) => outcome,
        }
    }

    /// Sends the bytes of a part, with these headers and no others of ours.
    pub(crate) async fn upload<'h>(
        mut self,
        method: Method,
        headers: impl Iterator<Item = (&'h str, &'h str)>,
        part: Payload,
    ) -> Result<Answer<()>, ApiError> {
        self.method = method;
        for (name, value) in headers {
            match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
                // The length and the host are the client's to say.
                (Ok(name), Ok(_)) if name == CONTENT_LENGTH || name == HOST => {}
                (Ok(name), Ok(mut value)) => {
                    value.set_sensitive(true);
                    self.headers.insert(name, value);
                }
                _ => self.url = None,
            }
        }
        self.body = Some(part);
        self.send(Expected::Uploaded, HeaderValue::from_static("*/*"), body::read_anything).await
    }

    /// The body of the answer as it comes. Only its beginning is repeated.
    pub(crate) async fn stream(mut self) -> Result<BoxStream<'static, reqwest::Result<Bytes>>, ApiError> {
        self.headers.insert(ACCEPT, HeaderValue::from_static("application/octet-stream, */*"));
        let policy = self.client.config().repeats;
        (|| self.begin_stream())
            .retry(pauses(policy))
            .when(|error| may_be_repeated(error, policy.longest_pause))
            .adjust(|error, pause| pause.map(|pause| pause_after(error, pause)))
            .await
    }

    async fn begin_stream(&self) -> Result<BoxStream<'static, reqwest::Result<Bytes>>, ApiError> {
        Ok(self.client.begin(self.operation, self.built()?).await?.bytes_stream().boxed())
    }

    async fn send<T>(
        self,
        expected: Expected,
        accept: HeaderValue,
        read: impl Fn(Received) -> Result<T, ErrorKind> + Sync,
    ) -> Result<Answer<T>, ApiError> {
        self.send_noting(expected, accept, read, &AtomicBool::new(false)).await
    }

    /// Sends, and repeats where that is safe. `lost` tells whether any attempt may have reached KSeF in vain.
    async fn send_noting<T>(
        mut self,
        expected: Expected,
        accept: HeaderValue,
        read: impl Fn(Received) -> Result<T, ErrorKind> + Sync,
        lost: &AtomicBool,
    ) -> Result<Answer<T>, ApiError> {
        self.headers.insert(ACCEPT, accept);
        let policy = self.client.config().repeats;
        (|| self.attempt(expected, &read))
            .retry(pauses(policy))
            .when(|error| {
                lost.fetch_or(error.may_have_been_done(), Ordering::Relaxed);
                may_be_repeated(error, policy.longest_pause)
            })
            .adjust(|error, pause| pause.map(|pause| pause_after(error, pause)))
            .await
    }

    async fn attempt<T>(
        &self,
        expected: Expected,
        read: &(impl Fn(Received) -> Result<T, ErrorKind> + Sync),
    ) -> Result<Answer<T>, ApiError> {
        let request = self.built()?;
        let received = self.client.exchange(self.operation, &self.references, request, expected).await?;
        let warnings = received.warnings();
        let value = read(received).map_err(|kind| ApiError::new(self.operation, kind, true))?;
        Ok(Answer::new(value, warnings))
    }

    fn built(&self) -> Result<reqwest::Request, ApiError> {
        let not_sent = || ApiError::new(self.operation, ErrorKind::NotSent, false);
        let url = self.url.clone().ok_or_else(not_sent)?;
        let mut request = reqwest::Request::new(self.method.clone(), url);
        *request.headers_mut() = self.headers.clone();
        match &self.body {
            None => {}
            Some(Payload::Bytes(bytes)) => *request.body_mut() = Some(bytes.clone().into()),
            Some(Payload::File(file)) => {
                // Said here, for a stream has no length of its own and a store takes none without.
                request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(file.size()));
                *request.body_mut() = Some(file.open().map_err(|error| not_sent().with_source(error))?);
            }
        }
        Ok(request)
    }
}

fn pauses(policy: RepeatPolicy) -> ExponentialBuilder {
    ExponentialBuilder::new()
        .with_min_delay(policy.first_pause)
        .with_max_delay(policy.longest_pause)
        .with_max_times(policy.times)
}

fn fill(path: &str, value: &str) -> String {
    match (path.find('{'), path.find('}')) {
        (Some(start), Some(end)) if start < end => format!("{}{value}{}", &path[..start], &path[end + 1..]),
        _ => path.to_owned(),
    }
}

/// Transient, not a refusal with a code (the caller knows better when to come back), and not later than one waits here.
fn may_be_repeated(error: &ApiError, longest: Duration) -> bool {
    match error.retry() {
        RetryKind::Transient { after } => {
            error.refusals().is_empty() && after.is_none_or(|after| after <= longest)
        }
        RetryKind::Permanent | RetryKind::Unknown => false,
    }
}

/// After a 429 the budget is closed, and that is where one waits, visibly; otherwise as long as the server asks for.
fn pause_after(error: &ApiError, pause: Duration) -> Duration {
    match (error.kind(), error.retry()) {
        (ErrorKind::RateLimited { .. }, _) => Duration::ZERO,
        (_, RetryKind::Transient { after: Some(after) }) => after.max(pause),
        _ => pause,
    }
}
