use serde_json::{Value, json};

use super::call::{Bearing, Call};
use super::refusal::{Refusal, invalid, no_session};
use super::reply::{Reply, moment};
use super::{Answer, continuation, download};
use crate::Permission;
use crate::model::{Invoice, Session};
use crate::process::parse_moment;
use crate::store::State;
use crate::world::World;

/// `GET /sessions`
pub(super) fn list(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let (mut rows, counts) = world.look(|state| {
        let seen = state.sessions.rows().filter(|row| visible(bearing, row) && wanted(call, row));
        let rows: Vec<Session> = seen.cloned().collect();
        let counts: Vec<(String, Counts)> =
            rows.iter().map(|row| (row.reference.to_string(), Counts::of(state, row))).collect();
        (rows, counts)
    })?;
    let counts: std::collections::HashMap<String, Counts> = counts.into_iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.created));
    let (rows, next) = continuation::page(world, call, "sessions", rows)?;
    let sessions: Vec<Value> = rows
        .iter()
        .map(|row| {
            let counts = counts.get(row.reference.as_str()).copied().unwrap_or_default();
            json!({
                "referenceNumber": row.reference,
                "status": row.status.json(),
                "dateCreated": moment(row.created),
                "dateUpdated": moment(row.updated),
                "validUntil": moment(row.valid_until),
                "totalInvoiceCount": counts.all,
                "successfulInvoiceCount": counts.accepted,
                "failedInvoiceCount": counts.refused,
            })
        })
        .collect();
    Ok(Reply::ok(json!({ "continuationToken": next, "sessions": sessions })))
}

/// Everything in the context for who may look into its history; otherwise what one opened oneself.
fn visible(bearing: &Bearing, row: &Session) -> bool {
    let all = bearing.may(Permission::Introspection) || bearing.may(Permission::EnforcementOperations);
    row.context == bearing.context && (all || row.subject == bearing.subject)
}

fn wanted(call: &Call, row: &Session) -> bool {
    let after = |name: &str, at| call.optional(name).and_then(parse_moment).is_none_or(|from| at >= from);
    let before = |name: &str, at| call.optional(name).and_then(parse_moment).is_none_or(|to| at <= to);
    let closed_asked = call.optional("dateClosedFrom").is_some() || call.optional("dateClosedTo").is_some();
    let closed = match row.closed {
        None => !closed_asked,
        Some(at) => after("dateClosedFrom", at) && before("dateClosedTo", at),
    };
    let statuses = call.all("statuses");
    let kind = if row.batch.is_some() { "Batch" } else { "Online" };
    call.parameter("sessionType") == kind
        && call.optional("referenceNumber").is_none_or(|wanted| wanted == row.reference.as_str())
        && after("dateCreatedFrom", row.created)
        && before("dateCreatedTo", row.created)
        && after("dateModifiedFrom", row.updated)
        && before("dateModifiedTo", row.updated)
        && closed
        && (statuses.is_empty() || statuses.contains(&common_status(row.status.code)))
}

/// `CommonSessionStatus`
const fn common_status(code: u16) -> &'static str {
    match code {
        100 | 150 | 170 => "InProgress",
        200 => "Succeeded",
        440 => "Cancelled",
        _ => "Failed",
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    all: usize,
    accepted: usize,
    refused: usize,
}

impl Counts {
    fn of(state: &State, session: &Session) -> Self {
        let rows = session.invoices.iter().filter_map(|reference| state.invoices.get(reference.as_str()));
        rows.fold(Self::default(), |counts, row| Self {
            all: counts.all + 1,
            accepted: counts.accepted + usize::from(row.accepted()),
            refused: counts.refused + usize::from(row.finished() && !row.accepted()),
        })
    }
}

/// A session of the caller's context.
pub(super) fn own<'state>(
    state: &'state State,
    bearing: &Bearing,
    reference: &str,
) -> Result<&'state Session, Refusal> {
    let session = state.sessions.get(reference).filter(|row| row.context == bearing.context);
    session.ok_or_else(|| no_session(reference, false))
}

/// `GET /sessions/{referenceNumber}`
pub(super) fn status(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let reference = call.parameter("referenceNumber");
    let found = world.look(|state| {
        own(state, bearing, reference).map(|session| (session.clone(), Counts::of(state, session)))
    })?;
    let (session, counts) = found?;
    let pages: Vec<Value> = session
        .upo
        .iter()
        .map(|page| {
            let (address, until) = download::address(world, download::Kind::Session, page.reference.as_str());
            json!({
                "referenceNumber": page.reference,
                "downloadUrl": address,
                "downloadUrlExpirationDate": moment(until),
            })
        })
        .collect();
    let mut answer = json!({
        "status": session.status.json(),
        "dateCreated": moment(session.created),
        "dateUpdated": moment(session.updated),
        "validUntil": moment(session.valid_until),
        "invoiceCount": counts.all,
        "successfulInvoiceCount": counts.accepted,
        "failedInvoiceCount": counts.refused,
    });
    if !pages.is_empty() {
        answer["upo"] = json!({ "pages": pages });
    }
    Ok(Reply::ok(answer))
}

/// `GET /sessions/{referenceNumber}/invoices` and `…/invoices/failed`
pub(super) fn invoices(world: &World, call: &Call, failed: bool) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let reference = call.parameter("referenceNumber");
    let rows = world.look(|state| {
        let session = own(state, bearing, reference)?;
        let rows = session.invoices.iter().filter_map(|invoice| state.invoices.get(invoice.as_str()));
        let rows = rows.filter(|row| !failed || (row.finished() && !row.accepted()));
        Ok::<_, Refusal>(rows.cloned().collect::<Vec<Invoice>>())
    })?;
    let listing = format!("{reference}:{failed}");
    let (rows, next) = continuation::page(world, call, &listing, rows?)?;
    let list: Vec<Value> = rows.iter().map(|row| described(world, row)).collect();
    Ok(Reply::ok(json!({ "continuationToken": next, "invoices": list })))
}

/// `GET /sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}`
pub(super) fn invoice(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let row = world.look(|state| own_invoice(state, bearing, call).cloned())?;
    Ok(Reply::ok(described(world, &row?)))
}

/// The document that a path names.
pub(super) fn own_invoice<'state>(
    state: &'state State,
    bearing: &Bearing,
    call: &Call,
) -> Result<&'state Invoice, Refusal> {
    let session = own(state, bearing, call.parameter("referenceNumber"))?;
    let reference = call.parameter("invoiceReferenceNumber");
    let row = state.invoices.get(reference).filter(|row| row.session == session.reference);
    row.ok_or_else(|| {
        invalid(vec![format!("Faktura o numerze referencyjnym {reference} nie została znaleziona.")])
    })
}

/// `SessionInvoiceStatusResponse`; what is not known yet is absent.
fn described(world: &World, row: &Invoice) -> Value {
    let mut answer = json!({
        "ordinalNumber": row.ordinal,
        "referenceNumber": row.reference,
        "invoiceHash": row.hash,
        "invoicingDate": moment(row.invoicing),
        "status": row.status.json(),
    });
    if let Some(facts) = &row.facts {
        answer["invoiceNumber"] = json!(facts.number);
    }
    if let Some(name) = &row.file_name {
        answer["invoiceFileName"] = json!(name);
    }
    if let Some(offline) = row.offline {
        answer["invoicingMode"] = json!(if offline { "Offline" } else { "Online" });
    }
    if let Some(at) = row.permanent_storage {
        answer["permanentStorageDate"] = json!(moment(at));
    }
    // The number of a duplicate stands in the extensions only.
    answer["ksefNumber"] = json!(row.ksef_number);
    if let Some(at) = row.acquisition {
        answer["acquisitionDate"] = json!(moment(at));
    }
    if row.upo.is_some() {
        let (address, until) = download::address(world, download::Kind::Invoice, row.reference.as_str());
        answer["upoDownloadUrl"] = json!(address);
        answer["upoDownloadUrlExpirationDate"] = json!(moment(until));
    }
    answer
}
