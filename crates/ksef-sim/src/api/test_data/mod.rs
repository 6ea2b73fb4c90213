//! What only the test environment has: subjects, people, permissions, consents, blocks, limits.

mod limits;
mod people;
mod settings;

pub(super) use limits::{
    production_rates, reset_certificates, reset_rates, reset_sessions, set_certificates, set_rates,
    set_sessions,
};
pub(super) use people::{create_person, create_subject, remove_person, remove_subject};
pub(super) use settings::{
    allow_attachments, block, disallow_attachments, grant_permissions, revoke_permissions,
};

use axum::http::StatusCode;

use super::Answer;
use super::refusal::{Refusal, exception, invalid};
use super::reply::Reply;

fn done() -> Answer {
    Ok(Reply::empty(StatusCode::OK))
}

fn problem(text: impl Into<String>) -> Refusal {
    invalid(vec![text.into()])
}

/// 30001
fn exists() -> Refusal {
    exception(30001, "Podmiot lub uprawnienie już istnieje.", Vec::new())
}
