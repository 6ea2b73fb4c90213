//! What people are told of the tables is what the tables are.

use ksef_tables::{Columns, ContractorColumn, GoodsColumn, InvoiceColumn};

const DESCRIPTION: &str = include_str!("../../../../docs/import.md");

fn every_column_is_described<C: Columns>(title: &str) {
    let part = DESCRIPTION.split("\n## ").find(|part| part.starts_with(title)).unwrap();
    let rows: Vec<&str> = part.lines().filter(|line| line.starts_with("| **")).collect();
    let wanted: Vec<String> = C::all().iter().map(row).collect();
    assert_eq!(rows, wanted, "{title} in docs/import.md should be:\n{}", wanted.join("\n"));
}

fn row<C>(info: &ksef_tables::ColumnInfo<C>) -> String {
    let also: Vec<&str> = std::iter::once(info.english).chain(info.aliases.iter().copied()).collect();
    format!("| **{}** | {} | {} |", info.header, info.pl, also.join(", "))
}

#[test]
fn every_column_stands_in_the_description() {
    every_column_is_described::<InvoiceColumn>("Kolumny tabeli faktur");
    every_column_is_described::<ContractorColumn>("Kolumny tabeli kontrahentów");
    every_column_is_described::<GoodsColumn>("Kolumny tabeli towarów");
}
