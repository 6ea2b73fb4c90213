use ksef_types::ContextIdentifier;
use serde_json::{Value, json};

use super::super::Answer;
use super::super::call::{Bearing, Call};
use super::super::reply::moment;
use super::bearing;
use super::listed::{
    asks_for, asks_for_state, author_of, beginning, is_identified, is_listed, order, reply, state_of,
    target_of,
};
use crate::model::{Authorization, Grant, GrantKind, Subject};
use crate::rights::linked;
use crate::store::State;
use crate::world::World;

fn grants(
    world: &World,
    wanted: impl Fn(&State, &Grant) -> bool,
) -> Result<Vec<Grant>, crate::world::StorageFailed> {
    world.look(|state| {
        state.grants.rows().filter(|grant| grant.active && wanted(state, grant)).cloned().collect()
    })
}

/// `POST /permissions/query/persons/grants`
pub(in crate::api) fn persons(world: &World, call: &Call) -> Answer {
    let bearing = bearing(call)?;
    let valid_here = call.text("/queryType") == "PermissionsInCurrentContext";
    let rows = grants(world, |state, grant| {
        let in_list =
            if valid_here { works_here(bearing, grant) } else { is_given_by(state, bearing, grant) };
        in_list
            && is_listed(grant.permission)
            && asks_for(call, grant.permission.as_str())
            && asks_for_state(call, state, grant)
            && is_identified(call, "authorIdentifier", &author_of(grant))
            && is_identified(call, "authorizedIdentifier", &grant.to.json())
            && is_identified(call, "contextIdentifier", &json!(grant.context))
            && is_identified(call, "targetIdentifier", &target_of(grant))
    })?;
    let states = world.look(|state| {
        let of = |grant: &Grant| (grant.id.clone(), state_of(state, grant));
        rows.iter().map(of).collect::<std::collections::HashMap<_, _>>()
    })?;
    Ok(reply(call, "permissions", rows, order, |grant| {
        let mut item = beginning(grant);
        item["authorizedIdentifier"] = grant.to.json();
        item["authorIdentifier"] = author_of(grant);
        item["canDelegate"] = json!(grant.can_delegate);
        item["permissionState"] = json!(states.get(&grant.id).copied().unwrap_or("Active"));
        if grant.kind == GrantKind::Subunit && grant.context != bearing.context {
            item["contextIdentifier"] = json!(grant.context);
        }
        if grant.target.is_some() {
            item["targetIdentifier"] = target_of(grant);
        }
        item
    }))
}

/// Who may work in the context, and whom its firm let work for its clients.
fn works_here(bearing: &Bearing, grant: &Grant) -> bool {
    !matches!(grant.kind, GrantKind::EuAdministration | GrantKind::EuEntity)
        && grant.context == bearing.context
}

/// What the caller gave in this context.
fn is_given_by(state: &State, bearing: &Bearing, grant: &Grant) -> bool {
    !matches!(grant.kind, GrantKind::EuAdministration | GrantKind::EuEntity)
        && *grant.given_in() == bearing.context
        && grant.author.as_ref().is_some_and(|author| linked(state, &bearing.subject).contains(author))
}

/// `POST /permissions/query/subunits/grants`
pub(in crate::api) fn subunits(world: &World, call: &Call) -> Answer {
    let bearing = bearing(call)?;
    let rows = grants(world, |_, grant| {
        grant.kind == GrantKind::Subunit
            && *grant.given_in() == bearing.context
            && is_identified(call, "subunitIdentifier", &json!(grant.context))
    })?;
    Ok(reply(call, "permissions", rows, order, |grant| {
        let mut item = beginning(grant);
        item["authorizedIdentifier"] = grant.to.json();
        item["subunitIdentifier"] = json!(grant.context);
        item["authorIdentifier"] = author_of(grant);
        if let Some(name) = &grant.unit_name {
            item["subunitName"] = json!(name);
        }
        item
    }))
}

/// `POST /permissions/query/entities/grants`: what other firms gave to the context's firm.
pub(in crate::api) fn entities(world: &World, call: &Call) -> Answer {
    let own = match &bearing(call)?.context {
        ContextIdentifier::Nip(nip) => Some(Subject::nip(nip)),
        _ => None,
    };
    let rows = grants(world, |_, grant| {
        grant.kind == GrantKind::Entity
            && Some(&grant.to) == own.as_ref()
            && is_identified(call, "contextIdentifier", &json!(grant.context))
    })?;
    Ok(reply(call, "permissions", rows, order, |grant| {
        json!({
            "id": grant.id,
            "contextIdentifier": grant.context,
            "permissionScope": grant.permission,
            "description": grant.description,
            "startDate": moment(grant.start),
            "canDelegate": grant.can_delegate,
        })
    }))
}

/// `POST /permissions/query/eu-entities/grants`
pub(in crate::api) fn eu_entities(world: &World, call: &Call) -> Answer {
    let bearing = bearing(call)?;
    let fingerprint = call.optional_text("/authorizedFingerprintIdentifier").map(str::to_ascii_uppercase);
    let vat_ue = call.optional_text("/vatUeIdentifier");
    let rows = grants(world, |_, grant| {
        is_of_union(&bearing.context, grant)
            && asks_for(call, grant.permission.as_str())
            && vat_ue.is_none_or(|wanted| vat_ue_of(grant) == wanted)
            && fingerprint.as_ref().is_none_or(|part| grant.to.value.contains(part.as_str()))
    })?;
    Ok(reply(call, "permissions", rows, order, |grant| {
        let mut item = beginning(grant);
        item["authorIdentifier"] = author_of(grant);
        item["vatUeIdentifier"] = json!(vat_ue_of(grant));
        item["euEntityName"] = json!(grant.unit_name.as_deref().unwrap_or("Podmiot unijny"));
        item["authorizedFingerprintIdentifier"] = json!(grant.to.value);
        if let Some(details) = &grant.eu_details {
            item["euEntityDetails"] = details.clone();
        }
        item
    }))
}

/// From a firm's context its administrators in the Union; from the composed context everybody there.
fn is_of_union(context: &ContextIdentifier, grant: &Grant) -> bool {
    match (grant.kind, context) {
        (GrantKind::EuAdministration, ContextIdentifier::Nip(nip)) => grant.context.nip() == Some(*nip),
        (GrantKind::EuAdministration | GrantKind::EuEntity, _) => grant.context == *context,
        _ => false,
    }
}

fn vat_ue_of(grant: &Grant) -> &str {
    grant.context.value().split_once('-').map_or("", |(_, vat_ue)| vat_ue)
}

/// `POST /permissions/query/authorizations/grants`
pub(in crate::api) fn authorizations(world: &World, call: &Call) -> Answer {
    let bearing = bearing(call)?;
    let granted = call.text("/queryType") == "Granted";
    let wanted = |row: &&Authorization| {
        let authorizing = ContextIdentifier::Nip(row.authorizing);
        let (here, filter, other) = if granted {
            (authorizing == bearing.context, "authorizedIdentifier", json!(row.authorized))
        } else {
            (row.authorized == bearing.context, "authorizingIdentifier", json!(authorizing))
        };
        let scope = json!(row.scope);
        row.active
            && here
            && is_identified(call, filter, &other)
            && asks_for(call, scope.as_str().unwrap_or_default())
    };
    let rows: Vec<Authorization> =
        world.look(|state| state.authorizations.rows().filter(wanted).cloned().collect())?;
    Ok(reply(call, "authorizationGrants", rows, |row| (row.start, row.id.clone()), authorization))
}

fn authorization(row: &Authorization) -> Value {
    json!({
        "id": row.id,
        "authorIdentifier": row.author.json(),
        "authorizedEntityIdentifier": row.authorized,
        "authorizingEntityIdentifier": { "type": "Nip", "value": row.authorizing },
        "authorizationScope": row.scope,
        "description": row.description,
        "subjectEntityDetails": { "subjectDetailsType": "EntityByIdentifier", "fullName": row.full_name },
        "startDate": moment(row.start),
    })
}
