use axum::http::StatusCode;
use chrono::Duration;
use serde_json::json;

use super::super::Answer;
use super::super::call::Call;
use super::super::refusal::{Refusal, invalid};
use super::super::reply::{Reply, moment};
use super::bearing;
use crate::contract::PermissionStatus;
use crate::model::{PermissionOperation, PermissionPlan};
use crate::process::{CredentialWork, Work};
use crate::world::World;

/// What an operation comes to, decided when it was started.
pub(super) type Planned = Result<PermissionPlan, PermissionStatus>;

/// Takes an operation in; what it fails with shows in its status.
pub(super) fn begin(world: &World, call: &Call, planned: Planned) -> Answer {
    let bearing = bearing(call)?;
    let reference = world.chance.reference(world.today(), ['E', 'G']);
    let row = PermissionOperation {
        reference: reference.clone(),
        context: bearing.context.clone(),
        started: world.now(),
        plan: planned.unwrap_or_else(|failure| PermissionPlan::Fail(failure.stored())),
        status: PermissionStatus::Taken.stored(),
    };
    world.change(|state| state.operations.put(reference.as_str(), row))?;
    world.schedule().add(world, Work::Credential(CredentialWork::Permission(reference.clone())));
    Ok(Reply::json(StatusCode::ACCEPTED, json!({ "referenceNumber": reference })))
}

/// `GET /permissions/operations/{referenceNumber}`; kept for thirty days.
pub(in crate::api) fn status(world: &World, call: &Call) -> Answer {
    let bearing = bearing(call)?;
    let reference = call.parameter("referenceNumber");
    let row = world.look(|state| state.operations.get(reference).cloned())?;
    let row = row.filter(|row| row.context == bearing.context).ok_or_else(|| {
        invalid(vec![format!("Operacja o numerze referencyjnym {reference} nie została znaleziona.")])
    })?;
    if world.now() - row.started > Duration::days(PermissionOperation::DAYS) {
        return Err(Refusal::Gone("Status operacji nie jest już dostępny."));
    }
    Ok(Reply::ok(json!({ "status": row.status.json() })))
}

/// `GET /permissions/attachments/status`
pub(in crate::api) fn attachment_consent(world: &World, call: &Call) -> Answer {
    let bearing = bearing(call)?;
    // Other contexts were sent away before.
    let nip = bearing.context.nip().ok_or(Refusal::Broken)?;
    let consent = world.look(|state| state.attachments.get(nip.as_str()).cloned())?;
    let end = consent.as_ref().and_then(|consent| consent.ends());
    let allowed = consent.is_some_and(|consent| consent.holds_at(world.now()));
    Ok(Reply::ok(json!({ "isAttachmentAllowed": allowed, "revokedDate": end.map(moment) })))
}
