use axum::http::StatusCode;
use serde_json::{Value, json};

use super::super::Answer;
use super::super::call::Call;
use super::super::page::page;
use super::super::refusal::{Refusal, exception, invalid};
use super::super::reply::{Reply, moment};
use super::{not_by_token, owned};
use crate::model::{Certificate, CertificateState, RevocationReason};
use crate::process::{CredentialWork, Work, change_withdrawn, parse_moment};
use crate::world::World;

/// `POST /certificates/retrieve`: what is not the caller's is left out.
pub(in crate::api) fn retrieve(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let wanted: Vec<&str> = texts(call, "certificateSerialNumbers");
    if wanted.is_empty() {
        let problem = "Pole 'certificateSerialNumbers' musi mieć co najmniej jeden element.";
        return Err(invalid(vec![problem.to_owned()]));
    }
    let found = world.look(|state| {
        let found = owned(state, &bearing.subject).filter(|row| wanted.contains(&row.serial.as_str()));
        found.map(content).collect::<Vec<Value>>()
    })?;
    Ok(Reply::ok(json!({ "certificates": found })))
}

fn texts<'c>(call: &'c Call, field: &str) -> Vec<&'c str> {
    let list = call.json.get(field).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).collect()
}

fn content(row: &Certificate) -> Value {
    json!({
        "certificate": row.der,
        "certificateName": row.name,
        "certificateSerialNumber": row.serial,
        "certificateType": row.kind,
    })
}

/// `POST /certificates/query`
pub(in crate::api) fn query(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let now = world.now();
    let mut rows = world.look(|state| {
        let rows = owned(state, &bearing.subject).filter(|row| wanted(call, row, row.status(now)));
        rows.cloned().collect::<Vec<_>>()
    })?;
    rows.sort_by(|one, other| {
        other.requested.cmp(&one.requested).then_with(|| one.serial.as_str().cmp(other.serial.as_str()))
    });
    let (rows, more) = page(call, rows);
    let list: Vec<Value> = rows.iter().map(|row| described(row, row.status(now))).collect();
    Ok(Reply::ok(json!({ "certificates": list, "hasMore": more })))
}

fn wanted(call: &Call, row: &Certificate, status: &str) -> bool {
    let is = |field: &str, value: &str| call.optional_text(field).is_none_or(|wanted| wanted == value);
    let after = call.optional_text("/expiresAfter").and_then(parse_moment);
    is("/certificateSerialNumber", row.serial.as_str())
        && is("/type", json!(row.kind).as_str().unwrap_or_default())
        && is("/status", status)
        && call.optional_text("/name").is_none_or(|part| row.name.contains(part))
        && after.is_none_or(|moment| row.valid_to > moment)
}

fn described(row: &Certificate, status: &str) -> Value {
    json!({
        "certificateSerialNumber": row.serial,
        "name": row.name,
        "type": row.kind,
        "commonName": row.common_name,
        "status": status,
        "subjectIdentifier": row.owner.json(),
        "validFrom": moment(row.valid_from),
        "validTo": moment(row.valid_to),
        "lastUseDate": row.last_use.map(moment),
        "requestDate": moment(row.requested),
    })
}

fn no_certificate() -> Refusal {
    exception(25008, "Certyfikat o podanym numerze seryjnym nie istnieje.", Vec::new())
}

/// `POST /certificates/{certificateSerialNumber}/revoke`: blocked at once, revoked when it was processed.
pub(in crate::api) fn revoke(world: &World, call: &Call) -> Answer {
    not_by_token(call)?;
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let serial = call.parameter("certificateSerialNumber");
    let reason = match call.optional_text("/revocationReason") {
        Some("Superseded") => RevocationReason::Superseded,
        Some("KeyCompromise") => RevocationReason::KeyCompromise,
        _ => RevocationReason::Unspecified,
    };
    let now = world.now();
    let reference = world.chance.reference(world.today(), ['E', 'R']);
    world.change(|state| {
        let row = owned(state, &bearing.subject).find(|row| row.serial.as_str() == serial).cloned();
        let mut row = row.ok_or_else(no_certificate)?;
        if row.status(now) != "Active" {
            return Err(exception(
                25009,
                "Nie można odwołać wskazanego certyfikatu, ponieważ jest już odwołany, zablokowany lub \
                 nieważny.",
                Vec::new(),
            ));
        }
        change_withdrawn(state, |list| list.suspend(&row.serial));
        row.state = CertificateState::Blocked;
        row.revocation = Some((reference.clone(), reason));
        state.certificates.put(serial, row);
        Ok(())
    })??;
    world.schedule().add(world, Work::Credential(CredentialWork::Revocation(reference)));
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// `PUT /testdata/certificates/{serialNumber}`: an earlier end.
pub(in crate::api) fn change_end(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let serial = call.parameter("serialNumber");
    let end = parse_moment(call.text("/validTo"))
        .ok_or_else(|| invalid(vec!["Pole 'validTo' ma nieprawidłowy format.".to_owned()]))?;
    world.change(|state| {
        let known = owned(state, &bearing.subject).any(|row| row.serial.as_str() == serial);
        let row = state.certificates.change(serial).filter(|_| known).ok_or_else(no_certificate)?;
        if end > row.valid_to {
            let problem = "Pole 'validTo' nie może wskazywać daty późniejszej niż obecna.";
            return Err(invalid(vec![problem.to_owned()]));
        }
        row.valid_to = end;
        Ok(())
    })??;
    Ok(Reply::empty(StatusCode::OK))
}
