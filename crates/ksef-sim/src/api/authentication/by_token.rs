//! Logging in by a token.

use ksef_types::{ContextIdentifier, ContextKind, ReferenceNumber};

use super::super::Answer;
use super::super::call::Call;
use super::super::refusal::{Refusal, invalid};
use super::addresses::allowed_ips;
use super::begin::{Start, begin};
use super::challenge::usable_challenge;
use crate::judge::refusal::{AuthenticationFailure, TokenFault};
use crate::judge::token::{OpenedToken, TokenRefusal, open};
use crate::model::{Challenge, Method, Subject, SubjectKind, Token, TokenStatus};
use crate::store::State;
use crate::world::World;
use crate::{Permission, rights};

/// `POST /auth/ksef-token`
pub(in crate::api) fn by_token(world: &World, call: &Call) -> Answer {
    let context = context(call)?;
    let allowed_ips = allowed_ips(call.json.pointer("/authorizationPolicy/allowedIps"));
    let challenge = usable_challenge(world, call.text("/challenge"))?;
    let opened = {
        let keys = world.keys();
        open(&keys.ministry, call.text("/encryptedToken"), call.optional_text("/publicKeyId"), world.now())
    };
    let opened = match opened {
        Ok(opened) => Ok(opened),
        Err(TokenRefusal::Exception(exception)) => return Err(exception.into()),
        Err(TokenRefusal::Fault(fault)) => Err(fault),
    };
    let known = opened.and_then(|opened| known_token(world, &opened, &challenge, &context));
    let none = || world.chance.reference(world.today(), ['E', 'C']);
    let start = match known {
        Ok(Known { reference, author, permissions }) => Start {
            failure: permissions.is_empty().then_some(AuthenticationFailure::NoPermissions),
            challenge: challenge.challenge.to_string(),
            context,
            subject: author,
            method: Method::Token(reference),
            permissions,
            allowed_ips,
            identity: None,
            certificate: None,
        },
        // Nobody is known: the operation exists only to say why it failed.
        Err(fault) => Start {
            failure: Some(AuthenticationFailure::Token(fault)),
            challenge: challenge.challenge.to_string(),
            subject: Subject { kind: SubjectKind::Nip, value: context.value().to_owned() },
            context,
            method: Method::Token(none()),
            permissions: Vec::new(),
            allowed_ips,
            identity: None,
            certificate: None,
        },
    };
    begin(world, start)
}

struct Known {
    reference: ReferenceNumber,
    author: Subject,
    permissions: Vec<Permission>,
}

fn known_token(
    world: &World,
    opened: &OpenedToken,
    challenge: &Challenge,
    context: &ContextIdentifier,
) -> Result<Known, TokenFault> {
    // Exposed to be hashed and compared with what was handed out.
    let hash = hex::encode(openssl::sha::sha256(opened.token.secret().expose().as_bytes()));
    let reference = opened.token.reference_number().as_str();
    let row = world.look(|state| state.tokens.get(reference).cloned()).map_err(|_| TokenFault::Invalid)?;
    let row = row.filter(|row| row.hash == hash).ok_or(TokenFault::Invalid)?;
    opened.check_timestamp(challenge.issued.timestamp_millis())?;
    opened.check_context(context)?;
    match row.status {
        TokenStatus::Active => {
            let permissions =
                world.look(|state| token_permissions(state, &row)).map_err(|_| TokenFault::Invalid)?;
            Ok(Known { reference: row.reference, author: row.author, permissions })
        }
        TokenStatus::Revoked | TokenStatus::Revoking => Err(TokenFault::Revoked),
        TokenStatus::Pending | TokenStatus::Failed => Err(TokenFault::Inactive),
    }
}

/// A token made over the API never carries more than its author still may.
pub(super) fn token_permissions(state: &State, row: &Token) -> Vec<Permission> {
    if !row.bound {
        return row.permissions.clone();
    }
    let author = rights::effective(state, &row.author, &row.context);
    row.permissions.iter().copied().filter(|permission| author.contains(permission)).collect()
}

fn context(call: &Call) -> Result<ContextIdentifier, Refusal> {
    let kind = match call.text("/contextIdentifier/type") {
        "InternalId" => ContextKind::InternalId,
        "NipVatUe" => ContextKind::NipVatUe,
        "PeppolId" => ContextKind::PeppolId,
        _ => ContextKind::Nip,
    };
    ContextIdentifier::parse(kind, call.text("/contextIdentifier/value"))
        .map_err(|_| invalid(vec!["Pole 'contextIdentifier.value' ma nieprawidłową wartość.".to_owned()]))
}
