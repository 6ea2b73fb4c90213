//! Latarnia: whether KSeF is available.

use std::sync::Arc;

use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;

use crate::control::Availability;
use crate::world::World;

pub(crate) fn router(world: Arc<World>) -> Router {
    let status = Arc::clone(&world);
    Router::new()
        .route(
            "/status",
            get(move || async move {
                let now = status.now();
                let (availability, messages) = status.latarnia().status(now);
                // Messages come with a status that is worth one.
                if availability == Availability::Available {
                    Json(json!({ "status": availability }))
                } else {
                    Json(json!({ "status": availability, "messages": messages }))
                }
            }),
        )
        .route(
            "/messages",
            get(move || async move {
                let now = world.now();
                Json(json!(world.latarnia().messages(now)))
            }),
        )
}
