use std::collections::BTreeMap;

use ksef_invoice::draft::DraftFinding;

use super::{ImportedInvoice, InvoiceColumn};
use crate::columns::{ColumnInfo, Columns as _, Level};
use crate::finding::RowFinding;

/// Where a field of a draft came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowPlace {
    /// Row of the file, from 1.
    pub row: u32,
    /// The column; nothing for what no column holds.
    pub column: Option<InvoiceColumn>,
}

/// Where everything of a draft came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) first_row: u32,
    /// Rows of what is said once.
    pub(super) invoice: BTreeMap<InvoiceColumn, u32>,
    /// Row of each line of the draft.
    pub(super) lines: Vec<u32>,
    /// Row of each advance that is settled.
    pub(super) advances: Vec<u32>,
}

impl ImportedInvoice {
    /// The row and column of a field of the draft, named as [`DraftFinding::field`] names it. What the file does not have is at the
    /// invoice's first row, under the column that would hold it.
    #[must_use]
    pub fn row_of(&self, field: &str) -> RowPlace {
        let places = &self.places;
        let column = match numbered(field) {
            Some((list @ ("lines" | "settles"), index, rest)) => {
                let (rows, level) = match list {
                    "lines" => (&places.lines, Level::Line),
                    _ => (&places.advances, Level::Advance),
                };
                let name =
                    if level == Level::Advance { rest.rsplit('.').next().unwrap_or(rest) } else { rest };
                let row = rows.get(index).copied().unwrap_or(places.first_row);
                return RowPlace { row, column: best(level, name, places) };
            }
            _ => best(Level::Invoice, field, places),
        };
        let row = column.and_then(|column| places.invoice.get(&column)).copied().unwrap_or(places.first_row);
        RowPlace { row, column }
    }

    /// What the check of the draft found, at its rows and columns. Cells that have an error of their own already are left out: a
    /// wrong date is told once.
    #[must_use]
    pub fn rows_of(&self, findings: &[DraftFinding]) -> Vec<RowFinding> {
        let at_rows = findings.iter().map(|finding| {
            let place = self.row_of(&finding.field);
            RowFinding {
                row: Some(place.row),
                column: place.column.map(|column| column.info().header.to_owned()),
                code: finding.code.clone(),
                error: finding.error,
                pl: finding.pl.clone(),
                en: finding.en.clone(),
            }
        });
        let told = |new: &RowFinding| {
            new.column.is_some()
                && self.findings.iter().any(|old| old.error && old.row == new.row && old.column == new.column)
        };
        at_rows.filter(|finding| !told(finding)).collect()
    }
}

/// `lines.2.unitPrice` in its three parts; `lines.2` has an empty last one.
fn numbered(field: &str) -> Option<(&str, usize, &str)> {
    let (list, rest) = field.split_once('.')?;
    let (index, rest) = rest.split_once('.').unwrap_or((rest, ""));
    Some((list, index.parse().ok()?, rest))
}

/// The column whose field is named, or lies next above or below; rather one that the file has.
fn best(level: Level, field: &str, places: &Places) -> Option<InvoiceColumn> {
    let rank = |info: &'static ColumnInfo<InvoiceColumn>| {
        let name = match level {
            Level::Advance => info.field.rsplit('.').next().unwrap_or(info.field),
            _ => info.field,
        };
        let depth = depth(name, field)?;
        Some((depth, !places.invoice.contains_key(&info.column), info.column))
    };
    let columns = InvoiceColumn::all().iter().filter(|info| info.level == level && !info.field.is_empty());
    columns.filter_map(rank).min().map(|(_, _, column)| column)
}

/// 0 for the same field, 1 for one inside the other.
fn depth(one: &str, other: &str) -> Option<u8> {
    let inside = |inner: &str, outer: &str| {
        !outer.is_empty() && inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'))
    };
    match one == other {
        true => Some(0),
        false => (inside(one, other) || inside(other, one)).then_some(1),
    }
}
