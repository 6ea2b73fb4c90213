use ksef_invoice::draft::{AdvanceAmount, AdvanceReference, DraftKind, InvoiceDraft};

use super::InvoiceColumn as Column;
use super::group::{Group, InvoiceRow};
use super::place::Places;
use crate::columns::{Columns as _, Level};
use crate::finding::{RowFinding, RowProblem};
use crate::sheet::Cell;
use crate::value;

/// The advance invoices that this one settles, or names as the earlier ones: rows with the same number are one, with an amount for each rate.
pub(super) fn fill(
    draft: &mut InvoiceDraft,
    group: &Group<'_>,
    places: &mut Places,
    findings: &mut Vec<RowFinding>,
) {
    for row in &group.rows {
        if !row.cells().any(|(column, _)| column.info().level == Level::Advance) {
            continue;
        }
        let mut read = Reader { row, findings };
        let number = read.get(Column::AdvanceNumber, value::text);
        let ksef_number = read.get(Column::AdvanceKsefNumber, value::text);
        if number.is_empty() && ksef_number.is_empty() {
            read.tell(Column::AdvanceNumber, &RowProblem::AdvanceWithoutNumber);
        } else if !draft.kind.names_advances() {
            let column = if number.is_empty() { Column::AdvanceKsefNumber } else { Column::AdvanceNumber };
            read.tell(column, &RowProblem::OnlyWithKind("ROZ, ZAL"));
        }
        let amount = AdvanceAmount {
            rate: read.get(Column::AdvanceRate, value::rate),
            net: read.get(Column::AdvanceNet, value::text),
            vat: read.get(Column::AdvanceVat, value::text),
        };
        let said = amount != AdvanceAmount::default();
        // Only a final invoice takes advances off: the last advance (art. 106f ust. 4) and corrections name them.
        if said && draft.kind.names_advances() && draft.kind != DraftKind::Roz {
            let given = [
                (Column::AdvanceRate, &amount.rate),
                (Column::AdvanceNet, &amount.net),
                (Column::AdvanceVat, &amount.vat),
            ];
            if let Some((column, _)) = given.into_iter().find(|(_, text)| !text.is_empty()) {
                read.tell(column, &RowProblem::OnlyWithKind("ROZ"));
            }
        }
        let known = draft
            .settles
            .iter_mut()
            .find(|advance| advance.number == number && advance.ksef_number == ksef_number);
        match known {
            Some(advance) => advance.amounts.extend(said.then_some(amount)),
            None => {
                let amounts = said.then_some(amount).into_iter().collect();
                draft.settles.push(AdvanceReference { number, ksef_number, amounts });
                places.advances.push(row.number);
            }
        }
    }
}

struct Reader<'a, 'f> {
    row: &'a InvoiceRow,
    findings: &'f mut Vec<RowFinding>,
}

impl Reader<'_, '_> {
    fn get(&mut self, column: Column, read: impl Fn(&Cell) -> Result<String, RowProblem>) -> String {
        let Some(cell) = self.row.cell(column) else { return String::new() };
        match read(cell) {
            Ok(text) => text,
            Err(problem) => {
                self.tell(column, &problem);
                value::shown(cell)
            }
        }
    }

    fn tell(&mut self, column: Column, problem: &RowProblem) {
        self.findings.push(RowFinding::new(Some(self.row.number), Some(column.info().header), problem));
    }
}
