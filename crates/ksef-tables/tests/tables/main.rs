//! Tables through the crate's doors.
#![expect(clippy::unwrap_used, reason = "what fails must stop the test")]
#![expect(clippy::print_stdout, reason = "tests say when they are skipped")]

mod books;
mod csv_files;
mod description;
mod fuzz;
mod grouping;
mod hostile;
mod other_programs;
mod templates;
mod workbook;
mod xlsx_files;

use ksef_tables::{ImportedInvoices, import_invoices};

/// A table that must be read without a finding.
fn clean(bytes: &[u8]) -> ImportedInvoices {
    let imported = import_invoices(bytes);
    let findings: Vec<_> = imported.invoices.iter().flat_map(|invoice| &invoice.findings).collect();
    assert!(imported.findings.is_empty() && findings.is_empty(), "{:?} {findings:?}", imported.findings);
    imported
}

/// Row, column and code of everything that was found.
fn found(imported: &ImportedInvoices) -> Vec<(Option<u32>, String, String)> {
    let of_invoices = imported.invoices.iter().flat_map(|invoice| &invoice.findings);
    imported
        .findings
        .iter()
        .chain(of_invoices)
        .map(|finding| (finding.row, finding.column.clone().unwrap_or_default(), finding.code.clone()))
        .collect()
}

/// The codes of everything that was found.
fn codes(bytes: &[u8]) -> Vec<String> {
    found(&import_invoices(bytes)).into_iter().map(|(_, _, code)| code).collect()
}
