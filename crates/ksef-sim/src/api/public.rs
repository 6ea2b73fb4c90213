use serde_json::{Map, Value, json};

use super::Answer;
use super::call::Call;
use super::refusal::Refusal;
use super::reply::{Reply, moment};
use crate::contract::{Group, Limits};
use crate::model::SubjectKind;
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
pub(super) fn rate_limits(world: &World) -> Answer {
    let mut groups: Map<String, Value> = Group::LISTED
        .into_iter()
        .map(|(group, name)| (name.to_owned(), values(world.rate_limits.of(group))))
        .collect();
    groups.insert("global".to_owned(), values(None));
    Ok(Reply::ok(Value::Object(groups)))
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
    let most = most_invoices(world, bearing.context.nip())?;
    let session = |most: u32| json!({ "maxInvoiceSizeInMB": 1, "maxInvoiceWithAttachmentSizeInMB": 3, "maxInvoices": most });
    Ok(Reply::ok(json!({
        "onlineSession": session(most),
        "batchSession": session(DEFAULT_MOST_INVOICES),
        "collectiveIdentifier": { "maxInvoices": 500 },
    })))
}

const DEFAULT_MOST_INVOICES: u32 = 10_000;

/// How many documents an interactive session of a company takes.
pub(super) fn most_invoices(world: &World, nip: Option<ksef_types::Nip>) -> Result<u32, Refusal> {
    let company = world.look(|state| nip.and_then(|nip| state.companies.get(nip.as_str()).cloned()))?;
    Ok(company.map_or(DEFAULT_MOST_INVOICES, |company| company.max_invoices))
}

/// `GET /limits/subject`: per owner. Source: the guide, "Certyfikaty KSeF", limits.
pub(super) fn subject_limits(call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let (applications, certificates) = match bearing.subject.kind {
        SubjectKind::Nip => (300, 100),
        SubjectKind::Pesel | SubjectKind::Fingerprint => (12, 6),
    };
    Ok(Reply::ok(json!({
        "enrollment": { "maxEnrollments": applications },
        "certificate": { "maxCertificates": certificates },
    })))
}
