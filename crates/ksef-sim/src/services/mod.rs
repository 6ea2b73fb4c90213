//! Two public services that invoices need and that are not KSeF: the white list of VAT payers and the National Bank's
//! exchange rates. They have a port of their own; the API's port does not know them.

mod accounts;
mod nbp;
mod payers;
mod rates;
mod white_list;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Response, StatusCode, Uri, header};
use chrono::NaiveDate;
use ksef_types::Nip;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::FaultKind;
use crate::api::{Reply, strike};
use crate::fault::Faults;
use crate::server::Line;
use crate::world::World;

/// Where the white list begins on the port of the services.
pub(crate) const WHITE_LIST: &str = "/wl";
/// Where the National Bank begins.
pub(crate) const NBP: &str = "/nbp";
/// Questions that are remembered.
const REMEMBERED: usize = 10_000;

/// What a question is put to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublicService {
    /// `/api/search/…` of the white list.
    WhiteListSearch,
    /// `/api/check/…` of the white list.
    WhiteListCheck,
    /// The National Bank's rates.
    Nbp,
}

/// A question that came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskedService {
    /// To which.
    pub service: PublicService,
    /// The path with its query.
    pub target: String,
    /// What was answered; 0 where nothing was.
    pub status: u16,
}

/// What the services hold beside the code: nothing of it is kept over a restart.
#[derive(Debug, Default)]
pub(crate) struct Services {
    pub(crate) faults: Faults<PublicService>,
    pub(crate) asked: Vec<AskedService>,
    /// Requests of a day in Poland.
    pub(crate) used: HashMap<(PublicService, NaiveDate), u32>,
    /// Payers by the management: the subject as the list has it, or nobody.
    pub(crate) payers: BTreeMap<Nip, Option<Value>>,
}

pub(crate) fn router(world: Arc<World>) -> Router {
    Router::new().fallback(move |ConnectInfo(line): ConnectInfo<Line>, method: Method, target: Uri| {
        let world = Arc::clone(&world);
        async move { answer(&world, &line, &method, &target).await }
    })
}

async fn answer(world: &World, line: &Line, method: &Method, target: &Uri) -> Response<Body> {
    let Some((service, inside)) = routed(target.path()) else {
        return Reply::empty(StatusCode::NOT_FOUND).into_response();
    };
    if method != Method::GET {
        return Reply::empty(StatusCode::METHOD_NOT_ALLOWED).with(header::ALLOW, "GET").into_response();
    }
    let query = target.query().unwrap_or_default();
    let fault = world.services().faults.strike(service);
    let response = struck(world, line, fault, service, inside, query).await;
    let status = if line.is_cut() { 0 } else { response.status().as_u16() };
    let target = target.path_and_query().map_or_else(String::new, ToString::to_string);
    let mut services = world.services();
    if services.asked.len() < REMEMBERED {
        services.asked.push(AskedService { service, target, status });
    }
    response
}

async fn struck(
    world: &World,
    line: &Line,
    fault: Option<FaultKind>,
    service: PublicService,
    inside: &str,
    query: &str,
) -> Response<Body> {
    match &fault {
        Some(FaultKind::TooManyRequests { retry_after }) => {
            let reply = match service {
                PublicService::Nbp => nbp::too_many(),
                PublicService::WhiteListSearch | PublicService::WhiteListCheck => white_list::limit_reached(),
            };
            // The white list says nothing of when; 0 leaves it out.
            let reply = match retry_after {
                0 => reply,
                seconds => reply.with(header::RETRY_AFTER, &seconds.to_string()),
            };
            return reply.into_response();
        }
        Some(FaultKind::Refuse { code, description, .. }) if service != PublicService::Nbp => {
            return white_list::refused(&format!("WL-{code}"), description).into_response();
        }
        Some(fault) => {
            if let Some(response) = strike::before(world, line, fault, false, inside).await {
                return response;
            }
        }
        None => {}
    }
    let reply = match service {
        PublicService::Nbp => nbp::answer(world, inside, query),
        PublicService::WhiteListSearch | PublicService::WhiteListCheck => {
            white_list::answer(world, service, inside, query)
        }
    };
    match fault {
        Some(fault) => strike::after(line, &fault, reply),
        None => reply.into_response(),
    }
}

fn routed(path: &str) -> Option<(PublicService, &str)> {
    if let Some(inside) = path.strip_prefix(NBP) {
        return inside.starts_with("/api/").then_some((PublicService::Nbp, inside));
    }
    let inside = path.strip_prefix(WHITE_LIST)?;
    if inside.starts_with("/api/search/") {
        Some((PublicService::WhiteListSearch, inside))
    } else if inside.starts_with("/api/check/") {
        Some((PublicService::WhiteListCheck, inside))
    } else {
        None
    }
}

/// The value of a field of the query; nothing in the questions of these services is escaped.
fn field<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// Repeatable numbers out of what is asked for: splitmix64.
struct Lot(u64);

impl Lot {
    fn of(text: &str) -> Self {
        Self(
            text.bytes()
                .fold(0x4F6B_6965, |seed: u64, byte| seed.wrapping_mul(0x100_0000_01B3) ^ u64::from(byte)),
        )
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Below `end`, which is not 0.
    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        let place = usize::try_from(self.below(all.len().max(1) as u64)).ok()?;
        all.get(place).copied()
    }
}
