use ksef_types::ContextIdentifier;
use serde_json::json;

use super::super::Answer;
use super::super::call::Call;
use super::super::reply::moment;
use super::bearing;
use super::listed::{is_identified, reply};
use crate::model::Role;
use crate::world::World;

fn found(world: &World, wanted: impl Fn(&Role) -> bool) -> Result<Vec<Role>, crate::world::StorageFailed> {
    world.look(|state| state.roles.rows().filter(|row| row.active && wanted(row)).cloned().collect())
}

/// `GET /permissions/query/entities/roles`
pub(in crate::api) fn roles(world: &World, call: &Call) -> Answer {
    let context = &bearing(call)?.context;
    let rows = found(world, |row| *context == ContextIdentifier::Nip(row.nip))?;
    Ok(reply(
        call,
        "roles",
        rows,
        |row| (row.start, row.id.clone()),
        |row| {
            let mut item =
                json!({ "role": row.role, "description": row.description, "startDate": moment(row.start) });
            if let Some(parent) = row.parent {
                item["parentEntityIdentifier"] = json!({ "type": "Nip", "value": parent });
            }
            item
        },
    ))
}

/// `POST /permissions/query/subordinate-entities/roles`
pub(in crate::api) fn subordinates(world: &World, call: &Call) -> Answer {
    let own = match &bearing(call)?.context {
        ContextIdentifier::Nip(nip) => Some(*nip),
        _ => None,
    };
    let rows = found(world, |row| {
        own.is_some()
            && row.parent == own
            && is_identified(call, "subordinateEntityIdentifier", &json!({ "type": "Nip", "value": row.nip }))
    })?;
    Ok(reply(
        call,
        "roles",
        rows,
        |row| (row.start, row.id.clone()),
        |row| {
            json!({
                "subordinateEntityIdentifier": { "type": "Nip", "value": row.nip },
                "role": row.role,
                "description": row.description,
                "startDate": moment(row.start),
            })
        },
    ))
}
