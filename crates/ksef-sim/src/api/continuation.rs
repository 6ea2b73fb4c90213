//! Continuation tokens: opaque to clients, bound to the listing that they continue.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::call::Call;
use super::refusal::{Refusal, bad_continuation};
use crate::Quirk;
use crate::world::World;

const HEADER: &str = "x-continuation-token";
/// The contract's default.
const DEFAULT_SIZE: usize = 10;

/// A page of rows, and the token for the next one.
pub(super) fn page<Row>(
    world: &World,
    call: &Call,
    listing: &str,
    rows: Vec<Row>,
) -> Result<(Vec<Row>, Value), Refusal> {
    let start = match call.optional(HEADER).filter(|token| !token.is_empty()) {
        None => 0,
        Some(_) if world.has(Quirk::ContinuationTokenRefused) => return Err(bad_continuation()),
        Some(token) => read(token, listing).ok_or_else(bad_continuation)?,
    };
    let size = call.number("pageSize").unwrap_or(DEFAULT_SIZE);
    let end = start.saturating_add(size);
    let next = if end < rows.len() { Value::from(write(listing, end)) } else { Value::Null };
    Ok((rows.into_iter().skip(start).take(size).collect(), next))
}

fn write(listing: &str, start: usize) -> String {
    URL_SAFE_NO_PAD.encode(format!("{start}:{listing}"))
}

fn read(token: &str, listing: &str) -> Option<usize> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
    let (start, of) = text.split_once(':')?;
    if of == listing { start.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bound_to_its_listing() {
        let token = write("sessions", 20);
        assert_eq!(read(&token, "sessions"), Some(20));
        assert_eq!(read(&token, "tokens"), None);
        assert_eq!(read("???", "tokens"), None);
    }
}
