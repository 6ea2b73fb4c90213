//! Reading the body of an answer: never more than it may have, and only what the contract says.

use ksef_types::{SecretBytes, Sha256Hash};
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde::de::DeserializeOwned;

use crate::error::{ErrorKind, NotKsef};
use crate::transport::Received;

/// What the answer has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    Json,
    Document,
    Nothing,
    /// Whatever a store of files says after taking one in.
    Uploaded,
}

/// A document byte by byte.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) bytes: Vec<u8>,
    pub(crate) announced_hash: Option<Sha256Hash>,
}

pub(crate) fn read_json<T: DeserializeOwned>(received: Received) -> Result<T, ErrorKind> {
    refuse_html(&received)?;
    let json = |kind: &str| kind == "application/json" || kind.ends_with("+json") || kind == "text/json";
    if !content_type(&received.headers).is_none_or(|kind| json(&kind)) {
        return Err(ErrorKind::NotKsef(NotKsef::ContentType));
    }
    if received.body.is_empty() {
        return Err(ErrorKind::NotKsef(NotKsef::Empty));
    }
    // It may hold tokens, so it is wiped when read.
    let body = SecretBytes::from(received.body);
    serde_json::from_slice(body.expose()).map_err(|error| ErrorKind::NotKsef(json_problem(&error)))
}

/// Nothing, or something that KSeF may add one day; but not the page of a hotel's network.
pub(crate) fn read_nothing(received: Received) -> Result<(), ErrorKind> {
    if received.body.is_empty() { Ok(()) } else { read_json::<serde::de::IgnoredAny>(received).map(drop) }
}

/// What a store of files says is not KSeF's; but a page of a hotel's network is no store.
#[expect(clippy::needless_pass_by_value, reason = "the shape of all readers")]
pub(crate) fn read_anything(received: Received) -> Result<(), ErrorKind> {
    refuse_html(&received)
}

/// The place only: the words of the error quote the text.
fn json_problem(error: &serde_json::Error) -> NotKsef {
    match error.classify() {
        serde_json::error::Category::Eof => NotKsef::CutOff,
        serde_json::error::Category::Data => {
            NotKsef::WrongShape { line: error.line(), column: error.column() }
        }
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => NotKsef::NotJson,
    }
}

pub(crate) fn read_document(received: Received) -> Result<Document, ErrorKind> {
    refuse_html(&received)?;
    if content_type(&received.headers).is_some_and(|kind| kind.contains("json")) {
        return Err(ErrorKind::NotKsef(NotKsef::ContentType));
    }
    let text = received.body.trim_ascii();
    match (text.first(), text.last()) {
        (None, _) | (_, None) => Err(ErrorKind::NotKsef(NotKsef::Empty)),
        // An XML document ends with a tag, a comment or an instruction.
        (_, Some(last)) if *last != b'>' => Err(ErrorKind::NotKsef(NotKsef::CutOff)),
        _ => {
            let announced = received.headers.get("x-ms-meta-hash").and_then(|value| value.to_str().ok());
            let announced_hash = announced.and_then(crate::wire::hash::parse);
            Ok(Document { bytes: received.body, announced_hash })
        }
    }
}

fn refuse_html(received: &Received) -> Result<(), ErrorKind> {
    if is_html(&received.headers, &received.body) { Err(ErrorKind::NotKsef(NotKsef::Html)) } else { Ok(()) }
}

/// By its header, or by its first characters, whatever the header says.
pub(crate) fn is_html(headers: &HeaderMap, body: &[u8]) -> bool {
    let declared =
        content_type(headers).is_some_and(|kind| kind == "text/html" || kind == "application/xhtml+xml");
    let start = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body).trim_ascii_start();
    let begins = |tag: &[u8]| start.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    declared || begins(b"<!doctype html") || begins(b"<html")
}

/// In lower case, without parameters.
fn content_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
}
