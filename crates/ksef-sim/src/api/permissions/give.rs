use ksef_types::ContextIdentifier;
use serde_json::{Value, json};

use super::super::Answer;
use super::super::call::Call;
use super::super::refusal::{Refusal, invalid};
use super::bearing;
use super::identifiers::{context, details, permissions, subject};
use super::operation::begin;
use crate::Permission;
use crate::contract::PermissionStatus;
use crate::model::{
    Authorization, AuthorizationScope, EntityRole, Grant, GrantKind, PermissionPlan, Subject, SubjectDetails,
};
use crate::rights::{linked, owns};
use crate::store::State;
use crate::world::World;

/// A permission with everything that is the same in all kinds.
pub(super) fn new_grant(
    world: &World,
    call: &Call,
    kind: GrantKind,
    to: &Subject,
    permission: Permission,
    details: SubjectDetails,
) -> Result<Grant, Refusal> {
    let bearing = bearing(call)?;
    Ok(Grant {
        id: world.chance.uuid(),
        to: to.clone(),
        context: bearing.context.clone(),
        permission,
        description: call.text("/description").to_owned(),
        start: world.now(),
        active: true,
        kind,
        author: Some(bearing.subject.clone()),
        granted_in: Some(bearing.context.clone()),
        can_delegate: false,
        target: None,
        subject_details: Some(details),
        unit_name: None,
        eu_details: None,
    })
}

/// `POST /permissions/persons/grants`
pub(in crate::api) fn to_person(world: &World, call: &Call) -> Answer {
    let context = bearing(call)?.context.clone();
    let to = subject(call, "subjectIdentifier")?;
    let details = details(call, &to)?;
    let wanted = permissions(call, Value::clone)?;
    let grants: Vec<Grant> = wanted
        .iter()
        .map(|permission| new_grant(world, call, GrantKind::Person, &to, *permission, details.clone()))
        .collect::<Result<_, Refusal>>()?;
    let refused = world.look(|state| refused_person(state, &context, &to, &wanted))?;
    begin(world, call, refused.map_or(Ok(PermissionPlan::Grant(grants)), Err))
}

fn refused_person(
    state: &State,
    context: &ContextIdentifier,
    to: &Subject,
    wanted: &[Permission],
) -> Option<PermissionStatus> {
    let in_firm = matches!(context, ContextIdentifier::Nip(_));
    // The owner has every right already.
    if let ContextIdentifier::Nip(nip) = context
        && owns(state, to, nip)
    {
        return Some(PermissionStatus::ForbiddenLink);
    }
    let enforcing = wanted.contains(&Permission::EnforcementOperations);
    if enforcing && !has_role(state, context, &[EntityRole::EnforcementAuthority, EntityRole::CourtBailiff]) {
        return Some(PermissionStatus::WrongRole);
    }
    // Units have no units of their own.
    (wanted.contains(&Permission::SubunitManage) && !in_firm).then_some(PermissionStatus::WrongRole)
}

pub(super) fn has_role(state: &State, context: &ContextIdentifier, roles: &[EntityRole]) -> bool {
    let ContextIdentifier::Nip(nip) = context else { return false };
    state.roles.rows().any(|row| row.active && row.nip == *nip && roles.contains(&row.role))
}

/// `POST /permissions/entities/grants`
pub(in crate::api) fn to_entity(world: &World, call: &Call) -> Answer {
    let own = bearing(call)?.context.clone();
    let to = subject(call, "subjectIdentifier")?;
    permissions(call, |item| item["type"].clone())?;
    let name = call.text("/subjectDetails/fullName");
    let details =
        SubjectDetails::Entity(json!({ "subjectDetailsType": "EntityByIdentifier", "fullName": name }));
    let list = call.json.get("permissions").and_then(Value::as_array);
    let grants: Vec<Grant> = list
        .into_iter()
        .flatten()
        .map(|item| {
            let permission = serde_json::from_value(item["type"].clone()).map_err(|_| Refusal::Broken)?;
            let grant = new_grant(world, call, GrantKind::Entity, &to, permission, details.clone())?;
            Ok(Grant { can_delegate: item["canDelegate"] == true, ..grant })
        })
        .collect::<Result<_, Refusal>>()?;
    let itself = world.look(|state| own.nip().is_some_and(|nip| owns(state, &to, &nip)))?;
    let planned =
        if itself { Err(PermissionStatus::ForbiddenLink) } else { Ok(PermissionPlan::Grant(grants)) };
    begin(world, call, planned)
}

/// `POST /permissions/authorizations/grants`
pub(in crate::api) fn to_provider(world: &World, call: &Call) -> Answer {
    let bearing = bearing(call)?;
    let authorized = context(call, "subjectIdentifier")?
        .ok_or_else(|| invalid(vec!["Pole 'subjectIdentifier' jest wymagane.".to_owned()]))?;
    let scope = call.json.get("permission").cloned().unwrap_or_default();
    let scope: AuthorizationScope = serde_json::from_value(scope).map_err(|_| Refusal::Broken)?;
    let ContextIdentifier::Nip(authorizing) = bearing.context else {
        return begin(world, call, Err(PermissionStatus::WrongRole));
    };
    let refused = world.look(|state| {
        let provider = matches!(authorized, ContextIdentifier::PeppolId(_));
        let registered = state.peppol.get(authorized.value()).is_some();
        if provider != (scope == AuthorizationScope::PefInvoicing) || (provider && !registered) {
            return Some(PermissionStatus::ForbiddenIdentifier);
        }
        let itself = matches!(&authorized, ContextIdentifier::Nip(nip)
            if linked(state, &Subject::nip(&authorizing)).contains(&Subject::nip(nip)));
        itself.then_some(PermissionStatus::ForbiddenLink)
    })?;
    let row = Authorization {
        id: world.chance.uuid(),
        author: bearing.subject.clone(),
        authorizing,
        authorized,
        scope,
        description: call.text("/description").to_owned(),
        full_name: call.text("/subjectDetails/fullName").to_owned(),
        start: world.now(),
        active: true,
    };
    begin(world, call, refused.map_or(Ok(PermissionPlan::Authorize(Box::new(row))), Err))
}
