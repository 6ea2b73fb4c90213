//! An operation of authentication begins: the challenge is used up, and how it will end is decided.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use ksef_crypto::OsRandomness;
use ksef_types::{CertificateSerial, ContextIdentifier};
use serde_json::json;

use super::super::Answer;
use super::super::reply::{Reply, moment};
use super::challenge::bad_challenge;
use crate::Permission;
use crate::control::Ending;
use crate::judge::identity::Identity;
use crate::judge::refusal::AuthenticationFailure;
use crate::limits::context_key;
use crate::model::{
    Authentication, AuthenticationPlan, IpRange, Method, PeppolProvider, StoredStatus, Subject,
};
use crate::process::{Work, failure_by_code, in_progress};
use crate::store::State;
use crate::world::World;

/// What an operation is started with, once who asks is known.
pub(super) struct Start {
    pub(super) challenge: String,
    pub(super) context: ContextIdentifier,
    pub(super) subject: Subject,
    pub(super) method: Method,
    pub(super) permissions: Vec<Permission>,
    pub(super) allowed_ips: Vec<IpRange>,
    pub(super) identity: Option<Identity>,
    pub(super) certificate: Option<CertificateSerial>,
    /// What it will fail with, if anything.
    pub(super) failure: Option<AuthenticationFailure>,
}

/// Uses the challenge up and starts the operation.
pub(super) fn begin(world: &World, start: Start) -> Answer {
    let now = world.now();
    let reference = world.chance.reference(world.today(), ['A', 'U']);
    let token = world.keys().jwt.issue_operation(&reference, now, &OsRandomness)?;
    // Who is known, but dead or blocked, learns that before having no permission.
    let known = matches!(start.failure, None | Some(AuthenticationFailure::NoPermissions));
    let failure = start.failure.map(|failure| StoredStatus::from(failure.status()));
    let (challenge, context) = (start.challenge, start.context.clone());
    let subject = start.subject.clone();
    let mut row = Authentication {
        reference: reference.clone(),
        context: start.context,
        subject: start.subject,
        method: start.method,
        permissions: start.permissions,
        allowed_ips: start.allowed_ips,
        started: now,
        plan: AuthenticationPlan::Succeed,
        status: in_progress(),
        redeemed: false,
        refresh_valid_until: None,
        last_refresh: None,
        access: Vec::new(),
        looks: 0,
        identity: start.identity,
        certificate: start.certificate,
    };
    let begun = world.change(|state| {
        let unused = state.challenges.change(&challenge).filter(|row| !row.used);
        unused.map(|row| row.used = true)?;
        let refused = refused(state, &subject, &context).filter(|_| known);
        // Only now: a challenge that was used before ends nothing.
        let failure = ending(world).or(refused).or(failure);
        if let Some(failure) = failure.clone() {
            row.plan = AuthenticationPlan::Fail(failure);
        }
        if let Method::Token(token) = &row.method
            && let Some(token) = state.tokens.change(token.as_str())
        {
            token.last_use = Some(now);
        }
        if let Some(serial) = &row.certificate
            && let Some(certificate) = state.certificates.change(serial.as_str())
        {
            certificate.last_use = Some(now);
        }
        if let (Method::PeppolSignature { .. }, ContextIdentifier::PeppolId(id)) = (&row.method, &row.context)
            && failure.is_none()
        {
            register(state, id, row.identity.as_ref(), now);
        }
        state.authentications.put(reference.as_str(), row);
        Some(())
    })?;
    begun.ok_or_else(bad_challenge)?;
    world.schedule().add(world, Work::Authentication(reference.clone()));
    Ok(Reply::json(
        StatusCode::ACCEPTED,
        json!({
            "referenceNumber": reference,
            // Exposed to be handed to the client that asked for it.
            "authenticationToken": { "token": token.token.expose(), "validUntil": moment(token.valid_until) },
        }),
    ))
}

/// A provider of Peppol services is registered by its first login.
fn register(state: &mut State, id: &str, identity: Option<&Identity>, now: DateTime<Utc>) {
    if state.peppol.get(id).is_none() {
        let name = identity.and_then(|identity| identity.organization.clone());
        let name = name.unwrap_or_else(|| format!("Dostawca usług Peppol {id}"));
        state.peppol.put(id, PeppolProvider { id: id.to_owned(), name, registered: now });
    }
}

/// 470 and 480.
fn refused(state: &State, subject: &Subject, context: &ContextIdentifier) -> Option<StoredStatus> {
    let deceased = state.people.rows().any(|person| person.deceased && person.id.subject() == *subject);
    let blocked = state.blocked.get(&context_key(context)).is_some_and(|row| row.blocked)
        || context.nip().and_then(|nip| state.companies.get(nip.as_str())).is_some_and(|row| row.blocked);
    let failure = if deceased {
        AuthenticationFailure::DeceasedPerson
    } else if blocked {
        AuthenticationFailure::Blocked
    } else {
        return None;
    };
    Some(failure.status().into())
}

/// The ending that the management ordered for the next authentication.
fn ending(world: &World) -> Option<StoredStatus> {
    let (code, details) = world.ordered(|ending| match ending {
        Ending::Authentication { code, details } => Some((*code, details.clone())),
        _ => None,
    })?;
    let mut status = failure_by_code(code)?;
    if !details.is_empty() {
        status.details = details;
    }
    Some(status)
}
