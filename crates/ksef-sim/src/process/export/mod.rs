//! Exports: choose, pack, split, encrypt.

mod pack;
mod split;

use ksef_types::ReferenceNumber;
use serde_json::Value;

use self::pack::Packed;
use super::schedule::Outcome;
use crate::contract::ExportStatus;
use crate::control::{Ending, Moved};
use crate::model::{Export, Invoice, Package, StoredStatus};
use crate::selection::{self, Range, RangeFault};
use crate::storage::Kept;
use crate::store::State;
use crate::world::World;

/// 100 → 200 or a refusal.
pub(super) fn advance(world: &World, state: &mut State, reference: &ReferenceNumber) -> Outcome {
    let Some(export) = state.exports.get(reference.as_str()).cloned() else { return Outcome::Waits };
    let made = match ordered_ending(world) {
        Some(status) => Err(status),
        None => make(world, state, &export),
    };
    let (status, package) = match made {
        Ok(package) => (ExportStatus::Succeeded, Some(package)),
        Err(status) => (status, None),
    };
    let status: StoredStatus = status.text().into();
    let moved = Moved { reference: reference.clone(), from: export.status.code, to: status.code };
    if let Some(row) = state.exports.change(reference.as_str()) {
        row.status = status;
        row.package = package;
        row.completed = Some(world.now());
        row.key = None;
    }
    Outcome::Done(moved)
}

fn ordered_ending(world: &World) -> Option<ExportStatus> {
    let code = world.ordered(|ending| match ending {
        Ending::Export { code } => Some(*code),
        _ => None,
    })?;
    ExportStatus::ALL.into_iter().find(|status| status.text().code == code)
}

fn make(world: &World, state: &State, export: &Export) -> Result<Package, ExportStatus> {
    let key = export.key.as_ref().ok_or(ExportStatus::KeyNotDecrypted)?;
    let range = selection::range(state, &export.filters, world.now(), world.mark_lag());
    let range = range.map_err(|fault| match fault {
        RangeFault::OutOfReach => ExportStatus::RangeOutOfReach,
        _ => ExportStatus::Unknown,
    })?;
    let rows = selection::select(state, &export.filters, &export.context, &range);
    if rows.is_empty() {
        return Ok(empty(&range));
    }
    let limits = *world.export_limits();
    let broken = |failure: std::io::Error| {
        tracing::error!(%failure, "a package could not be made");
        ExportStatus::Unknown
    };
    let packed = pack::pack(&world.storage, export, &rows, &limits).map_err(broken)?;
    let Packed { file, size, invoices } = packed;
    let parts = split::split(&world.storage, export, file, key, limits.part_bytes).map_err(broken)?;
    Ok(Package {
        invoices: invoices as u64,
        size,
        parts,
        truncated: invoices < rows.len(),
        last: invoices.checked_sub(1).and_then(|last| selection::date(rows.get(last)?, range.kind)),
        kind: range.kind,
        mark: range.mark,
    })
}

/// Nothing was found: there is nothing to download.
fn empty(range: &Range) -> Package {
    Package {
        invoices: 0,
        size: 0,
        parts: Vec::new(),
        truncated: false,
        last: None,
        kind: range.kind,
        mark: range.mark,
    }
}

/// Ends packages whose time is over (210).
pub(super) fn expire(world: &World, state: &mut State) {
    let now = world.now();
    let over = |row: &&Export| row.package.is_some() && row.expires().is_some_and(|end| now >= end);
    let over: Vec<Export> = state.exports.rows().filter(over).cloned().collect();
    for export in over {
        for part in export.package.iter().flat_map(|package| &package.parts) {
            world.storage.remove(Kept::ExportPart, &export.reference, part.ordinal);
        }
        if let Some(row) = state.exports.change(export.reference.as_str()) {
            row.package = None;
            row.status = ExportStatus::Expired.text().into();
        }
    }
}

/// `_metadata.json`
fn metadata(rows: &[Invoice]) -> Value {
    let rows: Vec<Value> = rows.iter().filter_map(selection::described).collect();
    serde_json::json!({ "invoices": rows })
}
