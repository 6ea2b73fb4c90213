use ksef_types::ContextIdentifier;
use serde_json::Value;

use super::super::Answer;
use super::super::call::Call;
use super::super::refusal::{Refusal, invalid};
use super::bearing;
use super::give::{has_role, new_grant};
use super::identifiers::{context, details, permissions, subject, target};
use super::operation::begin;
use crate::Permission;
use crate::contract::PermissionStatus;
use crate::model::{EntityRole, Grant, GrantKind, PermissionPlan, SubjectDetails, Target};
use crate::rights::delegations;
use crate::store::State;
use crate::world::World;

/// What the administrator of a firm of the Union gets. Source: description of the operation.
const EU_ADMINISTRATION: [Permission; 4] =
    [Permission::VatUeManage, Permission::InvoiceWrite, Permission::InvoiceRead, Permission::Introspection];

/// `POST /permissions/indirect/grants`
pub(in crate::api) fn indirectly(world: &World, call: &Call) -> Answer {
    let own = bearing(call)?.context.clone();
    let to = subject(call, "subjectIdentifier")?;
    let details = details(call, &to)?;
    let target = target(call)?.unwrap_or(Target::AllPartners);
    let grants: Vec<Grant> = permissions(call, Value::clone)?
        .into_iter()
        .map(|permission| {
            let grant = new_grant(world, call, GrantKind::Indirect, &to, permission, details.clone())?;
            Ok(Grant { target: Some(target.clone()), ..grant })
        })
        .collect::<Result<_, Refusal>>()?;
    let refused = world.look(|state| refused_indirect(state, &own, &target))?;
    begin(world, call, refused.map_or(Ok(PermissionPlan::Grant(grants)), Err))
}

/// A selective permission asks for a client that let the firm pass anything on.
fn refused_indirect(state: &State, own: &ContextIdentifier, target: &Target) -> Option<PermissionStatus> {
    if !matches!(own, ContextIdentifier::Nip(_)) {
        return Some(PermissionStatus::WrongRole);
    }
    let Target::One(client) = target else { return None };
    let related = delegations(state, own).any(|grant| grant.context == *client);
    (!related).then_some(PermissionStatus::Unrelated)
}

/// `POST /permissions/subunits/grants`
pub(in crate::api) fn to_subunit(world: &World, call: &Call) -> Answer {
    let own = bearing(call)?.context.clone();
    let to = subject(call, "subjectIdentifier")?;
    let details = details(call, &to)?;
    let unit = context(call, "contextIdentifier")?
        .ok_or_else(|| invalid(vec!["Pole 'contextIdentifier' jest wymagane.".to_owned()]))?;
    if !unit.check_digit_fits() {
        let problem = "Pole 'contextIdentifier.value' ma nieprawidłową cyfrę kontrolną.";
        return Err(invalid(vec![problem.to_owned()]));
    }
    let name = call.optional_text("/subunitName");
    if matches!(unit, ContextIdentifier::InternalId(_)) && name.is_none() {
        return Err(invalid(vec!["Pole 'subunitName' jest wymagane.".to_owned()]));
    }
    let refused = world.look(|state| refused_unit(state, &own, &unit))?;
    let permission = Permission::CredentialsManage;
    let grant = new_grant(world, call, GrantKind::Subunit, &to, permission, details)?;
    let grant = Grant { context: unit, unit_name: name.map(str::to_owned), ..grant };
    begin(world, call, refused.map_or(Ok(PermissionPlan::Grant(vec![grant])), Err))
}

/// A unit belongs to the firm; a subordinate firm to a local government or a VAT group.
fn refused_unit(
    state: &State,
    own: &ContextIdentifier,
    unit: &ContextIdentifier,
) -> Option<PermissionStatus> {
    let ContextIdentifier::Nip(own_nip) = own else { return Some(PermissionStatus::WrongRole) };
    match unit {
        ContextIdentifier::Nip(nip) => {
            if !has_role(state, own, &[EntityRole::LocalGovernmentUnit, EntityRole::VatGroupUnit]) {
                return Some(PermissionStatus::WrongRole);
            }
            let below = |row: &crate::model::Role| {
                row.active && row.nip == *nip && row.parent.as_ref() == Some(own_nip)
            };
            (!state.roles.rows().any(below)).then_some(PermissionStatus::Unrelated)
        }
        other => (other.nip() != Some(*own_nip)).then_some(PermissionStatus::Unrelated),
    }
}

/// `POST /permissions/eu-entities/administration/grants`
pub(in crate::api) fn eu_administration(world: &World, call: &Call) -> Answer {
    let own = bearing(call)?.context.clone();
    let to = subject(call, "subjectIdentifier")?;
    let details = details(call, &to)?;
    let firm = context(call, "contextIdentifier")?
        .ok_or_else(|| invalid(vec!["Pole 'contextIdentifier' jest wymagane.".to_owned()]))?;
    let refused = match &own {
        ContextIdentifier::Nip(nip) if firm.nip() == Some(*nip) => None,
        ContextIdentifier::Nip(_) => Some(PermissionStatus::Unrelated),
        _ => Some(PermissionStatus::WrongRole),
    };
    let grants: Vec<Grant> = EU_ADMINISTRATION
        .into_iter()
        .map(|permission| {
            let kind = GrantKind::EuAdministration;
            let grant = new_grant(world, call, kind, &to, permission, details.clone())?;
            Ok(Grant {
                context: firm.clone(),
                unit_name: Some(call.text("/euEntityName").to_owned()),
                eu_details: call.json.get("euEntityDetails").cloned(),
                ..grant
            })
        })
        .collect::<Result<_, Refusal>>()?;
    begin(world, call, refused.map_or(Ok(PermissionPlan::Grant(grants)), Err))
}

/// `POST /permissions/eu-entities/grants`
pub(in crate::api) fn to_eu_entity(world: &World, call: &Call) -> Answer {
    let own = bearing(call)?.context.clone();
    let to = subject(call, "subjectIdentifier")?;
    let details: SubjectDetails = details(call, &to)?;
    let wanted = permissions(call, Value::clone)?;
    // The firm was described when its first administrator was made.
    let firm = world.look(|state| {
        let described = |grant: &&Grant| grant.context == own && grant.kind == GrantKind::EuAdministration;
        state.grants.rows().find(described).cloned()
    })?;
    let grants: Vec<Grant> = wanted
        .into_iter()
        .map(|permission| {
            let kind = GrantKind::EuEntity;
            let grant = new_grant(world, call, kind, &to, permission, details.clone())?;
            Ok(Grant {
                unit_name: firm.as_ref().and_then(|firm| firm.unit_name.clone()),
                eu_details: firm.as_ref().and_then(|firm| firm.eu_details.clone()),
                ..grant
            })
        })
        .collect::<Result<_, Refusal>>()?;
    let planned = match own {
        ContextIdentifier::NipVatUe(_) => Ok(PermissionPlan::Grant(grants)),
        _ => Err(PermissionStatus::WrongRole),
    };
    begin(world, call, planned)
}
