//! The management port: [`Control`] over HTTP, JSON in and out. See the README for examples.

mod certificates;
mod faults;
mod latarnia;
mod limits;
mod people;
mod services;
mod time;

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::control::{Control, ControlError};
use crate::world::RotationFailed;

type Answer = Result<Json<Value>, ManagementError>;
type On = State<Arc<Control>>;

pub(crate) fn router(control: Control) -> Router {
    Router::new()
        .route("/companies", get(people::companies).post(people::make_company))
        .route(
            "/companies/{nip}/block",
            post(|on, nip| people::block(on, nip, true)).delete(|on, nip| people::block(on, nip, false)),
        )
        .route("/companies/{nip}/max-invoices", put(people::limit_invoices))
        .route("/people", post(people::make_person))
        .route("/peppol", post(people::make_peppol_provider))
        .route("/people/deceased", post(people::declare_deceased))
        .route("/grants", post(people::grant))
        .route("/grants/revoke", post(people::revoke_grants))
        .route("/tokens", post(people::make_token))
        .route("/tokens/{reference}/status", put(people::set_token_status))
        .route("/certificates", post(certificates::make_certificate))
        .route("/certificates/{serial}/revoke", post(certificates::revoke_certificate))
        .route(
            "/certificates/{serial}/suspend",
            post(certificates::suspend_certificate).delete(certificates::resume_certificate),
        )
        .route("/signers", post(certificates::make_signer))
        .route("/trusted-profile/sign", post(certificates::sign_by_profile))
        .route("/portal/logins", post(people::log_in_at_portal))
        .route("/clock", get(time::clock).put(time::set_clock))
        .route("/clock/advance", post(time::advance))
        .route("/arrived", get(faults::arrived))
        .route("/invoices", get(faults::invoices))
        .route("/faults", get(faults::faults).post(faults::add_fault).delete(faults::clear_faults))
        .route("/quirks", get(faults::quirks))
        .route(
            "/quirks/{quirk}",
            put(|on, quirk| faults::switch(on, quirk, true))
                .delete(|on, quirk| faults::switch(on, quirk, false)),
        )
        .route("/endings", post(faults::end_next))
        .route("/step", post(time::step))
        .route("/access-tokens", delete(faults::expire_tokens))
        .route("/keys/rotate", post(faults::rotate_keys))
        .route("/warning", put(faults::warn).delete(faults::clear_warning))
        .route("/limits/exports", put(limits::limit_exports))
        .route("/mark/lag", put(time::delay_mark))
        .route("/latarnia", put(latarnia::announce))
        .route("/latarnia/events", post(latarnia::begin_event))
        .route("/latarnia/events/{event}", delete(latarnia::end_event))
        .route("/services/payers/{nip}", put(services::put_payer).delete(services::reset_payer))
        .route(
            "/services/faults",
            get(services::service_faults)
                .post(services::add_service_fault)
                .delete(services::clear_service_faults),
        )
        .route("/services/asked", get(services::asked))
        .route("/services/spend", post(services::spend_service))
        .route("/budget/spend", post(limits::spend))
        .route("/budget", delete(limits::reset_budget))
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
                    ControlError::WeakPassword
                    | ControlError::NoSuchStatus(_)
                    | ControlError::NoSuchSigner(_)
                    | ControlError::NoSuchEvent(_)
                    | ControlError::NotSignable(_) => StatusCode::UNPROCESSABLE_ENTITY,
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
