//! KSeF certificates. They belong to whoever logged in, whatever the context.

mod enrollment;
mod list;

pub(super) use enrollment::{data, enrol, limits, status};
pub(super) use list::{change_end, query, retrieve, revoke};

use super::call::Call;
use super::refusal::{Forbidden, Refusal};
use crate::model::{Certificate, Method, Subject};
use crate::rights::linked;
use crate::store::State;

/// Nobody does these by a token.
fn not_by_token(call: &Call) -> Result<(), Refusal> {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    match &bearing.method {
        Method::Token(_) => {
            let category = bearing.method.category();
            Err(Refusal::Forbidden(Forbidden::AuthenticationMethod { category }))
        }
        _ => Ok(()),
    }
}

/// The certificates of a subject, with those of the one linked to it by NIP and PESEL.
fn owned<'s>(state: &'s State, subject: &Subject) -> impl Iterator<Item = &'s Certificate> + use<'s> {
    let owners = linked(state, subject);
    state.certificates.rows().filter(move |row| owners.contains(&row.owner))
}
