//! Pages by number, for listings that are not continued by a token.

use super::call::Call;

/// The contract's default.
const DEFAULT_SIZE: usize = 10;

/// The page that is asked for, and whether there is another one.
pub(super) fn page<Row>(call: &Call, rows: Vec<Row>) -> (Vec<Row>, bool) {
    let size = call.number("pageSize").unwrap_or(DEFAULT_SIZE);
    let skipped = call.number("pageOffset").unwrap_or(0).saturating_mul(size);
    let more = rows.len() > skipped.saturating_add(size);
    (rows.into_iter().skip(skipped).take(size).collect(), more)
}
