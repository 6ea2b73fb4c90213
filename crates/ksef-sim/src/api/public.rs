use ksef_types::ContextIdentifier;
use serde_json::{Map, Value, json};

use super::Answer;
use super::call::Call;
use super::refusal::Refusal;
use super::reply::{Reply, moment};
use crate::contract::{Group, Limits};
use crate::limits;
use crate::model::RateProfile;
use crate::world::World;

/// `GET /security/public-key-certificates`
pub(super) fn keys(world: &World) -> Answer {
    let published = world.keys().ministry.published(world.now());
    let list: Vec<Value> = published
        .iter()
        .map(|key| {
            json!({
                "certificate": key.certificate,
                "certificateId": key.certificate_id,
                "publicKeyId": key.public_key_id,
                "validFrom": moment(key.valid_from),
                "validTo": moment(key.valid_to),
                "usage": key.usage,
            })
        })
        .collect();
    Ok(Reply::ok(Value::from(list)))
}

/// `GET /rate-limits`; -1 means no limit (since 2.8).
pub(super) fn rate_limits(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let profile = profile(world, &bearing.context)?;
    let of = |group: Group| {
        // Public operations are counted by address, whatever a context was set to.
        let profile = profile.as_ref().filter(|_| group != Group::Public);
        limits::of_group(world.rate_limits, profile, group)
    };
    let mut groups: Map<String, Value> =
        Group::LISTED.into_iter().map(|(group, name)| (name.to_owned(), values(of(group)))).collect();
    groups.insert("global".to_owned(), values(None));
    Ok(Reply::ok(Value::Object(groups)))
}

/// What the test environment set for a context.
pub(super) fn profile(world: &World, context: &ContextIdentifier) -> Result<Option<RateProfile>, Refusal> {
    Ok(world.look(|state| state.rate_profiles.get(&limits::context_key(context)).cloned())?)
}

fn values(limits: Option<Limits>) -> Value {
    let value = |limit: Option<u32>| limit.map_or(-1, i64::from);
    json!({
        "perSecond": value(limits.and_then(|limits| limits.per_second)),
        "perMinute": value(limits.and_then(|limits| limits.per_minute)),
        "perHour": value(limits.and_then(|limits| limits.per_hour)),
    })
}

/// `GET /limits/context`
pub(super) fn context_limits(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let limits = world.look(|state| limits::of_context(state, &bearing.context))?;
    Ok(Reply::ok(json!({
        "onlineSession": limits.online,
        "batchSession": limits.batch,
        "collectiveIdentifier": { "maxInvoices": limits.collective },
    })))
}

/// `GET /limits/subject`: per owner.
pub(super) fn subject_limits(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let limits = world.look(|state| limits::of_subject(state, &bearing.subject))?;
    Ok(Reply::ok(json!({
        "enrollment": { "maxEnrollments": limits.applications },
        "certificate": { "maxCertificates": limits.certificates },
    })))
}
