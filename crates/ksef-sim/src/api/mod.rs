//! The API: every request goes the same way, by the contract's table, to its operation.

mod authentication;
mod batch;
mod bearer;
mod call;
mod certificates;
mod collective;
mod continuation;
mod download;
mod encryption;
mod exports;
mod invoices;
mod metadata;
mod online;
mod operate;
mod page;
mod peppol;
mod permissions;
mod public;
mod refusal;
mod reply;
mod route;
mod sessions;
pub(crate) mod strike;
mod test_data;
mod tokens;
mod upo;

use std::net::IpAddr;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request, Response, header};
use ksef_types::ContextKind;
use serde_json::Value;

use self::call::Bearing;
pub(crate) use self::call::Call;
use self::refusal::{Forbidden, Refusal, exception, invalid, warning_header};
use self::reply::Content;
pub(crate) use self::reply::{Reply, moment};
use crate::contract::{self, Contract, Findings, Group};
use crate::control::ArrivedRequest;
use crate::limits::{self, Counted};
use crate::server::Line;
use crate::traffic::{Asked, Traffic};
use crate::world::World;
use crate::{FaultKind, Operation, Permission, Quirk};

pub(crate) use self::download::DownloadKey;

/// More than any request needs: a document of 5 MB, the most that a context can be let, in Base64.
const LARGEST_BODY: usize = 7_500_000;
const PREFIX: &str = "/v2";

type Answer = Result<Reply, Refusal>;

/// Answers a request to the API's port.
pub(crate) async fn answer(world: Arc<World>, line: Line, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let problem_details =
        parts.headers.get("x-error-format").is_some_and(|format| format.as_bytes() == b"problem-details");
    let routed = routed(parts.method.as_str(), &path);
    let operation = routed.as_ref().ok().map(Routed::operation);
    let number = world.arrived().take(arrived(&world, &parts, operation, problem_details));

    let fault = operation.and_then(|operation| world.faults().strike(operation));
    if let Some(fault) = &fault {
        world.arrived().update(number, |request| request.fault = Some(fault.clone()));
        if let Some(response) = strike::before(&world, &line, fault, problem_details, &path).await {
            return finished(&world, number, response);
        }
    }
    let query = parts.uri.query().unwrap_or_default().to_owned();
    if let Ok(Routed::Upload(rest)) = &routed {
        let reply = batch::receive(&world, rest, &query, &parts.headers, body).await;
        return finished(&world, number, struck(&line, fault.as_ref(), reply));
    }
    let body = axum::body::to_bytes(body, LARGEST_BODY).await.ok();
    let asked = asked(&world, &routed, &parts.headers, &query, body.as_ref());
    let arriving = Arriving { headers: parts.headers, query, body, address: line.address, number };
    let worker = Arc::clone(&world);
    // Keys, signatures and documents take their time: not on the threads that serve connections.
    let reply = tokio::task::spawn_blocking(move || {
        let problems = problem_details;
        let reply = routed.and_then(|routed| handle(&worker, routed, arriving));
        reply.unwrap_or_else(|refusal| refusal.reply(&worker, &path, problems))
    });
    let Ok(mut reply) = reply.await else {
        return finished(
            &world,
            number,
            Reply::empty(axum::http::StatusCode::INTERNAL_SERVER_ERROR).into_response(),
        );
    };
    if world.has(Quirk::UnknownFields) {
        add_unknown_fields(&mut reply);
    }
    if world.has(Quirk::NoRetryAfter) {
        reply.headers.retain(|(name, _)| name != header::RETRY_AFTER);
    }
    if let (Some(traffic), Some(asked)) = (&world.traffic, &asked) {
        record(&world, traffic, asked, fault.as_ref(), &reply);
    }
    finished(&world, number, struck(&line, fault.as_ref(), reply))
}

/// What is recorded of a request, where exchanges are recorded at all.
fn asked(
    world: &World,
    routed: &Result<Routed, Refusal>,
    headers: &HeaderMap,
    query: &str,
    body: Option<&Bytes>,
) -> Option<Asked> {
    let Ok(Routed::Contract(contract, path)) = routed else { return None };
    world.traffic.as_ref().map(|_| Asked::new(contract, path, query, headers, body))
}

fn record(world: &World, traffic: &Traffic, asked: &Asked, fault: Option<&FaultKind>, reply: &Reply) {
    let quirk = || world.quirks().iter().copied().find(|quirk| quirk.breaks_the_contract());
    let made_by = fault
        .map(|fault| format!("fault {fault:?}"))
        .or_else(|| quirk().map(|quirk| format!("quirk {quirk:?}")));
    let (kind, bytes) = reply.content();
    traffic.write(asked, reply.status.as_u16(), &reply.headers, (kind, &bytes), made_by.as_deref());
}

fn struck(line: &Line, fault: Option<&FaultKind>, reply: Reply) -> Response<Body> {
    match fault {
        Some(fault) => strike::after(line, fault, reply),
        None => reply.into_response(),
    }
}

/// Makes of the rest of a path what it leads to.
type Found = fn(String) -> Routed;

/// What a path leads to.
enum Routed {
    Contract(&'static Contract, Vec<(&'static str, String)>),
    /// Addresses outside the contract, by what follows their prefix.
    Download(String),
    DownloadPart(String),
    Upload(String),
}

impl Routed {
    const fn operation(&self) -> Operation {
        match self {
            Self::Contract(contract, _) => contract.operation,
            Self::Download(_) => Operation::DownloadUpo,
            Self::DownloadPart(_) => Operation::DownloadPart,
            Self::Upload(_) => Operation::UploadPart,
        }
    }
}

fn routed(method: &str, path: &str) -> Result<Routed, Refusal> {
    let outside: [(&str, contract::Method, Found); 3] = [
        (download::PREFIX, contract::Method::Get, Routed::Download),
        (exports::PREFIX, contract::Method::Get, Routed::DownloadPart),
        (batch::PREFIX, contract::Method::Put, Routed::Upload),
    ];
    for (prefix, allowed, found) in outside {
        if let Some(rest) = path.strip_prefix(prefix) {
            return if method == allowed.as_str() {
                Ok(found(rest.to_owned()))
            } else {
                Err(Refusal::OtherMethods(vec![allowed]))
            };
        }
    }
    let inside = path.strip_prefix(PREFIX).ok_or(Refusal::NoSuchPath)?;
    let (contract, parameters) = route::find(method, inside)?;
    Ok(Routed::Contract(contract, parameters))
}

fn arrived(
    world: &World,
    parts: &axum::http::request::Parts,
    operation: Option<Operation>,
    problem_details: bool,
) -> ArrivedRequest {
    let user_agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    ArrivedRequest {
        number: 0,
        at: world.now(),
        operation,
        method: parts.method.to_string(),
        path: parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
        context: None,
        user_agent: user_agent.map(str::to_owned),
        problem_details,
        unknown_fields: Vec::new(),
        fault: None,
        answered: None,
    }
}

fn finished(world: &World, number: u64, response: Response<Body>) -> Response<Body> {
    let status = response.status().as_u16();
    let cut = response.extensions().get::<strike::Cut>().is_some();
    world.arrived().update(number, |request| request.answered = (!cut).then_some(status));
    response
}

/// A request with its body, before it is judged.
struct Arriving {
    headers: HeaderMap,
    query: String,
    /// `None` where it was too large or broke off.
    body: Option<Bytes>,
    address: IpAddr,
    number: u64,
}

fn handle(world: &World, routed: Routed, arriving: Arriving) -> Answer {
    if world.has(Quirk::ShieldAnswersHtml) {
        return Ok(refusal::shield_page(world));
    }
    if world.has(Quirk::ShieldBlocks) {
        let client_ip = arriving.address.to_string();
        return Err(Refusal::Forbidden(Forbidden::Shield { incident: world.chance.uuid(), client_ip }));
    }
    match routed {
        Routed::Download(rest) => download::answer(world, &rest, &arriving.query, &arriving.headers),
        Routed::DownloadPart(rest) => exports::download(world, &rest, &arriving.query, &arriving.headers),
        // Answered before: its body is not gathered in memory.
        Routed::Upload(_) => Err(Refusal::NoSuchPath),
        Routed::Contract(contract, path) => {
            let test_warning = arriving.headers.get("x-test-system-warning").cloned();
            let call = admit(world, contract, &path, arriving)?;
            let mut reply = operate::operate(world, &call)?;
            let own = world.warning().clone();
            let asked = test_warning.as_ref().and_then(|value| value.to_str().ok()).map(str::to_owned);
            let warnings: Vec<String> = own.into_iter().chain(asked).collect();
            reply.headers.extend(warnings.iter().filter_map(|warning| warning_header(warning)));
            Ok(reply)
        }
    }
}

/// Bearer, limits, permissions, then the request's parts against the contract, in this order.
fn admit(
    world: &World,
    contract: &'static Contract,
    path: &[(&'static str, String)],
    arriving: Arriving,
) -> Result<Call, Refusal> {
    let Arriving { headers, query, body, address, number } = arriving;
    let bearing = bearer::of(world, contract, path, &headers, address)?;
    if let Some(bearing) = &bearing {
        let context = format!("{}:{}", bearing.context.kind(), bearing.context.value());
        world.arrived().update(number, |request| request.context = Some(context));
    }
    count(world, contract.group, bearing.as_ref(), address)?;
    suits(contract, bearing.as_ref())?;
    permit(contract, bearing.as_ref())?;
    let mut findings = Findings::default();
    let parameters = call::parameters(contract, path, &query, &headers, &mut findings);
    let body = body.ok_or(Refusal::TooLarge)?;
    let json = read_body(contract, &headers, &body, &mut findings)?;
    let unknown = std::mem::take(&mut findings.unknown);
    world.arrived().update(number, |request| request.unknown_fields = unknown);
    if !findings.problems.is_empty() {
        return Err(invalid(findings.problems));
    }
    Ok(Call { contract, parameters, headers, body, json, bearing, address })
}

fn count(world: &World, group: Group, bearing: Option<&Bearing>, address: IpAddr) -> Result<(), Refusal> {
    let profile = match bearing {
        Some(bearing) if group != Group::Public => public::profile(world, &bearing.context)?,
        _ => None,
    };
    let Some(limits) = limits::of_group(world.rate_limits, profile.as_ref(), group) else { return Ok(()) };
    let limits = if world.has(Quirk::BudgetHalfEaten) { limits.halved() } else { limits };
    let context = bearing.filter(|_| group != Group::Public);
    let context = context.map(|bearing| format!("{}:{}", bearing.context.kind(), bearing.context.value()));
    let counted = Counted { group, context, address: address.to_string() };
    world.windows().admit(counted, limits, world.now()).map_err(Refusal::TooMany)
}

/// The consent to attachments is a firm's: a provider of Peppol services is told so before it is asked for permissions,
/// which no provider can have.
fn suits(contract: &Contract, bearing: Option<&Bearing>) -> Result<(), Refusal> {
    match bearing.map(|bearing| bearing.context.kind()) {
        Some(kind @ ContextKind::PeppolId) if contract.operation == Operation::AttachmentConsent => {
            Err(Refusal::Forbidden(Forbidden::ContextType { kind: kind.to_string() }))
        }
        _ => Ok(()),
    }
}

fn permit(contract: &Contract, bearing: Option<&Bearing>) -> Result<(), Refusal> {
    let present = bearing.map(|bearing| bearing.permissions.as_slice()).unwrap_or_default();
    if contract.permissions.is_empty() || contract.permissions.iter().any(|wanted| present.contains(wanted)) {
        return Ok(());
    }
    let names =
        |permissions: &[Permission]| permissions.iter().map(|permission| permission.as_str()).collect();
    Err(Refusal::Forbidden(Forbidden::MissingPermissions {
        required: names(contract.permissions),
        present: names(present),
    }))
}

fn read_body(
    contract: &Contract,
    headers: &HeaderMap,
    body: &Bytes,
    findings: &mut Findings,
) -> Result<Value, Refusal> {
    let unreadable = || exception(21001, "Nieczytelna treść.", Vec::new());
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match contract.body {
        contract::Body::None => Ok(Value::Null),
        contract::Body::Xml if kind == "application/xml" => Ok(Value::Null),
        contract::Body::Xml => Err(unreadable()),
        contract::Body::Json { optional: true, .. } if body.is_empty() => Ok(Value::Null),
        contract::Body::Json { shape, .. } => {
            if kind != "application/json" {
                return Err(unreadable());
            }
            let value: Value = serde_json::from_slice(body).map_err(|_| unreadable())?;
            shape.judge("", &value, findings);
            Ok(value)
        }
    }
}

/// Fields that no contract names, at the top and in the objects of lists.
fn add_unknown_fields(reply: &mut Reply) {
    fn add(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                fields.values_mut().for_each(add);
                fields.insert("newSinceYesterday".to_owned(), serde_json::json!({ "value": [1, null] }));
            }
            Value::Array(items) => items.iter_mut().for_each(add),
            _ => {}
        }
    }
    if let Content::Json(value) = &mut reply.body {
        add(value);
    }
}
