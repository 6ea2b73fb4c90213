//! How permissions are written in answers, and the filters that several queries share.

use serde_json::{Value, json};

use super::super::call::Call;
use super::super::page::page;
use super::super::reply::{Reply, moment};
use crate::Permission;
use crate::model::{Grant, Subject, SubjectDetails, Target};
use crate::rights::is_active;
use crate::store::State;

/// A page of a listing: the latest first, then by identifier.
pub(super) fn reply<Row>(
    call: &Call,
    field: &str,
    mut rows: Vec<Row>,
    key: impl Fn(&Row) -> (chrono::DateTime<chrono::Utc>, String),
    described: impl Fn(&Row) -> Value,
) -> Reply {
    rows.sort_by_cached_key(|row| {
        let (start, id) = key(row);
        (std::cmp::Reverse(start), id)
    });
    let (rows, more) = page(call, rows);
    let list: Vec<Value> = rows.iter().map(described).collect();
    Reply::ok(json!({ field: list, "hasMore": more }))
}

/// `permissionTypes`; an empty list or none asks for all.
pub(super) fn asks_for(call: &Call, permission: &str) -> bool {
    let types = call.json.get("permissionTypes").and_then(Value::as_array);
    types.is_none_or(|types| types.is_empty() || types.iter().any(|wanted| wanted == permission))
}

/// `permissionState`
pub(super) fn asks_for_state(call: &Call, state: &State, grant: &Grant) -> bool {
    call.optional_text("/permissionState").is_none_or(|wanted| wanted == state_of(state, grant))
}

pub(super) fn state_of(state: &State, grant: &Grant) -> &'static str {
    if is_active(state, grant) { "Active" } else { "Inactive" }
}

/// A filter by an identifier; absent or null it lets everything through.
pub(super) fn is_identified(call: &Call, field: &str, value: &Value) -> bool {
    let wanted = call.json.get(field).filter(|wanted| wanted.is_object());
    wanted.is_none_or(|wanted| {
        let same = |part: &str| {
            let (wanted, found) = (text(&wanted[part]), text(&value[part]));
            wanted.eq_ignore_ascii_case(found)
        };
        same("type") && same("value")
    })
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

pub(super) fn target_of(grant: &Grant) -> Value {
    grant.target.as_ref().map_or(Value::Null, Target::json)
}

/// Who gave it; the system where nobody did.
pub(super) fn author_of(grant: &Grant) -> Value {
    grant.author.as_ref().map_or_else(|| json!({ "type": "System", "value": null }), Subject::json)
}

/// The part of the data that is about a person, and the part about a firm.
pub(super) fn details_of(grant: &Grant) -> (Value, Value) {
    match &grant.subject_details {
        None => (Value::Null, Value::Null),
        Some(SubjectDetails::Person(person)) => (person.clone(), Value::Null),
        Some(SubjectDetails::Entity(entity)) => (Value::Null, entity.clone()),
    }
}

/// Key of [`reply`].
pub(super) fn order(grant: &Grant) -> (chrono::DateTime<chrono::Utc>, String) {
    (grant.start, grant.id.clone())
}

/// What the lists of people have no word for is left out.
pub(super) fn is_listed(permission: Permission) -> bool {
    !matches!(permission, Permission::PefInvoiceWrite | Permission::VatUeManage)
}

/// A grant as every list begins it.
pub(super) fn beginning(grant: &Grant) -> Value {
    let (person, entity) = details_of(grant);
    let mut item = json!({
        "id": grant.id,
        "permissionScope": grant.permission,
        "description": grant.description,
        "startDate": moment(grant.start),
    });
    if !person.is_null() {
        item["subjectPersonDetails"] = person;
    }
    if !entity.is_null() {
        item["subjectEntityDetails"] = entity;
    }
    item
}
