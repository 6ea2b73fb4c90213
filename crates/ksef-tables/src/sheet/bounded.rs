use crate::finding::RowProblem;
use crate::limits::{HEADER_WITHIN, LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, MOST_TEXT};

/// Cells of a file; all columns of invoices in every row come to less.
const MOST_CELLS: usize = 4_000_000;

/// What a file has asked for so far.
#[derive(Debug, Default)]
pub(crate) struct Budget {
    rows: usize,
    cells: usize,
    text: usize,
}

impl Budget {
    /// One row more.
    pub(crate) fn row(&mut self) -> Result<(), RowProblem> {
        self.rows += 1;
        if self.rows > MOST_ROWS + HEADER_WITHIN { Err(RowProblem::TooManyRows) } else { Ok(()) }
    }

    /// One cell more, in that column from 0, with so many bytes.
    pub(crate) fn cell(&mut self, column: usize, bytes: usize) -> Result<u16, RowProblem> {
        self.cells += 1;
        self.text = self.text.saturating_add(bytes);
        match u16::try_from(column) {
            Ok(column) if usize::from(column) < MOST_COLUMNS => {
                let much = bytes > LONGEST_CELL || self.text > MOST_TEXT || self.cells > MOST_CELLS;
                if much { Err(RowProblem::TooMuchText) } else { Ok(column) }
            }
            _ => Err(RowProblem::TooManyColumns),
        }
    }
}
