//! Faults: what they do to a request and to its answer.

use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Response, StatusCode, header};
use futures::StreamExt as _;
use serde_json::json;

use super::refusal::{Forbidden, Refusal, shield_page};
use super::reply::Reply;
use crate::FaultKind;
use crate::judge::refusal::Exception;
use crate::limits::TooMany;
use crate::server::Line;
use crate::world::World;

/// Marks an answer that never leaves: the connection is cut.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cut;

const FLUSH: Duration = Duration::from_millis(30);
const CHUNK: usize = 64 * 1024;
static SPACES: [u8; CHUNK] = [b' '; CHUNK];

/// What happens before any work is done; `None` where the work goes on.
pub(crate) async fn before(
    world: &World,
    line: &Line,
    fault: &FaultKind,
    problem_details: bool,
    path: &str,
) -> Option<Response<Body>> {
    let refused = |refusal: Refusal| Some(refusal.reply(world, path, problem_details).into_response());
    match fault {
        FaultKind::Refuse { code, description, details } => {
            let description = if description.is_empty() { "Błąd symulatora." } else { description };
            // A text from the management lives as long as the simulator: there are few of them.
            let description: &'static str = Box::leak(description.to_owned().into_boxed_str());
            refused(Exception { code: *code, description, details: details.clone() }.into())
        }
        FaultKind::Status { status } => Some(Reply::empty(code(*status)).into_response()),
        FaultKind::TooManyRequests { retry_after } => {
            refused(Refusal::TooMany(TooMany { limit: 20, window: "na minutę", retry_after: *retry_after }))
        }
        FaultKind::Delay { milliseconds } => {
            tokio::time::sleep(Duration::from_millis(*milliseconds)).await;
            None
        }
        FaultKind::DropBefore => Some(cut(line)),
        FaultKind::Html { status } => Some(Reply::html(code(*status), page(*status)).into_response()),
        FaultKind::Endless => Some(spaces(None)),
        FaultKind::Redirect { location } => Some(
            Reply::empty(StatusCode::TEMPORARY_REDIRECT).with(header::LOCATION, location).into_response(),
        ),
        FaultKind::Forbid { reason } => {
            refused(Refusal::Forbidden(Forbidden::of_code(reason, line.address.to_string(), world)))
        }
        FaultKind::Shield => {
            let client_ip = line.address.to_string();
            refused(Refusal::Forbidden(Forbidden::Shield { incident: world.chance.uuid(), client_ip }))
        }
        FaultKind::ShieldHtml => Some(shield_page(world).into_response()),
        FaultKind::RotateKeys => world.rotate_keys().err().and_then(|failure| refused(failure.into())),
        FaultKind::ExpireTokens => {
            world.change(crate::control::end_access_tokens).err().and_then(|failure| refused(failure.into()))
        }
        FaultKind::StatusAfter { .. }
        | FaultKind::DropAfter
        | FaultKind::WrongBody
        | FaultKind::NotJson
        | FaultKind::CutOff
        | FaultKind::Oversized { .. } => None,
    }
}

/// What becomes of the answer after the work was done.
pub(crate) fn after(line: &Line, fault: &FaultKind, reply: Reply) -> Response<Body> {
    match fault {
        FaultKind::StatusAfter { status } => Reply::html(code(*status), page(*status)).into_response(),
        FaultKind::DropAfter => cut(line),
        FaultKind::WrongBody => {
            Reply::json(reply.status, json!([{ "ok": "yes" }, 7, { "referenceNumber": 12 }])).into_response()
        }
        FaultKind::NotJson => replaced(reply, Bytes::from_static(b"{\"referenceNumber\": tak, \"status\"")),
        FaultKind::CutOff => cut_off(line, reply),
        FaultKind::Oversized { bytes } => oversized(*bytes, reply),
        _ => reply.into_response(),
    }
}

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn page(status: u16) -> String {
    format!("<!DOCTYPE html><html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>")
}

fn cut(line: &Line) -> Response<Body> {
    line.cut();
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(Cut);
    response
}

fn replaced(reply: Reply, bytes: Bytes) -> Response<Body> {
    let mut response = reply.into_response();
    *response.body_mut() = Body::from(bytes);
    response
}

/// The first half of the answer, under the length of the whole; then the connection ends.
fn cut_off(line: &Line, reply: Reply) -> Response<Body> {
    let (status, headers, kind, bytes) = reply.into_parts();
    let half = bytes.slice(..bytes.len() / 2);
    let line = line.clone();
    let pieces = futures::stream::iter([Ok(half)]).chain(futures::stream::once(async move {
        // What came before has to be on its way when the line is cut.
        tokio::time::sleep(FLUSH).await;
        line.cut();
        Err::<Bytes, _>(io::Error::from(io::ErrorKind::ConnectionReset))
    }));
    let mut response = Response::new(Body::from_stream(pieces));
    *response.status_mut() = status;
    let fields = response.headers_mut();
    fields.extend(headers);
    fields.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len().max(1)));
    if let Some(kind) = kind {
        fields.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    response
}

/// White space before the answer: well-formed JSON all the same.
fn oversized(bytes: u64, reply: Reply) -> Response<Body> {
    let (status, _, kind, body) = reply.into_parts();
    let mut response = spaces(Some((bytes, body)));
    *response.status_mut() = status;
    if let Some(kind) = kind {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    response
}

/// So many spaces and then an end, or spaces without one.
fn spaces(end: Option<(u64, Bytes)>) -> Response<Body> {
    let chunk = || Ok::<_, io::Error>(Bytes::from_static(&SPACES));
    let body = match end {
        None => Body::from_stream(futures::stream::repeat_with(chunk)),
        Some((bytes, end)) => {
            let chunks = usize::try_from(bytes.div_ceil(CHUNK as u64)).unwrap_or(usize::MAX);
            let spaces = futures::stream::repeat_with(chunk).take(chunks);
            Body::from_stream(spaces.chain(futures::stream::once(async move { Ok(end) })))
        }
    };
    let mut response = Response::new(body);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
