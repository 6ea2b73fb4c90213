//! Which rows are one invoice.

use std::collections::HashMap;

use super::InvoiceColumn;
use crate::columns::{Columns as _, Level};
use crate::fold::trim;
use crate::table::TableRow;
use crate::value::shown;

pub(super) type InvoiceRow = TableRow<InvoiceColumn>;

/// The rows of an invoice.
pub(super) struct Group<'a> {
    /// At least one.
    pub(super) rows: Vec<&'a InvoiceRow>,
    /// It begins a new invoice though nothing tells it from the one above.
    pub(super) same_as_above: bool,
}

/// Rows with the same number belong together wherever they stand, those without one by their group. A row with neither is another
/// line of the invoice above where it says nothing of an invoice; otherwise it begins one.
pub(super) fn group(rows: &[InvoiceRow]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut by_key: HashMap<(InvoiceColumn, String), usize> = HashMap::new();
    let mut last: Option<(usize, bool)> = None;
    for row in rows {
        let keys: Vec<(InvoiceColumn, String)> = [InvoiceColumn::Number, InvoiceColumn::Group]
            .into_iter()
            .filter_map(|column| Some((column, key(row, column)?)))
            .collect();
        let known = keys.iter().find_map(|key| by_key.get(key).copied());
        let index = match (known, last) {
            (Some(index), _) => index,
            (None, Some((above, _))) if keys.is_empty() && says_nothing_of_an_invoice(row) => above,
            (None, above) => {
                let above = above.filter(|(_, keyed)| keys.is_empty() && !keyed);
                let same_as_above = above.is_some_and(|(above, _)| {
                    groups
                        .get(above)
                        .and_then(|group| group.rows.first())
                        .is_some_and(|first| same(first, row))
                });
                groups.push(Group { rows: Vec::new(), same_as_above });
                groups.len() - 1
            }
        };
        let keyed = !keys.is_empty() || last.is_some_and(|(above, keyed)| above == index && keyed);
        keys.into_iter().for_each(|key| {
            by_key.entry(key).or_insert(index);
        });
        if let Some(group) = groups.get_mut(index) {
            group.rows.push(row);
        }
        last = Some((index, keyed));
    }
    groups
}

fn key(row: &InvoiceRow, column: InvoiceColumn) -> Option<String> {
    let text = shown(row.cell(column)?);
    let text = trim(&text);
    (!text.is_empty()).then(|| text.to_owned())
}

fn of_invoice(row: &InvoiceRow) -> impl Iterator<Item = (InvoiceColumn, String)> {
    row.cells()
        .filter(|(column, _)| column.info().level == Level::Invoice)
        .map(|(column, cell)| (column, shown(cell)))
}

fn says_nothing_of_an_invoice(row: &InvoiceRow) -> bool {
    of_invoice(row).next().is_none()
}

fn same(one: &InvoiceRow, other: &InvoiceRow) -> bool {
    let (mut one, mut other): (Vec<_>, Vec<_>) = (of_invoice(one).collect(), of_invoice(other).collect());
    one.sort();
    other.sort();
    one == other
}
