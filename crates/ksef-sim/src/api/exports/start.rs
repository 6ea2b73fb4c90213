use axum::http::StatusCode;
use ksef_types::{ContextIdentifier, ContextKind};
use serde_json::{Value, json};

use crate::Quirk;
use crate::api::Answer;
use crate::api::call::Call;
use crate::api::encryption::symmetric_key;
use crate::api::refusal::{Refusal, exception, invalid};
use crate::api::reply::{Reply, moment};
use crate::contract::ExportStatus;
use crate::model::{Compression, Export};
use crate::process::Work;
use crate::selection::{self, RangeFault};
use crate::world::World;

/// `POST /invoices/exports`
pub(in crate::api) fn start(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    let mut filters = call.json.get("filters").cloned().unwrap_or(Value::Null);
    let role = call.text("/filters/subjectType");
    if world.has(Quirk::OneRoleAnswers500) && role == "Subject2" {
        return Ok(Reply::empty(StatusCode::INTERNAL_SERVER_ERROR));
    }
    exportable(role, &bearing.context)?;
    let (now, lag) = (world.now(), world.mark_lag());
    match world.look(|state| selection::range(state, &filters, now, lag))? {
        // What lies above the mark is said by the status (420).
        Ok(_) | Err(RangeFault::OutOfReach) => {}
        Err(RangeFault::TooLong) if world.has(Quirk::LongRangeAnswers500) => {
            return Ok(Reply::empty(StatusCode::INTERNAL_SERVER_ERROR));
        }
        Err(fault) => return Err(invalid(vec![fault.detail()])),
    }
    close_range(&mut filters, &moment(now));
    let key = symmetric_key(world, call)?;
    let export = Export {
        reference: world.chance.reference(world.today(), ['E', 'H']),
        context: bearing.context.clone(),
        key,
        filters,
        only_metadata: call.json.get("onlyMetadata").and_then(Value::as_bool).unwrap_or_default(),
        compression: Compression::of(call.optional_text("/compressionType")),
        started: now,
        completed: None,
        status: ExportStatus::InProgress.text().into(),
        package: None,
    };
    let reference = export.reference.clone();
    let at_once = world.export_limits().at_once;
    let running = |row: &&Export| row.context == export.context && row.status.code == 100;
    let added = world.change(|state| {
        if state.exports.rows().filter(running).count() >= at_once {
            return false;
        }
        state.exports.put(reference.to_string(), export.clone());
        true
    })?;
    if !added {
        let detail = format!(
            "Dla uwierzytelnionego podmiotu w bieżącym kontekście osiągnięto maksymalny limit {at_once} równoczesnych eksportów faktur. Spróbuj ponownie później."
        );
        return Err(exception(21182, "Osiągnięto limit trwających eksportów.", vec![detail]));
    }
    world.schedule().add(world, Work::Export(reference.clone()));
    Ok(Reply::json(StatusCode::CREATED, json!({ "referenceNumber": reference })))
}

/// Roles that a context can have on an invoice (21181).
fn exportable(role: &str, context: &ContextIdentifier) -> Result<(), Refusal> {
    let possible = match context.kind() {
        ContextKind::Nip => true,
        ContextKind::InternalId => matches!(role, "Subject1" | "Subject3"),
        ContextKind::NipVatUe => matches!(role, "Subject1" | "Subject2"),
        ContextKind::PeppolId => false,
    };
    if possible {
        return Ok(());
    }
    let detail = format!(
        "Nie można wyeksportować paczki faktur dla wybranego podmiotu ({role}) i zalogowanego identyfikatora kontekstu ({}).",
        context.kind()
    );
    Err(exception(21181, "Nieprawidłowe żądanie eksportu faktur.", vec![detail]))
}

/// What is left open ends now, whenever the package is made; up to the mark it is cut down then. A range that is
/// restricted to the mark stays open, as its end is the mark's.
fn close_range(filters: &mut Value, now: &str) {
    let Some(range) = filters.get_mut("dateRange").and_then(Value::as_object_mut) else { return };
    let restricts = range.get("restrictToPermanentStorageHwmDate") == Some(&Value::Bool(true));
    let open = range.get("to").is_none_or(Value::is_null);
    let permanent = range.get("dateType").and_then(Value::as_str) == Some("PermanentStorage");
    if open && !restricts && !permanent {
        range.insert("to".to_owned(), Value::from(now));
    }
}
