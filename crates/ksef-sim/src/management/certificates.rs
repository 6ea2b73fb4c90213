//! Certificates.

use axum::Json;
use axum::extract::{Path, State};
use ksef_types::CertificateSerial;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, On, done};
use crate::control::{MadeCertificate, NewCertificate, NewSigner};
use crate::model::PersonId;

pub(super) async fn make_certificate(State(control): On, Json(wanted): Json<NewCertificate>) -> Answer {
    Ok(handed_out(&control.make_certificate(wanted)?))
}

/// Exposed to be handed to whoever asked for it.
fn handed_out(made: &MadeCertificate) -> Json<Value> {
    Json(json!({
        "crt": made.crt,
        "key": made.key.expose(),
        "password": made.password.expose(),
        "serial": made.serial,
    }))
}

pub(super) async fn make_signer(State(control): On, Json(wanted): Json<NewSigner>) -> Answer {
    Ok(handed_out(&control.make_signer(wanted)?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ToSign {
    person: PersonId,
    document: String,
}

pub(super) async fn sign_by_profile(State(control): On, Json(wanted): Json<ToSign>) -> Answer {
    let signed = control.sign_by_trusted_profile(wanted.person, wanted.document.as_bytes())?;
    // What is signed was a text, and is one.
    Ok(Json(json!({ "document": String::from_utf8_lossy(&signed) })))
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
