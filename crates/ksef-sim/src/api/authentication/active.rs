use axum::http::StatusCode;
use serde_json::{Value, json};

use super::super::call::{Bearing, Call};
use super::super::refusal::{Refusal, invalid};
use super::super::reply::Reply;
use super::super::{Answer, continuation};
use super::tokens::described;
use crate::judge::refusal::AuthenticationFailure;
use crate::model::{Authentication, StoredStatus};
use crate::world::World;

/// `GET /auth/sessions`
pub(in crate::api) fn active(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let now = world.now();
    let mut rows = world.look(|state| {
        let own = state.authentications.rows().filter(|row| belongs(bearing, row) && row.active(now));
        own.cloned().collect::<Vec<_>>()
    })?;
    rows.sort_by_key(|row| std::cmp::Reverse(row.started));
    let (rows, next) = continuation::page(world, call, "auth-sessions", rows)?;
    let items: Vec<Value> = rows
        .iter()
        .map(|row| {
            let mut item = described(row);
            item["referenceNumber"] = json!(row.reference);
            item["isCurrent"] = json!(row.reference == bearing.authentication);
            item
        })
        .collect();
    Ok(Reply::ok(json!({ "continuationToken": next, "items": items })))
}

/// `DELETE /auth/sessions/current`
pub(in crate::api) fn end_current(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    revoke(world, bearing.authentication.as_str())?;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// `DELETE /auth/sessions/{referenceNumber}`
pub(in crate::api) fn end(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let reference = call.parameter("referenceNumber");
    let own =
        world.look(|state| state.authentications.get(reference).is_some_and(|row| belongs(bearing, row)))?;
    if !own {
        return Err(invalid(vec![format!("Sesja uwierzytelnienia {reference} nie została znaleziona.")]));
    }
    revoke(world, reference)?;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

fn belongs(bearing: &Bearing, row: &Authentication) -> bool {
    row.subject == bearing.subject && row.context == bearing.context
}

/// The refresh token ends; access tokens work on until their own end.
fn revoke(world: &World, reference: &str) -> Result<(), Refusal> {
    world.change(|state| {
        if let Some(row) = state.authentications.change(reference) {
            row.status = StoredStatus::from(AuthenticationFailure::Invalidated.status());
        }
    })?;
    Ok(())
}
