use chrono::NaiveDate;
use ksef_types::{Nip, warsaw_date};
use serde_json::Value;

use super::super::Answer;
use super::super::call::Call;
use super::super::permissions::{context, subject};
use super::super::refusal::Refusal;
use super::{done, problem};
use crate::Permission;
use crate::limits::context_key;
use crate::model::{AttachmentConsent, BlockedContext, Grant, GrantKind};
use crate::world::World;

/// `POST /testdata/permissions`: given by the system, as after a notification ZAW-FA.
pub(in crate::api) fn grant_permissions(world: &World, call: &Call) -> Answer {
    let to = subject(call, "authorizedIdentifier")?;
    let context = context(call, "contextIdentifier")?.ok_or(Refusal::Broken)?;
    let list = call.json.get("permissions").and_then(Value::as_array);
    let wanted: Vec<(Permission, String)> = list
        .into_iter()
        .flatten()
        .filter_map(|item| {
            let permission = serde_json::from_value(item["permissionType"].clone()).ok()?;
            Some((permission, item["description"].as_str()?.to_owned()))
        })
        .collect();
    if wanted.is_empty() {
        return Err(problem("Pole 'permissions' musi mieć co najmniej jeden element."));
    }
    let start = world.now();
    world.change(|state| {
        for (permission, description) in wanted {
            let grant = Grant {
                id: world.chance.uuid(),
                to: to.clone(),
                context: context.clone(),
                permission,
                description,
                start,
                active: true,
                kind: GrantKind::Person,
                author: None,
                granted_in: Some(context.clone()),
                can_delegate: false,
                target: None,
                subject_details: None,
                unit_name: None,
                eu_details: None,
            };
            if !state.grants.rows().any(|known| known.active && known.same_as(&grant)) {
                state.grants.put(grant.id.clone(), grant);
            }
        }
    })?;
    done()
}

/// `POST /testdata/permissions/revoke`: all of them.
pub(in crate::api) fn revoke_permissions(world: &World, call: &Call) -> Answer {
    let from = subject(call, "authorizedIdentifier")?;
    let context = context(call, "contextIdentifier")?.ok_or(Refusal::Broken)?;
    world.change(|state| {
        let theirs = |grant: &&Grant| grant.to == from && grant.context == context;
        let ids: Vec<String> = state.grants.rows().filter(theirs).map(|grant| grant.id.clone()).collect();
        for id in ids {
            state.grants.change(&id).into_iter().for_each(|grant| grant.active = false);
        }
    })?;
    done()
}

fn firm(call: &Call) -> Result<Nip, Refusal> {
    call.text("/nip").parse().map_err(|_| problem("Pole 'nip' ma nieprawidłową wartość."))
}

/// `POST /testdata/attachment`
pub(in crate::api) fn allow_attachments(world: &World, call: &Call) -> Answer {
    let nip = firm(call)?;
    world.change(|state| state.attachments.put(nip.as_str(), AttachmentConsent { nip, until: None }))?;
    done()
}

/// `POST /testdata/attachment/revoke`: from a day on, or at once.
pub(in crate::api) fn disallow_attachments(world: &World, call: &Call) -> Answer {
    let nip = firm(call)?;
    let wanted = call.optional_text("/expectedEndDate");
    let day = wanted.and_then(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok());
    let until = Some(day.unwrap_or_else(|| warsaw_date(world.now())));
    let found = world.change(|state| state.attachments.change(nip.as_str()).map(|row| row.until = until))?;
    found.ok_or_else(|| problem(format!("Podmiot {nip} nie ma zgody na załączniki.")))?;
    done()
}

/// `POST /testdata/context/block` and `…/unblock`
pub(in crate::api) fn block(world: &World, call: &Call, blocked: bool) -> Answer {
    let context = context(call, "contextIdentifier")?
        .ok_or_else(|| problem("Pole 'contextIdentifier' jest wymagane."))?;
    world.change(|state| {
        if !blocked
            && let Some(nip) = context.nip()
            && state.companies.get(nip.as_str()).is_some_and(|company| company.blocked)
        {
            state.companies.change(nip.as_str()).into_iter().for_each(|company| company.blocked = false);
        }
        state.blocked.put(context_key(&context), BlockedContext { context, blocked });
    })?;
    done()
}
