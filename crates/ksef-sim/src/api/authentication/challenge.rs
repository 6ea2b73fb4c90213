//! Challenges: given out, used once.

use chrono::{DateTime, Duration};
use serde_json::json;

use super::super::Answer;
use super::super::call::Call;
use super::super::refusal::{Refusal, exception};
use super::super::reply::{Reply, moment};
use crate::model::Challenge;
use crate::world::World;

/// `POST /auth/challenge`
pub(in crate::api) fn challenge(world: &World, call: &Call) -> Answer {
    // Whole milliseconds are what counts; below them stand digits that rounding would carry over.
    let now = world.now();
    let issued = DateTime::from_timestamp_millis(now.timestamp_millis()).unwrap_or(now);
    let below = 500_000 + i64::from(u16::from_le_bytes(world.chance.bytes())) * 7;
    let challenge = world.chance.reference(world.today(), ['C', 'R']);
    let row = Challenge { challenge: challenge.clone(), issued, used: false };
    world.change(|state| state.challenges.put(challenge.as_str(), row))?;
    Ok(Reply::ok(json!({
        "challenge": challenge,
        "timestamp": moment(issued + Duration::nanoseconds(below)),
        "timestampMs": issued.timestamp_millis(),
        "clientIp": call.address.to_string(),
    })))
}

pub(super) fn usable_challenge(world: &World, challenge: &str) -> Result<Challenge, Refusal> {
    let row = world.look(|state| state.challenges.get(challenge).cloned())?;
    row.filter(|row| row.usable(world.now())).ok_or_else(bad_challenge)
}

pub(super) fn bad_challenge() -> Refusal {
    exception(21111, "Nieprawidłowe wyzwanie autoryzacyjne.", Vec::new())
}
