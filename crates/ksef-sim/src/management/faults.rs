//! What came, and what goes wrong.

use axum::Json;
use axum::extract::{Path, State};
use serde_json::json;

use super::{Answer, On, done};
use crate::control::Ending;
use crate::{Fault, Quirk};

pub(super) async fn arrived(State(control): On) -> Answer {
    Ok(Json(json!(control.arrived()?)))
}

pub(super) async fn invoices(State(control): On) -> Answer {
    Ok(Json(json!(control.invoices()?)))
}

pub(super) async fn faults(State(control): On) -> Answer {
    Ok(Json(json!(control.faults())))
}

pub(super) async fn add_fault(State(control): On, Json(fault): Json<Fault>) -> Answer {
    control.fault(fault);
    faults(State(control)).await
}

pub(super) async fn clear_faults(State(control): On) -> Answer {
    control.clear_faults();
    done()
}

pub(super) async fn quirks(State(control): On) -> Answer {
    Ok(Json(json!({ "on": control.quirks(), "all": Quirk::ALL })))
}

pub(super) async fn switch(State(control): On, Path(quirk): Path<Quirk>, on: bool) -> Answer {
    control.quirk(quirk, on);
    quirks(State(control)).await
}

pub(super) async fn end_next(State(control): On, Json(ending): Json<Ending>) -> Answer {
    control.end_next(ending)?;
    done()
}

pub(super) async fn expire_tokens(State(control): On) -> Answer {
    control.expire_tokens()?;
    done()
}

pub(super) async fn rotate_keys(State(control): On) -> Answer {
    control.rotate_keys()?;
    done()
}

pub(super) async fn warn(State(control): On, Json(warning): Json<String>) -> Answer {
    control.warn(Some(&warning));
    done()
}

pub(super) async fn clear_warning(State(control): On) -> Answer {
    control.warn(None);
    done()
}
