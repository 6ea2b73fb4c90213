use std::net::IpAddr;

use axum::http::{HeaderMap, header};
use chrono::Duration;

use super::call::Bearing;
use super::refusal::{Forbidden, Refusal};
use crate::Operation;
use crate::contract::{Bearer, Contract};
use crate::judge::jwt::{Claims, JwtRefusal, TokenType};
use crate::world::World;

/// Operations of authentication are kept for seven days.
pub(super) const KEPT_DAYS: i64 = 7;

const MISSING: &str = "Wymagane jest uwierzytelnienie.";
const INVALID: &str = "Token jest nieprawidłowy lub wygasł.";

/// Who calls, by the token that the operation asks for.
pub(super) fn of(
    world: &World,
    contract: &Contract,
    path: &[(&'static str, String)],
    headers: &HeaderMap,
    address: IpAddr,
) -> Result<Option<Bearing>, Refusal> {
    let claims = match contract.bearer {
        Bearer::None => return Ok(None),
        Bearer::Operation => read(world, headers, &[TokenType::OperationToken]),
        Bearer::Refresh => read(world, headers, &[TokenType::RefreshToken]),
        Bearer::Access => read(world, headers, &[TokenType::ContextToken]),
        Bearer::AccessOrRefresh => read(world, headers, &[TokenType::ContextToken, TokenType::RefreshToken]),
    };
    if contract.operation == Operation::AuthenticationStatus {
        gone(world, path, headers)?;
    }
    let claims = claims?;
    let row = world.look(|state| state.authentications.get(claims.arn.as_str()).cloned())?;
    let row = row.ok_or(Refusal::Unauthorized(INVALID))?;
    if claims.typ == TokenType::ContextToken {
        if !row.access.contains(&claims.jti) {
            return Err(Refusal::Unauthorized(INVALID));
        }
        if !row.allows(address) {
            let client_ip = address.to_string();
            return Err(Refusal::Forbidden(Forbidden::IpNotAllowed { client_ip }));
        }
    }
    Ok(Some(Bearing {
        authentication: row.reference,
        context: row.context,
        subject: row.subject,
        method: row.method,
        permissions: row.permissions,
    }))
}

fn presented(headers: &HeaderMap) -> Result<&str, Refusal> {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let (scheme, token) =
        value.and_then(|value| value.split_once(' ')).ok_or(Refusal::Unauthorized(MISSING))?;
    if scheme.eq_ignore_ascii_case("bearer") { Ok(token.trim()) } else { Err(Refusal::Unauthorized(MISSING)) }
}

fn read(world: &World, headers: &HeaderMap, wanted: &[TokenType]) -> Result<Claims, Refusal> {
    let token = presented(headers)?;
    let keys = world.keys();
    let now = world.now();
    let mut readings = wanted.iter().map(|kind| keys.jwt.read(token, *kind, now));
    readings.find_map(Result::ok).ok_or(Refusal::Unauthorized(INVALID))
}

/// 410 for an operation that is kept no longer, if the bearer's token was good in its time.
fn gone(world: &World, path: &[(&'static str, String)], headers: &HeaderMap) -> Result<(), Refusal> {
    let Some((_, reference)) = path.first() else { return Ok(()) };
    let started = world.look(|state| state.authentications.get(reference).map(|row| row.started))?;
    let old = started.is_some_and(|started| world.now() - started > Duration::days(KEPT_DAYS));
    let token = presented(headers)?;
    let reading = world.keys().jwt.read(token, TokenType::OperationToken, world.now());
    if old && matches!(reading, Ok(_) | Err(JwtRefusal::Expired)) {
        return Err(Refusal::Gone("Operacja uwierzytelniania nie jest już dostępna."));
    }
    Ok(())
}
