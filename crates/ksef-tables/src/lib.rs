//! Tables as people keep them in a spreadsheet: many invoices, contractors, goods. CSV and XLSX become typed rows, and rows
//! become CSV again.
//!
//! Everything here works on bytes in memory: no files, no network, no clock. It must not know storage, HTTP or the window, and it
//! never decides whether an invoice is right: that is `ksef_invoice::draft`'s matter.
//!
//! - [`import_invoices`] reads a table with a row for each line and gives a draft for each invoice.
//! - [`template_xlsx`] and [`template_csv`] write the table that people fill in.
//! - [`import_contractors`], [`import_goods`], [`export_contractors`], [`export_goods`] carry the books.
//!
//! A file is never trusted: its size, what it unpacks to, its rows, columns and texts are bounded, and formulas and macros are
//! never carried out.

mod books;
mod columns;
mod finding;
mod fold;
mod invoices;
mod limits;
mod nips;
mod sheet;
mod table;
mod template;
mod value;
mod write;

pub use books::{
    ContractorColumn, GoodsColumn, ImportedRows, NumberedRow, export_contractors, export_goods,
    import_contractors, import_goods,
};
pub use columns::{ColumnInfo, Columns, Level};
pub use finding::RowFinding;
pub use invoices::{ImportedInvoice, ImportedInvoices, InvoiceColumn, RowPlace, import_invoices};
pub use limits::{MOST_BYTES, MOST_ROWS};
pub use nips::{MOST_NIPS, NipRow, NipRows, NotAText, read_nip_file, read_nips};
pub use template::{template_csv, template_xlsx};
