//! Tables of lines.

use super::part::Part;
use super::rows::rows;
use super::{Bilingual, SheetLine, SheetLines};

/// Which elements the columns are.
pub(super) struct Columns {
    position: &'static str,
    name: &'static str,
    quantity: &'static str,
    unit: &'static str,
    unit_price_net: &'static str,
    unit_price_gross: &'static str,
    discount: &'static str,
    rate: &'static str,
    net: &'static str,
    vat: &'static str,
    gross: &'static str,
    /// The mark of a line as it was before a correction.
    before: &'static str,
}

/// An element that no line has.
const NONE: &str = "";

/// `FaWiersz`.
pub(super) const INVOICE: Columns = Columns {
    position: "NrWierszaFa",
    name: "P_7",
    quantity: "P_8B",
    unit: "P_8A",
    unit_price_net: "P_9A",
    unit_price_gross: "P_9B",
    discount: "P_10",
    rate: "P_12",
    net: "P_11",
    vat: "P_11Vat",
    gross: "P_11A",
    before: "StanPrzed",
};

/// `ZamowienieWiersz`.
pub(super) const ORDER: Columns = Columns {
    position: "NrWierszaZam",
    name: "P_7Z",
    quantity: "P_8BZ",
    unit: "P_8AZ",
    unit_price_net: "P_9AZ",
    unit_price_gross: NONE,
    discount: NONE,
    rate: "P_12Z",
    net: "P_11NettoZ",
    vat: "P_11VatZ",
    gross: NONE,
    before: "StanPrzedZ",
};

/// `FakturaRRWiersz`.
pub(super) const FARMER: Columns = Columns {
    position: "NrWierszaFa",
    name: "P_5",
    quantity: "P_6B",
    unit: "P_6A",
    unit_price_net: "P_7",
    unit_price_gross: NONE,
    discount: NONE,
    rate: "P_9",
    net: "P_8",
    vat: "P_10",
    gross: "P_11",
    before: "StanPrzed",
};

/// A table, and another for the state before a correction; none that is empty.
pub(super) fn tables(lines: Vec<Part>, columns: &Columns, title: Bilingual) -> Vec<SheetLines> {
    let (mut before, mut now) = (Vec::new(), Vec::new());
    for mut part in lines {
        let rows = if part.mark(columns.before) { &mut before } else { &mut now };
        rows.push(line(part, columns));
    }
    let title_before = Bilingual {
        pl: format!("{} przed korektą", title.pl),
        en: format!("{} before the correction", title.en),
    };
    [(title_before, before), (title, now)]
        .into_iter()
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(title, rows)| SheetLines { title, rows })
        .collect()
}

fn line(mut part: Part, columns: &Columns) -> SheetLine {
    SheetLine {
        position: part.take(columns.position).unwrap_or_default(),
        name: part.take(columns.name).unwrap_or_default(),
        quantity: part.take(columns.quantity),
        unit: part.take(columns.unit),
        unit_price_net: part.take(columns.unit_price_net),
        unit_price_gross: part.take(columns.unit_price_gross),
        discount: part.take(columns.discount),
        rate: part.take(columns.rate).map(|rate| as_people_write(&rate)),
        net: part.take(columns.net),
        vat: part.take(columns.vat),
        gross: part.take(columns.gross),
        rows: rows(part.rest(), 0),
    }
}

/// `23` → `23%`; `0 WDT` → `0% WDT`; codes in letters stay.
fn as_people_write(rate: &str) -> String {
    let digits = rate.len()
        - rate.trim_start_matches(|character: char| character.is_ascii_digit() || character == '.').len();
    match rate.split_at(digits) {
        ("", code) => code.to_owned(),
        (number, rest) => format!("{number}%{rest}"),
    }
}
