use serde::{Deserialize, Serialize};
use specta::Type;

use crate::views::{InvoiceView, RowFindingView};

/// A table of invoices that was read and checked; nothing is issued yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportView {
    /// By which it is issued; lives until the program ends.
    pub id: String,
    /// Name of the file.
    pub file_name: String,
    /// The invoices in it.
    pub invoices: Vec<ImportedView>,
    /// What is wrong with the file as a whole or with rows that belong to no invoice.
    pub findings: Vec<RowFindingView>,
    /// No error anywhere: all or none are issued.
    pub issuable: bool,
}

/// An invoice of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportedView {
    /// What stands on it; its number is empty where the series gives it.
    pub invoice: InvoiceView,
    /// First row of the file, from 1.
    pub first_row: u32,
    /// Last row.
    pub last_row: u32,
    /// How many lines.
    pub lines: u32,
    /// What is wrong with it.
    pub findings: Vec<RowFindingView>,
}

/// What a template is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TableFormat {
    /// Excel.
    Xlsx,
    /// Text with semicolons.
    Csv,
}
