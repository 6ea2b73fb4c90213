//! A table with many invoices, a row for each line.

mod columns;
mod group;
mod header;
mod line;
mod place;
mod settles;

use ksef_invoice::draft::InvoiceDraft;

pub use columns::InvoiceColumn;
pub use place::RowPlace;

use crate::finding::RowFinding;
use crate::table;
use place::Places;

/// A table of invoices as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportedInvoices {
    /// In the order of their first rows.
    pub invoices: Vec<ImportedInvoice>,
    /// What is wrong with the file as a whole, with its columns, or with rows that belong to no invoice.
    pub findings: Vec<RowFinding>,
}

impl ImportedInvoices {
    /// Whether anything is wrong with the table itself; the drafts are still to be checked.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        let of_invoices = self.invoices.iter().flat_map(|invoice| &invoice.findings);
        self.findings.iter().chain(of_invoices).any(|finding| finding.error)
    }
}

/// An invoice of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedInvoice {
    /// As the editor would hold it. Empty number: the company's series gives it; empty date: the day of issuing.
    pub draft: InvoiceDraft,
    /// Its rows in the file, as a spreadsheet counts, from 1; at least one, ascending.
    pub rows: Vec<u32>,
    /// What is wrong with its cells as a table. What is wrong with the draft is for `check_draft` to say.
    pub findings: Vec<RowFinding>,
    places: Places,
}

/// Reads a table of invoices. The bytes decide what it is, never a name.
///
/// Never panics and never takes more memory than a fixed multiple of [`crate::MOST_BYTES`], whatever the bytes are.
#[must_use]
pub fn import_invoices(bytes: &[u8]) -> ImportedInvoices {
    let table = table::read::<InvoiceColumn>(bytes, &[InvoiceColumn::LineName]);
    let groups = group::group(&table.rows);
    let invoices = groups.into_iter().map(|group| invoice(&group)).collect();
    ImportedInvoices { invoices, findings: table.findings }
}

fn invoice(group: &group::Group<'_>) -> ImportedInvoice {
    let mut findings = Vec::new();
    if group.same_as_above {
        let first = group.rows.first().map(|row| row.number);
        findings.push(RowFinding::new(first, None, &crate::finding::RowProblem::SameAsAbove));
    }
    let mut draft = InvoiceDraft::default();
    let mut places = header::fill(&mut draft, group, &mut findings);
    line::fill(&mut draft, group, &mut places, &mut findings);
    settles::fill(&mut draft, group, &mut places, &mut findings);
    findings.sort_by_key(|finding| finding.row);
    ImportedInvoice { draft, rows: group.rows.iter().map(|row| row.number).collect(), findings, places }
}
