//! Limits and budgets.

use axum::Json;
use axum::extract::State;
use ksef_types::Nip;
use serde::Deserialize;

use super::{Answer, On, done};
use crate::Operation;
use crate::control::ExportLimits;

pub(super) async fn limit_exports(State(control): On, Json(limits): Json<ExportLimits>) -> Answer {
    control.limit_exports(limits);
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Spend {
    nip: Nip,
    operation: Operation,
    count: u32,
}

pub(super) async fn spend(State(control): On, Json(spend): Json<Spend>) -> Answer {
    control.spend(spend.nip, spend.operation, spend.count);
    done()
}

pub(super) async fn reset_budget(State(control): On) -> Answer {
    control.reset_rate_limits();
    done()
}
