use serde_json::{Value, json};

use super::call::{Bearing, Call};
use super::refusal::{Forbidden, Refusal, invalid};
use super::reply::{Reply, moment};
use super::{Answer, continuation};
use crate::Permission;
use crate::model::{Grant, Method, Token};
use crate::store::State;
use crate::world::World;

/// `GET /tokens`
pub(super) fn tokens(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let mut rows = world.look(|state| {
        let seen = state.tokens.rows().filter(|row| visible(bearing, row) && wanted(call, row));
        seen.cloned().collect::<Vec<_>>()
    })?;
    rows.sort_by_key(|row| std::cmp::Reverse(row.created));
    let (rows, next) = continuation::page(world, call, "tokens", rows)?;
    let list: Vec<Value> = rows.iter().map(described).collect();
    Ok(Reply::ok(json!({ "continuationToken": next, "tokens": list })))
}

/// `GET /tokens/{referenceNumber}`
pub(super) fn token(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let reference = call.parameter("referenceNumber");
    let row = world.look(|state| state.tokens.get(reference).cloned())?;
    match row.filter(|row| row.context == bearing.context) {
        None => {
            Err(invalid(vec![format!("Token o numerze referencyjnym {reference} nie został znaleziony.")]))
        }
        Some(row) if visible(bearing, &row) => Ok(Reply::ok(described(&row))),
        Some(_) => Err(Refusal::Forbidden(Forbidden::ResourceAccess)),
    }
}

/// All tokens of the context for who may see credentials; otherwise one's own.
fn visible(bearing: &Bearing, row: &Token) -> bool {
    let all = bearing.may(Permission::CredentialsManage) || bearing.may(Permission::CredentialsRead);
    let own = match &bearing.method {
        Method::Token(reference) => row.reference == *reference,
        _ => row.author == bearing.subject,
    };
    row.context == bearing.context && (all || own)
}

fn wanted(call: &Call, row: &Token) -> bool {
    let contains = |parameter: &str, value: &str| {
        call.optional(parameter).is_none_or(|part| value.to_lowercase().contains(&part.to_lowercase()))
    };
    let statuses = call.all("status");
    let kind = json!(row.author.kind);
    (statuses.is_empty() || statuses.iter().any(|status| json!(row.status) == **status))
        && contains("description", &row.description)
        && contains("authorIdentifier", &row.author.value)
        && call.optional("authorIdentifierType").is_none_or(|wanted| kind == wanted)
}

fn described(row: &Token) -> Value {
    json!({
        "referenceNumber": row.reference,
        "authorIdentifier": row.author.json(),
        "contextIdentifier": row.context,
        "description": row.description,
        "requestedPermissions": row.permissions,
        "dateCreated": moment(row.created),
        "lastUseDate": row.last_use.map(moment),
        "status": row.status,
    })
}

/// `POST /permissions/query/personal/grants`
pub(super) fn personal(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let mut rows = world.look(|state| granted(state, bearing, call))?;
    rows.sort_by(|one, other| other.start.cmp(&one.start).then_with(|| one.id.cmp(&other.id)));
    let size = call.number("pageSize").unwrap_or(10);
    let skipped = call.number("pageOffset").unwrap_or(0).saturating_mul(size);
    let has_more = rows.len() > skipped.saturating_add(size);
    let list: Vec<Value> = rows.iter().skip(skipped).take(size).map(grant_described).collect();
    let owner = owner_permissions(bearing);
    Ok(Reply::ok(json!({ "permissions": list, "ownerPermissions": owner, "hasMore": has_more })))
}

fn granted(state: &State, bearing: &Bearing, call: &Call) -> Vec<Grant> {
    let types: Vec<&str> = call
        .json
        .get("permissionTypes")
        .and_then(Value::as_array)
        .map(|types| types.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let active = call.optional_text("/permissionState").map(|wanted| wanted == "Active");
    let wanted = |grant: &&Grant| {
        grant.to == bearing.subject
            && grant.context == bearing.context
            && (types.is_empty() || types.contains(&grant.permission.as_str()))
            && active.is_none_or(|active| active == grant.active)
    };
    state.grants.rows().filter(wanted).cloned().collect()
}

/// The rights of an owner (since 2.9): for the firm itself, whatever of them the login carries.
fn owner_permissions(bearing: &Bearing) -> Vec<Permission> {
    let owner = bearing.context.nip().is_some_and(|nip| nip.as_str() == bearing.subject.value)
        || Permission::OWNER.iter().all(|permission| bearing.may(*permission));
    let own = Permission::OWNER.into_iter().filter(|permission| owner && bearing.may(*permission));
    own.collect()
}

fn grant_described(grant: &Grant) -> Value {
    json!({
        "id": grant.id,
        "contextIdentifier": null,
        "permissionScope": grant.permission,
        "description": grant.description,
        "permissionState": if grant.active { "Active" } else { "Inactive" },
        "startDate": moment(grant.start),
        "canDelegate": false,
    })
}
