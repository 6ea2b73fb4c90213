use std::collections::BTreeMap;

use serde_json::Value;

use super::super::Answer;
use super::super::call::Call;
use super::super::refusal::Refusal;
use super::{done, problem};
use crate::limits::context_key;
use crate::model::{ContextLimits, RateProfile, SessionLimits, SubjectLimits};
use crate::world::World;

/// From and to for the invoices of a collective identifier (since 2.8).
const COLLECTIVE: std::ops::RangeInclusive<u64> = 2..=5000;

fn context(call: &Call) -> Result<String, Refusal> {
    call.bearing.as_ref().map(|bearing| context_key(&bearing.context)).ok_or(Refusal::Broken)
}

/// `POST /testdata/limits/context/session`
pub(in crate::api) fn set_sessions(world: &World, call: &Call) -> Answer {
    let read =
        |field: &str| -> Option<SessionLimits> { serde_json::from_value(call.json.get(field)?.clone()).ok() };
    let sessions = read("onlineSession").zip(read("batchSession")).ok_or(Refusal::Broken)?;
    let collective = match call.json.pointer("/collectiveIdentifier/maxInvoices").and_then(Value::as_u64) {
        None => None,
        Some(most) if COLLECTIVE.contains(&most) => u32::try_from(most).ok(),
        Some(_) => {
            return Err(problem(
                "Pole 'collectiveIdentifier.maxInvoices' musi mieścić się w przedziale 2–5000.",
            ));
        }
    };
    put_sessions(world, call, ContextLimits { sessions: Some(sessions), collective })
}

/// `DELETE /testdata/limits/context/session`
pub(in crate::api) fn reset_sessions(world: &World, call: &Call) -> Answer {
    put_sessions(world, call, ContextLimits::default())
}

fn put_sessions(world: &World, call: &Call, limits: ContextLimits) -> Answer {
    let context = context(call)?;
    world.change(|state| state.context_limits.put(context, limits))?;
    done()
}

/// `POST /testdata/limits/subject/certificate`
pub(in crate::api) fn set_certificates(world: &World, call: &Call) -> Answer {
    let number = |pointer: &str| {
        let value = call.json.pointer(pointer).and_then(Value::as_u64);
        value.and_then(|value| u32::try_from(value).ok())
    };
    let limits = SubjectLimits {
        applications: number("/enrollment/maxEnrollments"),
        certificates: number("/certificate/maxCertificates"),
    };
    put_certificates(world, call, limits)
}

/// `DELETE /testdata/limits/subject/certificate`
pub(in crate::api) fn reset_certificates(world: &World, call: &Call) -> Answer {
    put_certificates(world, call, SubjectLimits::default())
}

fn put_certificates(world: &World, call: &Call, limits: SubjectLimits) -> Answer {
    let subject = call.bearing.as_ref().map(|bearing| bearing.subject.key()).ok_or(Refusal::Broken)?;
    world.change(|state| state.subject_limits.put(subject, limits))?;
    done()
}

/// `POST /testdata/rate-limits`
pub(in crate::api) fn set_rates(world: &World, call: &Call) -> Answer {
    let groups = call.json.get("rateLimits").and_then(Value::as_object).into_iter().flatten();
    let mut own = BTreeMap::new();
    for (name, values) in groups {
        let value = |field: &str| match values[field].as_i64() {
            Some(limit) if limit == -1 || limit > 0 => Ok(limit),
            _ => Err(problem(format!("Pole 'rateLimits.{name}.{field}' ma nieprawidłową wartość."))),
        };
        own.insert(name.clone(), (value("perSecond")?, value("perMinute")?, value("perHour")?));
    }
    put_rates(world, call, RateProfile::Own(own))
}

/// `DELETE /testdata/rate-limits`
pub(in crate::api) fn reset_rates(world: &World, call: &Call) -> Answer {
    put_rates(world, call, RateProfile::Default)
}

/// `POST /testdata/rate-limits/production`
pub(in crate::api) fn production_rates(world: &World, call: &Call) -> Answer {
    put_rates(world, call, RateProfile::Production)
}

fn put_rates(world: &World, call: &Call, profile: RateProfile) -> Answer {
    let context = context(call)?;
    world.change(|state| state.rate_profiles.put(context, profile))?;
    done()
}
