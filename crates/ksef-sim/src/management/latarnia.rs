//! Latarnia.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::json;

use super::{Answer, On, done};
use crate::control::{Announcement, Availability, NewEvent};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Latarnia {
    status: Availability,
    #[serde(default)]
    messages: Vec<Announcement>,
}

pub(super) async fn announce(State(control): On, Json(latarnia): Json<Latarnia>) -> Answer {
    control.announce(latarnia.status, latarnia.messages);
    done()
}

pub(super) async fn begin_event(State(control): On, Json(event): Json<NewEvent>) -> Answer {
    Ok(Json(json!({ "eventId": control.announce_event(event)? })))
}

pub(super) async fn end_event(State(control): On, Path(event): Path<u64>) -> Answer {
    control.end_event(event)?;
    done()
}
