//! The public services.

use axum::Json;
use axum::extract::{Path, State};
use ksef_types::Nip;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, On, done};
use crate::{Fault, PublicService};

pub(super) async fn put_payer(
    State(control): On,
    Path(nip): Path<Nip>,
    Json(subject): Json<Option<Value>>,
) -> Answer {
    control.put_payer(nip, subject);
    done()
}

pub(super) async fn reset_payer(State(control): On, Path(nip): Path<Nip>) -> Answer {
    control.reset_payer(nip);
    done()
}

pub(super) async fn service_faults(State(control): On) -> Answer {
    Ok(Json(json!(control.service_faults())))
}

pub(super) async fn add_service_fault(State(control): On, Json(fault): Json<Fault<PublicService>>) -> Answer {
    control.service_fault(fault);
    service_faults(State(control)).await
}

pub(super) async fn clear_service_faults(State(control): On) -> Answer {
    control.clear_service_faults();
    done()
}

pub(super) async fn asked(State(control): On) -> Answer {
    Ok(Json(json!(control.asked_services())))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpendService {
    service: PublicService,
    count: u32,
}

pub(super) async fn spend_service(State(control): On, Json(spend): Json<SpendService>) -> Answer {
    control.spend_service(spend.service, spend.count);
    done()
}
