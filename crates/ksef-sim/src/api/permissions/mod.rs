//! Permissions: given, taken back, looked at.

mod give;
mod identifiers;
mod listed;
mod operation;
mod personal;
mod query;
mod roles;
mod take;
mod units;

pub(super) use give::{to_entity, to_person, to_provider};
pub(super) use identifiers::{context, subject};
pub(super) use operation::{attachment_consent, status};
pub(super) use personal::personal;
pub(super) use query::{authorizations, entities, eu_entities, persons, subunits};
pub(super) use roles::{roles, subordinates};
pub(super) use take::{revoke, revoke_authorization};
pub(super) use units::{eu_administration, indirectly, to_eu_entity, to_subunit};

use super::call::{Bearing, Call};
use super::refusal::Refusal;

fn bearing(call: &Call) -> Result<&Bearing, Refusal> {
    call.bearing.as_ref().ok_or(Refusal::Broken)
}
