use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use chrono::{DateTime, Utc};
use serde_json::Value;

/// A good answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Content,
}

/// What is in an answer.
#[derive(Debug)]
pub(crate) enum Content {
    Empty,
    Json(Value),
    Problem(Value),
    Xml(Bytes),
    Html(String),
    Bytes(Bytes),
    /// Of any type.
    Text(&'static str, String),
}

impl Reply {
    pub(crate) fn json(status: StatusCode, value: Value) -> Self {
        Self { status, headers: Vec::new(), body: Content::Json(value) }
    }

    pub(crate) fn ok(value: Value) -> Self {
        Self::json(StatusCode::OK, value)
    }

    pub(crate) const fn empty(status: StatusCode) -> Self {
        Self { status, headers: Vec::new(), body: Content::Empty }
    }

    pub(crate) const fn html(status: StatusCode, page: String) -> Self {
        Self { status, headers: Vec::new(), body: Content::Html(page) }
    }

    /// A text of any type of content.
    pub(crate) const fn text(status: StatusCode, kind: &'static str, text: String) -> Self {
        Self { status, headers: Vec::new(), body: Content::Text(kind, text) }
    }

    /// A document with its hash in `x-ms-meta-hash`, as invoices and UPO are handed out.
    pub(crate) fn document(xml: Vec<u8>) -> Self {
        let hash = ksef_crypto::base64::encode(&openssl::sha::sha256(&xml));
        let reply =
            Self { status: StatusCode::OK, headers: Vec::new(), body: Content::Xml(Bytes::from(xml)) };
        reply.with(HeaderName::from_static("x-ms-meta-hash"), &hash)
    }

    /// With a header; a value that no header can have is left out.
    pub(crate) fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }

    /// The body with its type, as it will be sent.
    pub(crate) fn content(&self) -> (Option<&'static str>, Bytes) {
        match &self.body {
            Content::Empty => (None, Bytes::new()),
            Content::Json(value) => (Some("application/json; charset=utf-8"), Bytes::from(value.to_string())),
            Content::Problem(value) => (Some("application/problem+json"), Bytes::from(value.to_string())),
            Content::Xml(bytes) => (Some("application/xml"), bytes.clone()),
            Content::Bytes(bytes) => (Some("application/octet-stream"), bytes.clone()),
            Content::Text(kind, text) => (Some(*kind), Bytes::from(text.clone())),
            Content::Html(page) => (Some("text/html; charset=utf-8"), Bytes::from(page.clone())),
        }
    }

    pub(crate) fn into_parts(
        self,
    ) -> (StatusCode, Vec<(HeaderName, HeaderValue)>, Option<&'static str>, Bytes) {
        let (kind, bytes) = self.content();
        (self.status, self.headers, kind, bytes)
    }

    pub(crate) fn into_response(self) -> Response<Body> {
        let (status, headers, kind, bytes) = self.into_parts();
        let mut response = Response::new(Body::from(bytes));
        *response.status_mut() = status;
        if let Some(kind) = kind {
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        }
        response.headers_mut().extend(headers);
        response
    }
}

/// A moment as the service writes it: seven digits of a second and an offset.
pub(crate) fn moment(at: DateTime<Utc>) -> String {
    let nine = at.format("%Y-%m-%dT%H:%M:%S%.9f").to_string();
    let seven = nine.get(..nine.len().saturating_sub(2)).unwrap_or(&nine);
    format!("{seven}+00:00")
}
