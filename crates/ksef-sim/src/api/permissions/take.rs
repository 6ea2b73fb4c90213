use ksef_types::ContextIdentifier;

use super::super::Answer;
use super::super::call::{Bearing, Call};
use super::bearing;
use super::operation::{Planned, begin};
use crate::Permission;
use crate::contract::PermissionStatus;
use crate::model::{Grant, GrantKind, PermissionPlan};
use crate::store::State;
use crate::world::World;

/// `DELETE /permissions/common/grants/{permissionId}`
pub(in crate::api) fn revoke(world: &World, call: &Call) -> Answer {
    let bearing = bearing(call)?;
    let id = call.parameter("permissionId");
    let planned = world.look(|state| taken(state, bearing, id))?;
    begin(world, call, planned)
}

fn taken(state: &State, bearing: &Bearing, id: &str) -> Planned {
    let grant = state.grants.get(id).filter(|grant| grant.active).ok_or(PermissionStatus::Failed)?;
    let (here, from_here) = (grant.context == bearing.context, *grant.given_in() == bearing.context);
    if (here || from_here) && may_take(bearing, grant, here) {
        Ok(PermissionPlan::Revoke(id.to_owned()))
    } else {
        Err(PermissionStatus::NotAllowed)
    }
}

/// Whoever may give it may take it; inside a unit, its administrator may.
fn may_take(bearing: &Bearing, grant: &Grant, here: bool) -> bool {
    let manages = bearing.may(Permission::CredentialsManage);
    match grant.kind {
        GrantKind::Person | GrantKind::Entity | GrantKind::Indirect => manages,
        GrantKind::Subunit => bearing.may(Permission::SubunitManage) || (here && manages),
        GrantKind::EuAdministration => {
            if here {
                bearing.may(Permission::VatUeManage)
            } else {
                manages
            }
        }
        GrantKind::EuEntity => bearing.may(Permission::VatUeManage),
    }
}

/// `DELETE /permissions/authorizations/grants/{permissionId}`: by the firm that gave it.
pub(in crate::api) fn revoke_authorization(world: &World, call: &Call) -> Answer {
    let bearing = bearing(call)?;
    let id = call.parameter("permissionId");
    let planned = world.look(|state| {
        let row = state.authorizations.get(id).filter(|row| row.active).ok_or(PermissionStatus::Failed)?;
        if bearing.context == ContextIdentifier::Nip(row.authorizing) {
            Ok(PermissionPlan::RevokeAuthorization(id.to_owned()))
        } else {
            Err(PermissionStatus::NotAllowed)
        }
    })?;
    begin(world, call, planned)
}
