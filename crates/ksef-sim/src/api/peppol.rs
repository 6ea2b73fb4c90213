use serde_json::{Value, json};

use super::Answer;
use super::call::Call;
use super::page::page;
use super::reply::{Reply, moment};
use crate::model::PeppolProvider;
use crate::world::World;

/// `GET /peppol/query`: the latest first, then by identifier.
pub(super) fn providers(world: &World, call: &Call) -> Answer {
    let mut rows: Vec<PeppolProvider> = world.look(|state| state.peppol.rows().cloned().collect())?;
    rows.sort_by(|one, other| other.registered.cmp(&one.registered).then_with(|| one.id.cmp(&other.id)));
    let (rows, more) = page(call, rows);
    let list: Vec<Value> = rows
        .iter()
        .map(|row| json!({ "id": row.id, "name": row.name, "dateCreated": moment(row.registered) }))
        .collect();
    Ok(Reply::ok(json!({ "peppolProviders": list, "hasMore": more })))
}
