use ksef_invoice::draft::{GoodsCard, LineDraft, PriceBasis};

use super::GoodsColumn as Column;
use super::{Cells, ImportedRows, export, rows, tell_doubles, yes};
use crate::finding::RowProblem;
use crate::fold::fold;
use crate::table;
use crate::value;

/// Reads a table of goods, CSV or XLSX. Never panics, and keeps within the bounds of [`crate::MOST_BYTES`].
///
/// What belongs to one invoice only (a line's own date, VAT, rate of exchange, identifiers, the state before a correction) is
/// neither written nor read.
#[must_use]
pub fn import_goods(bytes: &[u8]) -> ImportedRows<GoodsCard> {
    let mut imported = rows(table::read(bytes, &[Column::Name]), goods);
    let key = |row: &GoodsCard| Some(fold(&row.line.index)).filter(|index| !index.is_empty());
    tell_doubles(&mut imported, |_| Column::Index, key);
    imported
}

fn goods(cells: &mut Cells<'_, Column>) -> GoodsCard {
    let line = LineDraft {
        name: cells.name(Column::Name),
        index: cells.text(Column::Index),
        unit: cells.text(Column::Unit),
        quantity: cells.text(Column::Quantity),
        unit_price: cells.text(Column::UnitPrice),
        discount: cells.text(Column::Discount),
        rate: cells.read(Column::Rate, value::rate),
        oss_rate: cells.read(Column::OssRate, value::rate),
        gtu: cells.read(Column::Gtu, value::gtu),
        procedure: cells.text(Column::Procedure),
        annex_15: cells.flag(Column::Annex15),
        gtin: cells.text(Column::Gtin),
        pkwiu: cells.text(Column::Pkwiu),
        cn: cells.text(Column::Cn),
        pkob: cells.text(Column::Pkob),
        excise: cells.text(Column::Excise),
        ..LineDraft::default()
    };
    let prices = prices(cells);
    GoodsCard { line, prices, currency: cells.text(Column::Currency), remarks: cells.text(Column::Remarks) }
}

fn prices(cells: &mut Cells<'_, Column>) -> PriceBasis {
    let typed = cells.text(Column::Prices);
    match fold(&typed).as_str() {
        "" | "netto" | "net" => PriceBasis::Net,
        "brutto" | "gross" => PriceBasis::Gross,
        _ => {
            cells.tell(Column::Prices, &RowProblem::Choice { value: typed, allowed: "netto, brutto" });
            PriceBasis::Net
        }
    }
}

/// Writes CSV that a spreadsheet opens and [`import_goods`] reads back as it was.
#[must_use]
pub fn export_goods<'a>(goods: impl IntoIterator<Item = &'a GoodsCard>) -> Vec<u8> {
    export(goods.into_iter().map(|row| |column| cell(row, column)))
}

fn cell(row: &GoodsCard, column: Column) -> String {
    let line = &row.line;
    match column {
        Column::Name => line.name.clone(),
        Column::Index => line.index.clone(),
        Column::Unit => line.unit.clone(),
        Column::Quantity => line.quantity.clone(),
        Column::UnitPrice => line.unit_price.clone(),
        Column::Prices => match row.prices {
            PriceBasis::Net => "netto".to_owned(),
            PriceBasis::Gross => "brutto".to_owned(),
        },
        Column::Currency => row.currency.clone(),
        Column::Discount => line.discount.clone(),
        Column::Rate => line.rate.clone(),
        Column::OssRate => line.oss_rate.clone(),
        Column::Gtu => line.gtu.clone(),
        Column::Procedure => line.procedure.clone(),
        Column::Annex15 => yes(line.annex_15),
        Column::Gtin => line.gtin.clone(),
        Column::Pkwiu => line.pkwiu.clone(),
        Column::Cn => line.cn.clone(),
        Column::Pkob => line.pkob.clone(),
        Column::Excise => line.excise.clone(),
        Column::Remarks => row.remarks.clone(),
    }
}
