//! The management port: [`Control`] over HTTP, JSON in and out. See the README for examples.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use axum::{Json, Router};
use chrono::{DateTime, Duration, Utc};
use ksef_types::{CertificateSerial, Clock as _, Nip, ReferenceNumber};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::control::{
    Announcement, AnnouncementCategory, Availability, Control, ControlError, Ending, ExportLimits,
    NewCertificate, NewGrant, NewPerson, StepTarget,
};
use crate::model::{PersonId, TokenStatus};
use crate::world::RotationFailed;
use crate::{Fault, Operation, Permission, PublicService, Quirk};

type Answer = Result<Json<Value>, ManagementError>;
type On = State<Arc<Control>>;

pub(crate) fn router(control: Control) -> Router {
    Router::new()
        .route("/companies", get(companies).post(make_company))
        .route(
            "/companies/{nip}/block",
            post(|on, nip| block(on, nip, true)).delete(|on, nip| block(on, nip, false)),
        )
        .route("/companies/{nip}/max-invoices", put(limit_invoices))
        .route("/people", post(make_person))
        .route("/peppol", post(make_peppol_provider))
        .route("/people/deceased", post(declare_deceased))
        .route("/grants", post(grant))
        .route("/grants/revoke", post(revoke_grants))
        .route("/tokens", post(make_token))
        .route("/tokens/{reference}/status", put(set_token_status))
        .route("/certificates", post(make_certificate))
        .route("/certificates/{serial}/revoke", post(revoke_certificate))
        .route("/certificates/{serial}/suspend", post(suspend_certificate).delete(resume_certificate))
        .route("/clock", get(clock).put(set_clock))
        .route("/clock/advance", post(advance))
        .route("/arrived", get(arrived))
        .route("/invoices", get(invoices))
        .route("/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/quirks", get(quirks))
        .route(
            "/quirks/{quirk}",
            put(|on, quirk| switch(on, quirk, true)).delete(|on, quirk| switch(on, quirk, false)),
        )
        .route("/endings", post(end_next))
        .route("/step", post(step))
        .route("/access-tokens", delete(expire_tokens))
        .route("/keys/rotate", post(rotate_keys))
        .route("/warning", put(warn).delete(clear_warning))
        .route("/limits/exports", put(limit_exports))
        .route("/mark/lag", put(delay_mark))
        .route("/latarnia", put(announce))
        .route("/latarnia/events", post(begin_event))
        .route("/latarnia/events/{event}", delete(end_event))
        .route("/services/payers/{nip}", put(put_payer).delete(reset_payer))
        .route("/services/faults", get(service_faults).post(add_service_fault).delete(clear_service_faults))
        .route("/services/asked", get(asked))
        .route("/services/spend", post(spend_service))
        .route("/budget/spend", post(spend))
        .route("/budget", delete(reset_budget))
        .with_state(Arc::new(control))
}

/// A refusal of the management, as `{"error": …}`.
enum ManagementError {
    Control(ControlError),
    Rotation(RotationFailed),
}

impl From<ControlError> for ManagementError {
    fn from(error: ControlError) -> Self {
        Self::Control(error)
    }
}

impl From<RotationFailed> for ManagementError {
    fn from(error: RotationFailed) -> Self {
        Self::Rotation(error)
    }
}

impl IntoResponse for ManagementError {
    fn into_response(self) -> Response {
        let (status, error) = match self {
            Self::Rotation(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
            Self::Control(error) => {
                let status = match &error {
                    ControlError::NoCompany(_) | ControlError::NoPerson | ControlError::NotFound(_) => {
                        StatusCode::NOT_FOUND
                    }
                    ControlError::WeakPassword | ControlError::NoSuchStatus(_) => {
                        StatusCode::UNPROCESSABLE_ENTITY
                    }
                    ControlError::Storage(_) | ControlError::Crypto(_) => StatusCode::INTERNAL_SERVER_ERROR,
                };
                (status, error.to_string())
            }
        };
        (status, Json(json!({ "error": error }))).into_response()
    }
}

fn done() -> Answer {
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewCompany {
    nip: Nip,
    #[serde(default)]
    name: String,
}

async fn companies(State(control): On) -> Answer {
    Ok(Json(json!(control.companies()?)))
}

async fn make_company(State(control): On, Json(company): Json<NewCompany>) -> Answer {
    Ok(Json(json!(control.make_company(company.nip, &company.name)?)))
}

async fn block(State(control): On, Path(nip): Path<Nip>, blocked: bool) -> Answer {
    control.block(nip, blocked)?;
    done()
}

async fn limit_invoices(State(control): On, Path(nip): Path<Nip>, Json(most): Json<u32>) -> Answer {
    control.limit_invoices(nip, most)?;
    done()
}

async fn make_person(State(control): On, Json(person): Json<NewPerson>) -> Answer {
    Ok(Json(json!(control.make_person(person)?)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewProvider {
    id: String,
    name: String,
}

async fn make_peppol_provider(State(control): On, Json(provider): Json<NewProvider>) -> Answer {
    control.make_peppol_provider(&provider.id, &provider.name)?;
    done()
}

async fn declare_deceased(State(control): On, Json(id): Json<PersonId>) -> Answer {
    control.declare_deceased(id)?;
    done()
}

async fn grant(State(control): On, Json(grant): Json<NewGrant>) -> Answer {
    control.grant(grant.to, grant.nip, &grant.permissions)?;
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GrantsOf {
    from: PersonId,
    nip: Nip,
}

async fn revoke_grants(State(control): On, Json(of): Json<GrantsOf>) -> Answer {
    control.revoke_grants(of.from, of.nip)?;
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewToken {
    nip: Nip,
    #[serde(default = "usual")]
    permissions: Vec<Permission>,
}

fn usual() -> Vec<Permission> {
    vec![Permission::InvoiceWrite, Permission::InvoiceRead]
}

async fn make_token(State(control): On, Json(wanted): Json<NewToken>) -> Answer {
    let token = control.make_token(wanted.nip, &wanted.permissions)?;
    // Exposed to be handed to whoever asked for it.
    Ok(Json(json!({ "token": token.secret().expose(), "referenceNumber": token.reference_number() })))
}

async fn set_token_status(
    State(control): On,
    Path(reference): Path<ReferenceNumber>,
    Json(status): Json<TokenStatus>,
) -> Answer {
    control.set_token_status(&reference, status)?;
    done()
}

async fn make_certificate(State(control): On, Json(wanted): Json<NewCertificate>) -> Answer {
    let made = control.make_certificate(wanted)?;
    // Exposed to be handed to whoever asked for it.
    Ok(Json(json!({
        "crt": made.crt,
        "key": made.key.expose(),
        "password": made.password.expose(),
        "serial": made.serial,
    })))
}

async fn revoke_certificate(State(control): On, Path(serial): Path<CertificateSerial>) -> Answer {
    control.revoke_certificate(&serial)?;
    done()
}

async fn suspend_certificate(State(control): On, Path(serial): Path<CertificateSerial>) -> Answer {
    control.suspend_certificate(&serial)?;
    done()
}

async fn resume_certificate(State(control): On, Path(serial): Path<CertificateSerial>) -> Answer {
    control.resume_certificate(&serial)?;
    done()
}

async fn clock(State(control): On) -> Answer {
    Ok(Json(json!({ "now": control.clock().now() })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Now {
    now: DateTime<Utc>,
}

async fn set_clock(State(control): On, Json(wanted): Json<Now>) -> Answer {
    control.set_clock(wanted.now);
    clock(State(control)).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    seconds: i64,
}

async fn advance(State(control): On, Json(wanted): Json<Advance>) -> Answer {
    control.advance(Duration::seconds(wanted.seconds));
    clock(State(control)).await
}

async fn arrived(State(control): On) -> Answer {
    Ok(Json(json!(control.arrived()?)))
}

async fn invoices(State(control): On) -> Answer {
    Ok(Json(json!(control.invoices()?)))
}

async fn faults(State(control): On) -> Answer {
    Ok(Json(json!(control.faults())))
}

async fn add_fault(State(control): On, Json(fault): Json<Fault>) -> Answer {
    control.fault(fault);
    faults(State(control)).await
}

async fn clear_faults(State(control): On) -> Answer {
    control.clear_faults();
    done()
}

async fn quirks(State(control): On) -> Answer {
    Ok(Json(json!({ "on": control.quirks(), "all": Quirk::ALL })))
}

async fn switch(State(control): On, Path(quirk): Path<Quirk>, on: bool) -> Answer {
    control.quirk(quirk, on);
    quirks(State(control)).await
}

async fn end_next(State(control): On, Json(ending): Json<Ending>) -> Answer {
    control.end_next(ending)?;
    done()
}

async fn step(State(control): On, Json(target): Json<StepTarget>) -> Answer {
    Ok(Json(json!(control.step(&target)?)))
}

async fn expire_tokens(State(control): On) -> Answer {
    control.expire_tokens()?;
    done()
}

async fn rotate_keys(State(control): On) -> Answer {
    control.rotate_keys()?;
    done()
}

async fn warn(State(control): On, Json(warning): Json<String>) -> Answer {
    control.warn(Some(&warning));
    done()
}

async fn clear_warning(State(control): On) -> Answer {
    control.warn(None);
    done()
}

async fn limit_exports(State(control): On, Json(limits): Json<ExportLimits>) -> Answer {
    control.limit_exports(limits);
    done()
}

async fn delay_mark(State(control): On, Json(wanted): Json<Advance>) -> Answer {
    control.delay_mark(Duration::seconds(wanted.seconds));
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Latarnia {
    status: Availability,
    #[serde(default)]
    messages: Vec<Announcement>,
}

async fn announce(State(control): On, Json(latarnia): Json<Latarnia>) -> Answer {
    control.announce(latarnia.status, latarnia.messages);
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Event {
    kind: AnnouncementCategory,
    #[serde(default)]
    text: String,
}

async fn begin_event(State(control): On, Json(event): Json<Event>) -> Answer {
    Ok(Json(json!({ "eventId": control.begin_event(event.kind, &event.text) })))
}

async fn end_event(State(control): On, Path(event): Path<u64>) -> Answer {
    control.end_event(event)?;
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spend {
    nip: Nip,
    operation: Operation,
    count: u32,
}

async fn spend(State(control): On, Json(spend): Json<Spend>) -> Answer {
    control.spend(spend.nip, spend.operation, spend.count);
    done()
}

async fn reset_budget(State(control): On) -> Answer {
    control.reset_rate_limits();
    done()
}

async fn put_payer(State(control): On, Path(nip): Path<Nip>, Json(subject): Json<Option<Value>>) -> Answer {
    control.put_payer(nip, subject);
    done()
}

async fn reset_payer(State(control): On, Path(nip): Path<Nip>) -> Answer {
    control.reset_payer(nip);
    done()
}

async fn service_faults(State(control): On) -> Answer {
    Ok(Json(json!(control.service_faults())))
}

async fn add_service_fault(State(control): On, Json(fault): Json<Fault<PublicService>>) -> Answer {
    control.service_fault(fault);
    service_faults(State(control)).await
}

async fn clear_service_faults(State(control): On) -> Answer {
    control.clear_service_faults();
    done()
}

async fn asked(State(control): On) -> Answer {
    Ok(Json(json!(control.asked_services())))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpendService {
    service: PublicService,
    count: u32,
}

async fn spend_service(State(control): On, Json(spend): Json<SpendService>) -> Answer {
    control.spend_service(spend.service, spend.count);
    done()
}
