use ksef_invoice::draft::{InvoiceDraft, LineDraft};

use super::InvoiceColumn as Column;
use super::group::{Group, InvoiceRow};
use super::place::Places;
use crate::columns::{Columns as _, Level};
use crate::finding::{RowFinding, RowProblem};
use crate::sheet::Cell;
use crate::value;

/// A line of the draft for each row that says something of one.
pub(super) fn fill(
    draft: &mut InvoiceDraft,
    group: &Group<'_>,
    places: &mut Places,
    findings: &mut Vec<RowFinding>,
) {
    for row in &group.rows {
        if row.cells().any(|(column, _)| column.info().level == Level::Line) {
            draft.lines.push(line(row, findings));
            places.lines.push(row.number);
        }
    }
}

fn line(row: &InvoiceRow, findings: &mut Vec<RowFinding>) -> LineDraft {
    let mut line = LineDraft::default();
    for (column, cell) in row.cells() {
        if let Err(problem) = set(&mut line, column, cell) {
            findings.push(RowFinding::new(Some(row.number), Some(column.info().header), &problem));
        }
    }
    line
}

fn set(line: &mut LineDraft, column: Column, cell: &Cell) -> Result<(), RowProblem> {
    let field = match column {
        Column::LineName => &mut line.name,
        Column::Quantity => &mut line.quantity,
        Column::Unit => &mut line.unit,
        Column::UnitPrice => &mut line.unit_price,
        Column::Discount => &mut line.discount,
        Column::Rate => &mut line.rate,
        Column::OssRate => &mut line.oss_rate,
        Column::LineVat => &mut line.vat,
        Column::LineSaleDate => &mut line.sale_date,
        Column::Gtu => &mut line.gtu,
        Column::Procedure => &mut line.procedure,
        Column::Index => &mut line.index,
        Column::Gtin => &mut line.gtin,
        Column::Pkwiu => &mut line.pkwiu,
        Column::Cn => &mut line.cn,
        Column::Pkob => &mut line.pkob,
        Column::Excise => &mut line.excise,
        Column::Annex15 => {
            line.annex_15 = value::flag(cell)?;
            return Ok(());
        }
        _ => return Ok(()),
    };
    // Kept as it is shown, should it not be readable.
    *field = value::shown(cell);
    *field = match column {
        Column::Rate | Column::OssRate => value::rate(cell)?,
        Column::LineSaleDate => value::date(cell)?,
        Column::Gtu => value::gtu(cell)?,
        Column::Procedure => value::text(cell)?.to_uppercase(),
        _ => value::text(cell)?,
    };
    Ok(())
}
