use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Answer;
use super::call::Call;
use super::refusal::{Refusal, exception, invalid};
use super::reply::{Reply, moment};
use crate::Quirk;
use crate::contract::OUT_OF_REACH_DETAIL;
use crate::selection::{self, RangeFault};
use crate::world::World;

/// The most rows of one set of filters.
const TRUNCATED_AT: usize = 10_000;

/// `POST /invoices/query/metadata`
pub(super) fn query(world: &World, call: &Call) -> Answer {
    let bearing = call.bearing.as_ref().ok_or(Refusal::Broken)?;
    if world.has(Quirk::OneRoleAnswers500) && call.text("/subjectType") == "Subject2" {
        return Ok(Reply::empty(StatusCode::INTERNAL_SERVER_ERROR));
    }
    let (now, lag) = (world.now(), world.mark_lag());
    let found = world.look(|state| {
        let range = selection::range(state, &call.json, now, lag)?;
        let rows = selection::select(state, &call.json, &bearing.context, &range);
        Ok::<_, RangeFault>((range, rows))
    })?;
    let (range, mut rows) = match found {
        Ok(found) => found,
        Err(RangeFault::TooLong) if world.has(Quirk::LongRangeAnswers500) => {
            return Ok(Reply::empty(StatusCode::INTERNAL_SERVER_ERROR));
        }
        Err(RangeFault::OutOfReach) => {
            return Err(exception(21183, OUT_OF_REACH_SENTENCE, vec![OUT_OF_REACH_DETAIL.to_owned()]));
        }
        Err(fault) => return Err(invalid(vec![fault.detail()])),
    };
    if call.parameter("sortOrder") == "Desc" {
        rows.reverse();
    }
    let truncated = rows.len() > TRUNCATED_AT;
    rows.truncate(TRUNCATED_AT);
    let size = call.number("pageSize").unwrap_or(10);
    let skipped = call.number("pageOffset").unwrap_or(0).saturating_mul(size);
    let has_more = rows.len() > skipped.saturating_add(size);
    let list: Vec<Value> = rows.iter().skip(skipped).take(size).filter_map(selection::described).collect();
    Ok(Reply::ok(json!({
        "hasMore": has_more,
        "isTruncated": truncated && !has_more,
        "permanentStorageHwmDate": range.mark.map(moment),
        "invoices": list,
    })))
}

/// As the exception spells it; the status of an export has no full stop.
const OUT_OF_REACH_SENTENCE: &str = "Zakres filtrowania wykracza poza dostępny zakres danych.";
