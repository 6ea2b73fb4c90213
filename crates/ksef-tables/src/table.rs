//! Rows by the meaning of their columns.

use std::collections::BTreeMap;

use crate::columns::Columns;
use crate::finding::{RowFinding, RowProblem};
use crate::fold::fold;
use crate::limits::{HEADER_WITHIN, MOST_ROWS};
use crate::sheet::{self, Cell, Row, Sheet};

/// Says whether a text is the header of a column.
pub(crate) type Known = dyn Fn(&str) -> bool;

/// A table, with what is wrong with it as such.
#[derive(Debug)]
pub(crate) struct Table<C> {
    pub(crate) rows: Vec<TableRow<C>>,
    pub(crate) findings: Vec<RowFinding>,
}

/// A row with something in it.
#[derive(Debug)]
pub(crate) struct TableRow<C> {
    /// As a spreadsheet counts, from 1.
    pub(crate) number: u32,
    cells: Vec<(C, Cell)>,
}

impl<C: Columns> TableRow<C> {
    /// What stands in a column; nothing where it is empty.
    pub(crate) fn cell(&self, column: C) -> Option<&Cell> {
        self.cells.iter().find(|(found, _)| *found == column).map(|(_, cell)| cell)
    }

    /// Everything in it.
    pub(crate) fn cells(&self) -> impl Iterator<Item = (C, &Cell)> {
        self.cells.iter().map(|(column, cell)| (*column, cell))
    }
}

/// Reads a file. Columns that are `required` must be there.
pub(crate) fn read<C: Columns>(bytes: &[u8], required: &[C]) -> Table<C> {
    match sheet::read(bytes, &|text| C::of_header(text).is_some()) {
        Ok(sheet) => of_sheet(sheet, required),
        Err(problem) => Table { rows: Vec::new(), findings: vec![RowFinding::of_file(&problem)] },
    }
}

fn of_sheet<C: Columns>(sheet: Sheet, required: &[C]) -> Table<C> {
    let Some(header) = header_row::<C>(&sheet.rows) else {
        return Table { rows: Vec::new(), findings: vec![RowFinding::of_file(&RowProblem::NoHeader)] };
    };
    let mut rows = sheet.rows.into_iter().skip(header);
    let mut columns = Slots::<C>::of(rows.next().as_ref());
    for column in required.iter().filter(|column| columns.lacks(**column)).collect::<Vec<_>>() {
        columns.say(None, None, &RowProblem::MissingColumn(column.info().header));
    }
    let rows: Vec<TableRow<C>> = rows.filter_map(|row| columns.sort(row)).collect();
    let mut findings = columns.findings;
    if rows.is_empty() {
        findings.push(RowFinding::of_file(&RowProblem::NoRows));
    }
    if rows.len() > MOST_ROWS {
        return Table { rows: Vec::new(), findings: vec![RowFinding::of_file(&RowProblem::TooManyRows)] };
    }
    Table { rows, findings }
}

/// The row among the first ones with most headers; above it may stand a title.
fn header_row<C: Columns>(rows: &[Row]) -> Option<usize> {
    let headers = |row: &Row| row.cells.iter().filter_map(|(_, cell)| C::of_header(header(cell)?)).count();
    let counted = rows.iter().take(HEADER_WITHIN).map(headers).enumerate();
    // Of equals the first one.
    counted.rev().max_by_key(|(_, count)| *count).filter(|(_, count)| *count > 0).map(|(index, _)| index)
}

fn header(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Text(text) => Some(text),
        _ => None,
    }
}

/// What a column of the file is.
enum Slot<C> {
    /// Its meaning.
    Known(C),
    /// The person's own, by its `#`.
    Own,
    /// Its header says nothing to the program; told once something stands in it.
    Unknown(String),
    /// Told already.
    Told,
}

impl<C: Columns> Slot<C> {
    fn is(&self, column: C) -> bool {
        matches!(self, Self::Known(found) if *found == column)
    }
}

struct Slots<C> {
    by_index: BTreeMap<u16, Slot<C>>,
    header_row: Option<u32>,
    findings: Vec<RowFinding>,
}

impl<C: Columns> Slots<C> {
    fn of(row: Option<&Row>) -> Self {
        let header_row = row.map(|row| row.number);
        let mut slots = Self { by_index: BTreeMap::new(), header_row, findings: Vec::new() };
        for (index, cell) in row.into_iter().flat_map(|row| &row.cells) {
            let text = header(cell).unwrap_or_default();
            let slot = match C::of_header(text) {
                _ if text.starts_with('#') => Slot::Own,
                Some(column) if !slots.lacks(column) => {
                    let problem = RowProblem::TwiceColumn(column.info().header);
                    slots.say(header_row, Some(text), &problem);
                    Slot::Told
                }
                Some(column) => Slot::Known(column),
                None => Slot::Unknown(text.to_owned()),
            };
            slots.by_index.insert(*index, slot);
        }
        slots
    }

    fn lacks(&self, column: C) -> bool {
        !self.by_index.values().any(|slot| slot.is(column))
    }

    fn say(&mut self, row: Option<u32>, column: Option<&str>, problem: &RowProblem) {
        self.findings.push(RowFinding::new(row, column, problem));
    }

    /// The cells of a row by their meaning; nothing for a row with none.
    fn sort(&mut self, row: Row) -> Option<TableRow<C>> {
        let mut cells = Vec::with_capacity(row.cells.len());
        for (index, cell) in row.cells {
            match self.by_index.get(&index) {
                Some(Slot::Known(column)) => cells.push((*column, cell)),
                Some(Slot::Own | Slot::Told) => {}
                Some(Slot::Unknown(header)) => {
                    let header = header.clone();
                    let nearest = nearest::<C>(&header);
                    let problem = RowProblem::UnknownColumn { header: header.clone(), nearest };
                    self.say(self.header_row, Some(&header), &problem);
                    self.by_index.insert(index, Slot::Told);
                }
                None => {
                    self.say(Some(row.number), None, &RowProblem::Unnamed);
                    self.by_index.insert(index, Slot::Told);
                }
            }
        }
        (!cells.is_empty()).then_some(TableRow { number: row.number, cells })
    }
}

/// The header that a mistyped one is likely to be: at most two letters off.
fn nearest<C: Columns>(header: &str) -> Option<&'static str> {
    const LONGEST: usize = 60;
    const FURTHEST: usize = 2;
    let wanted = fold(header);
    if wanted.len() > LONGEST {
        return None;
    }
    let far = |info: &crate::ColumnInfo<C>| distance(&wanted, &fold(info.header));
    let nearest = C::all().iter().map(|info| (far(info), info.header)).min();
    nearest.filter(|(far, _)| *far <= FURTHEST.min(wanted.len() / 2)).map(|(_, header)| header)
}

/// How many letters have to be put in, taken out or changed.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, compared) in other.iter().enumerate() {
            let change = diagonal + usize::from(letter != *compared);
            diagonal = row[column + 1];
            row[column + 1] = change.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}
