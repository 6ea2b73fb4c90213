use axum::http::StatusCode;
use ksef_crypto::OsRandomness;
use ksef_types::{ContextIdentifier, Randomness as _};
use serde_json::{Value, json};

use super::call::{Bearing, Call};
use super::refusal::{Forbidden, Refusal, exception, invalid};
use super::reply::{Reply, moment};
use super::{Answer, continuation};
use crate::Permission;
use crate::model::{Method, Subject, Token, TokenStatus};
use crate::process::{CredentialWork, Work};
use crate::rights::linked;
use crate::world::World;

/// `POST /tokens`: after a login by certificate, with rights that the caller has.
pub(super) fn generate(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    if matches!(bearing.method, Method::Token(_)) {
        let category = bearing.method.category();
        return Err(Refusal::Forbidden(Forbidden::AuthenticationMethod { category }));
    }
    let word = match &bearing.context {
        ContextIdentifier::Nip(_) => "nip",
        ContextIdentifier::InternalId(_) => "internalId",
        other => return Err(wrong_context(&other.kind().to_string())),
    };
    let permissions = asked_for(call, bearing)?;
    let reference = world.chance.reference(world.today(), ['E', 'C']);
    // The secret part never comes from the seed.
    let mut secret = [0; 32];
    OsRandomness.fill(&mut secret);
    let text = format!("{reference}|{word}-{}|{}", bearing.context.value(), hex::encode(secret));
    let row = Token {
        reference: reference.clone(),
        hash: hex::encode(openssl::sha::sha256(text.as_bytes())),
        context: bearing.context.clone(),
        author: bearing.subject.clone(),
        description: call.text("/description").to_owned(),
        permissions,
        created: world.now(),
        last_use: None,
        status: TokenStatus::Pending,
        status_details: Vec::new(),
        bound: true,
    };
    world.change(|state| state.tokens.put(reference.as_str(), row))?;
    world.schedule().add(world, Work::Credential(CredentialWork::Token(reference.clone())));
    Ok(Reply::json(StatusCode::ACCEPTED, json!({ "referenceNumber": reference, "token": text })))
}

fn asked_for(call: &Call, bearing: &Bearing) -> Result<Vec<Permission>, Refusal> {
    let list = call.json.get("permissions").cloned().unwrap_or_default();
    let mut asked: Vec<Permission> = serde_json::from_value(list).unwrap_or_default();
    if asked.is_empty() {
        return Err(invalid(vec!["Pole 'permissions' musi mieć co najmniej jeden element.".to_owned()]));
    }
    asked.sort_unstable();
    asked.dedup();
    let missing = asked.iter().filter(|permission| !bearing.may(**permission));
    let missing: Vec<&str> = missing.map(|permission| permission.as_str()).collect();
    if missing.is_empty() {
        return Ok(asked);
    }
    let detail = format!("Brakujące uprawnienia: {}.", missing.join(", "));
    Err(exception(26001, "Nie można nadać tokenowi uprawnień których nie posiadasz.", vec![detail]))
}

fn wrong_context(kind: &str) -> Refusal {
    let detail = format!("Aktualny typ kontekstu: {kind}. Dozwolone typy kontekstu: Nip, InternalId.");
    exception(26002, "Nie można wygenerować tokena dla obecnego typu kontekstu.", vec![detail])
}

/// `GET /tokens`
pub(super) fn list(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let mut rows = world.look(|state| {
        let authors = linked(state, &bearing.subject);
        let seen = state.tokens.rows().filter(|row| visible(bearing, &authors, row) && wanted(call, row));
        seen.cloned().collect::<Vec<_>>()
    })?;
    rows.sort_by_key(|row| std::cmp::Reverse(row.created));
    let (rows, next) = continuation::page(world, call, "tokens", rows)?;
    let list: Vec<Value> = rows.iter().map(described).collect();
    Ok(Reply::ok(json!({ "continuationToken": next, "tokens": list })))
}

/// `GET /tokens/{referenceNumber}`
pub(super) fn one(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let (row, authors) = found(world, call, bearing)?;
    if visible(bearing, &authors, &row) {
        Ok(Reply::ok(described(&row)))
    } else {
        Err(Refusal::Forbidden(Forbidden::ResourceAccess))
    }
}

/// A token of the context, and who counts as the caller.
fn found(world: &World, call: &Call, bearing: &Bearing) -> Result<(Token, Vec<Subject>), Refusal> {
    let reference = call.parameter("referenceNumber");
    let (row, authors) =
        world.look(|state| (state.tokens.get(reference).cloned(), linked(state, &bearing.subject)))?;
    let row = row.filter(|row| row.context == bearing.context).ok_or_else(|| {
        invalid(vec![format!("Token o numerze referencyjnym {reference} nie został znaleziony.")])
    })?;
    Ok((row, authors))
}

/// `DELETE /tokens/{referenceNumber}`: any token of the context with `CredentialsManage`, otherwise one's own.
pub(super) fn revoke(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let (row, authors) = found(world, call, bearing)?;
    if !bearing.may(Permission::CredentialsManage) && !own(bearing, &authors, &row) {
        return Err(Refusal::Forbidden(Forbidden::ResourceAccess));
    }
    let reference = row.reference;
    let ended = world.change(|state| {
        let row = state.tokens.change(reference.as_str())?;
        let usable = matches!(row.status, TokenStatus::Active | TokenStatus::Pending);
        row.status = if usable { TokenStatus::Revoking } else { row.status };
        usable.then_some(())
    })?;
    if ended.is_none() {
        return Err(invalid(vec![format!("Token o numerze referencyjnym {reference} nie jest aktywny.")]));
    }
    world.schedule().add(world, Work::Credential(CredentialWork::Token(reference)));
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// All tokens of the context for who may see credentials; otherwise one's own.
fn visible(bearing: &Bearing, authors: &[Subject], row: &Token) -> bool {
    let all = bearing.may(Permission::CredentialsManage) || bearing.may(Permission::CredentialsRead);
    row.context == bearing.context && (all || own(bearing, authors, row))
}

/// By a token, that token itself; by a certificate, what its owner made.
fn own(bearing: &Bearing, authors: &[Subject], row: &Token) -> bool {
    match &bearing.method {
        Method::Token(reference) => row.reference == *reference,
        _ => authors.contains(&row.author),
    }
}

fn wanted(call: &Call, row: &Token) -> bool {
    let contains = |parameter: &str, value: &str| {
        call.optional(parameter).is_none_or(|part| value.to_lowercase().contains(&part.to_lowercase()))
    };
    let statuses = call.all("status");
    let kind = json!(row.author.kind);
    (statuses.is_empty() || statuses.iter().any(|status| json!(row.status) == **status))
        && contains("description", &row.description)
        && contains("authorIdentifier", &row.author.value)
        && call.optional("authorIdentifierType").is_none_or(|wanted| kind == wanted)
}

fn described(row: &Token) -> Value {
    let details = (!row.status_details.is_empty()).then_some(&row.status_details);
    json!({
        "referenceNumber": row.reference,
        "authorIdentifier": row.author.json(),
        "contextIdentifier": row.context,
        "description": row.description,
        "requestedPermissions": row.permissions,
        "dateCreated": moment(row.created),
        "lastUseDate": row.last_use.map(moment),
        "status": row.status,
        "statusDetails": details,
    })
}
