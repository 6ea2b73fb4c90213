use ksef_crypto::OsRandomness;
use serde_json::{Value, json};

use super::super::Answer;
use super::super::call::Call;
use super::super::refusal::{Refusal, not_authenticated, not_authorised};
use super::super::reply::{Reply, moment};
use crate::judge::jwt::{AccessGrant, IssuedToken, TokenType};
use crate::model::{Authentication, Method, TokenStatus};
use crate::store::State;
use crate::world::World;
use crate::{Permission, Quirk, rights};

/// So many looks answer 21304 by [`Quirk::FreshOperationNotFound`].
const LOOKS_NOT_FOUND: u32 = 2;
/// Access tokens of one authentication that are remembered.
const REMEMBERED: usize = 64;

/// `GET /auth/{referenceNumber}`
pub(in crate::api) fn status(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let reference = call.parameter("referenceNumber");
    if reference != bearing.authentication.as_str() {
        return Err(not_authenticated(reference));
    }
    let row = world.change(|state| {
        let row = state.authentications.change(reference)?;
        row.looks += 1;
        Some(row.clone())
    })?;
    let row = row.ok_or_else(|| not_authenticated(reference))?;
    if world.has(Quirk::FreshOperationNotFound) && row.looks <= LOOKS_NOT_FOUND {
        return Err(not_authenticated(reference));
    }
    Ok(Reply::ok(described(&row)))
}

/// The fields that the status and the list share.
pub(super) fn described(row: &Authentication) -> Value {
    json!({
        "startDate": moment(row.started),
        "authenticationMethod": row.method.name(),
        "authenticationMethodInfo": row.method.info(),
        "status": row.status.json(),
        "isTokenRedeemed": row.redeemed,
        "lastTokenRefreshDate": row.last_refresh.map(moment),
        "refreshTokenValidUntil": row.refresh_valid_until.map(moment),
    })
}

/// `POST /auth/token/redeem`
pub(in crate::api) fn redeem(world: &World, call: &Call) -> Answer {
    let row = row(world, call)?;
    if world.has(Quirk::FreshOperationNotFound) && row.looks <= LOOKS_NOT_FOUND {
        return Err(not_authenticated(row.reference.as_str()));
    }
    usable(world, &row, "pobranie tokenów")?;
    let reference = row.reference.as_str();
    let access = access(world, &row)?;
    let refresh = world.keys().jwt.issue_refresh(&row.reference, world.now(), &OsRandomness)?;
    let number = number(world, &access)?;
    let valid_until = refresh.valid_until;
    let first = world.change(|state| {
        let row = state.authentications.change(reference).filter(|row| !row.redeemed)?;
        row.redeemed = true;
        row.refresh_valid_until = Some(valid_until);
        row.access.push(number);
        Some(())
    })?;
    if first.is_none() {
        return Err(not_authorised(format!(
            "Tokeny dla operacji uwierzytelniania {reference} zostały już pobrane."
        )));
    }
    Ok(Reply::ok(json!({ "accessToken": info(&access), "refreshToken": info(&refresh) })))
}

/// `POST /auth/token/refresh`; permissions that were given or taken since the login count from now on.
pub(in crate::api) fn refresh(world: &World, call: &Call) -> Answer {
    let mut row = row(world, call)?;
    if world.has(Quirk::RefreshAnswers21304) && row.status.code != 200 {
        return Err(not_authenticated(row.reference.as_str()));
    }
    usable(world, &row, "odświeżenie tokenu dostępowego")?;
    row.permissions = world.look(|state| permissions(state, &row))?;
    if row.permissions.is_empty() {
        return Err(not_authorised(
            "Status uwierzytelniania (415) nie pozwala na odświeżenie tokenu dostępowego.".to_owned(),
        ));
    }
    let access = access(world, &row)?;
    let number = number(world, &access)?;
    let now = world.now();
    let (reference, permissions) = (row.reference, row.permissions);
    world.change(|state| {
        if let Some(row) = state.authentications.change(reference.as_str()) {
            row.last_refresh = Some(now);
            row.permissions = permissions;
            row.access.push(number);
            let surplus = row.access.len().saturating_sub(REMEMBERED);
            row.access.drain(..surplus);
        }
    })?;
    Ok(Reply::ok(json!({ "accessToken": info(&access) })))
}

fn permissions(state: &State, row: &Authentication) -> Vec<Permission> {
    match &row.method {
        Method::Token(token) => state
            .tokens
            .get(token.as_str())
            .map(|token| super::by_token::token_permissions(state, token))
            .unwrap_or_default(),
        Method::PeppolSignature { .. } => row.permissions.clone(),
        _ => rights::effective(state, &row.subject, &row.context),
    }
}

fn row(world: &World, call: &Call) -> Result<Authentication, Refusal> {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let reference = bearing.authentication.as_str();
    let row = world.look(|state| state.authentications.get(reference).cloned())?;
    row.ok_or_else(|| not_authenticated(reference))
}

fn usable(world: &World, row: &Authentication, what: &str) -> Result<(), Refusal> {
    if row.status.code != 200 {
        return Err(not_authorised(format!(
            "Status uwierzytelniania ({}) nie pozwala na {what}.",
            row.status.code
        )));
    }
    let (revoked, deceased) = world.look(|state| (token_revoked(state, row), deceased(state, row)))?;
    if revoked {
        return Err(not_authorised("Token KSeF został unieważniony.".to_owned()));
    }
    if deceased {
        return Err(super::super::refusal::exception(
            21308,
            "Próba wykorzystania metod autoryzacyjnych osoby zmarłej.",
            Vec::new(),
        ));
    }
    Ok(())
}

fn token_revoked(state: &State, row: &Authentication) -> bool {
    let Method::Token(token) = &row.method else { return false };
    state.tokens.get(token.as_str()).is_some_and(|token| token.status != TokenStatus::Active)
}

fn deceased(state: &State, row: &Authentication) -> bool {
    state.people.rows().any(|person| person.deceased && person.id.subject() == row.subject)
}

fn access(world: &World, row: &Authentication) -> Result<IssuedToken, Refusal> {
    let grant = AccessGrant {
        context: row.context.clone(),
        method: row.method.name().to_owned(),
        reference_number: row.reference.clone(),
        subject: json!({ "subjectIdentifier": row.subject.json() }),
        permissions: row.permissions.iter().map(|permission| permission.as_str().to_owned()).collect(),
        ip_policy: (!row.allowed_ips.is_empty()).then(|| json!(row.allowed_ips)),
    };
    Ok(world.keys().jwt.issue_access(&grant, world.now(), &OsRandomness)?)
}

/// The number (`jti`) of a token that was just issued.
fn number(world: &World, access: &IssuedToken) -> Result<String, Refusal> {
    // Exposed to be read back; it does not leave this function.
    let claims = world.keys().jwt.read(access.token.expose(), TokenType::ContextToken, world.now());
    claims.map(|claims| claims.jti).map_err(|_| Refusal::Broken)
}

fn info(token: &IssuedToken) -> Value {
    // Exposed to be handed to the client that asked for it.
    json!({ "token": token.token.expose(), "validUntil": moment(token.valid_until) })
}
