//! A file as rows of cells, whatever it was.

mod bounded;
mod csv;
mod encoding;
mod looks;
mod xlsx;

pub(crate) use encoding::decode;

use chrono::NaiveDate;

use crate::finding::RowProblem;
use crate::limits::MOST_BYTES;
use crate::table::Known;
use bounded::Budget;

/// Rows with something in them.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) rows: Vec<Row>,
}

/// A row of a sheet.
#[derive(Debug)]
pub(crate) struct Row {
    /// As a spreadsheet counts, from 1.
    pub(crate) number: u32,
    /// By column from 0, ascending, without the empty ones.
    pub(crate) cells: Vec<(u16, Cell)>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    /// As typed, without blanks around it; never empty.
    Text(Box<str>),
    /// A number of a workbook, as a spreadsheet shows it whole: 15 digits, a point, no thousands.
    Number(Box<str>),
    /// A number of a workbook that is shown in percent; here in percent too.
    Percent(Box<str>),
    /// A day of a workbook.
    Date(NaiveDate),
    /// Yes or no of a workbook.
    Flag(bool),
    /// Something that has no value.
    Fault(Fault),
}

/// Why a cell has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// `#N/A` and the like.
    Error(Box<str>),
    /// A formula without a computed value.
    NoValue,
    /// A number that lost digits.
    LostDigits(Box<str>),
}

/// Reads CSV or XLSX. `known` says whether a text is the header of a column.
pub(crate) fn read(bytes: &[u8], known: &Known) -> Result<Sheet, RowProblem> {
    if bytes.is_empty() {
        return Err(RowProblem::Empty);
    }
    if bytes.len() > MOST_BYTES {
        return Err(RowProblem::TooLarge);
    }
    if bytes.starts_with(b"PK") {
        return xlsx::read(bytes);
    }
    match looks::other_program(bytes) {
        Some(what) => Err(RowProblem::OtherFile(what)),
        None => csv::read(&decode(bytes)?, known),
    }
}

/// Puts rows together, within what a file may ask for.
#[derive(Default)]
pub(crate) struct Collector {
    sheet: Sheet,
    budget: Budget,
}

impl Collector {
    /// Adds a row; one without cells takes no place.
    fn push(&mut self, row: Row) -> Result<(), RowProblem> {
        if !row.cells.is_empty() {
            self.budget.row()?;
            self.sheet.rows.push(row);
        }
        Ok(())
    }

    fn finish(self) -> Result<Sheet, RowProblem> {
        if self.sheet.rows.is_empty() { Err(RowProblem::Empty) } else { Ok(self.sheet) }
    }
}
