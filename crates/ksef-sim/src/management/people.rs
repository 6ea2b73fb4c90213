//! Companies, people, permissions, tokens.

use axum::Json;
use axum::extract::{Path, State};
use ksef_types::{Nip, ReferenceNumber};
use serde::Deserialize;
use serde_json::json;

use super::{Answer, On, done};
use crate::Permission;
use crate::control::{NewGrant, NewPerson};
use crate::model::{PersonId, TokenStatus};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewCompany {
    nip: Nip,
    #[serde(default)]
    name: String,
}

pub(super) async fn companies(State(control): On) -> Answer {
    Ok(Json(json!(control.companies()?)))
}

pub(super) async fn make_company(State(control): On, Json(company): Json<NewCompany>) -> Answer {
    Ok(Json(json!(control.make_company(company.nip, &company.name)?)))
}

pub(super) async fn block(State(control): On, Path(nip): Path<Nip>, blocked: bool) -> Answer {
    control.block(nip, blocked)?;
    done()
}

pub(super) async fn limit_invoices(
    State(control): On,
    Path(nip): Path<Nip>,
    Json(most): Json<u32>,
) -> Answer {
    control.limit_invoices(nip, most)?;
    done()
}

pub(super) async fn make_person(State(control): On, Json(person): Json<NewPerson>) -> Answer {
    Ok(Json(json!(control.make_person(person)?)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewProvider {
    id: String,
    name: String,
}

pub(super) async fn make_peppol_provider(State(control): On, Json(provider): Json<NewProvider>) -> Answer {
    control.make_peppol_provider(&provider.id, &provider.name)?;
    done()
}

pub(super) async fn declare_deceased(State(control): On, Json(id): Json<PersonId>) -> Answer {
    control.declare_deceased(id)?;
    done()
}

pub(super) async fn grant(State(control): On, Json(grant): Json<NewGrant>) -> Answer {
    control.grant(grant.to, grant.nip, &grant.permissions)?;
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GrantsOf {
    from: PersonId,
    nip: Nip,
}

pub(super) async fn revoke_grants(State(control): On, Json(of): Json<GrantsOf>) -> Answer {
    control.revoke_grants(of.from, of.nip)?;
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewToken {
    nip: Nip,
    #[serde(default = "usual")]
    permissions: Vec<Permission>,
}

fn usual() -> Vec<Permission> {
    vec![Permission::InvoiceWrite, Permission::InvoiceRead]
}

pub(super) async fn make_token(State(control): On, Json(wanted): Json<NewToken>) -> Answer {
    let token = control.make_token(wanted.nip, &wanted.permissions)?;
    // Exposed to be handed to whoever asked for it.
    Ok(Json(json!({ "token": token.secret().expose(), "referenceNumber": token.reference_number() })))
}

pub(super) async fn set_token_status(
    State(control): On,
    Path(reference): Path<ReferenceNumber>,
    Json(status): Json<TokenStatus>,
) -> Answer {
    control.set_token_status(&reference, status)?;
    done()
}

pub(super) async fn log_in_at_portal(State(control): On, Json(login): Json<GrantsOf>) -> Answer {
    Ok(Json(json!({ "referenceNumber": control.log_in_at_portal(login.from, login.nip)? })))
}
