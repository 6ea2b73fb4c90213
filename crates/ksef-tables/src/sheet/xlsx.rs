//! The first sheet of a workbook of Excel (ECMA-376), read as a stream. Values only: formulas are not computed, macros, links and
//! pictures are never looked at.

mod cells;
mod package;
mod parts;
mod strings;
mod styles;

use super::Sheet;
use crate::finding::RowProblem;
use package::Package;

/// Reads a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Sheet, RowProblem> {
    let mut package = Package::open(bytes)?;
    let workbook = parts::workbook(&mut package)?;
    let strings = match &workbook.strings {
        Some(part) => strings::read(package.part(part)?)?,
        None => Vec::new(),
    };
    let styles = match &workbook.styles {
        Some(part) => styles::read(package.part(part)?)?,
        None => Vec::new(),
    };
    let context = cells::Context { strings, styles, from_1904: workbook.from_1904 };
    cells::read(package.part(&workbook.sheet)?, &context)
}
