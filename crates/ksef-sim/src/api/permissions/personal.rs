use ksef_types::ContextIdentifier;
use serde_json::{Value, json};

use super::super::Answer;
use super::super::call::{Bearing, Call};
use super::super::page::page;
use super::super::reply::Reply;
use super::bearing;
use super::listed::{asks_for, asks_for_state, beginning, is_identified, state_of, target_of};
use crate::Permission;
use crate::model::{Grant, GrantKind, Subject, Target};
use crate::rights::{linked, owns, passed_on};
use crate::store::State;
use crate::world::World;

/// `POST /permissions/query/personal/grants`
pub(in crate::api) fn personal(world: &World, call: &Call) -> Answer {
    let bearing = bearing(call)?;
    let (mut items, owner) = world.look(|state| (own(state, bearing, call), owner(state, bearing)))?;
    items.sort_by(|(one, _), (other, _)| other.start.cmp(&one.start).then_with(|| one.id.cmp(&other.id)));
    let (items, more) = page(call, items);
    let list: Vec<Value> = items.into_iter().map(|(_, item)| item).collect();
    Ok(Reply::ok(json!({ "permissions": list, "ownerPermissions": owner, "hasMore": more })))
}

fn own(state: &State, bearing: &Bearing, call: &Call) -> Vec<(Grant, Value)> {
    let view = View {
        subjects: linked(state, &bearing.subject),
        context: &bearing.context,
        owned: bearing.context.nip().filter(|nip| {
            matches!(bearing.context, ContextIdentifier::Nip(_)) && owns(state, &bearing.subject, nip)
        }),
    };
    let shown = state.grants.rows().filter(|grant| {
        grant.active
            && grant.permission != Permission::PefInvoiceWrite
            && (view.is_own(state, grant) || view.is_of_the_firm(grant))
            && asks_for(call, grant.permission.as_str())
            && asks_for_state(call, state, grant)
    });
    let items = shown.map(|grant| (grant.clone(), view.described(state, grant)));
    items
        .filter(|(_, item)| {
            is_identified(call, "contextIdentifier", &item["contextIdentifier"])
                && is_identified(call, "targetIdentifier", &item["targetIdentifier"])
        })
        .collect()
}

/// From where one looks at one's own permissions.
struct View<'b> {
    subjects: Vec<Subject>,
    context: &'b ContextIdentifier,
    /// The firm of the context, where the caller is its owner.
    owned: Option<ksef_types::Nip>,
}

impl View<'_> {
    /// An indirect one is seen by the intermediary and where it works.
    fn is_own(&self, state: &State, grant: &Grant) -> bool {
        let here = match (&grant.kind, &grant.target) {
            (GrantKind::Indirect, Some(Target::One(target))) => {
                grant.context == *self.context || target == self.context
            }
            (GrantKind::Indirect, Some(Target::AllPartners)) => {
                grant.context == *self.context || passed_on(state, grant, self.context)
            }
            _ => grant.context == *self.context,
        };
        here && self.subjects.contains(&grant.to)
    }

    /// What other firms gave to the owner's firm.
    fn is_of_the_firm(&self, grant: &Grant) -> bool {
        grant.kind == GrantKind::Entity && self.owned.is_some_and(|nip| grant.to == Subject::nip(&nip))
    }

    fn described(&self, state: &State, grant: &Grant) -> Value {
        let mut item = beginning(grant);
        item["permissionState"] = json!(state_of(state, grant));
        item["canDelegate"] = json!(grant.can_delegate);
        // Who gave a right to handle invoices: the client to the firm, or the intermediary to its people.
        let is_passed = matches!(grant.kind, GrantKind::Entity | GrantKind::Indirect);
        if grant.context != *self.context && is_passed {
            item["contextIdentifier"] = json!(grant.context);
        }
        if self.subjects.first() != Some(&grant.to) {
            item["authorizedIdentifier"] = grant.to.json();
        }
        if grant.target.is_some() {
            item["targetIdentifier"] = target_of(grant);
        }
        item
    }
}

/// The rights of an owner (since 2.9): for the firm itself and the person behind it, as far as the login carries them.
fn owner(state: &State, bearing: &Bearing) -> Vec<Permission> {
    let firm = match &bearing.context {
        ContextIdentifier::Nip(nip) => Some(nip),
        _ => None,
    };
    let owner = firm.is_some_and(|nip| owns(state, &bearing.subject, nip));
    Permission::OWNER.into_iter().filter(|permission| owner && bearing.may(*permission)).collect()
}
