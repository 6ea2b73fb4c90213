//! The clock and the pace.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Duration, Utc};
use ksef_types::Clock as _;
use serde::Deserialize;
use serde_json::json;

use super::{Answer, On, done};
use crate::control::StepTarget;

pub(super) async fn clock(State(control): On) -> Answer {
    Ok(Json(json!({ "now": control.clock().now() })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Now {
    now: DateTime<Utc>,
}

pub(super) async fn set_clock(State(control): On, Json(wanted): Json<Now>) -> Answer {
    control.set_clock(wanted.now);
    clock(State(control)).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Advance {
    /// Up to 68 years, forwards or back.
    seconds: i32,
}

pub(super) async fn advance(State(control): On, Json(wanted): Json<Advance>) -> Answer {
    control.advance(Duration::seconds(wanted.seconds.into()));
    clock(State(control)).await
}

pub(super) async fn step(State(control): On, Json(target): Json<StepTarget>) -> Answer {
    Ok(Json(json!(control.step(&target)?)))
}

pub(super) async fn delay_mark(State(control): On, Json(wanted): Json<Advance>) -> Answer {
    control.delay_mark(Duration::seconds(wanted.seconds.into()));
    done()
}
