//! Certificates.

use axum::Json;
use axum::extract::{Path, State};
use ksef_types::CertificateSerial;
use serde_json::json;

use super::{Answer, On, done};
use crate::control::NewCertificate;

pub(super) async fn make_certificate(State(control): On, Json(wanted): Json<NewCertificate>) -> Answer {
    let made = control.make_certificate(wanted)?;
    // Exposed to be handed to whoever asked for it.
    Ok(Json(json!({
        "crt": made.crt,
        "key": made.key.expose(),
        "password": made.password.expose(),
        "serial": made.serial,
    })))
}

pub(super) async fn revoke_certificate(State(control): On, Path(serial): Path<CertificateSerial>) -> Answer {
    control.revoke_certificate(&serial)?;
    done()
}

pub(super) async fn suspend_certificate(State(control): On, Path(serial): Path<CertificateSerial>) -> Answer {
    control.suspend_certificate(&serial)?;
    done()
}

pub(super) async fn resume_certificate(State(control): On, Path(serial): Path<CertificateSerial>) -> Answer {
    control.resume_certificate(&serial)?;
    done()
}
