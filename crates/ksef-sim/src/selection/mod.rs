//! Which invoices a query or an export finds, and how they are described. The same for both.

mod described;
mod filters;
mod range;
mod role;

pub(crate) use described::described;
pub(crate) use filters::fits;
pub(crate) use range::{Range, RangeFault, date, range};
pub(crate) use role::{concerns, in_role};

use ksef_types::ContextIdentifier;
use serde_json::Value;

use crate::model::Invoice;
use crate::store::State;

/// The invoices of a context that filters find, by the range's date, the oldest first.
pub(crate) fn select(
    state: &State,
    filters: &Value,
    context: &ContextIdentifier,
    range: &Range,
) -> Vec<Invoice> {
    let role = filters.get("subjectType").and_then(Value::as_str).unwrap_or_default();
    let inside =
        |row: &&Invoice| date(row, range.kind).is_some_and(|date| (range.from..=range.to).contains(&date));
    let stored = state.invoices.rows().filter(|row| row.accepted() && row.permanent_storage.is_some());
    let seen = stored.filter(|row| in_role(context, role, row));
    let mut rows: Vec<Invoice> = seen.filter(inside).filter(|row| fits(filters, row)).cloned().collect();
    rows.sort_by_key(|row| (date(row, range.kind), row.permanent_storage));
    rows
}
