//! What somebody may do where: owners, permissions that were given, and rights that are passed on.

use std::collections::BTreeSet;

use ksef_types::{ContextIdentifier, Nip};

use crate::Permission;
use crate::model::{Grant, GrantKind, PersonId, Subject, SubjectKind, Target};
use crate::store::State;

/// The subject, and whoever is the same by the link of NIP and PESEL.
pub(crate) fn linked(state: &State, subject: &Subject) -> Vec<Subject> {
    let mut all = vec![subject.clone()];
    match subject.kind {
        SubjectKind::Pesel => {
            let person = state.people.get(&subject.value);
            let firm = person.filter(|person| person.id.subject() == *subject);
            all.extend(firm.and_then(|person| person.owner_of).map(|nip| Subject::nip(&nip)));
        }
        SubjectKind::Nip => {
            let owners = state.people.rows().filter(|person| {
                matches!(person.id, PersonId::Pesel(_))
                    && person.owner_of.is_some_and(|nip| nip.as_str() == subject.value)
            });
            all.extend(owners.map(|person| person.id.subject()));
        }
        SubjectKind::Fingerprint => {}
    }
    all
}

/// Whether the subject is the firm itself or the person behind it.
pub(crate) fn owns(state: &State, subject: &Subject, nip: &Nip) -> bool {
    linked(state, subject).contains(&Subject::nip(nip))
}

/// Everything that the subject may do in a context.
pub(crate) fn effective(state: &State, subject: &Subject, context: &ContextIdentifier) -> Vec<Permission> {
    let subjects = linked(state, subject);
    if let ContextIdentifier::Nip(nip) = context
        && subjects.contains(&Subject::nip(nip))
    {
        return Permission::OWNER.to_vec();
    }
    let given =
        |grant: &&Grant| grant.active && subjects.contains(&grant.to) && works_in(state, grant, context);
    let found: BTreeSet<Permission> =
        state.grants.rows().filter(given).map(|grant| grant.permission).collect();
    found.into_iter().collect()
}

fn works_in(state: &State, grant: &Grant, context: &ContextIdentifier) -> bool {
    match (&grant.kind, &grant.target) {
        (GrantKind::Indirect, Some(Target::AllPartners)) => passed_on(state, grant, context),
        (GrantKind::Indirect, Some(Target::One(target))) => {
            target == context && passed_on(state, grant, context)
        }
        (GrantKind::Indirect, None) => false,
        _ => grant.context == *context,
    }
}

/// Whether the client lets the intermediary of an indirect permission pass this very right on.
pub(crate) fn passed_on(state: &State, grant: &Grant, client: &ContextIdentifier) -> bool {
    delegations(state, &grant.context)
        .any(|given| given.context == *client && given.permission == grant.permission)
}

/// The permissions that a firm got with the right to pass them on.
pub(crate) fn delegations<'s>(
    state: &'s State,
    intermediary: &ContextIdentifier,
) -> impl Iterator<Item = &'s Grant> {
    let firm = match intermediary {
        ContextIdentifier::Nip(nip) => Some(Subject::nip(nip)),
        _ => None,
    };
    state.grants.rows().filter(move |grant| {
        grant.active
            && grant.kind == GrantKind::Entity
            && grant.can_delegate
            && firm.as_ref() == Some(&grant.to)
    })
}

/// Whether a permission works at all: an indirect one only while a client lets the intermediary pass it on.
pub(crate) fn is_active(state: &State, grant: &Grant) -> bool {
    match (&grant.kind, &grant.target) {
        (GrantKind::Indirect, Some(Target::One(target))) => passed_on(state, grant, target),
        (GrantKind::Indirect, _) => {
            delegations(state, &grant.context).any(|given| given.permission == grant.permission)
        }
        _ => true,
    }
}
