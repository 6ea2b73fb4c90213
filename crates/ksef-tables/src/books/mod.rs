//! The books of contractors and goods as CSV or XLSX, and back to CSV.

mod columns;
mod contractors;
mod goods;

pub use columns::{ContractorColumn, GoodsColumn};
pub use contractors::{export_contractors, import_contractors};
pub use goods::{export_goods, import_goods};

use crate::columns::Columns;
use crate::finding::{RowFinding, RowProblem};
use crate::sheet::Cell;
use crate::table::{Table, TableRow};
use crate::value;

/// A book's file as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedRows<T> {
    /// In the order of the file.
    pub rows: Vec<NumberedRow<T>>,
    /// What is wrong; with an error among them nothing should be taken in.
    pub findings: Vec<RowFinding>,
}

impl<T> ImportedRows<T> {
    /// Whether something keeps the file from being taken in.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.error)
    }
}

/// A row of a book's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberedRow<T> {
    /// Row of the file, as a spreadsheet counts, from 1.
    pub number: u32,
    /// What it says.
    pub row: T,
}

/// Reads each row of a table by itself.
fn rows<C: Columns, T>(table: Table<C>, read: impl Fn(&mut Cells<'_, C>) -> T) -> ImportedRows<T> {
    let mut findings = table.findings;
    let rows = table
        .rows
        .iter()
        .map(|row| {
            let mut cells = Cells { row, findings: &mut findings };
            NumberedRow { number: row.number, row: read(&mut cells) }
        })
        .collect();
    ImportedRows { rows, findings }
}

/// The cells of a row, and where to tell what is wrong with them.
struct Cells<'a, C> {
    row: &'a TableRow<C>,
    findings: &'a mut Vec<RowFinding>,
}

impl<C: Columns> Cells<'_, C> {
    fn has(&self, column: C) -> bool {
        self.row.cell(column).is_some()
    }

    fn tell(&mut self, column: C, problem: &RowProblem) {
        self.findings.push(RowFinding::new(Some(self.row.number), Some(column.info().header), problem));
    }

    fn read(&mut self, column: C, read: impl Fn(&Cell) -> Result<String, RowProblem>) -> String {
        let Some(cell) = self.row.cell(column) else { return String::new() };
        match read(cell) {
            Ok(text) => text,
            Err(problem) => {
                self.tell(column, &problem);
                value::shown(cell)
            }
        }
    }

    fn text(&mut self, column: C) -> String {
        self.read(column, value::text)
    }

    fn flag(&mut self, column: C) -> bool {
        match self.row.cell(column).map(value::flag) {
            Some(Ok(flag)) => flag,
            Some(Err(problem)) => {
                self.tell(column, &problem);
                false
            }
            None => false,
        }
    }

    /// A text that must be there.
    fn name(&mut self, column: C) -> String {
        let name = self.text(column);
        if name.is_empty() {
            self.tell(column, &RowProblem::NoName);
        }
        name
    }
}

/// Tells rows that say the same key as an earlier one.
fn tell_doubles<T, C: Columns>(
    imported: &mut ImportedRows<T>,
    column: impl Fn(&T) -> C,
    key: impl Fn(&T) -> Option<String>,
) {
    let mut seen = std::collections::HashMap::new();
    for NumberedRow { number, row } in &imported.rows {
        let Some(key) = key(row) else { continue };
        match seen.get(&key) {
            Some(earlier) => {
                let header = column(row).info().header;
                let problem = RowProblem::Double { row: *earlier };
                imported.findings.push(RowFinding::new(Some(*number), Some(header), &problem));
            }
            None => drop(seen.insert(key, *number)),
        }
    }
}

/// The header and the rows of a book as CSV.
fn export<C: Columns>(rows: impl Iterator<Item = impl Fn(C) -> String>) -> Vec<u8> {
    let header = C::all().iter().map(|info| info.header.to_owned()).collect();
    let rows = rows.map(|cell| C::all().iter().map(|info| cell(info.column)).collect());
    crate::write::csv(std::iter::once(header).chain(rows))
}

fn yes(flag: bool) -> String {
    if flag { "tak".to_owned() } else { String::new() }
}
